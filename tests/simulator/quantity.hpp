// Quantities as a script writes them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "core/time.hpp"

namespace rounds::simulator {

/// "300us", "1.5ms", "40s", "1m10s": numbers with us, ms, s, m or h, largest first or not, added
/// up. At most a day. Error invalid_input: what was expected.
[[nodiscard]] core::Result<core::Microseconds> duration_of(std::string_view text);

/// "5%" or "0.05" as a share of 1, 0.0 to 1.0. Error invalid_input: what was expected.
[[nodiscard]] core::Result<double> share_of(std::string_view text);

/// "true" or "false". Error invalid_input.
[[nodiscard]] core::Result<bool> truth_of(std::string_view text);

/// "24". Error invalid_input.
[[nodiscard]] core::Result<std::uint64_t> number_of(std::string_view text);

/// A duration for people: "400 us", "120 ms", "1.5 s".
[[nodiscard]] std::string spoken(core::Microseconds duration);

/// A share for people: "5 %".
[[nodiscard]] std::string spoken(double share);

}  // namespace rounds::simulator
