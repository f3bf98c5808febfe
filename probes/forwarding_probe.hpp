// Reading where a switch has learned others to be, and whom a router knows.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/message.hpp"
#include "ports/asio.hpp"
#include "ports/clock.hpp"
#include "ports/snmp_port.hpp"

namespace rounds::probes {

/// What the tables of one agent say. MAC addresses as "00:1b:21:3c:4d:5e". Empty where it has no such table.
struct ForwardingTables {
    /// The agent's own: BRIDGE-MIB dot1dBaseBridgeAddress, LLDP-MIB lldpLocChassisId where it is a MAC address. Not all
    /// of its interfaces' (IF-MIB ifPhysAddress), from which a switch need not send.
    std::set<std::string> own;
    /// Learned addresses and the ifIndex of the ports behind which they are (Q-BRIDGE-MIB dot1qTpFdbTable, RFC 4363;
    /// else BRIDGE-MIB dot1dTpFdbTable, RFC 4188), of all VLANs together.
    std::map<std::string, std::set<std::int64_t>> learned;
    /// IPv4 addresses and whose they are (IP-MIB ipNetToMediaTable, RFC 4293).
    std::map<std::string, std::string> owners;
    std::vector<core::Message> missing;  ///< What was cut or refused, and why.
};

/// Asks one table after the other until the deadline. Agents that keep a table for each VLAN (those that tell
/// CISCO-VTP-MIB vtpVlanState) are asked for each: by the community "public@12", in v3 by the context "vlan-12".
asio::awaitable<ForwardingTables> read_forwarding(ports::SnmpAgent agent, ports::SnmpPort& port,
                                                  core::SteadyTime deadline);

}  // namespace rounds::probes
