// Pieces of an HTML report.
#pragma once

#include <string>
#include <string_view>

#include "core/message.hpp"
#include "reports/document.hpp"

namespace rounds::reports {

/// Safe as text and as a quoted attribute.
[[nodiscard]] std::string escaped(std::string_view text);

/// "ok", "critical" … as a class of the style sheet.
[[nodiscard]] std::string_view css_class(core::Verdict verdict);
[[nodiscard]] std::string_view css_class(core::Overall overall);

/// The mark and the word of a verdict.
[[nodiscard]] std::string verdict_html(core::Verdict verdict, const core::Locale& locale);

/// Pictures with a text alternative in the reader's language.
[[nodiscard]] std::string strip_svg(const Strip& strip, const core::Locale& locale);
[[nodiscard]] std::string line_svg(const Line& line, const core::Locale& locale);
[[nodiscard]] std::string legend_html(const core::Locale& locale);

/// The table in a box that scrolls by itself; named by the section's title where it has none of its
/// own.
[[nodiscard]] std::string table_html(const Table& table, const core::Message& section_title,
                                     const core::Locale& locale);

}  // namespace rounds::reports
