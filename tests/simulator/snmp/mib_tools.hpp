// What the MIBs of this folder are written with.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "tests/simulator/snmp/mib.hpp"

namespace rounds::simulator {

using Column = core::Oid::Part;
using Tables = std::vector<Table>;

[[nodiscard]] inline core::SnmpValue integer(std::int64_t value) {
    return {core::SnmpValue::Type::integer, value};
}
[[nodiscard]] inline core::SnmpValue text(std::string_view value) {
    return {core::SnmpValue::Type::octets, std::string(value)};
}
[[nodiscard]] inline core::SnmpValue gauge(std::uint64_t value) {
    return {core::SnmpValue::Type::gauge32, std::min<std::uint64_t>(value, UINT32_MAX)};
}
/// Wraps at 2^32.
[[nodiscard]] inline core::SnmpValue counter(std::uint64_t value) {
    return {core::SnmpValue::Type::counter32, value & UINT32_MAX};
}
[[nodiscard]] inline core::SnmpValue counter64(std::uint64_t value) {
    return {core::SnmpValue::Type::counter64, value};
}
/// Hundredths of a second; wraps after 497 days.
[[nodiscard]] inline core::SnmpValue ticks(core::Microseconds time) {
    return {core::SnmpValue::Type::time_ticks,
            static_cast<std::uint64_t>(time.count()) / 10'000 & UINT32_MAX};
}
[[nodiscard]] inline core::SnmpValue name(std::string_view oid) {
    return {core::SnmpValue::Type::oid, core::Oid::parse(oid).value()};
}
/// No such column in this row.
[[nodiscard]] inline core::SnmpValue nothing() {
    return {};
}

/// A group of scalars below `entry`.
[[nodiscard]] inline Table scalars(std::string_view entry, std::vector<Column> columns,
                                   core::SnmpValue (*value)(const Subject&, Column, std::size_t)) {
    return {core::Oid::parse(entry).value(), std::move(columns),
            [](const Subject&) { return std::size_t{1}; },
            [](const Subject&, std::size_t) { return Index{0}; }, value};
}
/// A table whose index counts from 1.
[[nodiscard]] inline Table counted(std::string_view entry, std::vector<Column> columns,
                                   std::size_t (*rows)(const Subject&),
                                   core::SnmpValue (*value)(const Subject&, Column, std::size_t)) {
    return {core::Oid::parse(entry).value(), std::move(columns), rows,
            [](const Subject&, std::size_t row) { return Index{static_cast<Column>(row + 1)}; },
            value};
}

/// Each adds the tables of one standard.
void system_group(Tables& tables);       ///< SNMPv2-MIB, SNMP-FRAMEWORK-MIB
void interfaces(Tables& tables);         ///< IF-MIB
void bridge(Tables& tables);             ///< BRIDGE-MIB
void neighbours(Tables& tables);         ///< LLDP-MIB
void physical_entities(Tables& tables);  ///< ENTITY-MIB, ENTITY-SENSOR-MIB
void host_resources(Tables& tables);     ///< HOST-RESOURCES-MIB of computers
void ucd(Tables& tables);                ///< UCD-SNMP-MIB
void printer(Tables& tables);            ///< Printer-MIB, and HOST-RESOURCES-MIB's part of it
void ups(Tables& tables);                ///< UPS-MIB

}  // namespace rounds::simulator
