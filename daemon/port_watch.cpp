#include "daemon/port_watch.hpp"

#include <iterator>
#include <set>
#include <utility>

namespace rounds::daemon {

namespace {

void sample(std::vector<store::Sample>& samples, store::Series series,
            const std::optional<double>& value, core::WallTime at) {
    if (value) samples.push_back({std::move(series), at, *value});
}

}  // namespace

PortWatch::Seen PortWatch::look(const core::SubjectId& device, const core::Facts& facts,
                                const core::ItemRules& rules,
                                std::span<const core::Link* const> links, const Moment& at) {
    Seen seen;
    for (const core::Link* link : links) seen.links.emplace(link, std::nullopt);
    std::set<const core::Link*> sampled;
    for (const auto& port : facts.interfaces) {
        std::vector<const core::Link*> through;
        for (const core::Link* link : links) {
            if (core::is_called(port, link->interface)) through.push_back(link);
        }
        const bool monitored = core::is_monitored(port, facts, rules);
        if (!monitored && through.empty()) continue;
        const auto now = core::port_reading(port, facts.device.agent_uptime, at.steady);
        const auto before = last_.find(port.index);
        if (before == last_.end()) {
            last_.emplace(port.index, now);
            for (const core::Link* link : through) seen.links.erase(link);
            continue;
        }
        const auto traffic = core::traffic_between(before->second, now);
        before->second = now;
        const auto& in = traffic.in.bits_per_second;
        const auto& out = traffic.out.bits_per_second;
        sample(seen.samples, {device, "port-in", port.name}, in, at.wall);
        sample(seen.samples, {device, "port-out", port.name}, out, at.wall);
        for (const core::Link* link : through) {
            // A port and what lies on it may be called alike: the first that counts is it.
            if ((!in && !out) || !sampled.insert(link).second) continue;
            const auto id = core::subject_of_link(link->name);
            sample(seen.samples, {id, "link-in", {}}, in, at.wall);
            sample(seen.samples, {id, "link-out", {}}, out, at.wall);
            seen.links[link] = core::judge_utilisation(*link, traffic, at.wall);
        }
        if (!monitored) continue;
        auto judged = core::judge_traffic(port, traffic, rules, at.wall);
        std::ranges::move(judged, std::back_inserter(seen.findings));
    }
    return seen;
}

}  // namespace rounds::daemon
