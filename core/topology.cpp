#include "core/topology.hpp"

#include <algorithm>
#include <ranges>

namespace rounds::core {

namespace {

using Chain = std::vector<const Device*>;
using Condition = Upstream::Condition;

Chain chain_from(const Office& office, const DeviceId& nearest) {
    Chain chain;
    const Device* device = nearest.empty() ? nullptr : office.find(nearest);
    // The count ends a circle, should one ever get past the configuration.
    for (std::size_t steps = 0; device != nullptr && steps < office.devices.size(); ++steps) {
        if (device->due()) chain.push_back(device);
        device = device->upstream.empty() ? nullptr : office.find(device->upstream);
    }
    return chain;
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
