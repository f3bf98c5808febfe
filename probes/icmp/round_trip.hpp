// Round-trip times from two clocks.
#pragma once

#include <algorithm>
#include <optional>

#include "core/time.hpp"
#include "probes/icmp/socket.hpp"

namespace rounds::probes {

/// One moment on both clocks.
struct Moment {
    core::SteadyTime steady;
    StampTime real;
};
[[nodiscard]] inline Moment moment_now() {
    return {
        std::chrono::steady_clock::now(),
        std::chrono::time_point_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now())};
}

/// The round-trip time of a reply that the kernel stamped `arrived` and we read at `read`. The wall
/// clock measures only how long the reply waited for us, and is not believed when that is
/// impossible (somebody set it meanwhile); all else is steady time. Never negative.
[[nodiscard]] inline core::Microseconds round_trip(core::SteadyTime left,
                                                   std::optional<StampTime> arrived, Moment read) {
    using std::chrono::nanoseconds;
    const nanoseconds elapsed = std::max<nanoseconds>(read.steady - left, nanoseconds{0});
    nanoseconds waited = arrived ? nanoseconds{read.real - *arrived} : nanoseconds{0};
    if (waited < nanoseconds{0} || waited > elapsed) waited = nanoseconds{0};
    return std::chrono::duration_cast<core::Microseconds>(elapsed - waited);
}

}  // namespace rounds::probes
