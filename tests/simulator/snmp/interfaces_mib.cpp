// IF-MIB (RFC 2863).
#include <algorithm>

#include "tests/simulator/snmp/mib_tools.hpp"

namespace rounds::simulator {
namespace {

constexpr std::uint64_t megabit = 1'000'000;

std::size_t ports(const Subject& subject) {
    return subject.description.ports;
}

unsigned port_of(std::size_t row) {
    return static_cast<unsigned>(row + 1);
}

/// A switch's last port is faster, being the way up.
std::uint64_t speed(const Subject& subject, unsigned port) {
    const bool uplink =
        subject.description.kind == SnmpKind::switch_ && port == subject.description.ports;
    return (uplink ? 10'000 : 1000) * megabit;
}

const SnmpState::Port* history(const Subject& subject, unsigned port) {
    const auto& all = subject.state.ports;
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.number == port; });
    return found == all.end() ? nullptr : &*found;
}

/// Two of three ports where the office has no device have some machine that is not in the script.
bool up(const Subject& subject, unsigned port) {
    const auto* past = history(subject, port);
    if (past != nullptr && past->since) return false;
    return port == subject.description.ports || port % 3 != 0 ||
           subject.wiring.at_port(subject.number, port) != nullptr;
}

/// For how long the port has carried something since the agent started.
core::Microseconds time_up(const Subject& subject, unsigned port) {
    const auto* past = history(subject, port);
    if (past == nullptr) return up(subject, port) ? subject.age() : core::Microseconds{0};
    const auto now_down = past->since ? subject.now - *past->since : core::Microseconds{0};
    return std::max(subject.age() - past->down - now_down, core::Microseconds{0});
}

/// 10 kB to 4 MB a second, the same all day.
std::uint64_t octets(const Subject& subject, unsigned port, bool in) {
    const auto chance = subject.chance(0x100 + port * 2 + (in ? 0 : 1));
    return gathered(10'000 + chance % 4'000'000, time_up(subject, port));
}

core::SnmpValue interface(const Subject& subject, Column column, std::size_t row) {
    const unsigned port = port_of(row);
    switch (column) {
        case 1: return integer(port);
        case 2: return text(port_name(subject.description.kind, port));
        case 3: return integer(6);  // ethernetCsmacd
        case 4: return integer(1500);
        case 5: return gauge(speed(subject, port));
        case 6: return text(mac_of(subject.number, port));
        case 7: return integer(1);
        case 8: return integer(up(subject, port) ? 1 : 2);
        case 9: return ticks(core::Microseconds{0});
        case 10: return counter(octets(subject, port, true));
        case 11: return counter(octets(subject, port, true) / 700);
        case 16: return counter(octets(subject, port, false));
        case 17: return counter(octets(subject, port, false) / 700);
        default: return counter(0);  // errors and discards
    }
}

core::SnmpValue further(const Subject& subject, Column column, std::size_t row) {
    const unsigned port = port_of(row);
    switch (column) {
        case 1: return text(port_name(subject.description.kind, port));
        case 6: return counter64(octets(subject, port, true));
        case 7: return counter64(octets(subject, port, true) / 700);
        case 10: return counter64(octets(subject, port, false));
        case 11: return counter64(octets(subject, port, false) / 700);
        case 15: return gauge(speed(subject, port) / megabit);
        case 17: return integer(1);
        case 18: {
            const auto* end = subject.wiring.at_port(subject.number, port);
            return text(end == nullptr ? std::string{}
                                       : "to " + subject.script.devices[end->device].name);
        }
        default: return ticks(core::Microseconds{0});  // ifCounterDiscontinuityTime
    }
}

core::SnmpValue number(const Subject& subject, Column, std::size_t) {
    return integer(subject.description.ports);
}

}  // namespace

void interfaces(Tables& tables) {
    tables.push_back(scalars("1.3.6.1.2.1.2", {1}, number));
    tables.push_back(counted("1.3.6.1.2.1.2.2.1",
                             {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 16, 17, 19, 20}, ports,
                             interface));
    tables.push_back(
        counted("1.3.6.1.2.1.31.1.1.1", {1, 6, 7, 10, 11, 15, 17, 18, 19}, ports, further));
}

}  // namespace rounds::simulator
