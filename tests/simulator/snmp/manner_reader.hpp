// The part of a script that says how a device answers SNMP.
#pragma once

#include <memory>

#include "tests/simulator/script_map.hpp"
#include "tests/simulator/snmp/manner.hpp"

namespace rounds::simulator {

/// Reads a device's `snmp: {kind: switch, …}`; empty when the kind is missing or wrong.
///
///     kind: switch firewall access-point printer ups nas server pc
///     community: public           # of v1 and v2c; "" answers to none
///     v3: {user: rounds, auth: SHA-256, auth_password: …, priv: AES-128, priv_password: …, cisco_keys: false}
///                                 # or a list of such users
///     engine: series-7            # text of its engine's ID: the name, unless all of a series have the same
///     contexts: [vlan-7, vlan-9]  # of SNMPv3, beside the default one: sysName is NAME/vlan-7 there
///     ports: 24                   # made up from the kind unless said
///     days_up: 12                 # when the office begins
///     pages_per_minute: 2         # of a printer
/// and everything that read_snmp_change reads.
[[nodiscard]] std::shared_ptr<const SnmpDescription> read_snmp(const YAML::Node& node,
                                                               Problems& problems);

/// Reads what an event changes; the keys are the event's own, beside those of echo:
///
///     community: other, restart: true
///     toner: 8%                   # black; also cyan, magenta, yellow
///     paper: 0%                   # in each tray
///     load: 95%                   # of processors, of a UPS
///     memory: 60%, disk: 91%, temperature: 71
///     on_battery: true, charge: 40%
///     port_down: 7, port_up: 7
///     fault: {slow: 3s, loss: 30%, silent_after: 20, answers_from: 10.1.9.9, loop: true, endless: true,
///             wrong_types: true, truncated: true, garbage: true}      # {} heals
[[nodiscard]] SnmpChange read_snmp_change(const ScriptMap& map, Problems& problems);

}  // namespace rounds::simulator
