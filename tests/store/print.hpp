// How GoogleTest shows the store's values when they differ.
#pragma once

#include <ostream>

#include "core/day_record.hpp"

namespace rounds::core {

/// Milliseconds; "-" for a moment there is not.
inline void show_moment(const std::optional<WallTime>& time, std::ostream& out) {
    if (time) {
        out << to_ms(*time);
    } else {
        out << '-';
    }
}

inline void PrintTo(const StateInterval& interval, std::ostream* out) {
    *out << "\n  " << interval.subject.value << ' ' << word(interval.state) << " ["
         << to_ms(interval.from) << ", ";
    show_moment(interval.until, *out);
    *out << ") " << (interval.reason ? key(interval.reason->id) : "") << ' '
         << (interval.through ? interval.through->value : "");
}

inline void PrintTo(const EchoSummary& echo, std::ostream* out) {
    *out << "\n  " << echo.subject.value << ' ' << to_ms(echo.from) << ": " << echo.received
         << " of " << echo.sent << ", rtt " << echo.rtt_count << ' ' << echo.rtt_sum_us << ' '
         << echo.rtt_min_us << ' ' << echo.rtt_max_us << ", jitter " << echo.jitter_count << ' '
         << echo.jitter_sum_us;
}

inline void PrintTo(const Incident& incident, std::ostream* out) {
    *out << "\n  " << incident.id.value << ' ' << incident.condition.subject.value << ' '
         << incident.condition.item << ' ' << word(incident.state) << " opened "
         << to_ms(incident.opened) << " recovered ";
    show_moment(incident.recovered, *out);
    *out << " resolved ";
    show_moment(incident.resolved, *out);
    *out << " suppressed " << incident.suppressed.size();
}

inline void PrintTo(const IncidentEvent& event, std::ostream* out) {
    *out << "\n    " << event.incident.value << " #" << event.number << ' ' << word(event.kind)
         << ' ' << to_ms(event.at) << ' ' << event.id.value;
}

inline void PrintTo(const IncidentHistory& history, std::ostream* out) {
    PrintTo(history.incident, out);
    for (const auto& event : history.events) PrintTo(event, out);
}

inline void PrintTo(const Gap& gap, std::ostream* out) {
    *out << "\n  " << (gap.cause == Gap::Cause::blind ? "blind" : "not running") << " ["
         << to_ms(gap.from) << ", ";
    show_moment(gap.until, *out);
    *out << ')';
}

}  // namespace rounds::core
