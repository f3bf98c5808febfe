// Kinds of simulated devices.
#pragma once

#include <string>
#include <string_view>

namespace rounds::simulator {

/// Which MIBs a device has, and how its ports and parts are called. `none` has no agent.
enum class SnmpKind { none, switch_, firewall, access_point, printer, ups, nas, server, pc };

/// The name that a device of this kind gives its port, from 1: "GE1/0/7", "eth0".
[[nodiscard]] std::string port_name(SnmpKind kind, unsigned port);
/// Such as "S24-4X"; a made-up maker's.
[[nodiscard]] std::string_view model_of(SnmpKind kind);
/// Switches, firewalls, access points and servers tell their neighbours who they are.
[[nodiscard]] bool speaks_lldp(SnmpKind kind);

}  // namespace rounds::simulator
