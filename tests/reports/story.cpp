#include "tests/reports/story.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "core/check_item.hpp"
#include "core/item_belief.hpp"

namespace rounds::reports {

using core::State;
using core::StateInterval;
using core::Verdict;
using core::WallTime;

namespace {

int number_at(std::string_view text, std::size_t from, std::size_t length) {
    int value = 0;
    std::from_chars(text.data() + from, text.data() + from + length, value);
    return value;
}

constexpr WallTime long_ago = core::from_ms(0);

}  // namespace

const core::TimeZone& shanghai() {
    static const core::TimeZone zone{"Asia/Shanghai", {{long_ago, std::chrono::hours{8}}}};
    return zone;
}

const core::TimeZone& berlin() {
    using namespace std::chrono;
    static const core::TimeZone zone{
        "Europe/Berlin",
        {{long_ago, hours{1}},
         {WallTime{sys_days{2026y / March / 29} + hours{1}}, hours{2}},
         {WallTime{sys_days{2026y / October / 25} + hours{1}}, hours{1}}}};
    return zone;
}

WallTime at(std::string_view local, const core::TimeZone& zone) {
    if (local.size() != 16) throw std::invalid_argument("expected YYYY-MM-DD hh:mm");
    const auto day =
        std::chrono::year{number_at(local, 0, 4)} / number_at(local, 5, 2) / number_at(local, 8, 2);
    const auto clock =
        std::chrono::hours{number_at(local, 11, 2)} + std::chrono::minutes{number_at(local, 14, 2)};
    return zone.to_wall(core::LocalTime{std::chrono::local_days{day} + clock});
}

Story::Story(std::string_view from, std::string_view until, const core::TimeZone& zone)
    : zone_(zone) {
    core::RoundRecord& round = record_.round;
    round.id.value = "RX-" + std::string{until.substr(0, 4)} + std::string{until.substr(5, 2)} +
                     std::string{until.substr(8, 2)} + "-01";
    round.name = "早巡";
    round.site = "上海总部";
    round.covered = {moment(from), moment(until)};
    round.scheduled = round.began = round.covered.until;
    round.finished = round.began + std::chrono::seconds{52};
}

core::DeviceResult& Story::device(const std::string& name, core::DeviceClass device_class) {
    core::DeviceResult device;
    device.id.value = device.name = name;
    device.device_class = device_class;
    device.conclusion = {Verdict::ok, std::nullopt};
    device.evidence_at = record_.round.began + std::chrono::seconds{20};
    record_.round.devices.push_back(device);
    timelines_[subject_of(device.id)] = {
        {subject_of(device.id), State::up, std::nullopt, std::nullopt,
         record_.round.covered.from - std::chrono::hours{900}, std::nullopt}};
    return record_.round.devices.back();
}

core::LinkResult& Story::link(const std::string& name) {
    core::LinkResult link;
    link.name = name;
    link.conclusion = {Verdict::ok, std::nullopt};
    link.evidence_at = record_.round.began + std::chrono::seconds{20};
    link.targets = link.answered = 2;
    record_.round.links.push_back(link);
    const core::SubjectId subject = core::subject_of_link(name);
    timelines_[subject] = {{subject, State::up, std::nullopt, std::nullopt,
                            record_.round.covered.from - std::chrono::hours{900}, std::nullopt}};
    return record_.round.links.back();
}

core::DeviceResult& Story::find(const std::string& name) {
    for (core::DeviceResult& device : record_.round.devices) {
        if (device.name == name) return device;
    }
    throw std::invalid_argument("no device " + name);
}

void Story::state(const std::string& subject, State state, std::string_view from,
                  std::string_view until, const std::string& through) {
    Timeline& timeline = timelines_.at({subject});
    StateInterval piece{{subject}, state, std::nullopt, std::nullopt, moment(from), std::nullopt};
    if (!until.empty()) piece.until = moment(until);
    if (!through.empty()) piece.through = core::SubjectId{through};
    Timeline next;
    for (const StateInterval& old : timeline) {
        StateInterval before = old, after = old;
        before.until = old.until ? std::min(*old.until, piece.from) : piece.from;
        if (before.from < *before.until) next.push_back(before);
        if (!piece.until) continue;
        after.from = std::max(old.from, *piece.until);
        if (!after.until || after.from < *after.until) next.push_back(after);
    }
    next.push_back(piece);
    std::sort(next.begin(), next.end(),
              [](const auto& a, const auto& b) { return a.from < b.from; });
    timeline = std::move(next);
}

void Story::lasting(const std::string& subject, State state_, std::string_view from,
                    const std::string& through) {
    state(subject, state_, from, "", through);
    core::Conclusion conclusion;
    conclusion.verdict = state_ == State::off ? Verdict::off : Verdict::critical;
    if (state_ == State::down)
        conclusion.reason =
            core::Message{core::MessageId::reason_silent_since, {{"since", moment(from)}}};
    if (state_ == State::suppressed)
        conclusion.reason = core::Message{core::MessageId::reason_behind, {{"through", through}}};
    for (core::DeviceResult& device : record_.round.devices) {
        if (device.id.value != subject) continue;
        device.conclusion = conclusion;
        if (!through.empty()) device.through = core::SubjectId{through};
    }
    for (core::LinkResult& link : record_.round.links) {
        if (core::subject_of_link(link.name).value == subject)
            link.conclusion = conclusion, link.answered = 0;
    }
}

void Story::gap(core::Gap::Cause cause, std::string_view from, std::string_view until) {
    record_.gaps.push_back({cause, moment(from), moment(until)});
}

void Story::working_hours(std::string_view from, std::string_view until) {
    record_.round.working_hours.push_back({moment(from), moment(until)});
}

void Story::pinged(const std::string& subject, int avg_us, int spread_us) {
    speeds_[{subject}] = {avg_us, spread_us};
}

void Story::add_echoes(core::DayRecord& record, const core::SubjectId& subject, Speed speed) const {
    unsigned noise = 12345;
    const auto next = [&] {
        return static_cast<int>((noise = noise * 1103515245U + 12345U) >> 16 & 0x7fff);
    };
    const core::Period covered = record.round.covered;
    for (WallTime time = core::quarter_of(covered.from); time < covered.until;
         time += std::chrono::minutes{15}) {
        core::EchoSummary sum;
        sum.subject = subject;
        sum.from = time;
        for (int look = 0; look < 30; ++look) {
            const WallTime when = time + std::chrono::seconds{30 * look};
            const bool blind =
                std::any_of(record.gaps.begin(), record.gaps.end(), [&](const core::Gap& gap) {
                    return gap.from <= when && (!gap.until || when < *gap.until);
                });
            if (blind) continue;
            core::EchoStats stats;
            stats.sent = 5;
            for (const StateInterval& interval : timelines_.at(subject)) {
                const bool now =
                    interval.from <= when && (!interval.until || when < *interval.until);
                if (!now || interval.state != State::up) continue;
                const int avg = speed.avg_us + next() % (speed.spread_us + 1);
                stats.received = 5;
                stats.rtt = {core::Microseconds{avg * 8 / 10}, core::Microseconds{avg},
                             core::Microseconds{avg * 13 / 10}};
                stats.jitter = core::Microseconds{avg / 12};
            }
            sum.add(stats);
        }
        if (sum.sent > 0) record.echoes.push_back(sum);
    }
}

core::Facts& Story::facts(const std::string& name) {
    auto& facts = find(name).facts;
    return facts ? *facts : facts.emplace();
}

void Story::judged(const std::string& name) {
    core::DeviceResult& device = find(name);
    device.findings = core::judge(*device.facts, {}, record_.round.began);
    std::erase_if(device.findings,
                  [](const core::ItemFinding& one) { return one.verdict == Verdict::ok; });
    conclude(name);
}

void Story::conclude(const std::string& name) {
    core::DeviceResult& device = find(name);
    device.conclusion = core::with_items(device.conclusion, device.findings);
}

core::IncidentHistory& Story::incident(const std::string& subject, const std::string& item,
                                       std::string_view began, core::Severity severity,
                                       core::Message summary) {
    core::IncidentHistory history;
    core::Incident& incident = history.incident;
    incident.id.value = "GZ-20261123-" + std::to_string(1001 + record_.incidents.size()).substr(1);
    incident.condition = {{subject}, item, {}};
    incident.name = subject;
    incident.severity = severity;
    incident.summary = std::move(summary);
    incident.began = moment(began);
    incident.opened = incident.began + std::chrono::minutes{1};
    history.events.push_back({.id = {},
                              .incident = incident.id,
                              .at = incident.opened,
                              .actor = {},
                              .reason = incident.summary,
                              .comment = {}});
    record_.incidents.push_back(std::move(history));
    return record_.incidents.back();
}

core::IncidentHistory& Story::incident_of(const std::string& name, const std::string& item,
                                          std::string_view began) {
    const core::DeviceResult& device = find(name);
    for (const core::ItemFinding& finding : device.findings) {
        if (finding.item != item) continue;
        core::IncidentHistory& history =
            incident(name, item, began, core::severity_of(item, finding.verdict, device.severity),
                     *finding.message);
        history.incident.condition.instance = finding.instance;
        history.incident.verdict = finding.verdict;
        return history;
    }
    throw std::invalid_argument("no finding " + item + " of " + name);
}

void Story::happened(core::IncidentHistory& history, core::IncidentEvent::Kind kind,
                     std::string_view when, const std::string& actor, const std::string& comment) {
    using Kind = core::IncidentEvent::Kind;
    core::Incident& incident = history.incident;
    history.events.push_back({.id = {},
                              .incident = incident.id,
                              .number = static_cast<int>(history.events.size()) + 1,
                              .kind = kind,
                              .at = moment(when),
                              .actor = actor,
                              .reason = {},
                              .comment = comment});
    if (kind == Kind::flapping) incident.flapping = true;
    if (kind == Kind::acknowledged) {
        incident.state = core::IncidentState::acknowledged;
        incident.acknowledged = moment(when);
        incident.acknowledged_by = actor;
    }
    if (kind == Kind::resolved || kind == Kind::closed) {
        incident.state =
            kind == Kind::closed ? core::IncidentState::closed : core::IncidentState::resolved;
        incident.resolved = moment(when);
    }
}

void Story::measured(const std::string& subject, const std::string& metric,
                     const std::string& instance, double avg, double max) {
    core::Digest digest{.series = {{subject}, metric, instance}, .count = 288};
    digest.avg = avg, digest.max = max, digest.p95 = (avg + max) / 2;
    record_.measured.digests.push_back(std::move(digest));
}

void Story::course(const std::string& subject, const std::string& metric,
                   const std::string& instance, const std::vector<double>& levels) {
    core::Course course{.series = {{subject}, metric, instance}, .days = {}};
    auto at = record_.round.covered.until - std::chrono::hours{1};
    at -= std::chrono::days{static_cast<int>(levels.size()) - 1};
    for (const double level : levels) {
        course.days.push_back({at, level});
        at += std::chrono::days{1};
    }
    record_.measured.courses.push_back(std::move(course));
}

core::DayRecord Story::record() const {
    core::DayRecord record = record_;
    std::ranges::sort(record.measured.digests, {}, &core::Digest::series);
    std::ranges::sort(record.measured.courses, {}, &core::Course::series);
    for (const auto& [subject, timeline] : timelines_) {
        for (const StateInterval& interval : timeline) {
            const bool touches = !interval.until || *interval.until > record.round.covered.from;
            if (touches) record.intervals.push_back(interval);
        }
    }
    for (const auto& [subject, speed] : speeds_) add_echoes(record, subject, speed);
    return record;
}

}  // namespace rounds::reports
