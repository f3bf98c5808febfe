// From looks to verdicts: what a round says of each subject.
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/round.hpp"

namespace rounds::core {

namespace {

/// The first finding of the worst verdict that any finding has; null when there are none.
const Finding* worst(const std::vector<Finding>& findings) {
    const auto is_critical = [](const Finding& finding) {
        return finding.verdict == Verdict::critical;
    };
    const auto found = std::ranges::find_if(findings, is_critical);
    if (found != findings.end()) return &*found;
    return findings.empty() ? nullptr : &findings.front();
}

Conclusion conclusion_of(const std::vector<Finding>& findings) {
    const Finding* finding = worst(findings);
    if (finding == nullptr) return {.verdict = Verdict::ok, .reason = {}};
    return {.verdict = finding->verdict, .reason = finding->message};
}

/// The limit that the value reaches, and what that means; empty for one below both.
template <class Quantity>
std::optional<std::pair<Verdict, Quantity>> reached(Quantity value, const Limits<Quantity>& limits,
                                                    Quantity tolerance = {}) {
    const auto reaches = [&](const std::optional<Quantity>& limit) {
        return limit && value + tolerance >= *limit;
    };
    if (reaches(limits.critical)) return std::pair{Verdict::critical, *limits.critical};
    if (reaches(limits.warning)) return std::pair{Verdict::warning, *limits.warning};
    return std::nullopt;
}

void assess_time(std::vector<Finding>& findings, MessageId id, Microseconds value,
                 const Limits<Microseconds>& limits) {
    if (const auto limit = reached(value, limits)) {
        findings.push_back(
            {limit->first, {.id = id, .with = {{"value", value}, {"limit", limit->second}}}});
    }
}

bool in_outage(const Reachability& belief) {
    return belief.state == State::down || belief.state == State::suppressed;
}

Conclusion conclude_outage(const Reachability& belief, bool answered) {
    if (!answered) return {.verdict = Verdict::critical, .reason = belief.reason};
    Message again{.id = MessageId::reason_answers_again, .with = {}};
    if (belief.since) again.with.emplace_back("since", *belief.since);
    return {.verdict = Verdict::critical, .reason = std::move(again)};
}

/// Silent, and no outage: off as it may be, or still open.
Conclusion conclude_silence(const Reachability& belief, const EchoStats& echo) {
    const bool turning = belief.doubt && belief.doubt->look == Look::bad;
    if (belief.state == State::off && !turning) {
        return {.verdict = Verdict::off, .reason = Message{.id = MessageId::reason_off}};
    }
    if (belief.state == State::unknown && belief.reason) {
        return {.verdict = Verdict::unknown, .reason = belief.reason};
    }
    Message silence{.id = MessageId::reason_no_answer, .with = {{"sent", std::int64_t{echo.sent}}}};
    return {.verdict = Verdict::unknown, .reason = std::move(silence)};
}

/// Everything but the findings: empty when it answered and they decide.
std::optional<Conclusion> conclude_without(const Reachability& belief, const Observation* last,
                                           bool blind) {
    const auto missed = [](Message why) {
        return Conclusion{.verdict = Verdict::missed, .reason = std::move(why)};
    };
    if (blind) return missed({.id = MessageId::reason_blind});
    if (last == nullptr) return missed({.id = MessageId::reason_not_asked});
    if (last->why_not() != nullptr) return missed(*last->why_not());

    const bool answered = look_of(*last) == Look::good;
    if (in_outage(belief)) return conclude_outage(belief, answered);
    if (!answered) return conclude_silence(belief, *last->echo());
    return std::nullopt;
}

/// The statistics of the targets that answered.
EchoStats of_answering(const LinkObservation& link, const EchoStats& all) {
    EchoStats stats = all;
    if (link.targets > 0 && link.answered < link.targets) {
        const double share = static_cast<double>(link.answered) / link.targets;
        stats.sent = std::max(all.received, static_cast<int>(std::lround(all.sent * share)));
    }
    return stats;
}

std::vector<Finding> assess_link(const LinkObservation& link, const EchoStats& all,
                                 const Thresholds& thresholds) {
    std::vector<Finding> findings;
    if (link.dns_asked && !link.dns_took) {
        findings.push_back({Verdict::warning, {.id = MessageId::reason_dns_failed}});
    }
    if (link.answered < link.targets) {
        const std::int64_t answered = link.answered;
        const std::int64_t targets = link.targets;
        Message some{.id = MessageId::reason_some_targets,
                     .with = {{"answered", answered}, {"targets", targets}}};
        findings.push_back({Verdict::warning, std::move(some)});
    }
    const auto measured = assess(of_answering(link, all), thresholds);
    findings.insert(findings.end(), measured.begin(), measured.end());
    return findings;
}

}  // namespace

std::vector<Finding> assess(const EchoStats& stats, const Thresholds& thresholds) {
    constexpr double rounding =
        1e-9;  // 60% written as 0.6 is reached by 3 of 5, however either was divided.
    std::vector<Finding> findings;
    if (const auto limit = reached(stats.loss(), thresholds.loss, rounding);
        limit && stats.sent > 0) {
        Message loss{.id = MessageId::reason_loss,
                     .with = {{"loss", Ratio{stats.loss()}}, {"limit", Ratio{limit->second}}}};
        findings.push_back({limit->first, std::move(loss)});
    }
    if (stats.rtt)
        assess_time(findings, MessageId::reason_round_trip, stats.rtt->avg, thresholds.round_trip);
    if (stats.jitter)
        assess_time(findings, MessageId::reason_jitter, *stats.jitter, thresholds.jitter);
    return findings;
}

Conclusion conclude(const Reachability& belief, const std::optional<Observation>& last,
                    const Thresholds& thresholds, bool blind) {
    if (const auto decided = conclude_without(belief, last ? &*last : nullptr, blind))
        return *decided;
    const EchoStats& echo = *last->echo();
    if (echo.received == 0) return {.verdict = Verdict::ok, .reason = {}};  // answered SNMP
    return conclusion_of(assess(echo, thresholds));
}

Conclusion conclude(const Reachability& belief, const std::optional<LinkObservation>& last,
                    const Thresholds& thresholds, bool blind) {
    if (const auto decided = conclude_without(belief, last ? &last->ping : nullptr, blind))
        return *decided;
    return conclusion_of(assess_link(*last, *last->ping.echo(), thresholds));
}

Conclusion with_items(Conclusion conclusion, std::span<const ItemFinding> findings) {
    const auto grave = [](Verdict verdict) {
        return verdict == Verdict::critical ? 2 : verdict == Verdict::warning ? 1 : 0;
    };
    if (conclusion.verdict != Verdict::ok && grave(conclusion.verdict) == 0) return conclusion;
    const ItemFinding* worst = nullptr;
    for (const ItemFinding& finding : findings) {
        const int least = worst != nullptr ? grave(worst->verdict) : grave(conclusion.verdict);
        if (grave(finding.verdict) > least) worst = &finding;
    }
    if (worst != nullptr) conclusion = {.verdict = worst->verdict, .reason = worst->message};
    return conclusion;
}

}  // namespace rounds::core
