// From looks to verdicts: what a round says of each subject.
#include <utility>

#include "core/round.hpp"

namespace rounds::core {

namespace {

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

}  // namespace

Conclusion conclude(const Reachability& belief, const std::optional<Observation>& last,
                    std::span<const ItemFinding> findings, bool blind) {
    if (const auto decided = conclude_without(belief, last ? &*last : nullptr, blind))
        return *decided;
    return with_items({.verdict = Verdict::ok, .reason = {}}, findings);
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
