#include "probes/link_view.hpp"

#include <algorithm>

namespace rounds::probes {

namespace {

void add(core::EchoStats& sum, const core::EchoStats& target) {
    sum.sent += target.sent;
    sum.received += target.received;
    sum.duplicates += target.duplicates;
    sum.late += target.late;
    sum.foreign += target.foreign;
    if (!target.rtt || (sum.rtt && sum.rtt->avg <= target.rtt->avg)) return;
    sum.rtt = target.rtt;
    sum.jitter = target.jitter;
}

}  // namespace

core::LinkObservation as_one(std::span<const core::Observation> targets) {
    core::LinkObservation link;
    core::EchoStats sum;
    const core::Message* why_not = nullptr;
    for (const auto& target : targets) {
        ++link.targets;
        link.ping.at = std::max(link.ping.at, target.at);
        if (const auto* stats = target.echo()) {
            ++link.asked;
            add(sum, *stats);
            link.answered += stats->received > 0 ? 1 : 0;
        } else if (why_not == nullptr) {
            why_not = target.why_not();
        }
    }
    if (link.asked > 0 || why_not == nullptr) {
        link.ping.told = sum;
    } else {
        link.ping.told = *why_not;
    }
    return link;
}

}  // namespace rounds::probes
