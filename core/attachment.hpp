// At which port of which switch a device hangs: what forwarding tables and neighbours say together.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/device.hpp"

namespace rounds::core {

/// What one switch tells (BRIDGE-MIB, RFC 4188; Q-BRIDGE-MIB, RFC 4363).
struct ForwardingView {
    DeviceId device;
    /// MAC address ("00:1b:21:3c:4d:5e") and the names of the ports behind which it was learned.
    std::map<std::string, std::set<std::string>> ports;
};

/// A neighbour that a device tells by name (LLDP, CDP).
struct Cable {
    DeviceId from;
    std::string port;
    DeviceId to;
};

/// Everything that is known of who is where.
struct Sightings {
    std::map<DeviceId, std::set<std::string>> macs;  ///< The devices' own addresses.
    std::vector<ForwardingView> views;
    std::vector<Cable> cables;
    /// MAC addresses of the machine on which Rounds runs, and of its gateways: for a switch in another network, which
    /// sees nothing of that machine, Rounds lies behind them.
    std::set<std::string> rounds, gateways;
};

/// Where a device hangs, seen from Rounds: what is upstream of it is what it is unreachable without.
struct Attachment {
    enum class By {
        neighbor,  ///< The switch has it as a neighbour at this port.
        table,     ///< It was learned at this port, and no other device of the archive is there.
        beyond,    ///< It was learned at this port, and so were others: it may hang on one of them.
    };
    DeviceId device, upstream;
    std::string port;
    By by = By::table;
    friend bool operator==(const Attachment&, const Attachment&) = default;
};

[[nodiscard]] std::string_view word(Attachment::By by);  ///< "neighbor", "table", "beyond"

/// By device. A device of which the tables say nothing, or contradict each other, is not among them. A switch whose
/// table does not tell where Rounds is says nothing of who hangs on it.
[[nodiscard]] std::vector<Attachment> attachments(const Sightings& sightings);

}  // namespace rounds::core
