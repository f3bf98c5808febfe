// Tables for a terminal.
#pragma once

#include <string>
#include <vector>

#include "core/message.hpp"
#include "reports/document.hpp"

namespace rounds::reports {

/// The words in lines of at most `width` columns, broken at spaces or between wide characters; a
/// longer word is cut. At least one line.
[[nodiscard]] std::vector<std::string> wrapped(const std::string& words, std::size_t width);

/// The table with its heading, cells wrapped so that it is `width` columns wide where it can.
[[nodiscard]] std::string text_table(const Table& table, const core::Locale& locale,
                                     std::size_t width);

/// What the characters of a strip mean, in lines of at most `width` columns.
[[nodiscard]] std::string text_legend(const core::Locale& locale, std::size_t width);

}  // namespace rounds::reports
