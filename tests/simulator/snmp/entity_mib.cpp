// ENTITY-MIB (RFC 6933) and ENTITY-SENSOR-MIB (RFC 3433): a chassis, and what it measures.
#include <fmt/format.h>

#include "tests/simulator/snmp/mib_tools.hpp"

namespace rounds::simulator {
namespace {

/// Entities 2 and 3 are the sensors; access points and printers have none.
bool has_sensors(const Subject& subject) {
    const auto kind = subject.description.kind;
    return kind != SnmpKind::access_point && kind != SnmpKind::printer;
}

core::SnmpValue chassis(const Subject& subject, Column column) {
    switch (column) {
        case 2: return text(fmt::format("{} chassis", model_of(subject.description.kind)));
        case 5: return integer(3);
        case 7: return text("Chassis");
        case 10: return text(fmt::format("3.2.{}", subject.chance(2) % 10));
        case 11: return text(serial_of(subject));
        case 12: return text("Example Networks");
        case 13: return text(model_of(subject.description.kind));
        default: return text("");
    }
}

core::SnmpValue entity(const Subject& subject, Column column, std::size_t row) {
    if (column == 4) return integer(row == 0 ? 0 : 1);  // contained in the chassis
    if (row == 0) return chassis(subject, column);
    switch (column) {
        case 2: return text(row == 1 ? "Inlet temperature" : "Fan speed");
        case 5: return integer(8);  // sensor
        case 7: return text(row == 1 ? "Inlet" : "Fan 1");
        default: return text("");
    }
}

core::SnmpValue sensor(const Subject& subject, Column column, std::size_t row) {
    const bool temperature = row == 0;
    switch (column) {
        case 1: return integer(temperature ? 8 : 10);  // celsius, rpm
        case 2: return integer(9);                     // units
        case 3: return integer(0);
        case 4:
            return integer(temperature ? static_cast<std::int64_t>(subject.state.temperature)
                                       : static_cast<std::int64_t>(swaying(subject, 4200, 3)));
        default: return integer(1);  // ok
    }
}

}  // namespace

void physical_entities(Tables& tables) {
    tables.push_back(counted(
        "1.3.6.1.2.1.47.1.1.1.1", {2, 4, 5, 7, 9, 10, 11, 12, 13},
        [](const Subject& subject) { return std::size_t{has_sensors(subject) ? 3U : 1U}; },
        entity));
    tables.push_back(
        {core::Oid::parse("1.3.6.1.2.1.99.1.1.1").value(),
         {1, 2, 3, 4, 5},
         [](const Subject& subject) { return std::size_t{has_sensors(subject) ? 2U : 0U}; },
         [](const Subject&, std::size_t row) { return Index{static_cast<Column>(row + 2)}; },
         sensor});
}

}  // namespace rounds::simulator
