// When in its interval something is asked.
#pragma once

#include <chrono>
#include <functional>

#include "core/id.hpp"
#include "core/time.hpp"

namespace rounds::daemon {

/// Always the same place in the interval for a subject, evenly spread over all subjects: never a thundering herd.
[[nodiscard]] inline core::Duration phase_of(const core::SubjectId& id, core::Duration interval) {
    const auto spread =
        std::hash<core::SubjectId>{}(id) % static_cast<std::size_t>(interval.count());
    return core::Duration{static_cast<core::Duration::rep>(spread)};
}

/// The first moment from now on at which its place in the interval comes. Intervals are counted from the steady clock's
/// beginning: who is asked anew after a reload is asked when it would have been.
[[nodiscard]] inline core::SteadyTime next_due(const core::SubjectId& id, core::Duration interval,
                                               core::SteadyTime now) {
    const auto since = std::chrono::duration_cast<core::Duration>(now.time_since_epoch());
    const auto wait = (phase_of(id, interval) - since) % interval;
    return now + (wait < core::Duration{0} ? wait + interval : wait);
}

}  // namespace rounds::daemon
