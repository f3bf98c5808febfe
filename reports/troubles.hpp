// What was or is wrong in the data period: outages, flapping devices, and what the round found.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/day_record.hpp"
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
        finding,   ///< A limit reached, or a critical verdict that no outage explains; seen at the
                   ///< round.
    };
    Kind kind = Kind::outage;
    core::SubjectId subject;
    core::Verdict verdict = core::Verdict::critical;  ///< critical or warning.
    core::Severity severity = core::Severity::third;
    core::Message phenomenon;
    core::WallTime found;
    std::optional<core::WallTime> recovered;        ///< Empty while it lasts, and for findings.
    core::Duration lasted{0};                       ///< Down time without gaps; 0 for findings.
    int outages = 0;                                ///< How many outages this is.
    std::vector<const core::DeviceResult*> behind;  ///< Suppressed through it, in archive order.

    /// Is it wrong still?
    [[nodiscard]] bool open() const { return !recovered; }
};

/// The departments of what is behind it, those with most devices first; each once, none empty.
[[nodiscard]] std::vector<std::string> departments_behind(const Trouble& trouble);

/// All troubles: by severity, then what is open, then the oldest. What is suppressed is no trouble
/// of its own, but counted behind its culprit. Warnings are at most 三级: a limit reached is no
/// failure.
[[nodiscard]] std::vector<Trouble> troubles_of(const Day& day);

/// Outages and flapping devices: begun in the data period, ended in it, lasting at its end.
struct TroubleCounts {
    int fresh = 0, recovered = 0, open = 0;
};
[[nodiscard]] TroubleCounts count(const std::vector<Trouble>& troubles, const Day& day);

}  // namespace rounds::reports
