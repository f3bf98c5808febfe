#include "config/references.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "config/directory.hpp"
#include "config/values.hpp"
#include "core/check_item.hpp"
#include "core/text.hpp"
#include "core/topology.hpp"

namespace rounds::config {

namespace {

using core::Device;

/// "a → b → a", from one device of a circle to itself.
std::string circle_from(
    const DeviceDraft* start,
    const std::unordered_map<const DeviceDraft*, const DeviceDraft*>& upstream_of) {
    constexpr int most_names = 30;
    std::string circle = core::printable(start->device.name, 80);
    int names = 0;
    for (const DeviceDraft* at = upstream_of.at(start); at != start; at = upstream_of.at(at)) {
        if (++names == most_names) circle += " → …";
        if (names < most_names) circle += " → " + core::printable(at->device.name, 80);
    }
    return circle + " → " + core::printable(start->device.name, 80);
}

/// A circle of upstream is told once, at its first device, and named in full.
void find_circles(const std::vector<DeviceDraft>& drafts,
                  const std::unordered_map<const DeviceDraft*, const DeviceDraft*>& upstream_of,
                  Problems& problems) {
    std::unordered_map<const DeviceDraft*, int> seen_on;  ///< By which walk a device was first met.
    int walk = 0;
    for (const DeviceDraft& start : drafts) {
        ++walk;
        const DeviceDraft* at = &start;
        while (at != nullptr && seen_on.try_emplace(at, walk).second) {
            const auto next = upstream_of.find(at);
            at = next == upstream_of.end() ? nullptr : next->second;
        }
        if (at == nullptr || seen_on[at] != walk) continue;
        problems.add(at->upstream.at, fmt::format("upstream goes round in a circle: {}",
                                                  circle_from(at, upstream_of)));
    }
}

void check_subject(std::string_view id, Place at, Problems& problems) {
    // Beliefs about links are kept under this prefix.
    if (id.starts_with("link:"))
        problems.add(at,
                     fmt::format("{} is no id for a device; link: is for links", in_quotes(id)));
}

Device finish(const DeviceDraft& draft, const Defaults& defaults) {
    Device device = draft.device;
    const Layer layer = over(draft.own, defaults.of(device.device_class));
    device.presence = layer.presence.value_or(device.presence);
    device.severity = layer.severity.value_or(device.severity);
    device.ping = ping_rule(layer.ping);
    device.snmp = snmp_rule(layer.snmp, device.device_class);
    device.thresholds = thresholds(layer);
    device.limits = item_limits(layer, core::limited_item_words());
    device.ignored = layer.ignored;
    return device;
}

core::Link finish(const LinkDraft& draft, const Defaults& defaults) {
    core::Link link = draft.link;
    const Layer layer = over(draft.own, defaults.site);
    link.severity = layer.severity.value_or(link.severity);
    link.ping = ping_rule(layer.ping);
    link.thresholds = thresholds(layer);
    link.limits = item_limits(layer, core::link_item_words());
    return link;
}

template <class Drafts, class NameOf>
void check_unique(const Drafts& drafts, std::string_view kind, const NameOf& name_of,
                  Problems& problems) {
    std::unordered_map<std::string_view, Place> first_at;
    for (const auto& draft : drafts) {
        const std::string& name = name_of(draft);
        const auto [first, is_new] = first_at.try_emplace(name, draft.name_at);
        if (is_new || name.empty()) continue;
        problems.add(draft.name_at,
                     fmt::format("the name {} is taken by the {} at {}", in_quotes(name), kind,
                                 problems.show(first->second)));
    }
}

}  // namespace

core::Office link_up(const Draft& draft, Problems& problems) {
    core::Office office;
    const Directory directory(draft, problems);
    std::unordered_map<const DeviceDraft*, const DeviceDraft*> upstream_of;
    for (const DeviceDraft& read : draft.devices) {
        check_subject(read.device.id.value, read.id_at, problems);
        Device device = finish(read, draft.defaults);
        if (const DeviceDraft* upstream = directory.device("upstream", read.upstream, problems)) {
            device.upstream = upstream->device.id;
            upstream_of.emplace(&read, upstream);
        }
        device.owner = directory.owner(read.owner, problems);
        device.credentials = directory.credentials(read.credentials, problems);
        office.devices.push_back(std::move(device));
    }
    find_circles(draft.devices, upstream_of, problems);
    core::find_witnesses(office);

    check_unique(
        draft.links, "link", [](const LinkDraft& link) -> auto& { return link.link.name; },
        problems);
    for (const LinkDraft& read : draft.links) {
        core::Link link = finish(read, draft.defaults);
        if (const DeviceDraft* device = directory.device("device", read.device, problems))
            link.device = device->device.id;
        office.links.push_back(std::move(link));
    }
    for (const auto& [person, at] : draft.people) office.people.emplace(person.id, person);
    office.anchors = draft.anchors;
    return office;
}

std::vector<core::RoundPlan> plan_rounds(const Draft& draft, Problems& problems) {
    check_unique(
        draft.rounds, "round", [](const RoundDraft& round) -> auto& { return round.plan.name; },
        problems);
    std::vector<core::RoundPlan> plans;
    for (const RoundDraft& round : draft.rounds) plans.push_back(round.plan);
    if (plans.empty())
        plans.push_back(
            {.name = draft.language == core::Language::chinese ? "早巡" : "morning round"});
    return plans;
}

DailyReportPlan plan_daily(const Draft& draft, const std::vector<core::RoundPlan>& rounds,
                           Problems& problems) {
    DailyReportPlan plan;
    plan.formats = draft.daily_formats.value_or(plan.formats);
    plan.after = draft.daily_after.name.empty() ? rounds.front().name : draft.daily_after.name;
    const auto named = std::ranges::find(rounds, plan.after, &core::RoundPlan::name);
    if (named == rounds.end() && draft.complete) {
        std::vector<std::string_view> names;
        for (const core::RoundPlan& round : rounds) names.push_back(round.name);
        problems.add(draft.daily_after.at,
                     fmt::format("after: no round is called {}; {}", in_quotes(plan.after),
                                 suggestion(plan.after, names)));
    }
    return plan;
}

}  // namespace rounds::config
