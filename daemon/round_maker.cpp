#include "daemon/round_maker.hpp"

#include <algorithm>
#include <utility>

#include "core/check_item.hpp"
#include "daemon/system/task_group.hpp"

namespace rounds::daemon {

namespace {

int absent_days(const Subject& subject, const core::Calendar& calendar, core::WallTime now) {
    if (subject.belief.state != core::State::off || !subject.belief.since) return 0;
    return calendar.whole_working_days({*subject.belief.since, now});
}

/// Notes by which limits the findings were made, where those are not the usual ones.
template <class Result>
void note_limits(Result& result, const core::ItemLimits& judged_by) {
    for (const auto& [item, limits] : judged_by) {
        const bool found = std::ranges::any_of(
            result.findings, [&](const auto& finding) { return finding.item == item; });
        if (found && limits != core::default_limits(item)) result.limits.emplace(item, limits);
    }
}

template <class Result>
void add_ping_items(Result& result, const Subject& subject, const core::Thresholds& thresholds) {
    result.findings = subject.findings();
    const auto limits = core::item_limits(thresholds);
    note_limits(result, limits);
    if (!limits.contains("loss")) result.limits["loss"] = {};  // Not judged, unlike most.
}

core::DeviceResult result_of(const Subject& subject, const config::Setup& setup,
                             core::WallTime now) {
    const auto& device = *subject.device;
    const auto owner = setup.office.people.find(device.owner);
    const auto* upstream = setup.office.find(device.upstream);
    core::DeviceResult result{.id = device.id,
                              .name = device.name,
                              .address = device.address,
                              .device_class = device.device_class,
                              .model = device.model,
                              .department = device.department,
                              .location = device.location,
                              .owner = owner == setup.office.people.end() ? "" : owner->second.name,
                              .upstream = upstream == nullptr ? "" : upstream->name,
                              .severity = device.severity,
                              .through = subject.belief.through,
                              .absent_working_days = absent_days(subject, setup.calendar, now)};
    add_ping_items(result, subject, device.thresholds);
    result.conclusion =
        core::conclude(subject.belief, subject.last, result.findings, subject.blind);
    if (subject.last) result.evidence_at = subject.last->at;
    result.echo = subject.evidence();
    return result;
}

core::LinkResult result_of_link(const Subject& subject, const LinkTraffic* traffic,
                                const config::Setup& setup) {
    const auto& link = *subject.link;
    const auto* device = setup.office.find(link.device);
    core::LinkResult result{.name = link.name,
                            .device = device == nullptr ? "" : device->name,
                            .interface = link.interface,
                            .carrier = link.carrier,
                            .circuit = link.circuit,
                            .fault_phone = link.fault_phone,
                            .bandwidth_bps = link.bandwidth_bps,
                            .severity = link.severity};
    add_ping_items(result, subject, link.thresholds);
    if (traffic != nullptr) {
        result.findings.insert(result.findings.end(), traffic->findings.begin(),
                               traffic->findings.end());
    }
    // Also where there is no finding now: its traffic over the day is in the report.
    for (const auto& [item, limits] : link.limits)
        if (limits != core::default_limits(item)) result.limits.emplace(item, limits);
    result.conclusion =
        core::conclude(subject.belief, subject.last, result.findings, subject.blind);
    result.echo = subject.evidence();
    if (subject.last_link) {
        const auto& look = *subject.last_link;
        result.evidence_at = look.ping.at;
        result.targets = look.targets;
        result.answered = look.answered;
        result.dns_asked = look.dns_asked;
        result.dns_took = look.dns_took;
    }
    return result;
}

/// What SNMP told of a device that answers.
void add_reading(core::DeviceResult& result, const Poller& poller, const SnmpPoller& snmp) {
    const auto id = core::subject_of(result.id);
    const auto* read = snmp.find(id);
    if (read == nullptr || !read->last || !poller.answers(id)) return;
    if (const auto* facts = read->last->facts()) result.facts = *facts;
    result.findings.insert(result.findings.end(), read->findings.begin(), read->findings.end());
    note_limits(result, read->limits);
    result.conclusion = core::with_items(std::move(result.conclusion), result.findings);
}

asio::awaitable<void> visit(Poller& poller, SnmpPoller& snmp, Subject& subject,
                            core::SteadyTime began, std::size_t& done, std::size_t of,
                            const Progress& progress) {
    co_await poller.look_until_settled(subject);
    if (poller.answers(subject.id)) co_await snmp.look(subject.id, began);
    ++done;
    if (progress) progress(done, of, subject.name());
}

}  // namespace

asio::awaitable<core::RoundRecord> make_round(Poller& poller, SnmpPoller& snmp, Occasion occasion,
                                              ports::Clock& clock, Progress progress,
                                              std::set<core::SubjectId> only) {
    const auto& setup = poller.setup();
    const auto asked = [&](const Subject& subject) {
        const bool due = subject.device == nullptr || subject.device->due();
        return due && (only.empty() || only.contains(subject.id));
    };
    core::RoundRecord record{.name = std::move(occasion.name),
                             .site = setup.site,
                             .scheduled = occasion.scheduled,
                             .began = clock.wall(),
                             .by_hand = occasion.by_hand,
                             .covered = occasion.covered};
    record.covered.until = std::max(record.began, record.covered.from);
    record.working_hours = setup.calendar.working_hours(record.covered);

    auto& subjects = poller.subjects();
    const auto of = static_cast<std::size_t>(
        std::ranges::count_if(subjects, [&](const auto& entry) { return asked(entry.second); }));
    std::size_t done = 0;
    TaskGroup visits(co_await asio::this_coro::executor);
    for (auto& [id, subject] : subjects) {
        if (asked(subject))
            visits.spawn(visit(poller, snmp, subject, clock.now(), done, of, progress));
    }
    co_await visits.join();

    record.finished = clock.wall();
    for (const auto& device : setup.office.devices) {
        const auto found = subjects.find(core::subject_of(device.id));
        if (found == subjects.end() || !asked(found->second)) continue;
        record.devices.push_back(result_of(found->second, setup, record.finished));
        add_reading(record.devices.back(), poller, snmp);
    }
    for (const auto& link : setup.office.links) {
        const auto& subject = subjects.at(core::subject_of_link(link.name));
        if (!asked(subject)) continue;
        const bool told = poller.answers(core::subject_of(link.device));
        const auto* traffic = told ? snmp.find_link(subject.id) : nullptr;
        record.links.push_back(result_of_link(subject, traffic, setup));
    }
    co_return record;
}

}  // namespace rounds::daemon
