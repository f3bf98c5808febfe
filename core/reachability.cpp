#include "core/reachability.hpp"

#include <algorithm>
#include <utility>

namespace rounds::core {

namespace {

using Doubt = Reachability::Doubt;
using Condition = Upstream::Condition;

/// One call of settle(): what it was given, with the time made monotonic and the gap looked for.
struct Case {
    const SubjectId& subject;
    const Reachability& before;
    const Observation& observation;
    const PingRule& rule;
    Silence silence;
    const Upstream& upstream;
    WallTime at;                 ///< The look's time, never before the state began.
    std::optional<Doubt> doubt;  ///< As before; empty when a gap broke the row.

    [[nodiscard]] int down_after() const { return std::max(rule.down_after, 1); }
    [[nodiscard]] int up_after() const { return std::max(rule.up_after, 1); }
    [[nodiscard]] bool is(State state) const { return before.state == state; }
};

Case open_case(const SubjectId& subject, const Reachability& before, const Observation& observation,
               const PingRule& rule, Silence silence, const Upstream& upstream) {
    if (upstream.condition == Condition::off && silence == Silence::fault)
        silence = Silence::off_for_now;
    const WallTime at = before.since ? std::max(observation.at, *before.since) : observation.at;
    std::optional<Doubt> doubt = before.doubt;
    if (doubt && at - doubt->last > patience_with(rule)) doubt.reset();
    return {subject, before, observation, rule, silence, upstream, at, doubt};
}

/// The state stays; so does the doubt that is given.
Settled stay(const Case& c, std::optional<Doubt> doubt) {
    Settled settled{.belief = c.before, .transition = {}, .ask_soon = doubt.has_value()};
    if (!settled.belief.since) settled.belief.since = c.at;
    settled.belief.doubt = doubt;
    return settled;
}

Settled change(const Case& c, State after, WallTime since, std::optional<Message> reason,
               std::optional<SubjectId> through = {}) {
    Settled settled;
    settled.belief = {
        .state = after, .since = since, .reason = reason, .through = through, .doubt = {}};
    settled.transition = {.subject = c.subject,
                          .before = c.before.state,
                          .after = after,
                          .reason = std::move(reason),
                          .through = std::move(through),
                          .at = since};
    return settled;
}

Settled suppress(const Case& c, WallTime since) {
    const std::string& name = c.upstream.culprit_name;
    Message reason{.id = MessageId::reason_behind,
                   .with = {{"through", name.empty() ? c.upstream.culprit.value : name}}};
    return change(c, State::suppressed, since, std::move(reason), c.upstream.culprit);
}

Settled go_silent(const Case& c, WallTime since) {
    if (c.silence != Silence::fault)
        return change(c, State::off, since, Message{.id = MessageId::reason_off});
    Message reason{.id = MessageId::reason_silent_since, .with = {{"since", since}}};
    if (c.observation.witnesses > 0)
        reason = {.id = MessageId::reason_all_behind_silent,
                  .with = {{"since", since}, {"count", std::int64_t{c.observation.witnesses}}}};
    return change(c, State::down, since, std::move(reason));
}

/// The row goes on with one look more, or begins with this one.
Doubt counted(const Case& c, Look look) {
    Doubt doubt{.look = look, .in_row = 0, .first = c.at, .last = c.at};
    if (c.doubt && c.doubt->look == look) doubt = *c.doubt;
    ++doubt.in_row;
    doubt.unasked = 0;
    doubt.last = std::max(doubt.last, c.at);
    return doubt;
}

Settled settle_good(const Case& c) {
    if (c.is(State::up)) return stay(c, {});
    const Doubt doubt = counted(c, Look::good);
    if (c.is(State::unknown) || doubt.in_row >= c.up_after())
        return change(c, State::up, doubt.first, {});
    return stay(c, doubt);
}

/// Suppressed, and something upstream is still down: the same culprit, or another one by now.
Settled settle_still_suppressed(const Case& c) {
    if (c.before.through == c.upstream.culprit) return stay(c, {});
    const bool row = c.doubt && c.doubt->look == Look::bad;
    return suppress(c, row ? c.doubt->first : c.at);
}

Settled settle_bad(const Case& c) {
    if (c.is(State::suppressed) && c.upstream.condition == Condition::down)
        return settle_still_suppressed(c);
    if (c.is(State::down)) return c.silence == Silence::off ? go_silent(c, c.at) : stay(c, {});
    if (c.is(State::off) && c.silence != Silence::fault) return stay(c, {});

    Doubt doubt = counted(c, Look::bad);
    if (c.upstream.condition == Condition::fine) ++doubt.own;
    const bool row = doubt.in_row >= c.down_after();
    if (row && c.upstream.condition == Condition::down) return suppress(c, doubt.first);
    if (row && c.upstream.condition == Condition::off) return go_silent(c, doubt.first);
    if (doubt.own >= c.down_after() && c.upstream.condition == Condition::fine)
        return go_silent(c, doubt.first);

    Settled settled = stay(c, doubt);
    if (c.is(State::unknown)) {
        const std::int64_t looks = std::min(doubt.in_row, c.down_after());
        settled.belief.reason =
            Message{.id = MessageId::reason_not_settled,
                    .with = {{"looks", looks}, {"needed", std::int64_t{c.down_after()}}}};
    }
    return settled;
}

/// Is this state a claim that only looking renews? The others last until the device answers.
bool needs_renewal(const Case& c) {
    return c.is(State::up) || c.is(State::suppressed) ||
           (c.is(State::off) && c.silence == Silence::fault);
}

Settled settle_unasked(const Case& c) {
    if (c.is(State::suppressed) && c.upstream.condition == Condition::down)
        return settle_still_suppressed(c);

    const bool another_row = c.doubt && c.doubt->look != Look::none;
    Doubt doubt = another_row ? *c.doubt : counted(c, Look::none);
    doubt.last = std::max(doubt.last, c.at);
    const int unasked = another_row ? ++doubt.unasked : doubt.in_row;
    const bool enough = unasked >= c.down_after();
    if (enough && needs_renewal(c))
        return change(c, State::unknown, doubt.first, *c.observation.why_not());

    const bool keep = !enough && (another_row || needs_renewal(c));
    Settled settled = stay(c, keep ? std::optional{doubt} : std::nullopt);
    if (c.is(State::unknown)) settled.belief.reason = *c.observation.why_not();
    return settled;
}

}  // namespace

Look look_of(const Observation& observation) {
    const EchoStats* echo = observation.echo();
    if (echo == nullptr) return Look::none;
    return echo->received > 0 || observation.snmp_answered ? Look::good : Look::bad;
}

Silence silence_means(Presence presence, DeviceClass device_class, bool working_hours) {
    if (presence == Presence::occasional) return Silence::off;
    if (presence == Presence::always) return Silence::fault;
    if (device_class == DeviceClass::pc) return Silence::off;
    return working_hours ? Silence::fault : Silence::off_for_now;
}

bool expects_silence(const Reachability& belief, Silence silence) {
    return belief.state == State::down || (belief.state == State::off && silence != Silence::fault);
}

Duration patience_with(const PingRule& rule) {
    using namespace std::chrono_literals;
    const Duration look = rule.plan.packets * rule.plan.spacing + rule.plan.timeout;
    return std::max<Duration>(1min, 3 * rule.interval + look);
}

Settled settle(const SubjectId& subject, const Reachability& before, const Observation& observation,
               const PingRule& rule, Silence silence, const Upstream& upstream) {
    const Case c = open_case(subject, before, observation, rule, silence, upstream);
    switch (look_of(observation)) {
        case Look::good: return settle_good(c);
        case Look::bad: return settle_bad(c);
        case Look::none: return settle_unasked(c);
    }
    return stay(c, c.doubt);  // There is no fourth look.
}

}  // namespace rounds::core
