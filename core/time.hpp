// The two times of Rounds: what the wall says (UTC, can jump) and what has passed (cannot).
#pragma once

#include <chrono>
#include <cstdint>

namespace rounds::core {

using Microseconds = std::chrono::microseconds;  ///< Round-trip times.
using Duration = std::chrono::milliseconds;      ///< Intervals, timeouts, ages.

/// A moment in UTC, to the millisecond. Everything that is stored is stored so.
using WallTime = std::chrono::sys_time<Duration>;

/// A moment of the machine's monotonic clock; only differences mean something.
using SteadyTime = std::chrono::steady_clock::time_point;

/// A calendar day of the office.
using Date = std::chrono::year_month_day;

/// Milliseconds since 1970-01-01T00:00Z, as stored.
[[nodiscard]] constexpr std::int64_t to_ms(WallTime time) {
    return time.time_since_epoch().count();
}
[[nodiscard]] constexpr WallTime from_ms(std::int64_t ms) {
    return WallTime{Duration{ms}};
}

/// A stretch of time [from, until).
struct Period {
    WallTime from;
    WallTime until;

    [[nodiscard]] constexpr Duration length() const {
        return until > from ? until - from : Duration{0};
    }
    [[nodiscard]] constexpr bool contains(WallTime time) const {
        return from <= time && time < until;
    }
    /// The part that both have; empty (length 0) when they do not meet.
    [[nodiscard]] constexpr Period overlap(Period other) const {
        const WallTime start = from > other.from ? from : other.from;
        const WallTime end = until < other.until ? until : other.until;
        return {start, end < start ? start : end};
    }

    friend constexpr bool operator==(const Period&, const Period&) = default;
};

}  // namespace rounds::core
