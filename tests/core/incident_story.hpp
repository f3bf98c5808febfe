// Stories of one condition, drawn as text: what happened each minute, and what was told of it.
//   happened   x wrong, critical   w wrong, warning   g wrong, critical, of a graver severity   . well
//              ' ' only time passes   a acknowledged   c commented   s resolved   C closed (by a person)
//              n not watched any more
//   told       - nothing   O opened  W worsened  F flapping  R resolved  r reopened
//              A acknowledged   c commented   C closed; several at once in parentheses
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/incident_rules.hpp"

namespace rounds::core::story {

inline constexpr Duration minute{60'000};
inline const Condition condition{{"sw-3f"}, "reachability", ""};

inline WallTime start() {
    return from_ms(1'780'000'000'000);
}
inline WallTime minute_of(int n) {
    return start() + n * minute;
}

inline char letter(IncidentEvent::Kind kind) {
    using Kind = IncidentEvent::Kind;
    switch (kind) {
        case Kind::opened: return 'O';
        case Kind::acknowledged: return 'A';
        case Kind::commented: return 'c';
        case Kind::worsened: return 'W';
        case Kind::flapping: return 'F';
        case Kind::resolved: return 'R';
        case Kind::reopened: return 'r';
        case Kind::closed: return 'C';
    }
    return '?';
}

/// A condition and all its incidents, as the daemon would keep them.
class Life {
 public:
    explicit Life(IncidentRules rules = {}) : rules_(rules) {}

    /// What is told of what happened at this moment; time passes with it.
    std::vector<IncidentEvent> happens(char drawn, WallTime now) {
        std::vector<IncidentEvent> told;
        const auto take = [&](IncidentStep step) {
            memory = std::move(step.memory);
            for (auto& event : step.events) told.push_back(std::move(event));
        };
        const IncidentDesk desk{.rules = rules_, .ids = ids_, .now = now};
        if (drawn == 'x' || drawn == 'w' || drawn == 'g')
            take(turned_bad(memory, fault(drawn, now), desk));
        if (memory) {
            if (drawn == '.') take(turned_good(*memory, now, desk));
            if (drawn == 'n') take(not_watched(*memory, desk));
            if (const auto action = action_of(drawn)) {
                if (auto done = act(*memory, *action, desk)) take(std::move(*done));
            }
            take(time_passed(*memory, desk));
        }
        events.insert(events.end(), told.begin(), told.end());
        return told;
    }

    std::optional<IncidentMemory> memory;
    std::vector<IncidentEvent> events;  ///< All of all incidents.
    int incidents = 0, given = 0;       ///< Identities given.

    Life(const Life&) = delete;
    Life& operator=(const Life&) = delete;

 private:
    static Fault fault(char drawn, WallTime now) {
        return {.condition = condition,
                .name = "sw-3f",
                .severity = drawn == 'g' ? Severity::first : Severity::third,
                .verdict = drawn == 'w' ? Verdict::warning : Verdict::critical,
                .reason = {.id = MessageId::reason_silent_since, .with = {{"since", now}}},
                .since = now};
    }
    static std::optional<IncidentAction> action_of(char drawn) {
        using Kind = IncidentAction::Kind;
        const auto by_wang = [](Kind kind) {
            return IncidentAction{.kind = kind, .actor = "王工", .comment = "on my way"};
        };
        switch (drawn) {
            case 'a': return by_wang(Kind::acknowledge);
            case 'c': return by_wang(Kind::comment);
            case 's': return by_wang(Kind::resolve);
            case 'C': return by_wang(Kind::close);
            default: return std::nullopt;
        }
    }

    IncidentRules rules_;
    IncidentIds ids_{
        .incident = [this](WallTime) { return IncidentId{"GZ-" + std::to_string(++incidents)}; },
        .event = [this] { return EventId{"event-" + std::to_string(++given)}; }};
};

/// What was told, minute by minute.
inline std::string told(Life& life, const std::string& happened) {
    std::string all;
    for (std::size_t n = 0; n < happened.size(); ++n) {
        std::string letters;
        for (const auto& event : life.happens(happened[n], minute_of(static_cast<int>(n))))
            letters += letter(event.kind);
        all += letters.empty() ? "-" : letters.size() == 1 ? letters : "(" + letters + ")";
    }
    return all;
}

}  // namespace rounds::core::story
