// Incidents: a thing that is wrong and has a life.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/id.hpp"
#include "core/message.hpp"
#include "core/time.hpp"
#include "core/verdict.hpp"

namespace rounds::core {

/// The number people use: "GZ-20261124-0007", by the office's day of opening.
using IncidentId = Id<struct IncidentKind>;

/// A UUIDv7 (RFC 9562), lower case. Also the idempotency key of everything told about the event.
using EventId = Id<struct EventKind>;

/// What can be wrong, once: at most one incident of a condition is unresolved at any time.
struct Condition {
    SubjectId subject;     ///< Empty: Rounds itself ("monitoring is blind").
    std::string item;      ///< The check item: "reachability", "toner", "port-status" …
    std::string instance;  ///< Which of several: port 3, black toner; empty when there is one.
    friend auto operator<=>(const Condition&, const Condition&) = default;
};

enum class IncidentState {
    open,
    acknowledged,
    resolved,  ///< It is well again, or a person says so.
    closed,    ///< Done with: never re-opened.
};
[[nodiscard]] std::string_view word(IncidentState state);  ///< "open", "acknowledged" …
[[nodiscard]] std::optional<IncidentState> incident_state_of(std::string_view word);

struct Incident {
    IncidentId id;
    Condition condition;
    std::string name;  ///< The subject's name when it opened; empty for Rounds itself.
    Severity severity = Severity::third;
    Verdict verdict = Verdict::critical;  ///< warning or critical: the worst so far.
    IncidentState state = IncidentState::open;
    Message summary;                       ///< Why, as last told.
    WallTime began;                        ///< First bad look.
    WallTime opened;                       ///< When it was decided: at or after `began`.
    std::optional<WallTime> acknowledged;  ///< First time.
    std::string acknowledged_by;           ///< Empty while nobody has.
    std::optional<WallTime>
        recovered;  ///< First good look of the last recovery; empty while it is wrong.
    std::optional<WallTime> resolved;   ///< When that was decided; empty while it is not.
    bool flapping = false;              ///< It changed too often, at some time in its life.
    std::vector<SubjectId> suppressed;  ///< Unreachable through it now, sorted.
    friend bool operator==(const Incident&, const Incident&) = default;
};

/// One step of an incident's life, as recorded and told. Never changed, never deleted before its incident.
struct IncidentEvent {
    enum class Kind {
        opened,
        acknowledged,
        commented,
        worsened,  ///< Warning to critical, or a graver severity.
        flapping,  ///< From here on it stays unresolved until it is quiet.
        resolved,
        reopened,
        closed,
    };
    EventId id;
    IncidentId incident;
    int number = 1;  ///< 1, 2, … within the incident: the order in which it is told.
    Kind kind = Kind::opened;
    WallTime at;
    std::string actor;              ///< The person's name; empty: Rounds itself.
    std::optional<Message> reason;  ///< Rounds' reason.
    std::string comment;            ///< A person's words; empty: none.
    friend bool operator==(const IncidentEvent&, const IncidentEvent&) = default;
};
/// An incident and everything that happened to it, in order.
struct IncidentHistory {
    Incident incident;
    std::vector<IncidentEvent> events;
    friend bool operator==(const IncidentHistory&, const IncidentHistory&) = default;
};

[[nodiscard]] std::string_view word(IncidentEvent::Kind kind);  ///< "opened", "acknowledged" …
[[nodiscard]] std::optional<IncidentEvent::Kind> incident_event_of(std::string_view word);

}  // namespace rounds::core
