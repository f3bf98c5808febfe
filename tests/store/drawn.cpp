#include "tests/store/drawn.hpp"

#include <array>

namespace rounds::store {

using namespace std::string_literals;

std::string Drawn::text() {
    static const std::array texts{"sw-3f"s,
                                  ""s,
                                  "机房 A 柜"s,
                                  "O'Brien \"quoted\""s,
                                  "a\0b"s,
                                  "line\nbreak\x1b[31m"s,
                                  "🖨 ڤ"s,
                                  "'); DROP TABLE round; --"s,
                                  std::string(3'000, 'x')};
    return texts[static_cast<std::size_t>(below(static_cast<int>(texts.size())))];
}

core::SubjectId Drawn::subject() {
    const int number = below(6);
    return number < 4 ? core::SubjectId{"IT-" + std::to_string(number)}
                      : core::subject_of_link("出口-" + std::to_string(number));
}

core::Value Drawn::value() {
    switch (below(7)) {
        case 0: return text();
        case 1: return std::int64_t{below(1'000)} - 500;
        case 2: return below(1'000) / 7.0;
        case 3: return core::Ratio{below(1'000) / 999.0};
        case 4: return core::Microseconds{below(1'000'000)};
        case 5: return core::Duration{below(1'000'000)};
        default: return core::from_ms(1'764'000'000'000 + below(1'000'000'000));
    }
}

core::Message Drawn::message() {
    core::Message message{
        static_cast<core::MessageId>(below(static_cast<int>(core::message_keys().size())))};
    for (int count = below(4); count > 0; --count)
        message.with.emplace_back("p" + std::to_string(count), value());
    return message;
}

core::Reachability Drawn::belief(core::WallTime now) {
    core::Reachability belief;
    belief.state = static_cast<core::State>(below(5));
    belief.since = maybe(now - a_while(100));
    belief.reason = maybe(message());
    belief.through = maybe(subject());
    core::Reachability::Doubt doubt;
    doubt.look = static_cast<core::Look>(below(3));
    doubt.in_row = below(100);
    doubt.first = now - a_while(5);
    doubt.last = now;
    doubt.own = below(100);
    doubt.unasked = below(100);
    belief.doubt = maybe(doubt);
    return belief;
}

core::Transition Drawn::transition(core::WallTime now) {
    core::Transition transition;
    transition.subject = subject();
    transition.before = static_cast<core::State>(below(5));
    transition.after = static_cast<core::State>(below(5));
    transition.reason = maybe(message());
    transition.through = maybe(subject());
    // Whole minutes, so that moments meet; known late, by hours at times.
    const auto at = now - (once_in(8) ? a_while(300) : a_while(3));
    transition.at = std::chrono::floor<std::chrono::minutes>(at);
    return transition;
}

core::EchoStats Drawn::echo_stats() {
    core::EchoStats stats;
    stats.sent = below(6);
    stats.received = stats.sent > 0 ? below(stats.sent + 1) : 0;
    if (stats.received > 0) {
        const int min = below(1'000), avg = min + below(1'000), max = avg + below(1'000);
        stats.rtt = core::RoundTrip{core::Microseconds{min}, core::Microseconds{avg},
                                    core::Microseconds{max}};
    }
    if (stats.received > 1) stats.jitter = core::Microseconds{below(500)};
    stats.duplicates = below(3);
    stats.late = below(3);
    stats.foreign = below(3);
    return stats;
}

core::EchoSummary Drawn::echo_summary(core::WallTime now) {
    core::EchoSummary summary;
    summary.subject = subject();
    summary.from = core::quarter_of(now - a_while(20));
    for (int looks = 1 + below(3); looks > 0; --looks) summary.add(echo_stats());
    return summary;
}

core::Conclusion Drawn::conclusion() {
    core::Conclusion conclusion;
    conclusion.verdict = static_cast<core::Verdict>(below(7));
    conclusion.reason = maybe(message());
    return conclusion;
}

std::vector<core::ItemFinding> Drawn::findings(core::WallTime now) {
    std::vector<core::ItemFinding> all;
    for (int left = below(3); left > 0; --left) {
        const bool state = once_in(2);
        all.push_back({.item = once_in(2) ? "loss" : "storage",
                       .instance = text(),
                       .verdict = once_in(2) ? core::Verdict::warning : core::Verdict::critical,
                       .value = state ? std::nullopt : std::optional{below(1000) / 7.0},
                       .unit = state ? "" : "%",
                       .threshold = maybe(below(1000) / 3.0),
                       .message = maybe(message()),
                       .evidence_at = now - a_while(5)});
    }
    return all;
}

core::ItemLimits Drawn::item_limits() {
    core::ItemLimits all;
    for (const char* item : {"cpu", "supplies", "utilisation"}) {
        if (once_in(3)) all[item] = {maybe(below(100) / 7.0), maybe(below(100) / 3.0)};
    }
    return all;
}

core::DeviceResult Drawn::device_result(int number, core::WallTime now) {
    core::DeviceResult result;
    result.id.value = "IT-" + std::to_string(number);
    result.name = text();
    result.address = text();
    result.device_class = static_cast<core::DeviceClass>(below(17));
    result.model = text();
    result.department = text();
    result.location = text();
    result.owner = text();
    result.upstream = text();
    result.severity = static_cast<core::Severity>(1 + below(4));
    result.conclusion = conclusion();
    result.through = maybe(subject());
    result.echo = maybe(echo_stats());
    result.evidence_at = maybe(now);
    result.absent_working_days = below(30);
    result.findings = findings(now);
    result.limits = item_limits();
    return result;
}

core::LinkResult Drawn::link_result(int number, core::WallTime now) {
    core::LinkResult result;
    result.name = "出口-" + std::to_string(number);
    result.device = text();
    result.interface = text();
    result.carrier = text();
    result.circuit = text();
    result.fault_phone = text();
    result.bandwidth_bps = maybe(std::int64_t{200'000'000'000});
    result.severity = static_cast<core::Severity>(1 + below(4));
    result.conclusion = conclusion();
    result.echo = maybe(echo_stats());
    result.targets = below(5);
    result.answered = below(5);
    result.dns_asked = once_in(2);
    result.dns_took = maybe(core::Duration{below(5'000)});
    result.evidence_at = maybe(now);
    result.findings = findings(now);
    result.limits = item_limits();
    return result;
}

core::RoundRecord Drawn::round(core::WallTime since, core::WallTime now, int number) {
    core::RoundRecord round;
    round.id.value = "RX-" + std::to_string(number);
    round.name = once_in(3) ? "早巡" : "manual";
    round.site = text();
    round.scheduled = now - core::Duration{60'000 + number};
    round.began = now - core::Duration{50'000};
    round.finished = now;
    round.by_hand = once_in(2);
    round.covered = {since, round.scheduled};
    for (int hours = below(3); hours > 0; --hours) {
        const auto from = since + core::Duration{hours * 3'600'000};
        round.working_hours.push_back({from, from + a_while(30)});
    }
    round.self = maybe(self_report(now));
    for (int count = below(5), device = 0; device < count; ++device) {
        round.devices.push_back(device_result(device, now));
    }
    for (int count = below(3), link = 0; link < count; ++link)
        round.links.push_back(link_result(link, now));
    return round;
}

core::ItemChange Drawn::item_change(core::WallTime now) {
    core::ItemChange change;
    change.id = {once_in(2) ? "loss" : "port-status", once_in(2) ? "" : text()};
    change.after = std::array{core::Verdict::ok, core::Verdict::warning,
                              core::Verdict::critical}[static_cast<std::size_t>(below(3))];
    if (change.after != core::Verdict::ok) change.message = maybe(message());
    change.at = now - a_while(5);
    return change;
}

core::SelfReport Drawn::self_report(core::WallTime now) {
    core::SelfReport self;
    self.since = now - a_while(100);
    for (auto* looks : {&self.ping, &self.snmp}) {
        *looks = {.count = below(1'000'000),
                  .late = below(1'000),
                  .overran = below(1'000),
                  .latest = core::Duration{below(100'000)}};
    }
    self.writes = below(10'000);
    self.writing = core::Duration{below(100'000)};
    self.longest_write = core::Duration{below(10'000)};
    return self;
}

std::vector<IncidentChange> Drawn::incidents(core::WallTime now) {
    const core::IncidentRules rules{.resolve_after = core::Duration{below(3) * 60'000}};
    const core::IncidentIds ids{
        .incident =
            [this](core::WallTime) {
                return core::IncidentId{"GZ-2026112" + std::to_string(below(3)) + "-" +
                                        std::to_string(++given_)};
            },
        .event = [this] { return core::EventId{"event-" + std::to_string(++given_)}; }};
    const core::IncidentDesk desk{.rules = rules, .ids = ids, .now = now};
    std::vector<IncidentChange> steps;
    for (int count = below(5); count > 0; --count) {
        const core::Condition condition{once_in(9) ? core::SubjectId{} : subject(),
                                        once_in(2) ? "reachability" : "toner",
                                        once_in(2) ? "" : text()};
        auto place = incidents_.find(condition);
        core::IncidentStep step;
        if (place == incidents_.end() || once_in(3)) {
            const core::Fault fault{
                .condition = condition,
                .name = text(),
                .severity = static_cast<core::Severity>(1 + below(4)),
                .verdict = once_in(2) ? core::Verdict::warning : core::Verdict::critical,
                .reason = message(),
                .since = now - a_while(3)};
            step = core::turned_bad(
                place == incidents_.end() ? std::nullopt : std::optional{place->second}, fault,
                desk);
        } else if (once_in(2)) {
            step = core::turned_good(place->second, now - a_while(3), desk);
        } else if (once_in(2)) {
            step.memory = core::with_suppressed(place->second, {subject(), subject()});
        } else {
            const core::IncidentAction action{
                .kind = static_cast<core::IncidentAction::Kind>(below(4)),
                .actor = "王工",
                .comment = text()};
            auto done = core::act(place->second, action, desk);
            if (!done) continue;
            step = std::move(*done);
        }
        incidents_.insert_or_assign(condition, step.memory);
        steps.push_back({std::move(step.memory), std::move(step.events), {"tickets", "chat"}});
        if (once_in(2)) steps.back().hooks.pop_back();
    }
    return steps;
}

Changes Drawn::changes(core::WallTime now, std::optional<int> round_number, core::WallTime since) {
    Changes changes;
    for (int count = below(4); count > 0; --count) changes.beliefs[subject()] = belief(now);
    for (int count = below(6); count > 0; --count) changes.transitions.push_back(transition(now));
    for (int count = below(8); count > 0; --count) changes.echoes.push_back(echo_summary(now));
    for (int count = below(4); count > 0; --count)
        changes.item_changes.emplace_back(subject(), item_change(now));
    if (once_in(2)) changes.alive = now;
    if (once_in(6)) changes.blind_from = now - a_while(2);
    if (once_in(6)) changes.blind_until = now + core::Duration{below(100)} - core::Duration{50};
    if (round_number) changes.rounds.push_back(round(since, now, *round_number));
    return changes;
}

}  // namespace rounds::store
