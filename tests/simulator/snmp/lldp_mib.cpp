// LLDP-MIB (IEEE 802.1AB) and BRIDGE-MIB (RFC 4188): who is behind which port.
#include <fmt/format.h>

#include "tests/simulator/snmp/mib_tools.hpp"

namespace rounds::simulator {
namespace {

constexpr int by_mac = 4, by_interface_name = 5;  // LldpChassisIdSubtype, LldpPortIdSubtype

core::SnmpValue chassis(const Subject& subject, Column column, std::size_t) {
    switch (column) {
        case 1: return integer(by_mac);
        case 2: return text(mac_of(subject.number));
        case 3: return text(subject.name());
        default: return text(model_of(subject.description.kind));
    }
}

core::SnmpValue local_port(const Subject& subject, Column column, std::size_t row) {
    const auto port = port_name(subject.description.kind, static_cast<unsigned>(row + 1));
    return column == 2 ? integer(by_interface_name) : text(port);
}

std::size_t remotes(const Subject& subject) {
    return subject.wiring.talkers(subject.number).size();
}

/// lldpRemTimeMark, lldpRemLocalPortNum, lldpRemIndex
Index remote_index(const Subject& subject, std::size_t row) {
    const auto& end = subject.wiring.talkers(subject.number)[row];
    return {0, end.port, static_cast<Column>(end.device + 1)};
}

core::SnmpValue remote(const Subject& subject, Column column, std::size_t row) {
    const auto& end = subject.wiring.talkers(subject.number)[row];
    const auto& other = subject.script.devices[end.device];
    const unsigned port = subject.wiring.port_towards(end.device, subject.number);
    const std::string port_id = port_name(kind_of(other), port);
    switch (column) {
        case 4: return integer(by_mac);
        case 5: return text(mac_of(end.device));
        case 6: return integer(by_interface_name);
        case 7:
        case 8: return text(port_id);
        case 9: return text(other.name);
        default: return text(fmt::format("Example Networks {}", model_of(kind_of(other))));
    }
}

core::SnmpValue bridge_base(const Subject& subject, Column column, std::size_t) {
    switch (column) {
        case 1: return text(mac_of(subject.number));
        case 2: return integer(subject.description.ports);
        default: return integer(2);  // transparent-only
    }
}

std::size_t learned(const Subject& subject) {
    return subject.wiring.reached(subject.number).size();
}

/// From which address it sends: a switch from its own, others from the port on the way up, their last.
std::string sender(const Subject& subject, std::size_t device) {
    const auto& snmp = subject.script.devices[device].snmp;
    const bool by_port = snmp && snmp->kind != SnmpKind::switch_;
    return by_port ? mac_of(device, snmp->ports) : mac_of(device);
}

Index learned_index(const Subject& subject, std::size_t row) {
    Index index;
    const auto device = subject.wiring.reached(subject.number)[row].device;
    for (const char byte : sender(subject, device))
        index.parts[index.size++] = static_cast<unsigned char>(byte);
    return index;
}

core::SnmpValue learned_address(const Subject& subject, Column column, std::size_t row) {
    const auto& end = subject.wiring.reached(subject.number)[row];
    switch (column) {
        case 1: return text(sender(subject, end.device));
        case 2: return integer(end.port);
        default: return integer(3);  // learned
    }
}

std::size_t ports(const Subject& subject) {
    return subject.description.ports;
}

}  // namespace

void neighbours(Tables& tables) {
    tables.push_back(scalars("1.0.8802.1.1.2.1.3", {1, 2, 3, 4}, chassis));
    tables.push_back(counted("1.0.8802.1.1.2.1.3.7.1", {2, 3, 4}, ports, local_port));
    tables.push_back({core::Oid::parse("1.0.8802.1.1.2.1.4.1.1").value(),
                      {4, 5, 6, 7, 8, 9, 10},
                      remotes,
                      remote_index,
                      remote});
}

void bridge(Tables& tables) {
    tables.push_back(scalars("1.3.6.1.2.1.17.1", {1, 2, 3}, bridge_base));
    // dot1dBasePortTable: ports are numbered as interfaces are.
    tables.push_back(
        counted("1.3.6.1.2.1.17.1.4.1", {1, 2}, ports, [](const Subject&, Column, std::size_t row) {
            return integer(static_cast<std::int64_t>(row) + 1);
        }));
    tables.push_back(scalars("1.3.6.1.2.1.17.4", {2},
                             [](const Subject&, Column, std::size_t) { return integer(300); }));
    tables.push_back({core::Oid::parse("1.3.6.1.2.1.17.4.3.1").value(),
                      {1, 2, 3},
                      learned,
                      learned_index,
                      learned_address});
}

}  // namespace rounds::simulator
