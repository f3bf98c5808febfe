// Comma-separated values (RFC 4180) that remember where every cell was written.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/problems.hpp"

namespace rounds::config {

struct Cell {
    std::string text;  ///< Without its quotes; unquoted cells without the blanks around them.
    Place at;
};
using Row = std::vector<Cell>;

/// The rows that have anything in them. The separator is comma, semicolon or tab, whichever the first row has
/// most of. Lines end with LF or CRLF. Empty, with a problem of `file`, for a quote never closed or closed too
/// early, and for more than `most_rows` rows or `most_cells` cells in one.
inline constexpr std::size_t most_rows = 100'000;
inline constexpr std::size_t most_cells = 200;
[[nodiscard]] std::optional<std::vector<Row>> parse_csv(std::string_view text, int file,
                                                        Problems& problems);

}  // namespace rounds::config
