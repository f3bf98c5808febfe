#include "core/topology.hpp"

#include <algorithm>
#include <map>
#include <ranges>
#include <utility>

namespace rounds::core {

namespace {

using Chain = std::vector<const Device*>;
using Condition = Upstream::Condition;

Chain chain_from(const Office& office, const DeviceId& nearest) {
    Chain chain;
    const Device* device = nearest.empty() ? nullptr : office.find(nearest);
    // The count ends a circle, should one ever get past the configuration.
    for (std::size_t steps = 0; device != nullptr && steps < office.devices.size(); ++steps) {
        if (device->watched()) chain.push_back(device);
        device = device->upstream.empty() ? nullptr : office.find(device->upstream);
    }
    return chain;
}

/// In its place and never heard: an unmanaged switch.
bool is_mute(const Device& device) {
    return device.monitor && device.lifecycle == Lifecycle::in_use && device.address.empty();
}

bool in_doubt(const Reachability* belief) {
    if (belief == nullptr || !belief->since) return true;
    return belief->state == State::suppressed ||
           (belief->doubt && belief->doubt->look == Look::bad);
}

Upstream condition_of(const Chain& chain, const BeliefOf& belief_of) {
    Upstream upstream;
    for (const Device* device :
         chain | std::views::reverse) {  // The root first: the first that is down is to blame.
        const Reachability* belief = belief_of(subject_of(device->id));
        if (belief != nullptr && belief->state == State::down) {
            return {Condition::down, subject_of(device->id), device->name};
        }
        if (in_doubt(belief)) {
            upstream.condition = Condition::in_doubt;
        } else if (belief->state == State::off && upstream.condition == Condition::fine) {
            upstream.condition = Condition::off;
        }
    }
    return upstream;
}

}  // namespace

void find_witnesses(Office& office) {
    std::map<DeviceId, const Device*> by_id;
    for (const Device& device : office.devices) by_id.emplace(device.id, &device);
    const auto above_of = [&](const Device& device) {
        const auto found = by_id.find(device.upstream);
        return found == by_id.end() ? nullptr : found->second;
    };
    std::map<DeviceId, std::vector<DeviceId>> hanging_on;
    for (const Device& device : office.devices) {
        if (!device.due()) continue;
        // What is not monitored in between says nothing, and carries what hangs on it all the same.
        const Device* above = above_of(device);
        for (std::size_t steps = 0;
             above != nullptr && !above->due() && !is_mute(*above) && steps < office.devices.size();
             ++steps)
            above = above_of(*above);
        if (above != nullptr && is_mute(*above)) hanging_on[above->id].push_back(device.id);
    }
    for (Device& device : office.devices) {
        const auto found = hanging_on.find(device.id);
        device.witnesses.clear();
        if (found != hanging_on.end() && found->second.size() >= 2)
            device.witnesses = std::move(found->second);
    }
}

Chain upstream_of(const Office& office, const Device& device) {
    return chain_from(office, device.upstream);
}
Chain upstream_of(const Office& office, const Link& link) {
    return chain_from(office, link.device);
}

Upstream explain(const Office& office, const Device& device, const BeliefOf& belief_of) {
    return condition_of(upstream_of(office, device), belief_of);
}

Upstream explain(const Office& office, const Link& link, const BeliefOf& belief_of) {
    return condition_of(upstream_of(office, link), belief_of);
}

}  // namespace rounds::core
