#include "reports/troubles.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

namespace rounds::reports {

using core::DeviceResult;
using core::Message;
using core::MessageId;
using core::Severity;
using core::State;
using core::StateInterval;
using core::SubjectId;
using core::Verdict;

namespace {

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
Message phenomenon_of(const StateInterval& interval) {
    if (!interval.reason || interval.reason->id == MessageId::reason_silent_since ||
        interval.reason->id == MessageId::reason_no_answer)
        return {MessageId::report_unreachable};
    return *interval.reason;
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
    trouble.severity = severity_of(day, interval.subject);
    trouble.phenomenon = phenomenon_of(interval);
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

void add_outages(std::vector<Trouble>& troubles, const Day& day) {
    const Suppressed suppressed = suppressed_by_culprit(day);
    std::vector<SubjectId> subjects;
    std::map<SubjectId, std::vector<Trouble>> by_subject;
    for (const StateInterval& interval : day.record().intervals) {
        if (counts(interval, day))
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

template <class Result>
void add_finding(std::vector<Trouble>& troubles, const Day& day, const SubjectId& subject,
                 const Result& result, const std::set<SubjectId>& open) {
    const Verdict verdict = result.conclusion.verdict;
    if ((verdict != Verdict::critical && verdict != Verdict::warning) || open.contains(subject))
        return;
    Trouble trouble;
    trouble.kind = Trouble::Kind::finding;
    trouble.subject = subject;
    trouble.verdict = verdict;
    trouble.severity =
        verdict == Verdict::warning ? std::max(result.severity, Severity::third) : result.severity;
    trouble.phenomenon = result.conclusion.reason.value_or(Message{MessageId::report_unreachable});
    trouble.found = result.evidence_at.value_or(day.round().began);
    troubles.push_back(std::move(trouble));
}

void add_findings(std::vector<Trouble>& troubles, const Day& day) {
    std::set<SubjectId> open;
    for (const Trouble& trouble : troubles) {
        if (trouble.open()) open.insert(trouble.subject);
    }
    for (const DeviceResult& device : day.round().devices) {
        const bool explained = device.through && open.contains(*device.through);
        if (!explained) add_finding(troubles, day, subject_of(device.id), device, open);
    }
    for (const core::LinkResult& link : day.round().links)
        add_finding(troubles, day, core::subject_of_link(link.name), link, open);
}

}  // namespace

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
    std::vector<Trouble> troubles;
    add_outages(troubles, day);
    add_findings(troubles, day);
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
        if (trouble.found >= day.covered().from) ++counts.fresh;
        ++(trouble.open() ? counts.open : counts.recovered);
    }
    return counts;
}

}  // namespace rounds::reports
