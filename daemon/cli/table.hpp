// A table on a terminal.
#pragma once

#include <string>
#include <vector>

namespace rounds::daemon {

/// Rows as columns set apart by two spaces, each row a line; the first is the head. All have as many cells.
/// Text from outside is to be printable() already.
[[nodiscard]] std::string table(const std::vector<std::vector<std::string>>& rows);

}  // namespace rounds::daemon
