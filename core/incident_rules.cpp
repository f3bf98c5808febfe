#include "core/incident_rules.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace rounds::core {

namespace {

using Kind = IncidentEvent::Kind;

/// Something that happened; its number is the next.
IncidentEvent& add_event(IncidentStep& step, Kind kind, const IncidentDesk& desk) {
    IncidentEvent event{.id = desk.ids.event(),
                        .incident = step.memory.incident.id,
                        .number = ++step.memory.events,
                        .kind = kind,
                        .at = desk.now};
    return step.events.emplace_back(std::move(event));
}

IncidentStep open(const Fault& fault, const IncidentDesk& desk) {
    const WallTime opened = std::max(desk.now, fault.since);
    IncidentStep step;
    step.memory.incident = {.id = desk.ids.incident(opened),
                            .condition = fault.condition,
                            .name = fault.name,
                            .severity = fault.severity,
                            .verdict = fault.verdict,
                            .summary = fault.reason,
                            .began = fault.since,
                            .opened = opened};
    step.memory.changes.push_back(desk.now);
    add_event(step, Kind::opened, desk).reason = fault.reason;
    return step;
}

/// From well to wrong, or back.
void count_change(IncidentMemory& memory, const IncidentDesk& desk) {
    if (memory.incident.flapping) return;
    auto& changes = memory.changes;
    std::erase_if(changes, [&](WallTime at) {
        return at > desk.now || at <= desk.now - desk.rules.flapping_window;
    });
    changes.push_back(desk.now);
    const auto most = static_cast<std::size_t>(desk.rules.flapping_changes) + 1;
    if (changes.size() > most) changes.erase(changes.begin());
}

void look_for_flapping(IncidentStep& step, const IncidentDesk& desk) {
    auto& [incident, events, changes] = step.memory;
    const auto allowed = static_cast<std::size_t>(desk.rules.flapping_changes);
    if (incident.flapping || !unresolved(incident) || changes.size() <= allowed) return;
    incident.flapping = true;
    add_event(step, Kind::flapping, desk).reason =
        Message{.id = MessageId::incident_flapping,
                .with = {{"changes", static_cast<std::int64_t>(changes.size())},
                         {"window", desk.rules.flapping_window}}};
    changes.clear();
}

/// The incident takes over what is graver of the fault; was anything?
bool worsen(Incident& incident, const Fault& fault) {
    const bool graver =
        fault.severity < incident.severity ||
        (fault.verdict == Verdict::critical && incident.verdict == Verdict::warning);
    incident.severity = std::min(incident.severity, fault.severity);
    if (fault.verdict == Verdict::critical) incident.verdict = Verdict::critical;
    return graver;
}

void resolve(IncidentStep& step, const IncidentDesk& desk) {
    auto& incident = step.memory.incident;
    incident.state = IncidentState::resolved;
    incident.resolved = desk.now;
    if (incident.condition.item == Complaint::item) incident.recovered = desk.now;
}

IncidentStep reopen(const IncidentMemory& before, const Fault& fault, const IncidentDesk& desk) {
    IncidentStep step{.memory = before, .events = {}};
    auto& incident = step.memory.incident;
    worsen(incident, fault);
    incident.state = IncidentState::open;
    incident.summary = fault.reason;
    incident.recovered.reset();
    incident.resolved.reset();
    count_change(step.memory, desk);
    add_event(step, Kind::reopened, desk).reason = fault.reason;
    look_for_flapping(step, desk);
    return step;
}

IncidentStep go_on(const IncidentMemory& before, const Fault& fault, const IncidentDesk& desk) {
    IncidentStep step{.memory = before, .events = {}};
    auto& incident = step.memory.incident;
    if (incident.recovered) count_change(step.memory, desk);
    incident.recovered.reset();
    if (worsen(incident, fault)) {
        incident.summary = fault.reason;
        add_event(step, Kind::worsened, desk).reason = fault.reason;
    }
    look_for_flapping(step, desk);
    return step;
}

Error refused(const Incident& incident, std::string_view why) {
    return {Error::Kind::invalid_input, fmt::format("incident {} {}", incident.id.value, why)};
}

/// Why this cannot be done to it; empty when it can.
std::optional<Error> refusal(const Incident& incident, const IncidentAction& action) {
    using Action = IncidentAction::Kind;
    if (action.actor.empty()) return refused(incident, "needs to know who acts on it");
    if (incident.state == IncidentState::closed)
        return refused(incident, "is closed: nothing is added to it any more");
    switch (action.kind) {
        case Action::acknowledge:
            if (incident.state == IncidentState::acknowledged)
                return refused(incident, "is acknowledged already");
            if (incident.state == IncidentState::resolved)
                return refused(incident, "is resolved: there is nothing left to acknowledge");
            break;
        case Action::comment:
            if (action.comment.empty())
                return refused(incident, "cannot be commented with nothing");
            break;
        case Action::resolve:
            if (incident.state == IncidentState::resolved)
                return refused(incident, "is resolved already");
            break;
        case Action::close: break;
    }
    return std::nullopt;
}

Kind take(IncidentStep& step, const IncidentAction& action, const IncidentDesk& desk) {
    using Action = IncidentAction::Kind;
    auto& incident = step.memory.incident;
    switch (action.kind) {
        case Action::acknowledge:
            incident.state = IncidentState::acknowledged;
            if (!incident.acknowledged) {
                incident.acknowledged = desk.now;
                incident.acknowledged_by = action.actor;
            }
            return Kind::acknowledged;
        case Action::comment: return Kind::commented;
        case Action::resolve: resolve(step, desk); return Kind::resolved;
        case Action::close:
            if (unresolved(incident)) resolve(step, desk);
            incident.state = IncidentState::closed;
            return Kind::closed;
    }
    return Kind::commented;  // There is no fifth.
}

}  // namespace

