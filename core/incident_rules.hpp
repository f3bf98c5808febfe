// What makes an incident of a condition, and what becomes of it. Pure: the fold from what happened to
// incidents and what is told of them; the daemon stores what is remembered and goes on with it after a
// crash.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/incident.hpp"
#include "core/result.hpp"

namespace rounds::core {

/// `incidents` of the configuration.
struct IncidentRules {
    Duration resolve_after{120'000};  ///< A recovery is told once it has held so long; 0 at once.
    int flapping_changes = 5;         ///< More changes than this …
    Duration flapping_window{1'800'000};  ///< … within this are flapping.
    Duration flapping_quiet{900'000};     ///< What flaps is resolved once it was well so long.
    Duration reopen_within{3'600'000};    ///< Wrong again so soon after it was resolved: the same
                                          ///< incident. At most `longest_memory`.
    friend bool operator==(const IncidentRules&, const IncidentRules&) = default;
};

/// Whoever remembers incidents remembers resolved ones for so long.
inline constexpr Duration longest_memory{86'400'000};

/// What is remembered of a condition: its last incident, and how restless it is.
struct IncidentMemory {
    Incident incident;
    int events = 0;                 ///< How many it has: the number of the last.
    std::vector<WallTime> changes;  ///< From well to wrong and back, of late; empty once it flaps.
    friend bool operator==(const IncidentMemory&, const IncidentMemory&) = default;
};

/// Has it a life still: open or acknowledged?
[[nodiscard]] bool unresolved(const Incident& incident);

/// A condition is wrong.
struct Fault {
    Condition condition;
    std::string name;                     ///< The subject's; empty for Rounds itself.
    Severity severity = Severity::third;  ///< Of the device and the item.
    Verdict verdict = Verdict::critical;  ///< warning or critical.
    Message reason;
    WallTime since;  ///< The first bad look.
};

/// What a person reports: a complaint that no check item sees.
struct Complaint {
    static constexpr std::string_view item = "reported";  ///< Of its condition.
    SubjectId subject;                                    ///< Of which device or link.
    std::string name;
    Severity severity = Severity::third;
    std::string actor;  ///< Who reports it; never empty.
    std::string text;   ///< What is wrong, one line; never empty.
};

/// What a person does to an incident.
struct IncidentAction {
    enum class Kind { acknowledge, comment, resolve, close };
    Kind kind = Kind::comment;
    std::string actor;    ///< The person's name; never empty.
    std::string comment;  ///< Needed to comment, else as they like.
};

/// Where identities come from: the core has no randomness and no calendar. Each call gives a new one.
struct IncidentIds {
    std::function<IncidentId(WallTime opened)> incident;
    std::function<EventId()> event;
};

/// With what every step is taken.
struct IncidentDesk {
    const IncidentRules& rules;
    const IncidentIds& ids;
    WallTime now;
};

/// What is remembered from here on, and what happened: none, one, or two events (reopened or worsened, and
/// flapping).
struct IncidentStep {
    IncidentMemory memory;
    std::vector<IncidentEvent> events;
};

/// The condition is wrong (or wrong still, for another reason). At most one incident of a condition is
/// unresolved:
///  * Nothing remembered, or its incident is over: a new one opens.
///  * Unresolved: what is graver than all before is told as worsened; all else is no event. A recovery
///    that was not told yet is as if it had not been.
///  * Resolved, and well again since, not longer than `reopen_within` ago: the same opens again. Closed
///    ones never do.
///  * Resolved or closed by a person and never well since: they know; nothing happens.
[[nodiscard]] IncidentStep turned_bad(const std::optional<IncidentMemory>& before,
                                      const Fault& fault, const IncidentDesk& desk);

/// The condition is well since this look. It resolves as time_passed() says, perhaps at once.
[[nodiscard]] IncidentStep turned_good(const IncidentMemory& before, WallTime since,
                                       const IncidentDesk& desk);

/// A look at the clock: resolves what was well for long enough (`flapping_quiet` once it flapped, else
/// `resolve_after`). A recovery that lies ahead because the clock was set back counts from now.
[[nodiscard]] IncidentStep time_passed(const IncidentMemory& before, const IncidentDesk& desk);
/// When time_passed() will have something to do; empty while it is wrong, or resolved.
[[nodiscard]] std::optional<WallTime> resolves_at(const IncidentMemory& memory,
                                                  const IncidentRules& rules);

/// What is unreachable through it changed: no event, whatever its state.
[[nodiscard]] IncidentMemory with_suppressed(IncidentMemory memory,
                                             std::vector<SubjectId> suppressed);

/// Its subject is not watched any more: nobody can tell, and nobody is to be told. Resolves it.
[[nodiscard]] IncidentStep not_watched(const IncidentMemory& before, const IncidentDesk& desk);

/// A new incident, each a condition of its own. It is wrong until a person resolves it, and then it is well: nobody else
/// can tell. Critical when it is of severity 1 or 2.
[[nodiscard]] IncidentStep reported(const Complaint& complaint, const IncidentDesk& desk);

/// A person's doing. Error invalid_input, with the reason, for what cannot be done to it now: an incident
/// is acknowledged once while it is open, resolved while it is not, closed once, and left alone after that.
/// Closing what is unresolved resolves it.
[[nodiscard]] Result<IncidentStep> act(const IncidentMemory& before, const IncidentAction& action,
                                       const IncidentDesk& desk);

/// May it be forgotten? Not unresolved, well by now, and too old (or closed) to open again.
[[nodiscard]] bool over(const IncidentMemory& memory, const IncidentRules& rules, WallTime now);

}  // namespace rounds::core
