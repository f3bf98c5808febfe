// The text of devices: bytes in some encoding, or in none.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace rounds::core {

/// GB18030 (also GBK, GB2312) as UTF-8; empty when the bytes are no such text. Given from outside: core has no tables.
using FromGb18030 = std::function<std::optional<std::string>(const std::string&)>;

/// The bytes as well-formed UTF-8 for people, decided by content: UTF-8 as it is (also when it was cut within a
/// character), unless it would be letters of scripts that nobody mixes and is Chinese in GB2312; else GB18030 when every
/// byte above 127 belongs to a pair of GB2312; else latin-1. Line ends become "\n", tabs spaces; NULs and other control
/// bytes, white space at both ends and what is over 4096 bytes are left out.
/// `decode` may be empty: then GB18030 is read as latin-1 too.
[[nodiscard]] std::string readable(std::string_view bytes, const FromGb18030& decode);

/// The same text on one line: line ends and runs of spaces become one space.
[[nodiscard]] std::string one_line(std::string_view text);

}  // namespace rounds::core
