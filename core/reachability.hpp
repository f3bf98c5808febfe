// Reachability: the fold from looks to belief. Pure; the daemon stores the belief and goes on with it
// after a crash.
#pragma once

#include <optional>

#include "core/device.hpp"
#include "core/id.hpp"
#include "core/message.hpp"
#include "core/observation.hpp"
#include "core/time.hpp"
#include "core/verdict.hpp"

namespace rounds::core {

/// What one look says, whatever was believed before.
enum class Look {
    good,    ///< At least one reply.
    bad,     ///< Asked, and silence.
    none,    ///< Could not be asked.
};
[[nodiscard]] Look look_of(const Observation& observation);

/// What is believed of one subject.
struct Reachability {
    /// Looks in a row that contradict the state.
    struct Doubt {
        Look look = Look::bad;
        int in_row = 0;
        WallTime first;   ///< The first of them: where the new state will have begun.
        friend bool operator==(const Doubt&, const Doubt&) = default;
    };
    State state = State::unknown;
    std::optional<WallTime> since;        ///< When the state began; empty when never looked at.
    std::optional<Message> reason;        ///< Why it is not up; empty while it is.
    std::optional<SubjectId> through;     ///< Suppressed: the one that is down.
    std::optional<Doubt> doubt;           ///< Empty in the steady state.

    friend bool operator==(const Reachability&, const Reachability&) = default;
};

/// What is known of everything upstream of a subject at this moment.
struct Upstream {
    enum class Condition {
        fine,      ///< All up, or nothing upstream.
        in_doubt,  ///< One of them had a bad look and is not settled: wait with the judgement.
        down,      ///< One of them is down.
    };
    Condition condition = Condition::fine;
    SubjectId culprit;   ///< With `down`: the one nearest the root that is down. Else empty.
    friend bool operator==(const Upstream&, const Upstream&) = default;
};

/// The belief changed its state (or, while suppressed, the culprit).
struct Transition {
    SubjectId subject;
    State before = State::unknown;
    State after = State::unknown;
    std::optional<Message> reason;
    std::optional<SubjectId> through;
    WallTime at;   ///< When the new state began: the first look that spoke for it.
    friend bool operator==(const Transition&, const Transition&) = default;
};

/// What silence means for a subject at this moment: down, or off as it may be.
enum class Silence { fault, off };
[[nodiscard]] Silence silence_means(Presence presence, DeviceClass device_class, bool working_hours);

struct Settled {
    Reachability belief;
    std::optional<Transition> transition;   ///< Empty when the state stayed.
    bool ask_soon = false;                  ///< In doubt: look again after the retry interval.
    friend bool operator==(const Settled&, const Settled&) = default;
};

/// Folds one look into the belief. An outage lasts from its first bad to its first good look.
///  * A look that agrees with the state clears the doubt.
///  * `down_after` bad looks in a row: down, or off (silence), or suppressed when upstream is down. While
///    upstream is in doubt the judgement waits (the doubt goes on counting).
///  * `up_after` good looks in a row: up. From unknown one good look is enough.
///  * `down_after` looks in a row that could not be asked: unknown, with the reason.
///  * Suppressed, and upstream is fine again: `down_after` further bad looks make it down by itself.
///  * Down stays down when upstream dies later: it has its own outage. Down and off follow `silence`
///    when that changes (working hours begin): the change happens at the look that sees it.
[[nodiscard]] Settled settle(const SubjectId& subject, const Reachability& before, const Observation& observation,
                             const PingRule& rule, Silence silence, const Upstream& upstream);

}  // namespace rounds::core
