// Octets as people write them.
#pragma once

#include <string>
#include <string_view>

namespace rounds::core {

/// "00:1b:21:3c:4d:5e", of any length; "" of none.
[[nodiscard]] std::string with_colons(std::string_view octets);

}  // namespace rounds::core
