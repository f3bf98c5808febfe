// Looks and beliefs drawn as text, one character a look, so that a table can be read like a strip
// chart.
//   looks      . answered   x silent   ? could not be asked
//   upstream   ' ' fine     ~ in doubt   D down   E down, another culprit   o off
//   hours      ' ' silence is a fault    n off for now (evening)   o off at any time
//   believed   . up   x down   s suppressed   o off   ? unknown
#pragma once

#include <string>
#include <vector>

#include "core/reachability.hpp"

namespace rounds::core::drawing {

inline constexpr Duration step{10'000};
inline const SubjectId subject{"mfp-3f"};

inline WallTime start() {
    return from_ms(1'780'000'000'000);
}
/// The moment of the n-th look, from 0.
inline WallTime look_time(int n) {
    return start() + n * step;
}

inline EchoStats answered(int received = 5) {
    EchoStats stats;
    stats.sent = 5;
    stats.received = received;
    if (received > 0)
        stats.rtt = RoundTrip{Microseconds{300}, Microseconds{400}, Microseconds{500}};
    return stats;
}

inline Message not_found() {
    return {.id = MessageId::reason_name_not_found, .with = {{"name", "mfp-3f.office"}}};
}

inline Observation look(char drawn, WallTime at) {
    if (drawn == '?') return {.at = at, .told = not_found()};
    return {.at = at, .told = answered(drawn == '.' ? 5 : 0)};
}

inline Upstream upstream(char drawn) {
    using Condition = Upstream::Condition;
    switch (drawn) {
        case '~': return {Condition::in_doubt, {}, {}};
        case 'D': return {Condition::down, {"IT-1"}, "core-1"};
        case 'E': return {Condition::down, {"IT-2"}, {}};
        case 'o': return {Condition::off, {}, {}};
        default: return {};
    }
}

inline Silence silence(char drawn) {
    if (drawn == 'n') return Silence::off_for_now;
    return drawn == 'o' ? Silence::off : Silence::fault;
}

inline char draw(State state) {
    switch (state) {
        case State::up: return '.';
        case State::down: return 'x';
        case State::suppressed: return 's';
        case State::off: return 'o';
        case State::unknown: break;
    }
    return '?';
}

inline State state(char drawn) {
    for (const auto state : {State::up, State::down, State::suppressed, State::off}) {
        if (draw(state) == drawn) return state;
    }
    return State::unknown;
}

/// A belief that has stood for an hour before the first look.
inline Reachability standing(State state) {
    Reachability belief;
    belief.state = state;
    belief.since = start() - std::chrono::hours{1};
    if (state != State::up) belief.reason = Message{.id = MessageId::reason_off};
    if (state == State::suppressed) belief.through = SubjectId{"IT-1"};
    return belief;
}

/// A rule that takes so many looks.
inline PingRule rule_of(int down_after, int up_after) {
    PingRule rule;
    rule.down_after = down_after;
    rule.up_after = up_after;
    return rule;
}

struct Played {
    std::string believed;  ///< After each look.
    std::string soon;      ///< '!' where the next look is wanted soon.
    Reachability belief;   ///< At the end.
    std::vector<Transition> transitions;
};

inline char at(const std::string& drawn, std::size_t n) {
    return n < drawn.size() ? drawn[n] : ' ';
}

/// Folds the looks, one every ten seconds, beginning with a belief.
inline Played play(Reachability belief, const std::string& looks, const std::string& upstreams = {},
                   const std::string& hours = {}, const PingRule& rule = {}) {
    Played played{.believed = {}, .soon = {}, .belief = std::move(belief), .transitions = {}};
    for (std::size_t n = 0; n < looks.size(); ++n) {
        const auto seen = look(looks[n], look_time(static_cast<int>(n)));
        auto settled = settle(subject, played.belief, seen, rule, silence(at(hours, n)),
                              upstream(at(upstreams, n)));
        played.belief = std::move(settled.belief);
        if (settled.transition) played.transitions.push_back(std::move(*settled.transition));
        played.believed += draw(played.belief.state);
        played.soon += settled.ask_soon ? '!' : ' ';
    }
    return played;
}

}  // namespace rounds::core::drawing
