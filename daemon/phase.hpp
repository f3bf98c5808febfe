// When in its interval something is asked.
#pragma once

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

}  // namespace rounds::daemon
