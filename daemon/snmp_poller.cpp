#include "daemon/snmp_poller.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/profile.hpp"
#include "core/text.hpp"
#include "daemon/phase.hpp"
#include "daemon/system/uncancelled.hpp"

namespace rounds::daemon {

namespace {

using namespace std::chrono_literals;

/// A look that takes longer than this is cut: what was read until then counts.
constexpr core::Duration longest_look = 60s;
/// Between looks at what rests, where something of it is restless.
constexpr core::Duration soon = 5min;
const core::Oid sys_uptime({1, 3, 6, 1, 2, 1, 1, 3, 0});  // SNMPv2-MIB sysUpTime.0

/// The limits of the device's class, over them those of the profile by which it was read, and over them its own.
core::ItemRules rules_for(const SnmpSubject& subject, const core::Profiles& profiles,
                          const std::string& profile) {
    core::ItemRules rules{.limits = subject.device->limits,
                          .ignored = subject.device->ignored,
                          .ports = subject.device->ports,
                          .once_with_neighbor = subject.ports};
    const auto read_by = std::ranges::find(profiles.all, profile, &core::Profile::name);
    if (read_by != profiles.all.end()) rules.limits.merge(core::limits_of(*read_by));
    rules.limits.merge(core::default_limits(subject.device->device_class));
    return rules;
}

/// Not all at the same time: between three and five quarters of it.
core::Duration whole_again_after(const core::SubjectId& id) {
    constexpr auto usual = SnmpPoller::whole_every;
    return usual * 3 / 4 + phase_of(id, usual / 2);
}

bool whole_is_due(const SnmpSubject& subject, core::SteadyTime now) {
    if (!subject.standing) return true;
    if (subject.whole_until && now < *subject.whole_until) return true;
    return now - subject.standing->taken() >= whole_again_after(subject.id);
}

/// The agent gives no usable answer although the device is there.
core::ItemFinding silent_agent(const core::Message& why, core::WallTime at) {
    return {.item = "snmp", .verdict = core::Verdict::warning, .message = why, .evidence_at = at};
}

/// The agent answers; with the first reason why not everything could be read.
core::ItemFinding heard_agent(const probes::SnmpObservation& observation) {
    core::ItemFinding finding{.item = "snmp", .evidence_at = observation.at};
    if (observation.missing.empty()) return finding;
    finding.verdict = core::Verdict::warning;
    finding.message = observation.missing.front();
    return finding;
}

}  // namespace

SnmpPoller::SnmpPoller(std::shared_ptr<const config::Setup> setup, const ItemMemory& remembered,
                       SnmpTools tools, Answers answers, RecordTo record,
                       asio::any_io_executor loop, Log log)
    : setup_(std::move(setup)),
      tools_(std::move(tools)),
      answers_(std::move(answers)),
      record_(std::move(record)),
      log_(std::move(log)),
      places_(std::make_shared<probes::Gate>(loop, most_at_once)),
      round_places_(std::make_shared<probes::Gate>(loop, most_at_once)),
      watches_(loop) {
    for (const auto& device : setup_->office.devices) {
        if (!device.due() || !device.credentials) continue;
        SnmpSubject subject{.id = core::subject_of(device.id),
                            .device = &device,
                            .turn = std::make_shared<probes::Gate>(loop, 1)};
        if (const auto known = remembered.find(subject.id); known != remembered.end())
            subject.items = of_source(known->second, ItemSource::snmp);
        for (const auto& link : setup_->office.links) {
            if (link.device != device.id || link.interface.empty()) continue;
            subject.links.push_back(&link);
            auto& traffic = links_[core::subject_of_link(link.name)];
            const auto known = remembered.find(core::subject_of_link(link.name));
            if (known != remembered.end())
                traffic.items = of_source(known->second, ItemSource::snmp);
        }
        subjects_.emplace(subject.id, std::move(subject));
    }
}

asio::awaitable<void> SnmpPoller::run() {
    for (auto& [id, subject] : subjects_) watches_.spawn(watch(subject));
    co_await watches_.join();
}

asio::awaitable<void> SnmpPoller::watch(SnmpSubject& subject) {
    auto& clock = tools_.look.clock;
    const auto& rule = subject.device->snmp;
    // What rests may be looked at seldom: soon at first.
    auto next = next_due(subject.id, rule.rests ? soon : rule.interval, clock.now());
    while (!stopping_) {
        co_await clock.sleep_until(next);
        const bool rests = rule.rests && !setup_->calendar.is_working(clock.wall());
        if (answers_(subject.id) && !rests) co_await look(subject.id, next, Depth::what_moves);
        const auto now = clock.now();
        if (record_.punctuality && subject.looked && *subject.looked >= next) {
            const bool answered = subject.last && subject.last->facts() != nullptr;
            record_.punctuality(std::chrono::duration_cast<core::Duration>(*subject.looked - next),
                                answered && now - next > rule.interval);
        }
        next = std::max(next + pause(subject), now);
    }
}

core::Duration SnmpPoller::pause(const SnmpSubject& subject) const {
    const auto& rule = subject.device->snmp;
    const bool early = rule.rests && core::restless(subject.items, tools_.look.clock.wall());
    return early ? std::min(rule.interval, soon) : rule.interval;
}

asio::awaitable<void> SnmpPoller::look(core::SubjectId id, core::SteadyTime since, Depth depth) {
    const auto found = subjects_.find(id);
    if (found == subjects_.end()) co_return;
    SnmpSubject& subject = found->second;
    if (depth == Depth::whole) {
        // A round's look that waits for its place does not keep the device from being looked at when it is due.
        const auto place = co_await probes::Gate::enter(round_places_, core::SteadyTime::max());
        const auto turn = co_await probes::Gate::enter(subject.turn, core::SteadyTime::max());
        if (!stopping_ && !(subject.looked_whole && *subject.looked_whole >= since))
            co_await look_now(subject, depth);
        co_return;
    }
    // One that waits for a round's look at the same device takes no place meanwhile.
    const auto turn = co_await probes::Gate::enter(subject.turn, core::SteadyTime::max());
    if (stopping_ || (subject.looked && *subject.looked >= since)) co_return;
    const auto place = co_await probes::Gate::enter(places_, core::SteadyTime::max());
    if (!stopping_) co_await look_now(subject, depth);
}

asio::awaitable<void> SnmpPoller::look_now(SnmpSubject& subject, Depth depth) {
    const auto begun = tools_.look.clock.now();
    auto agent = co_await agent_of(*subject.device);
    if (!agent) co_return;  // Its name does not resolve: the ping says so.
    const auto deadline = begun + std::min(subject.device->snmp.interval, longest_look);
    std::optional<core::Standing> known;
    if (depth == Depth::what_moves && !whole_is_due(subject, begun))
        known = subject.standing->unpacked();
    const bool was_known = known.has_value();
    auto observation =
        co_await probes::look_by_snmp(*agent, tools_.look, deadline, std::move(known));
    subject.looked = begun;
    const auto standing = std::exchange(observation.standing, nullptr);
    const bool known_no_more = was_known && standing != nullptr;
    if (!was_known || known_no_more) subject.looked_whole = begun;
    if (known_no_more) subject.whole_until = begun + whole_every;
    if (!observation.still_known) subject.standing.reset();
    if (standing) subject.standing.emplace(*standing);
    co_await judge(subject, observation);
    if (const auto* facts = observation.facts()) sample(subject, *facts, observation.at);
    subject.last = std::move(observation);
}

asio::awaitable<std::optional<ports::SnmpAgent>> SnmpPoller::agent_of(const core::Device& device) {
    const auto address = co_await tools_.resolver.resolve(device.address);
    if (!address) co_return std::nullopt;
    co_return ports::SnmpAgent{*address, device.credentials, device.snmp.plan};
}

asio::awaitable<bool> SnmpPoller::answers(const core::Device& device) {
    if (!device.credentials) co_return false;
    auto agent = co_await agent_of(device);
    if (!agent) co_return false;
    std::vector<core::Oid> names{sys_uptime};
    const auto deadline = tools_.look.clock.now() + longest_look;
    const auto answer = co_await tools_.look.port.get(*agent, std::move(names), deadline);
    co_return answer&& std::holds_alternative<std::vector<core::SnmpVariable>>(*answer);
}

asio::awaitable<void> SnmpPoller::judge(SnmpSubject& subject,
                                        const probes::SnmpObservation& observation) {
    std::vector<core::ItemFinding> findings;
    PortWatch::Seen seen;
    const auto* facts = observation.facts();
    const auto rules = rules_for(subject, *tools_.look.profiles, observation.profile);
    const auto add_unless_ignored = [&](core::ItemFinding finding) {
        if (!core::is_ignored(finding.item, rules)) findings.push_back(std::move(finding));
    };
    if (facts != nullptr) {
        for (auto& port : core::ports_with_neighbors(*facts)) {
            if (std::ranges::find(subject.ports, port) == subject.ports.end())
                subject.ports.push_back(std::move(port));
        }
        subject.limits = rules.limits;
        findings = core::judge(*facts, rules, observation.at);
        seen = subject.traffic.look(subject.id, *facts, rules, subject.links,
                                    {observation.at, tools_.look.clock.now()});
        std::ranges::move(seen.findings, std::back_inserter(findings));
        if (!seen.samples.empty()) record_.samples(std::move(seen.samples));
        add_unless_ignored(heard_agent(observation));
    } else if (answers_(subject.id)) {
        add_unless_ignored(silent_agent(*observation.why_not(), observation.at));
    }
    const bool complete = facts != nullptr && observation.missing.empty();
    subject.findings = findings;
    std::ranges::move(core::let_go(subject.items, rules, facts, observation.at),
                      std::back_inserter(findings));
    co_await settle(subject.id, subject.device->name, subject.items, findings, complete,
                    observation.at);
    for (const core::Link* link : subject.links) {
        auto& traffic = links_.at(core::subject_of_link(link->name));
        traffic.findings.clear();
        const auto told = seen.links.find(link);
        if (told == seen.links.end()) continue;
        if (told->second) traffic.findings.push_back(*told->second);
        co_await settle(core::subject_of_link(link->name), link->name, traffic.items,
                        traffic.findings, complete, observation.at);
    }
}

asio::awaitable<void> SnmpPoller::settle(core::SubjectId id, std::string name,
                                         core::ItemBeliefs& items,
                                         std::span<const core::ItemFinding> findings, bool complete,
                                         core::WallTime at) {
    const auto working_time = [this](core::Period period) {
        return setup_->calendar.working_time(period);
    };
    auto settled = core::settle_items(items, findings, complete, at, working_time);
    if (!settled.changes.empty()) {
        store::Changes changes;
        for (const auto& change : settled.changes) changes.item_changes.emplace_back(id, change);
        auto recording = record_.changes(std::move(changes));
        (void)co_await uncancelled(std::move(recording));
        tell(name, settled.changes, log_);
    }
    items = std::move(settled.beliefs);
}

void SnmpPoller::sample(SnmpSubject& subject, const core::Facts& facts, core::WallTime at) {
    std::vector<store::Sample> samples;
    const auto add = [&](std::string metric, std::string instance, double value) {
        samples.push_back({{subject.id, std::move(metric), std::move(instance)}, at, value});
    };
    for (const auto& finding : subject.findings) {
        if (finding.value) add(finding.item, finding.instance, *finding.value);
    }
    for (const auto& sensor : facts.sensors) {
        if (sensor.kind == "temperature") add("sensor-temperature", sensor.descr, sensor.value);
    }
    if (facts.page_count) add("page-count", {}, static_cast<double>(*facts.page_count));
    if (!samples.empty()) record_.samples(std::move(samples));
}

const SnmpSubject* SnmpPoller::find(const core::SubjectId& id) const {
    const auto found = subjects_.find(id);
    return found == subjects_.end() ? nullptr : &found->second;
}

const LinkTraffic* SnmpPoller::find_link(const core::SubjectId& id) const {
    const auto found = links_.find(id);
    return found == links_.end() ? nullptr : &found->second;
}

ItemMemory SnmpPoller::items() const {
    ItemMemory all;
    for (const auto& [id, subject] : subjects_) all.emplace(id, subject.items);
    for (const auto& [id, traffic] : links_) all.emplace(id, traffic.items);
    return all;
}

}  // namespace rounds::daemon
