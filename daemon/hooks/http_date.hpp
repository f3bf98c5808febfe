// Moments in HTTP.
#pragma once

#include <optional>
#include <string_view>

#include "core/time.hpp"

namespace rounds::hooks {

/// An HTTP-date (RFC 9110 section 5.6.7) in any of its three forms: "Sun, 06 Nov 1994 08:49:37 GMT",
/// "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994". The weekday is not checked. A year of
/// two digits is of this century until 2069. Empty for anything else.
[[nodiscard]] std::optional<core::WallTime> http_date(std::string_view text);

}  // namespace rounds::hooks
