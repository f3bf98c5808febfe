// SNMPv2-MIB (RFC 3418) and SNMP-FRAMEWORK-MIB (RFC 3411), and which kind of device has which MIBs.
#include <algorithm>

#include <fmt/format.h>

#include "tests/simulator/snmp/engine_id.hpp"
#include "tests/simulator/snmp/mib_tools.hpp"

namespace rounds::simulator {
namespace {

/// Layers of the reference model, as sysServices counts them.
int services(SnmpKind kind) {
    switch (kind) {
        case SnmpKind::switch_: return 2;
        case SnmpKind::firewall: return 78;
        case SnmpKind::access_point: return 2;
        default: return 72;
    }
}

/// A context is a device within the device, with a name of its own.
std::string name_in_context(const Subject& subject) {
    if (subject.context.empty()) return subject.name();
    return fmt::format("{}/{}", subject.name(), subject.context);
}

core::SnmpValue system(const Subject& subject, Column column, std::size_t) {
    const auto kind = subject.description.kind;
    switch (column) {
        case 1:
            return text(fmt::format("Example Networks {}, software 3.2.{}", model_of(kind),
                                    subject.chance(2) % 10));
        // 32473 is nobody's but of examples (RFC 5612).
        case 2: return name(fmt::format("1.3.6.1.4.1.32473.1.{}", static_cast<int>(kind)));
        case 3: return ticks(subject.age());
        case 4: return text("it@example.com");
        case 5: return text(name_in_context(subject));
        case 6: return text("Harbour Office");
        default: return integer(services(kind));
    }
}

core::SnmpValue engine(const Subject& subject, Column column, std::size_t) {
    switch (column) {
        case 1: return text(engine_id(subject));
        case 2: return integer(subject.state.boots);
        case 3: return integer(subject.engine_time());
        default: return integer(65'507);
    }
}

Mib made(SnmpKind kind) {
    Tables tables;
    system_group(tables);
    interfaces(tables);
    const auto is = [kind](std::initializer_list<SnmpKind> kinds) {
        return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
    };
    if (is({SnmpKind::switch_, SnmpKind::access_point})) bridge(tables);
    if (speaks_lldp(kind)) neighbours(tables);
    if (!is({SnmpKind::pc, SnmpKind::ups, SnmpKind::none})) physical_entities(tables);
    if (is({SnmpKind::nas, SnmpKind::server, SnmpKind::pc})) host_resources(tables);
    if (is({SnmpKind::nas, SnmpKind::server})) ucd(tables);
    if (is({SnmpKind::printer})) printer(tables);
    if (is({SnmpKind::ups})) ups(tables);
    return Mib(std::move(tables));
}

}  // namespace

void system_group(Tables& tables) {
    tables.push_back(scalars("1.3.6.1.2.1.1", {1, 2, 3, 4, 5, 6, 7}, system));
    tables.push_back(scalars("1.3.6.1.6.3.10.2.1", {1, 2, 3, 4}, engine));
}

const Mib& mib_of(SnmpKind kind) {
    static const std::array<Mib, 9> all{
        made(SnmpKind::none),         made(SnmpKind::switch_), made(SnmpKind::firewall),
        made(SnmpKind::access_point), made(SnmpKind::printer), made(SnmpKind::ups),
        made(SnmpKind::nas),          made(SnmpKind::server),  made(SnmpKind::pc)};
    return all.at(static_cast<std::size_t>(kind));
}

}  // namespace rounds::simulator
