// The office's calendar: which days are worked, and between which hours.
#pragma once

#include <bitset>
#include <chrono>
#include <set>
#include <vector>

#include "core/time.hpp"
#include "core/time_zone.hpp"

namespace rounds::core {

/// Days of the week as a set; index as std::chrono::weekday::c_encoding(): 0 is Sunday.
using Weekdays = std::bitset<7>;

/// Minutes since midnight of the office's clock, [from, until); until may be 24:00 (1440) but not past
/// midnight: a night shift is two stretches.
struct Hours {
    int from = 0;
    int until = 0;
    friend auto operator<=>(const Hours&, const Hours&) = default;
};

/// Working hours of some days: by weekday, or by day of month (1..31, or -1..-31 from the month's end).
struct HoursRule {
    Weekdays weekdays;  ///< Empty for a rule by day of month.
    /// Empty for a rule by weekday. A rule by day of month changes the hours of a working day; it never
    /// makes a day a working day.
    std::set<int> days_of_month;
    std::vector<Hours> times;  ///< Sorted, without overlap.
    friend bool operator==(const HoursRule&, const HoursRule&) = default;
};

/// Working days and hours of one office, right across daylight saving. A value; no clock inside.
///  * A day is a working day when it is a make-up day, or when some weekday rule names its weekday and
///    it is not a holiday.
///  * Its hours: a day-of-month rule that names it, else the weekday rule that names it, else (make-up
///    day) the first weekday rule. Of several that match, the last one written wins. A day that is a
///    holiday and a make-up day is worked; a make-up day that no rule gives hours has none.
///  * A stretch is worked once and without a break: from the moment the clock first shows `from` (or
///    skips it) to the moment it first shows `until`. In the autumn night [01:00, 04:00) takes four hours.
class Calendar {
 public:
    Calendar(TimeZone zone, std::vector<HoursRule> rules, std::set<std::chrono::sys_days> holidays,
             std::set<std::chrono::sys_days> make_up_days);

    /// Monday to Friday 09:00-18:00, no holidays: what an office has that says nothing.
    static Calendar usual(TimeZone zone);

    [[nodiscard]] const TimeZone& zone() const { return zone_; }
    [[nodiscard]] bool working_day(Date date) const;
    /// The working hours of one day as moments, in order; empty on a day off. Stretches that touch stay
    /// two; one that the clock skips altogether is none.
    [[nodiscard]] std::vector<Period> working_hours(Date date) const;
    /// The working hours within a period, clipped to it, in order.
    [[nodiscard]] std::vector<Period> working_hours(Period period) const;
    [[nodiscard]] Duration working_time(Period period) const;
    [[nodiscard]] bool is_working(WallTime time) const;
    /// Working days that lie wholly (from their first to their last working minute) within the period.
    /// A day whose every stretch is skipped does not count.
    [[nodiscard]] int whole_working_days(Period period) const;

 private:
    [[nodiscard]] const HoursRule* rule_of(Date date) const;
    /// Some hours of a day as moments; empty where the clock skips them all.
    [[nodiscard]] Period stretch(Date date, const Hours& hours) const;
    [[nodiscard]] bool works(Date date, WallTime time) const;

    TimeZone zone_;
    std::vector<HoursRule> rules_;
    std::set<std::chrono::sys_days> holidays_;
    std::set<std::chrono::sys_days> make_up_days_;
};

}  // namespace rounds::core
