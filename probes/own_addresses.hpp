// This machine's own MAC addresses, and whom it knows on its networks.
#pragma once

#include <map>
#include <set>
#include <string>

namespace rounds::probes {

/// MAC addresses as "00:1b:21:3c:4d:5e".
struct OwnAddresses {
    std::set<std::string> macs;  ///< Of its interfaces (/sys/class/net), loopback left out.
    std::map<std::string, std::string> owners;  ///< IPv4 address and whose it is (/proc/net/arp).
};

/// As they are now. What cannot be read is left out.
[[nodiscard]] OwnAddresses own_addresses();

/// The same from the text of /proc/net/arp: complete entries alone. Lines that make no sense are passed over.
[[nodiscard]] std::map<std::string, std::string> owners_in(const std::string& arp);

}  // namespace rounds::probes
