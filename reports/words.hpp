// How contents read in words, in the reader's language: shared by the renderers for people.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/message.hpp"
#include "core/time_zone.hpp"
#include "reports/document.hpp"

namespace rounds::reports {

[[nodiscard]] std::string word_of(core::Verdict verdict, const core::Locale& locale);
[[nodiscard]] std::string word_of(core::Severity severity, const core::Locale& locale);

/// A shape for each verdict, so that colour is never the only carrier: ● ▲ ■ …
[[nodiscard]] std::string_view mark(core::Verdict verdict);
[[nodiscard]] std::string_view mark(core::Overall overall);

/// Any content as one line of text; strips and lines are described.
[[nodiscard]] std::string shown(const Content& content, const core::Locale& locale);

/// Values joined by " / ", their common unit once: "0.4 / 1.1 ms".
[[nodiscard]] std::string shown(const std::vector<Content>& values, const core::Locale& locale);

/// A cell's main line: its content and `also`.
[[nodiscard]] std::string shown(const Cell& cell, const core::Locale& locale);
/// A cell's small lines, those with something to say.
[[nodiscard]] std::vector<std::string> shown_under(const Cell& cell, const core::Locale& locale);

/// "可用 96.3%，1 次中断：10:12–11:05"
[[nodiscard]] std::string describe(const Strip& strip, const core::Locale& locale);
[[nodiscard]] std::string describe(const Line& line, const core::Locale& locale);

/// The words after a sentence's subject: its parts joined by commas.
[[nodiscard]] std::string joined_parts(const Sentence& sentence, const core::Locale& locale);
/// The sentence's subject, cut when it would drown the rest.
[[nodiscard]] std::string subject_of(const Sentence& sentence);
/// What stands between subject and words: "（三楼弱电间）", " (third floor) " or a space.
[[nodiscard]] std::string aside(const Sentence& sentence, const core::Locale& locale);
/// A sentence with its full stop.
[[nodiscard]] std::string stopped(std::string sentence, const core::Locale& locale);
/// "一、" / "1. "; counted from 1.
[[nodiscard]] std::string numeral(int number, const core::Locale& locale);

/// The reader's zone, UTC when none is given.
[[nodiscard]] const core::TimeZone& zone_of(const core::Locale& locale);

}  // namespace rounds::reports
