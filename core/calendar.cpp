#include "core/calendar.hpp"

#include <algorithm>
#include <utility>

namespace rounds::core {

namespace {

using namespace std::chrono;

/// Is it the 3rd (3), or the third day from the end (-3)?
bool names_day_of_month(const HoursRule& rule, Date date) {
    const year_month_day_last month_end{date.year(), month_day_last{date.month()}};
    const int day = static_cast<int>(static_cast<unsigned>(date.day()));
    const int length = static_cast<int>(static_cast<unsigned>(month_end.day()));
    return rule.days_of_month.contains(day) || rule.days_of_month.contains(day - length - 1);
}

bool names_weekday(const HoursRule& rule, Date date) {
    return rule.weekdays.test(weekday{sys_days{date}}.c_encoding());
}

Date next(Date date) {
    return Date{sys_days{date} + days{1}};
}
Date previous(Date date) {
    return Date{sys_days{date} - days{1}};
}

}  // namespace

Calendar::Calendar(TimeZone zone, std::vector<HoursRule> rules, std::set<sys_days> holidays,
                   std::set<sys_days> make_up_days)
    : zone_(std::move(zone)),
      rules_(std::move(rules)),
      holidays_(std::move(holidays)),
      make_up_days_(std::move(make_up_days)) {}

Calendar Calendar::usual(TimeZone zone) {
    Weekdays monday_to_friday;
    for (const weekday day : {Monday, Tuesday, Wednesday, Thursday, Friday}) {
        monday_to_friday.set(day.c_encoding());
    }
    HoursRule rule{.weekdays = monday_to_friday, .days_of_month = {}, .times = {{9 * 60, 18 * 60}}};
    return {std::move(zone), {std::move(rule)}, {}, {}};
}

bool Calendar::working_day(Date date) const {
    if (make_up_days_.contains(sys_days{date})) return true;
    if (holidays_.contains(sys_days{date})) return false;
    return std::ranges::any_of(rules_,
                               [&](const HoursRule& rule) { return names_weekday(rule, date); });
}

const HoursRule* Calendar::rule_of(Date date) const {
    const HoursRule* by_day_of_month = nullptr;
    const HoursRule* by_weekday = nullptr;
    const HoursRule* first_by_weekday = nullptr;
    for (const HoursRule& rule : rules_) {
        if (names_day_of_month(rule, date)) by_day_of_month = &rule;
        if (names_weekday(rule, date)) by_weekday = &rule;
        if (first_by_weekday == nullptr && rule.weekdays.any()) first_by_weekday = &rule;
    }
    if (by_day_of_month != nullptr) return by_day_of_month;
    return by_weekday != nullptr ? by_weekday : first_by_weekday;
}

Period Calendar::stretch(Date date, const Hours& hours) const {
    const LocalTime midnight{local_days{date}};
    return {zone_.to_wall(midnight + minutes{hours.from}),
            zone_.to_wall(midnight + minutes{hours.until})};
}

std::vector<Period> Calendar::working_hours(Date date) const {
    std::vector<Period> periods;
    const HoursRule* rule = working_day(date) ? rule_of(date) : nullptr;
    if (rule == nullptr) return periods;
    for (const Hours& hours : rule->times) {
        const Period period = stretch(date, hours);
        if (period.from < period.until) periods.push_back(period);  // else the clock skipped it all
    }
    return periods;
}

std::vector<Period> Calendar::working_hours(Period period) const {
    std::vector<Period> periods;
    if (period.length() == Duration{0}) return periods;
    // A day more on either side: where the clock goes back over midnight, a day begins while the one
    // before is shown once more.
    const Date last = next(zone_.date_at(period.until));
    for (Date date = previous(zone_.date_at(period.from)); date <= last; date = next(date)) {
        for (const Period& hours : working_hours(date)) {
            const Period clipped = hours.overlap(period);
            if (clipped.length() > Duration{0}) periods.push_back(clipped);
        }
    }
    return periods;
}

Duration Calendar::working_time(Period period) const {
    Duration sum{0};
    for (const Period& hours : working_hours(period)) sum += hours.length();
    return sum;
}

// Asked at every look at every device: no allocation. The day after the one shown may have begun, too,
// where the clock has gone back over midnight.
bool Calendar::is_working(WallTime time) const {
    const Date shown = zone_.date_at(time);
    return works(shown, time) || works(next(shown), time);
}

bool Calendar::works(Date date, WallTime time) const {
    const HoursRule* rule = working_day(date) ? rule_of(date) : nullptr;
    return rule != nullptr && std::ranges::any_of(rule->times, [&](const Hours& hours) {
               return stretch(date, hours).contains(time);
           });
}

int Calendar::whole_working_days(Period period) const {
    int count = 0;
    const Date last = next(zone_.date_at(period.until));
    for (Date date = previous(zone_.date_at(period.from)); date <= last; date = next(date)) {
        const std::vector<Period> hours = working_hours(date);
        const bool whole = !hours.empty() && period.from <= hours.front().from &&
                           hours.back().until <= period.until;
        if (whole) ++count;
    }
    return count;
}

}  // namespace rounds::core
