// When something will be used up, by a straight line over the last weeks.
#pragma once

#include <optional>
#include <span>

#include "core/series.hpp"
#include "core/time.hpp"

namespace rounds::core {

/// What a level of 0 to 100 percent runs towards.
enum class RunsTo {
    empty,  ///< 0: what is left of toner.
    full,   ///< 100: what is used of a disk.
};

/// Since the last refill (or clearing): a step of so many percent points against the direction.
inline constexpr double refill_step = 5;
/// So many days with a point, and so long between the first and the last.
inline constexpr int least_days = 4;
inline constexpr Duration least_span = std::chrono::hours(72);
/// So many percent points between the first and the last.
inline constexpr double least_change = 2;
/// Of the pairs of days that differ, the share that goes the way the line goes.
inline constexpr double least_agreement = 0.75;
/// Nothing is said of a level whose last point is older, nor of what lasts longer than a year.
inline constexpr Duration oldest_last = std::chrono::hours(48);
inline constexpr Duration longest_forecast = std::chrono::hours(24 * 365);

/// How long after `now` the level of the points (a day's last each, oldest first) reaches its end: from the last
/// point on with the median slope of all pairs (Theil and Sen: a few odd days do not move it). Empty when there are
/// too few days or no real trend; never negative.
[[nodiscard]] std::optional<Duration> runs_out_in(std::span<const Point> days, RunsTo end,
                                                  WallTime now);

}  // namespace rounds::core
