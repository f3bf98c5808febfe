#include "reports/troubles.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "core/item_belief.hpp"

namespace rounds::reports {

using core::DeviceResult;
using core::Incident;
using core::ItemFinding;
using core::Message;
using core::MessageId;
using core::Severity;
using core::State;
using core::StateInterval;
using core::SubjectId;
using core::Verdict;

namespace {

constexpr std::string_view reachability = "reachability";

using Suppressed = std::map<SubjectId, std::vector<const StateInterval*>>;  // by culprit

Suppressed suppressed_by_culprit(const Day& day) {
    Suppressed found;
    for (const StateInterval& interval : day.record().intervals) {
        if (interval.state == State::suppressed && interval.through)
            found[*interval.through].push_back(&interval);
    }
    return found;
}

bool lasts(const StateInterval& interval, const Day& day) {
    return !interval.until || *interval.until > day.now();
}

Severity severity_of(const Day& day, const SubjectId& subject) {
    if (const auto* device = day.device(subject)) return device->severity;
    if (const auto* link = day.link(subject)) return link->severity;
    return Severity::third;
}

const core::Conclusion* conclusion_of(const Day& day, const SubjectId& subject) {
    if (const auto* device = day.device(subject)) return &device->conclusion;
    if (const auto* link = day.link(subject)) return &link->conclusion;
    return nullptr;
}

// Outages of the data period and of the round itself. What lasts but is not due any more, or is in
// maintenance, is nobody's trouble.
bool counts(const StateInterval& interval, const Day& day) {
    if (interval.state != State::down || interval.from > day.now()) return false;
    if (interval.until && *interval.until <= day.covered().from) return false;
    if (!lasts(interval, day)) return true;
    const core::Conclusion* conclusion = conclusion_of(day, interval.subject);
    return conclusion != nullptr && conclusion->verdict != Verdict::maintenance;
}

// The reason without what other columns say: since when.
Message phenomenon_of(const std::optional<Message>& reason) {
    if (!reason || reason->id == MessageId::reason_silent_since ||
        reason->id == MessageId::reason_no_answer)
        return {MessageId::report_unreachable};
    return *reason;
}

std::vector<const DeviceResult*> behind(const Suppressed& suppressed, const Day& day,
                                        const SubjectId& culprit, core::Period outage) {
    const auto hidden = suppressed.find(culprit);
    if (hidden == suppressed.end()) return {};
    std::set<const DeviceResult*> devices;
    for (const StateInterval* interval : hidden->second) {
        const auto* device = day.device(interval->subject);
        if (device != nullptr &&
            day.period_of(*interval).overlap(outage).length() > core::Duration{0})
            devices.insert(device);
    }
    return {devices.begin(), devices.end()};  // addresses in one vector: archive order
}

Trouble outage(const StateInterval& interval, const Day& day, const Suppressed& suppressed) {
    Trouble trouble;
    trouble.subject = interval.subject;
    trouble.name = day.name_of(interval.subject);
    trouble.severity = severity_of(day, interval.subject);
    trouble.phenomenon = phenomenon_of(interval.reason);
    trouble.found = interval.from;
    if (!lasts(interval, day)) trouble.recovered = interval.until;
    const core::Period period{interval.from, trouble.recovered.value_or(day.now())};
    trouble.lasted = day.length(period);
    trouble.outages = 1;
    trouble.behind = behind(suppressed, day, interval.subject, period);
    return trouble;
}

Trouble flapping(const std::vector<Trouble>& outages) {
    Trouble all = outages.front();
    all.kind = Trouble::Kind::flapping;
    all.recovered = outages.back().recovered;
    all.lasted = core::Duration{0};
    std::set<const DeviceResult*> behind;
    for (const Trouble& one : outages) {
        all.lasted += one.lasted;
        behind.insert(one.behind.begin(), one.behind.end());
    }
    all.outages = static_cast<int>(outages.size());
    all.phenomenon = {MessageId::report_flapping, {{"count", std::int64_t{all.outages}}}};
    all.behind.assign(behind.begin(), behind.end());
    return all;
}

using Incidents = std::map<SubjectId, std::vector<const Incident*>>;

Incidents incidents_by_subject(const Day& day) {
    Incidents found;
    for (const core::IncidentHistory& history : day.record().incidents)
        found[history.incident.condition.subject].push_back(&history.incident);
    return found;
}

// The time in which it was wrong, as far as anybody can tell.
core::Period period_of(const Incident& incident, const Day& day) {
    const auto end = incident.recovered ? incident.recovered : incident.resolved;
    return {incident.began, std::max(incident.began, end.value_or(day.now()))};
}

// Is it the outage of an incident? An incident that opened again has several.
bool kept(const Incidents& incidents, const StateInterval& interval, const Day& day) {
    const auto own = incidents.find(interval.subject);
    if (own == incidents.end()) return false;
    const core::Period outage = day.period_of(interval);
    return std::ranges::any_of(own->second, [&](const Incident* incident) {
        const core::Period period = period_of(*incident, day);
        const bool wrong = !incident->recovered;
        return incident->condition.item == reachability && outage.until >= period.from &&
               (wrong || outage.from <= period.until);
    });
}

std::vector<const DeviceResult*> behind(const Suppressed& suppressed, const Day& day,
                                        const Incident& incident, core::Period period) {
    const auto seen = behind(suppressed, day, incident.condition.subject, period);
    std::set<const DeviceResult*> devices{seen.begin(), seen.end()};
    for (const SubjectId& subject : incident.suppressed) {
        if (const auto* device = day.device(subject)) devices.insert(device);
    }
    return {devices.begin(), devices.end()};
}

Trouble kept_trouble(const core::IncidentHistory& history, const Day& day,
                     const Suppressed& suppressed) {
    const Incident& incident = history.incident;
    Trouble trouble;
    trouble.kind = Trouble::Kind::incident;
    trouble.subject = incident.condition.subject;
    const bool known =
        day.device(trouble.subject) != nullptr || day.link(trouble.subject) != nullptr;
    trouble.name = known ? day.name_of(trouble.subject) : incident.name;
    trouble.history = &history;
    trouble.verdict = incident.verdict;
    trouble.severity = incident.severity;
    trouble.phenomenon = incident.summary;
    trouble.found = incident.began;
    trouble.recovered = incident.recovered;
    const core::Period period = period_of(incident, day);
    trouble.lasted = day.length(period);
    if (!trouble.is_outage()) return trouble;
    trouble.phenomenon = phenomenon_of(incident.summary);
    trouble.outages = 1;
    trouble.behind = behind(suppressed, day, incident, period);
    return trouble;
}

void add_incidents(std::vector<Trouble>& troubles, const Day& day, const Suppressed& suppressed) {
    for (const core::IncidentHistory& history : day.record().incidents) {
        const core::Conclusion* conclusion = conclusion_of(day, history.incident.condition.subject);
        const bool planned = conclusion != nullptr && conclusion->verdict == Verdict::maintenance;
        if (planned && core::unresolved(history.incident)) continue;
        troubles.push_back(kept_trouble(history, day, suppressed));
    }
}

void add_outages(std::vector<Trouble>& troubles, const Day& day, const Suppressed& suppressed,
                 const Incidents& incidents) {
    std::map<SubjectId, std::vector<Trouble>> by_subject;
    for (const StateInterval& interval : day.record().intervals) {
        if (counts(interval, day) && !kept(incidents, interval, day))
            by_subject[interval.subject].push_back(outage(interval, day, suppressed));
    }
    for (auto& [subject, outages] : by_subject) {
        const auto is_short = [](const Trouble& one) { return one.lasted < short_outage; };
        const auto long_ones = std::stable_partition(outages.begin(), outages.end(), is_short);
        if (std::distance(outages.begin(), long_ones) >= flapping_outages) {
            troubles.push_back(flapping({outages.begin(), long_ones}));
            outages.erase(outages.begin(), long_ones);
        }
        std::move(outages.begin(), outages.end(), std::back_inserter(troubles));
    }
}

// What a round found by ping, or what nothing else explains.
template <class Result>
void add_conclusion(std::vector<Trouble>& troubles, const Day& day, const SubjectId& subject,
                    const Result& result) {
    const Verdict verdict = result.conclusion.verdict;
    if (verdict != Verdict::critical && verdict != Verdict::warning) return;
    Trouble trouble;
    trouble.kind = Trouble::Kind::finding;
    trouble.subject = subject;
    trouble.name = result.name;
    trouble.verdict = verdict;
    trouble.severity =
        verdict == Verdict::warning ? std::max(result.severity, Severity::third) : result.severity;
    trouble.phenomenon = result.conclusion.reason.value_or(Message{MessageId::report_unreachable});
    trouble.found = result.evidence_at.value_or(day.round().began);
    troubles.push_back(std::move(trouble));
}

// Does an incident tell of it? One that a person resolved while it is wrong does: they know.
bool kept(const std::vector<const Incident*>& incidents, const ItemFinding& finding) {
    return std::ranges::any_of(incidents, [&](const Incident* one) {
        return one->condition.item == finding.item && one->condition.instance == finding.instance &&
               (core::unresolved(*one) || !one->recovered);
    });
}

template <class Result>
void add_items(std::vector<Trouble>& troubles, const SubjectId& subject, const Result& result,
               const std::vector<const Incident*>& incidents) {
    for (const ItemFinding& finding : result.findings) {
        const bool wrong =
            finding.verdict == Verdict::critical || finding.verdict == Verdict::warning;
        if (!wrong || !finding.message || kept(incidents, finding)) continue;
        Trouble trouble;
        trouble.kind = Trouble::Kind::finding;
        trouble.subject = subject;
        trouble.name = result.name;
        trouble.verdict = finding.verdict;
        trouble.severity = core::severity_of(finding.item, finding.verdict, result.severity);
        trouble.phenomenon = *finding.message;
        trouble.found = finding.evidence_at;
        troubles.push_back(std::move(trouble));
    }
}

void add_findings(std::vector<Trouble>& troubles, const Day& day, const Incidents& incidents) {
    std::set<SubjectId> silent;
    for (const Trouble& trouble : troubles) {
        if (trouble.is_outage() && (trouble.open() || trouble.wrong()))
            silent.insert(trouble.subject);
    }
    const auto add = [&](const SubjectId& subject, const auto& result) {
        if (silent.contains(subject)) return;
        static const std::vector<const Incident*> none;
        const auto own = incidents.find(subject);
        add_items(troubles, subject, result, own == incidents.end() ? none : own->second);
        const bool from_item = std::ranges::any_of(result.findings, [&](const auto& finding) {
            return finding.message && finding.message == result.conclusion.reason;
        });
        if (!from_item) add_conclusion(troubles, day, subject, result);
    };
    for (const DeviceResult& device : day.round().devices) {
        const bool explained = device.through && silent.contains(*device.through);
        if (!explained) add(subject_of(device.id), device);
    }
    for (const core::LinkResult& link : day.round().links)
        add(core::subject_of_link(link.name), link);
}

}  // namespace

bool Trouble::is_outage() const {
    if (history != nullptr) return history->incident.condition.item == reachability;
    return kind == Kind::outage || kind == Kind::flapping;
}

std::vector<std::string> departments_behind(const Trouble& trouble) {
    std::map<std::string, int> devices_of;
    for (const DeviceResult* device : trouble.behind) {
        if (!device->department.empty()) ++devices_of[device->department];
    }
    std::vector<std::pair<int, std::string>> ranked;
    for (const auto& [department, devices] : devices_of) ranked.emplace_back(-devices, department);
    std::sort(ranked.begin(), ranked.end());
    std::vector<std::string> names;
    for (auto& [devices, department] : ranked) names.push_back(std::move(department));
    return names;
}

std::vector<Trouble> troubles_of(const Day& day) {
    const Suppressed suppressed = suppressed_by_culprit(day);
    const Incidents incidents = incidents_by_subject(day);
    std::vector<Trouble> troubles;
    add_incidents(troubles, day, suppressed);
    add_outages(troubles, day, suppressed, incidents);
    add_findings(troubles, day, incidents);
    const auto rank = [](const Trouble& trouble) {
        return std::tuple{trouble.severity, trouble.verdict == Verdict::warning, !trouble.open(),
                          trouble.found};
    };
    std::stable_sort(troubles.begin(), troubles.end(),
                     [&](const Trouble& a, const Trouble& b) { return rank(a) < rank(b); });
    return troubles;
}

TroubleCounts count(const std::vector<Trouble>& troubles, const Day& day) {
    TroubleCounts counts;
    for (const Trouble& trouble : troubles) {
        if (trouble.kind == Trouble::Kind::finding) continue;
        // An incident is news from when it was opened, which may be a while after its first bad look.
        const core::WallTime since =
            trouble.history != nullptr ? trouble.history->incident.opened : trouble.found;
        if (since >= day.covered().from) ++counts.fresh;
        ++(trouble.open() ? counts.open : counts.recovered);
    }
    return counts;
}

}  // namespace rounds::reports
