// Reachability: the fold from looks to belief. Pure; the daemon stores the belief and goes on with
// it after a crash.
#pragma once

#include <optional>
#include <string>

#include "core/device.hpp"
#include "core/id.hpp"
#include "core/message.hpp"
#include "core/observation.hpp"
#include "core/time.hpp"
#include "core/verdict.hpp"

namespace rounds::core {

/// What one look says, whatever was believed before.
enum class Look {
    good,  ///< At least one reply, to ping or to SNMP.
    bad,   ///< Asked, and silence.
    none,  ///< Could not be asked.
};
[[nodiscard]] Look look_of(const Observation& observation);

/// What is believed of one subject.
struct Reachability {
    /// Looks in a row that speak against the state. "In a row" is: without one that speaks for it,
    /// and without a gap (patience_with()): what lies before a gap proves nothing about what lies
    /// behind it.
    struct Doubt {
        Look look = Look::bad;
        int in_row = 0;
        WallTime first;   ///< The first of them: where the new state will have begun.
        WallTime last;    ///< The last look of all.
        int own = 0;      ///< Bad looks made while everything upstream answered: only they prove a
                          ///< fault of its own.
        int unasked = 0;  ///< Looks since the last of the row that could not be asked: they neither
                          ///< count nor clear.
        friend bool operator==(const Doubt&, const Doubt&) = default;
    };
    State state = State::unknown;
    std::optional<WallTime>
        since;  ///< When the state began (the last transition's time, or the first look's);
                ///< empty when never looked at. Never goes back, whatever the clock does.
    std::optional<Message> reason;     ///< Why it is not up; empty while it is.
    std::optional<SubjectId> through;  ///< Suppressed: the one that is down.
    std::optional<Doubt> doubt;        ///< Empty in the steady state.

    friend bool operator==(const Reachability&, const Reachability&) = default;
};

/// What is known of everything upstream of a subject at this moment.
struct Upstream {
    enum class Condition {
        fine,      ///< All answer, or nothing upstream.
        in_doubt,  ///< One of them had a bad look and is not settled: wait with the judgement.
        down,      ///< One of them is down.
        off,       ///< One of them is off as it may be: what hangs on it is off with it.
    };
    Condition condition = Condition::fine;
    SubjectId culprit;         ///< With `down`: the one nearest the root that is down. Else empty.
    std::string culprit_name;  ///< Its name, for the reason; empty: the id is shown.
    friend bool operator==(const Upstream&, const Upstream&) = default;
};

/// The belief changed its state (or, while suppressed, the culprit).
struct Transition {
    SubjectId subject;
    State before = State::unknown;
    State after = State::unknown;
    std::optional<Message> reason;
    std::optional<SubjectId> through;
    WallTime at;  ///< When the new state began: the first look that spoke for it.
    friend bool operator==(const Transition&, const Transition&) = default;
};

/// What silence means for a subject at this moment.
enum class Silence {
    fault,
    off_for_now,  ///< Off as it may be, until working hours begin.
    off,          ///< Off as it may be, at any time: it is never down.
};
[[nodiscard]] Silence silence_means(Presence presence, DeviceClass device_class,
                                    bool working_hours);

/// Looks further apart than this are not in a row: the daemon did not run, was blind, or the clock
/// jumped.
[[nodiscard]] Duration patience_with(const PingRule& rule);

/// Is silence what is believed already? Then a look without an answer raises nothing, whatever is
/// upstream: neither that nor Rounds' own sight needs to be looked at for it. (An off printer when
/// working hours have begun is not expected to be silent any more.)
[[nodiscard]] bool expects_silence(const Reachability& belief, Silence silence);

struct Settled {
    Reachability belief;
    std::optional<Transition> transition;  ///< Empty when the state stayed.
    bool ask_soon = false;                 ///< In doubt: look again after the retry interval.
    friend bool operator==(const Settled&, const Settled&) = default;
};

/// Folds one look into the belief. When the look is not good, look at everything upstream again
/// first, root first, and hand in what explain() then says; when it is good, `upstream` and
/// `silence` do not matter. While Rounds is blind, do not call it.
///
/// An outage lasts from its first bad to its first good look:
///  * A look that fits the state clears the doubt.
///  * Up from down, suppressed or off: `up_after` good looks in a row. From unknown one is enough.
///  * Down: `down_after` bad looks in a row while everything upstream answered. Bad looks while
///    upstream was in doubt keep the row going but prove nothing, so that a flutter upstream raises
///    nothing below it, in whatever order things are asked.
///  * Off: the same, when silence is no fault at the look that settles it; or `down_after` bad
///    looks in a row, and something upstream is off.
///  * Suppressed: `down_after` bad looks in a row, and upstream is down. When another one is to
///    blame by now, `through` follows, with a transition of its own.
///  * Suppressed, and upstream is back: only now begins the row that makes it down by itself.
///
/// The first cause holds until the device answers:
///  * Down stays down when upstream dies later, when it can no longer be asked, and when working
///    hours end. Only when silence can no longer be a fault at all (the archive says so by now) is
///    it off, from the next bad look on.
///  * Off stays off while silence is no fault, also when upstream dies later. When working hours
///    begin, the next `down_after` bad looks make it down, since the first of them.
///
/// A look that could not be asked says nothing of the device. `down_after` of them in a row end every
/// doubt; and what only looking renews (up; suppressed without a culprit; off when silence is a
/// fault) becomes unknown, with the reason, since the first look that spoke against it.
[[nodiscard]] Settled settle(const SubjectId& subject, const Reachability& before,
                             const Observation& observation, const PingRule& rule, Silence silence,
                             const Upstream& upstream);

}  // namespace rounds::core