bool unresolved(const Incident& incident) {
    return incident.state == IncidentState::open || incident.state == IncidentState::acknowledged;
}

IncidentStep turned_bad(const std::optional<IncidentMemory>& before, const Fault& fault,
                        const IncidentDesk& desk) {
    if (!before || over(*before, desk.rules, desk.now)) return open(fault, desk);
    if (unresolved(before->incident)) return go_on(*before, fault, desk);
    if (!before->incident.recovered) return {.memory = *before, .events = {}};
    return reopen(*before, fault, desk);
}

IncidentStep turned_good(const IncidentMemory& before, WallTime since, const IncidentDesk& desk) {
    if (before.incident.recovered) return {.memory = before, .events = {}};
    IncidentStep step{.memory = before, .events = {}};
    step.memory.incident.recovered = std::max(std::min(since, desk.now), before.incident.began);
    count_change(step.memory, desk);
    look_for_flapping(step, desk);
    IncidentStep after = time_passed(step.memory, desk);
    after.events.insert(after.events.begin(), step.events.begin(), step.events.end());
    return after;
}

IncidentStep time_passed(const IncidentMemory& before, const IncidentDesk& desk) {
    IncidentStep step{.memory = before, .events = {}};
    auto& incident = step.memory.incident;
    if (!unresolved(incident) || !incident.recovered) return step;
    incident.recovered = std::min(*incident.recovered, desk.now);
    if (*resolves_at(step.memory, desk.rules) > desk.now) return step;
    resolve(step, desk);
    add_event(step, Kind::resolved, desk).reason =
        Message{.id = MessageId::incident_recovered, .with = {{"since", *incident.recovered}}};
    return step;
}

std::optional<WallTime> resolves_at(const IncidentMemory& memory, const IncidentRules& rules) {
    const auto& incident = memory.incident;
    if (!unresolved(incident) || !incident.recovered) return std::nullopt;
    return *incident.recovered + (incident.flapping
                                      ? std::max(rules.flapping_quiet, rules.resolve_after)
                                      : rules.resolve_after);
}

IncidentMemory with_suppressed(IncidentMemory memory, std::vector<SubjectId> suppressed) {
    std::ranges::sort(suppressed);
    memory.incident.suppressed = std::move(suppressed);
    return memory;
}

IncidentStep not_watched(const IncidentMemory& before, const IncidentDesk& desk) {
    IncidentStep step{.memory = before, .events = {}};
    auto& incident = step.memory.incident;
    if (!incident.recovered) incident.recovered = std::max(desk.now, incident.began);
    if (!unresolved(incident)) return step;
    resolve(step, desk);
    add_event(step, Kind::resolved, desk).reason = Message{.id = MessageId::incident_not_watched};
    return step;
}

IncidentStep reported(const Complaint& complaint, const IncidentDesk& desk) {
    const IncidentId id = desk.ids.incident(desk.now);
    const bool grave = complaint.severity <= Severity::second;
    IncidentStep step;
    step.memory.incident = {
        .id = id,
        .condition = {complaint.subject, std::string(Complaint::item), id.value},
        .name = complaint.name,
        .severity = complaint.severity,
        .verdict = grave ? Verdict::critical : Verdict::warning,
        .summary = {.id = MessageId::incident_reported, .with = {{"text", complaint.text}}},
        .began = desk.now,
        .opened = desk.now};
    auto& event = add_event(step, Kind::opened, desk);
    event.actor = complaint.actor;
    event.reason = step.memory.incident.summary;
    return step;
}

Result<IncidentStep> act(const IncidentMemory& before, const IncidentAction& action,
                         const IncidentDesk& desk) {
    if (auto refused = refusal(before.incident, action)) return *refused;
    IncidentStep step{.memory = before, .events = {}};
    auto& event = add_event(step, take(step, action, desk), desk);
    event.actor = action.actor;
    event.comment = action.comment;
    return step;
}

bool over(const IncidentMemory& memory, const IncidentRules& rules, WallTime now) {
    const auto& incident = memory.incident;
    if (unresolved(incident) || !incident.recovered) return false;
    if (incident.state == IncidentState::closed) return true;
    const WallTime since = std::max(*incident.recovered, incident.resolved.value_or(now));
    return now - since > rules.reopen_within;
}

}  // namespace rounds::core
