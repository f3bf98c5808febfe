#include "tests/simulator/snmp/kind.hpp"

#include <fmt/format.h>

namespace rounds::simulator {

std::string port_name(SnmpKind kind, unsigned port) {
    switch (kind) {
        case SnmpKind::switch_: return fmt::format("GE1/0/{}", port);
        case SnmpKind::firewall: return fmt::format("GE0/0/{}", port - 1);
        default: return fmt::format("eth{}", port - 1);
    }
}

std::string_view model_of(SnmpKind kind) {
    switch (kind) {
        case SnmpKind::switch_: return "S24-4X";
        case SnmpKind::firewall: return "F400";
        case SnmpKind::access_point: return "A6-Lite";
        case SnmpKind::printer: return "MFP-C3020";
        case SnmpKind::ups: return "UPS-3000R";
        case SnmpKind::nas: return "NAS-8";
        case SnmpKind::server: return "R1U-2";
        case SnmpKind::pc: return "Desk 7";
        case SnmpKind::none: break;
    }
    return {};
}

bool speaks_lldp(SnmpKind kind) {
    switch (kind) {
        case SnmpKind::switch_:
        case SnmpKind::firewall:
        case SnmpKind::access_point:
        case SnmpKind::nas:
        case SnmpKind::server: return true;
        default: return false;
    }
}

}  // namespace rounds::simulator
