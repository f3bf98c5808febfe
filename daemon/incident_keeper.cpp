#include "daemon/incident_keeper.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/ping_items.hpp"
#include "core/text.hpp"

namespace rounds::daemon {

namespace {

using core::State;

const std::string reachability = "reachability";
const core::Condition blindness{.subject = {}, .item = "blind", .instance = {}};

core::Condition reach_of(const core::SubjectId& subject) {
    return {.subject = subject, .item = reachability, .instance = {}};
}

/// How long after one look the next one is over; 0 when it is not asked. What rests is looked at every five minutes
/// while it is restless.
core::Duration seen_again_by_snmp(const core::Device& device) {
    constexpr core::Duration restless = std::chrono::minutes(5), a_look = std::chrono::seconds(30);
    if (!device.credentials) return core::Duration{0};
    const auto& rule = device.snmp;
    return (rule.rests ? std::min(rule.interval, restless) : rule.interval) + a_look;
}

}  // namespace

IncidentKeeper::IncidentKeeper(const store::Memory& memory, core::WallTime started, Log log)
    : numbers_(memory.incident_numbers), started_(started), log_(std::move(log)) {
    for (const auto& one : memory.incidents)
        memories_.insert_or_assign(one.incident.condition, one);
}

core::IncidentRules IncidentKeeper::rules_for(const core::Condition& condition) const {
    auto rules = setup_->incidents;
    const auto subject = subjects_.find(condition.subject);
    const bool others = condition.item == reachability || core::is_ping_item(condition.item) ||
                        condition.item == core::Complaint::item;
    if (others || subject == subjects_.end() || rules.resolve_after == core::Duration{0})
        return rules;
    const auto twice = std::min(subject->second.seen_again, rules.flapping_quiet);
    rules.resolve_after = std::max(rules.resolve_after, twice);
    return rules;
}

template <class Step>
auto IncidentKeeper::at_desk(core::WallTime now, const core::Condition& condition, Step step) {
    const core::IncidentIds ids{
        .incident = [this](core::WallTime opened) { return next_id(opened); },
        .event = [this, now] { return core::EventId{uuids_.next(now)}; }};
    const auto rules = rules_for(condition);
    return step(core::IncidentDesk{.rules = rules, .ids = ids, .now = now});
}

store::Changes IncidentKeeper::use(std::shared_ptr<const config::Setup> setup,
                                   std::vector<ToldTo> hooks, const Beliefs& beliefs,
                                   core::WallTime now) {
    setup_ = std::move(setup);
    hooks_ = std::move(hooks);
    subjects_.clear();
    for (const auto& device : setup_->office.devices) {
        if (device.watched())
            subjects_.emplace(core::subject_of(device.id),
                              Subject{device.name, device.severity, seen_again_by_snmp(device)});
    }
    for (const auto& link : setup_->office.links) {
        const auto* through = setup_->office.find(link.device);
        const auto seen_again =
            through == nullptr ? core::Duration{0} : seen_again_by_snmp(*through);
        subjects_.emplace(core::subject_of_link(link.name),
                          Subject{link.name, link.severity, seen_again});
    }

    store::Changes changes;
    const auto known = memories_;
    for (const auto& [condition, memory] : known) {
        const bool alive = core::unresolved(memory.incident) || !memory.incident.recovered;
        if (condition.subject.empty() || subjects_.contains(condition.subject) || !alive) continue;
        if (condition.item == core::Complaint::item && in_archive(condition.subject)) continue;
        keep(at_desk(now, condition,
                     [&](const auto& desk) { return core::not_watched(memory, desk); }),
             changes);
    }
    for (const auto& [culprit, hidden] : std::exchange(hidden_, {}))
        hidden_changed_.insert(culprit);
    through_.clear();
    for (const auto& [subject, belief] : beliefs) {
        if (subjects_.contains(subject)) agree_with(subject, belief, changes, now);
    }
    note_hidden(changes);
    return changes;
}

void IncidentKeeper::agree_with(const core::SubjectId& subject, const core::Reachability& belief,
                                store::Changes& changes, core::WallTime now) {
    const auto since = belief.since.value_or(now);
    const auto memory = remembered(reach_of(subject));
    const bool wrong = memory && !memory->incident.recovered;
    if (belief.state == State::suppressed) hide(subject, belief.through);
    if (belief.state == State::down && !wrong)
        go_bad(fault_of(subject, belief.reason.value_or(core::Message{core::MessageId::reason_off}),
                        since),
               changes, now);
    if ((belief.state == State::up || belief.state == State::off) && wrong)
        go_good(reach_of(subject), since, changes, now);
}

void IncidentKeeper::add_to(store::Changes& changes, core::WallTime now) {
    for (const auto& transition : changes.transitions) take(transition, changes, now);
    const auto item_changes = changes.item_changes;
    for (const auto& [subject, change] : item_changes) take(subject, change, changes, now);
    if (changes.blind_from) {
        go_bad({.condition = blindness,
                .name = {},
                .severity = core::Severity::first,
                .reason = {.id = core::MessageId::incident_blind},
                .since = *changes.blind_from},
               changes, now);
    }
    if (changes.blind_until) go_good(blindness, *changes.blind_until, changes, now);
}

void IncidentKeeper::take(const core::Transition& transition, store::Changes& changes,
                          core::WallTime now) {
    const auto& subject = transition.subject;
    hide(subject, transition.after == State::suppressed ? transition.through : std::nullopt);
    switch (transition.after) {
        case State::down:
            go_bad(fault_of(
                       subject,
                       transition.reason.value_or(core::Message{core::MessageId::reason_no_answer}),
                       transition.at),
                   changes, now);
            break;
        case State::up:
        case State::off: go_good(reach_of(subject), transition.at, changes, now); break;
        case State::suppressed:  // Its own incident, if it has one, neither ends nor begins.
        case State::unknown: break;
    }
}

void IncidentKeeper::take(const core::SubjectId& subject, const core::ItemChange& change,
                          store::Changes& changes, core::WallTime now) {
    const core::Condition condition{subject, change.id.item, change.id.instance};
    if (change.after == core::Verdict::ok) return go_good(condition, change.at, changes, now);
    auto fault =
        fault_of(subject, change.message.value_or(core::Message{core::MessageId::reason_not_asked}),
                 change.at);
    fault.condition = condition;
    fault.verdict = change.after;
    fault.severity = core::severity_of(change.id.item, change.after, fault.severity);
    go_bad(fault, changes, now);
}

core::Fault IncidentKeeper::fault_of(const core::SubjectId& subject, core::Message reason,
                                     core::WallTime since) const {
    core::Fault fault{.condition = reach_of(subject),
                      .name = subject.value,
                      .reason = std::move(reason),
                      .since = since};
    if (const auto known = subjects_.find(subject); known != subjects_.end()) {
        fault.name = known->second.name;
        fault.severity = known->second.severity;
    }
    return fault;
}

void IncidentKeeper::go_bad(const core::Fault& fault, store::Changes& changes, core::WallTime now) {
    keep(at_desk(now, fault.condition,
                 [&](const auto& desk) {
                     return core::turned_bad(remembered(fault.condition), fault, desk);
                 }),
         changes);
}

void IncidentKeeper::go_good(const core::Condition& condition, core::WallTime since,
                             store::Changes& changes, core::WallTime now) {
    const auto memory = remembered(condition);
    if (!memory) return;
    keep(at_desk(now, condition,
                 [&](const auto& desk) { return core::turned_good(*memory, since, desk); }),
         changes);
}

void IncidentKeeper::keep(core::IncidentStep step, store::Changes& changes) {
    const auto& incident = step.memory.incident;
    const auto known = memories_.find(incident.condition);
    const bool opens = step.memory.events == 1 && !step.events.empty();
    const bool last = opens || known == memories_.end() || known->second.incident.id == incident.id;
    if (last && known != memories_.end() && known->second == step.memory) return;
    if (last) {
        memories_.insert_or_assign(incident.condition, step.memory);
        if (opens && hidden_.contains(incident.condition.subject))
            hidden_changed_.insert(incident.condition.subject);
    }
    store::IncidentChange change{
        .after = std::move(step.memory), .events = std::move(step.events), .hooks = {}};
    for (const auto& [hook, min_severity] : hooks_) {
        if (change.after.incident.severity <= min_severity) change.hooks.push_back(hook);
    }
    changes.incidents.push_back(std::move(change));
}

void IncidentKeeper::hide(const core::SubjectId& subject,
                          const std::optional<core::SubjectId>& through) {
    if (const auto before = through_.find(subject); before != through_.end()) {
        if (through && before->second == *through) return;
        auto& hidden = hidden_[before->second];
        hidden.erase(subject);
        hidden_changed_.insert(before->second);
        if (hidden.empty()) hidden_.erase(before->second);
        through_.erase(before);
    }
    if (!through) return;
    through_.emplace(subject, *through);
    hidden_[*through].insert(subject);
    hidden_changed_.insert(*through);
}

void IncidentKeeper::note_hidden(store::Changes& changes) {
    for (const auto& culprit : std::exchange(hidden_changed_, {})) {
        const auto memory = remembered(reach_of(culprit));
        if (!memory) continue;
        const auto hidden = hidden_.find(culprit);
        std::vector<core::SubjectId> all;
        if (hidden != hidden_.end()) all.assign(hidden->second.begin(), hidden->second.end());
        keep({.memory = core::with_suppressed(*memory, std::move(all)), .events = {}}, changes);
    }
}

void IncidentKeeper::pass_time(store::Changes& changes, core::WallTime now) {
    note_hidden(changes);
    const auto& rules = setup_->incidents;
    const bool just_begun = now >= started_ && now < started_ + rules.resolve_after;
    const auto known = memories_;
    for (const auto& [condition, memory] : known) {
        if (core::over(memory, rules, now)) memories_.erase(condition);
        const bool seen = !just_begun && (!blind() || condition == blindness);
        if (!seen || !core::resolves_at(memory, rules_for(condition))) continue;
        keep(at_desk(now, condition,
                     [&](const auto& desk) { return core::time_passed(memory, desk); }),
             changes);
    }
}

core::Duration IncidentKeeper::pause(core::WallTime now) const {
    constexpr core::Duration shortest{1'000}, longest{10'000};
    if (!hidden_changed_.empty()) return shortest;
    auto pause = longest;
    for (const auto& [condition, memory] : memories_) {
        if (const auto due = core::resolves_at(memory, rules_for(condition)))
            pause = std::min(pause, *due - now);
    }
    return std::max(pause, shortest);
}

const core::IncidentMemory* IncidentKeeper::find(const core::IncidentId& id) const {
    const auto found = std::ranges::find_if(
        memories_, [&](const auto& entry) { return entry.second.incident.id == id; });
    return found == memories_.end() ? nullptr : &found->second;
}

core::Result<void> IncidentKeeper::act(const core::IncidentMemory& before,
                                       const core::IncidentAction& action, core::WallTime now,
                                       store::Changes& changes) {
    auto step = at_desk(now, before.incident.condition,
                        [&](const auto& desk) { return core::act(before, action, desk); });
    if (!step) return step.error();
    keep(std::move(*step), changes);
    return {};
}

core::Result<void> IncidentKeeper::report(core::Complaint complaint,
                                          std::optional<core::Severity> severity,
                                          core::WallTime now, store::Changes& changes) {
    const auto known = in_archive(complaint.subject);
    if (!known) {
        return core::Error{core::Error::Kind::not_found,
                           "an incident belongs to a device or link of the archive"};
    }
    complaint.name = known->name;
    complaint.severity = severity.value_or(known->severity);
    const core::Condition condition{
        .subject = complaint.subject, .item = std::string(core::Complaint::item), .instance = {}};
    keep(at_desk(now, condition, [&](const auto& desk) { return core::reported(complaint, desk); }),
         changes);
    return {};
}

/// Watched or not.
std::optional<IncidentKeeper::Subject> IncidentKeeper::in_archive(
    const core::SubjectId& subject) const {
    for (const auto& device : setup_->office.devices) {
        if (core::subject_of(device.id) == subject) return Subject{device.name, device.severity};
    }
    for (const auto& link : setup_->office.links) {
        if (core::subject_of_link(link.name) == subject) return Subject{link.name, link.severity};
    }
    return std::nullopt;
}

std::optional<core::IncidentMemory> IncidentKeeper::remembered(
    const core::Condition& condition) const {
    const auto found = memories_.find(condition);
    return found == memories_.end() ? std::nullopt : std::optional{found->second};
}

bool IncidentKeeper::blind() const {
    const auto memory = memories_.find(blindness);
    return memory != memories_.end() && !memory->second.incident.recovered;
}

core::IncidentId IncidentKeeper::next_id(core::WallTime opened) {
    const auto date = setup_->calendar.zone().date_at(opened);
    const auto day =
        fmt::format("GZ-{:04}{:02}{:02}", static_cast<int>(date.year()),
                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return {fmt::format("{}-{:04}", day, ++numbers_[day])};
}

void IncidentKeeper::tell(const std::vector<store::IncidentChange>& changes) const {
    const core::Locale english{core::Language::english, &setup_->calendar.zone()};
    for (const auto& [after, events, hooks] : changes) {
        const auto& incident = after.incident;
        for (const auto& event : events) {
            const auto reason = event.reason ? core::render(*event.reason, english) : std::string();
            log_->warn("incident {}: incident={} item={} name={} severity={} by={} reason={}",
                       core::word(event.kind), incident.id.value, incident.condition.item,
                       core::printable(incident.name), static_cast<int>(incident.severity),
                       event.actor.empty() ? "rounds" : core::printable(event.actor), reason);
        }
    }
}

}  // namespace rounds::daemon
