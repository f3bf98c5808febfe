#include "config/references.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "config/values.hpp"
#include "core/text.hpp"

namespace rounds::config {

namespace {

using core::Device;

std::string in_quotes(std::string_view text) {
    return fmt::format("\"{}\"", core::printable(text, 80));
}

/// ` did you mean "…"?` among many names; empty when none is near.
std::string near(const std::string& name, const std::vector<std::string_view>& names) {
    const auto found = core::nearest(name, names.data(), names.data() + names.size());
    return found.empty() ? std::string{} : fmt::format("; did you mean {}?", in_quotes(found));
}

/// Who is called what. Devices are found by id and by name, so that the two may not cross.
class Directory {
 public:
    Directory(const Draft& draft, Problems& problems) : draft_(draft) {
        for (const DeviceDraft& draft_device : draft.devices) {
            add(draft_device.device.id.value, draft_device, draft_device.id_at, "id", problems);
        }
        for (const DeviceDraft& draft_device : draft.devices) {
            if (draft_device.device.name == draft_device.device.id.value) continue;
            add(draft_device.device.name, draft_device, draft_device.name_at, "name", problems);
        }
    }

    /// The device of that id or name; null and a problem when there is none.
    const DeviceDraft* device(std::string_view key, const Reference& reference,
                              Problems& problems) const {
        if (reference.name.empty()) return nullptr;
        if (const auto found = devices_.find(reference.name); found != devices_.end())
            return found->second;
        if (draft_.complete) {
            problems.add(reference.at,
                         fmt::format("{}: no device is called {}{}", key, in_quotes(reference.name),
                                     near(reference.name, names_)));
        }
        return nullptr;
    }

    /// The person of that key or name; empty and a problem when there is none.
    core::PersonId person(const Reference& reference, Problems& problems) const {
        if (reference.name.empty()) return {};
        std::vector<std::string_view> names;
        for (const PersonDraft& draft_person : draft_.people) {
            const core::Person& person = draft_person.person;
            if (person.id.value == reference.name || person.name == reference.name)
                return person.id;
            names.insert(names.end(), {person.id.value, person.name});
        }
        if (draft_.complete) {
            problems.add(reference.at,
                         fmt::format("owner: nobody is called {} under people{}",
                                     in_quotes(reference.name), near(reference.name, names)));
        }
        return {};
    }

 private:
    void add(std::string_view name, const DeviceDraft& device, Place at, std::string_view kind,
             Problems& problems) {
        if (name.empty()) return;  // Refused when it was read.
        const auto [first, is_new] = devices_.try_emplace(name, &device);
        if (is_new) {
            names_.push_back(name);
            return;
        }
        problems.add(at,
                     fmt::format("the {} {} is taken by the device at {}; names and ids are unique",
                                 kind, in_quotes(name), problems.show(first->second->at)));
    }

    const Draft& draft_;
    std::unordered_map<std::string_view, const DeviceDraft*> devices_;
    std::vector<std::string_view> names_;
};

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
        std::string circle = core::printable(at->device.name, 80);
        const DeviceDraft* next = at;
        do {
            next = upstream_of.at(next);
            circle += " → " + core::printable(next->device.name, 80);
        } while (next != at);
        problems.add(at->upstream.at, fmt::format("upstream goes round in a circle: {}", circle));
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
    device.thresholds = thresholds(layer);
    return device;
}

core::Link finish(const LinkDraft& draft, const Defaults& defaults) {
    core::Link link = draft.link;
    const Layer layer = over(draft.own, defaults.site);
    link.severity = layer.severity.value_or(link.severity);
    link.ping = ping_rule(layer.ping);
    link.thresholds = thresholds(layer);
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
        device.owner = directory.person(read.owner, problems);
        office.devices.push_back(std::move(device));
    }
    find_circles(draft.devices, upstream_of, problems);

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
