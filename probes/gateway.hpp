// Where this machine's packets leave.
#pragma once

#include <string>
#include <vector>

namespace rounds::probes {

/// The addresses of the default gateways now (IPv4 from /proc/net/route, IPv6 from
/// /proc/net/ipv6_route), link-local ones with their interface ("fe80::1%eth0"). Empty when there
/// is none.
[[nodiscard]] std::vector<std::string> default_gateways();

/// The same from the two files' texts. Lines that make no sense are passed over.
[[nodiscard]] std::vector<std::string> gateways_in(const std::string& route,
                                                   const std::string& ipv6_route);

}  // namespace rounds::probes
