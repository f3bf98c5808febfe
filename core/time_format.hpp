// Moments and days in writing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/message.hpp"
#include "core/time.hpp"
#include "core/time_zone.hpp"

namespace rounds::core {

/// "2026-11-24"
[[nodiscard]] std::string date_text(Date date);

/// The day that "2026-11-24" names; empty for anything else, and for days that no calendar has
/// (02-30).
[[nodiscard]] std::optional<Date> date_of(std::string_view text);

/// "Tuesday" / "星期二"
[[nodiscard]] std::string_view weekday_name(Date date, Language language);

// Moments by the office's clock. Seconds are cut, not rounded. Where the locale has no zone they
// are in UTC and say so: "08:30 UTC".

/// "08:30"
[[nodiscard]] std::string clock_text(WallTime time, const Locale& locale);
/// "11-24 08:30": a moment whose year is plain from its surroundings.
[[nodiscard]] std::string day_and_clock(WallTime time, const Locale& locale);
/// "2026-11-24 08:30"
[[nodiscard]] std::string date_and_clock(WallTime time, const Locale& locale);

/// For machines, RFC 3339 in UTC: "2026-11-24T00:30:00Z"; milliseconds (".250") only when there are
/// some.
[[nodiscard]] std::string rfc3339(WallTime time);

}  // namespace rounds::core
