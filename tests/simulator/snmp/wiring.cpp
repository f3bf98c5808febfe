#include "tests/simulator/snmp/wiring.hpp"

#include <algorithm>

namespace rounds::simulator {
namespace {

constexpr int deepest = 16;  // levels of switches that learn of a device

unsigned ports_of(const Device& device) {
    return device.snmp ? device.snmp->ports : 0;
}

}  // namespace

Wiring::Wiring(const Script& script)
    : neighbours_(script.devices.size()),
      talkers_(script.devices.size()),
      reached_(script.devices.size()) {
    std::vector<unsigned> taken(script.devices.size(), 0), at_upstream(script.devices.size(), 0);
    for (std::size_t i = 0; i < script.devices.size(); ++i) {
        const auto up = script.devices[i].behind;
        if (!up) continue;
        const unsigned ports = ports_of(script.devices[*up]);
        at_upstream[i] = ports < 2 ? ports : 1 + taken[*up]++ % (ports - 1);
        if (ports > 0) neighbours_[*up].push_back({at_upstream[i], i});
        if (ports_of(script.devices[i]) > 0)
            neighbours_[i].push_back({ports_of(script.devices[i]), *up});
        auto below = i;
        int level = 0;
        for (auto above = up; above && level < deepest; ++level) {
            reached_[*above].push_back({at_upstream[below], i});
            below = *above;
            above = script.devices[below].behind;
        }
    }
    learn_of_gateways(script);
    for (std::size_t i = 0; i < neighbours_.size(); ++i) {
        std::ranges::stable_sort(neighbours_[i], {}, &End::port);
        for (const auto& end : neighbours_[i])
            if (speaks_lldp(kind_of(script.devices[end.device]))) talkers_[i].push_back(end);
    }
}

void Wiring::learn_of_gateways(const Script& script) {
    for (std::size_t i = 0; i < script.devices.size(); ++i) {
        if (kind_of(script.devices[i]) != SnmpKind::firewall) continue;
        for (std::size_t other = 0; other < script.devices.size(); ++other) {
            if (kind_of(script.devices[other]) != SnmpKind::switch_ ||
                !script.devices[other].behind)
                continue;
            auto& reached = reached_[other];
            const auto at = std::ranges::lower_bound(reached, i, {}, &End::device);
            if (at == reached.end() || at->device != i)
                reached.insert(at, {ports_of(script.devices[other]), i});
        }
    }
}

const Wiring::End* Wiring::at_port(std::size_t device, unsigned port) const {
    const auto& all = neighbours_[device];
    const auto found = std::ranges::lower_bound(all, port, {}, &End::port);
    return found == all.end() || found->port != port ? nullptr : &*found;
}

unsigned Wiring::port_towards(std::size_t one, std::size_t other) const {
    for (const auto& end : neighbours_[one])
        if (end.device == other) return end.port;
    return 0;
}

SnmpKind kind_of(const Device& device) {
    return device.snmp ? device.snmp->kind : SnmpKind::none;
}

}  // namespace rounds::simulator
