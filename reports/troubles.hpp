// What was or is wrong in the data period: incidents, outages and flapping devices of which no incident tells, and
// what the round found.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/day_record.hpp"
#include "core/incident_rules.hpp"
#include "reports/day.hpp"

namespace rounds::reports {

/// So many outages of one subject, each shorter than `short_outage`, are one trouble: flapping.
inline constexpr int flapping_outages = 4;
inline constexpr core::Duration short_outage = std::chrono::minutes{30};

/// One row of what is wrong.
struct Trouble {
    enum class Kind {
        outage,    ///< Down from `found` to `recovered`.
        flapping,  ///< Many short outages; from the first to the last.
        incident,  ///< As it was kept; its outages are no troubles of their own.
        finding,   ///< A limit reached, or a critical verdict that nothing else explains; seen at
                   ///< the round.
    };
    Kind kind = Kind::outage;
    core::SubjectId subject;                          ///< Empty: Rounds itself.
    std::string name;                                 ///< The subject's; empty for Rounds itself.
    const core::IncidentHistory* history = nullptr;   ///< Of an incident; else null.
    core::Verdict verdict = core::Verdict::critical;  ///< critical or warning.
    core::Severity severity = core::Severity::third;
    core::Message phenomenon;
    core::WallTime found;
    std::optional<core::WallTime> recovered;        ///< Empty while it lasts, and for findings.
    core::Duration lasted{0};                       ///< Without gaps; 0 for findings.
    int outages = 0;                                ///< How many outages this is.
    std::vector<const core::DeviceResult*> behind;  ///< Suppressed through it, in archive order.

    /// Is it nobody's business yet to call it done? A recovery may have to hold before an incident is.
    [[nodiscard]] bool open() const {
        return history != nullptr ? core::unresolved(history->incident) : !recovered;
    }
    /// Is it wrong still, whatever people say of it?
    [[nodiscard]] bool wrong() const { return !recovered; }
    /// Is it that the subject does not answer?
    [[nodiscard]] bool is_outage() const;
};

/// The departments of what is behind it, those with most devices first; each once, none empty.
[[nodiscard]] std::vector<std::string> departments_behind(const Trouble& trouble);

/// All troubles: by severity, then what is open, then the oldest. What is suppressed is no trouble
/// of its own, but counted behind its culprit. Warnings are at most 三级: a limit reached is no
/// failure.
[[nodiscard]] std::vector<Trouble> troubles_of(const Day& day);

/// Incidents, and outages and flapping devices without one: begun in the data period, over, open at its end.
struct TroubleCounts {
    int fresh = 0, recovered = 0, open = 0;
};
[[nodiscard]] TroubleCounts count(const std::vector<Trouble>& troubles, const Day& day);

}  // namespace rounds::reports
