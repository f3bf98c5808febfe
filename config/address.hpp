// What can be an address: of a device, an anchor or a link's target.
#pragma once

#include <string>
#include <string_view>

#include "core/result.hpp"

namespace rounds::config {

/// An IPv4 or IPv6 address or a host name, as written. Anything else is an Error (invalid_input) that says
/// what to write: networks (10.1.0.0/16), URLs, ports, addresses nobody has.
[[nodiscard]] core::Result<std::string> address(std::string_view text);

/// A host name, not a literal address; for names that have to resolve.
[[nodiscard]] core::Result<std::string> host_name(std::string_view text);

}  // namespace rounds::config
