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

/// A call that sends several packets and takes longer than this was interrupted: nobody knows when each of them left.
inline constexpr std::chrono::nanoseconds longest_smooth_call = std::chrono::microseconds(100);

/// When the n-th (from 0) of `count` packets left in a call that began then: at its share of the time that the call took.
/// Of a call that was interrupted all are taken to leave at its beginning.
[[nodiscard]] inline core::SteadyTime left_at(core::SteadyTime begun, std::chrono::nanoseconds took,
                                              std::size_t n, std::size_t count) {
    if (took > longest_smooth_call || count == 0) return begun;
    return begun + took * static_cast<std::int64_t>(n) / static_cast<std::int64_t>(count);
}

/// The round-trip time of a reply that the kernel stamped `arrived` and we read at `read`. The wall
/// clock measures only how long the reply waited for us, and is not believed when that is
/// impossible (somebody set it meanwhile); all else is steady time. Never negative: a reply that seems to have come a
/// little before left_at() came at once. The two clocks may also drift apart while it waits: a wall clock that is behind is
/// made to run faster.
[[nodiscard]] inline core::Microseconds round_trip(core::SteadyTime left,
                                                   std::optional<StampTime> arrived, Moment read) {
    using std::chrono::nanoseconds;
    const nanoseconds elapsed = std::max<nanoseconds>(read.steady - left, nanoseconds{0});
    nanoseconds waited = arrived ? nanoseconds{read.real - *arrived} : nanoseconds{0};
    const nanoseconds drift = longest_smooth_call + elapsed / 100;
    if (waited > elapsed && waited - elapsed <= drift) waited = elapsed;
    if (waited < nanoseconds{0} || waited > elapsed) waited = nanoseconds{0};
    return std::chrono::duration_cast<core::Microseconds>(elapsed - waited);
}

}  // namespace rounds::probes
