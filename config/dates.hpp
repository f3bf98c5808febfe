// Words to times of day, weekdays, days of month and dates.
#pragma once

#include <string_view>
#include <vector>

#include "core/calendar.hpp"
#include "core/result.hpp"

namespace rounds::config {

/// "08:30" as minutes since midnight; 00:00 to 23:59.
[[nodiscard]] core::Result<int> time_of_day(std::string_view text);

/// "09:00-18:00"; the end may be 24:00 and lies after the beginning.
[[nodiscard]] core::Result<core::Hours> hours(std::string_view text);

/// "mon" or "mon..fri" (also over the week's end: "sat..mon").
[[nodiscard]] core::Result<core::Weekdays> weekdays(std::string_view text);

/// "1", "1..3", "-3..-1": days of the month, negative ones from its end. Rising, not across 0.
[[nodiscard]] core::Result<std::vector<int>> days_of_month(std::string_view text);

/// "2026-10-01" or "2026-10-01..2026-10-07", at most a year long, in order.
[[nodiscard]] core::Result<std::vector<std::chrono::sys_days>> dates(std::string_view text);

/// "09:00-18:00" and "2026-10-01", as they are written.
[[nodiscard]] std::string show(core::Hours hours);
[[nodiscard]] std::string show(std::chrono::sys_days date);

}  // namespace rounds::config
