#include "core/calendar.hpp"

#include <algorithm>
#include <utility>

namespace rounds::core {

namespace {

std::chrono::weekday weekday_of(Date date) {
    return std::chrono::weekday(std::chrono::sys_days(date));
}

Date next_day(Date date) {
    return {std::chrono::sys_days(date) + std::chrono::days(1)};
}

bool names_weekday(const HoursRule& rule, Date date) {
    return rule.weekdays.test(weekday_of(date).c_encoding());
}

bool names_day_of_month(const HoursRule& rule, Date date) {
    const auto day = static_cast<int>(static_cast<unsigned>(date.day()));
    const std::chrono::year_month_day_last last{date.year(),
                                                std::chrono::month_day_last(date.month())};
    const auto length = static_cast<int>(static_cast<unsigned>(last.day()));
    return rule.days_of_month.contains(day) || rule.days_of_month.contains(day - length - 1);
}

bool by_weekday(const HoursRule& rule) {
    return rule.weekdays.any();
}

/// The day that the office lives at a moment. A clock that is put back over midnight (St. John's
/// until 2011: 00:01 to 23:01) shows the day before once more; the office lives on in the new one.
Date day_lived(const TimeZone& zone, WallTime time) {
    const Date shown = zone.date_at(time);
    const Date next = next_day(shown);
    return time < zone.start_of(next) ? shown : next;
}

}  // namespace

Calendar::Calendar(TimeZone zone, std::vector<HoursRule> rules,
                   std::set<std::chrono::sys_days> holidays,
                   std::set<std::chrono::sys_days> make_up_days)
    : zone_(std::move(zone)),
      rules_(std::move(rules)),
      holidays_(std::move(holidays)),
      make_up_days_(std::move(make_up_days)) {}

Calendar Calendar::usual(TimeZone zone) {
    return {
        std::move(zone), {{.weekdays = Weekdays("0111110"), .times = {{9 * 60, 18 * 60}}}}, {}, {}};
}

bool Calendar::working_day(Date date) const {
    if (make_up_days_.contains(std::chrono::sys_days(date))) return true;
    if (holidays_.contains(std::chrono::sys_days(date))) return false;
    return std::ranges::any_of(rules_,
                               [&](const HoursRule& rule) { return names_weekday(rule, date); });
}

const HoursRule* Calendar::rule_of(Date date) const {
    if (!working_day(date)) return nullptr;
    const HoursRule* of_weekday = nullptr;
    const HoursRule* of_month = nullptr;
    const HoursRule* first = nullptr;
    for (const auto& rule : rules_) {
        if (names_weekday(rule, date)) of_weekday = &rule;
        if (names_day_of_month(rule, date)) of_month = &rule;
        if (first == nullptr && by_weekday(rule)) first = &rule;
    }
    if (of_month != nullptr) return of_month;
    return of_weekday != nullptr ? of_weekday : first;
}

Period Calendar::stretch(Date date, Hours hours) const {
    const LocalTime midnight = std::chrono::local_days(date);
    return {zone_.to_wall(midnight + std::chrono::minutes(hours.from)),
            zone_.to_wall(midnight + std::chrono::minutes(hours.until))};
}

std::vector<Period> Calendar::working_hours(Date date) const {
    const auto* rule = rule_of(date);
    if (rule == nullptr) return {};
    std::vector<Period> hours;
    for (const auto& time : rule->times) {
        const Period period = stretch(date, time);
        if (period.length() > Duration{0}) hours.push_back(period);
    }
    return hours;
}

std::vector<Period> Calendar::working_hours(Period period) const {
    std::vector<Period> hours;
    if (period.length() == Duration{0}) return hours;
    const Date last = day_lived(zone_, period.until);
    for (Date date = day_lived(zone_, period.from); date <= last; date = next_day(date)) {
        const auto* rule = rule_of(date);
        if (rule == nullptr) continue;
        for (const auto& time : rule->times) {
            const auto part = stretch(date, time).overlap(period);
            if (part.length() > Duration{0}) hours.push_back(part);
        }
    }
    return hours;
}

Duration Calendar::working_time(Period period) const {
    Duration sum{0};
    for (const auto& part : working_hours(period)) sum += part.length();
    return sum;
}

// Asked at every look at every device: no allocation.
bool Calendar::is_working(WallTime time) const {
    const Date date = day_lived(zone_, time);
    const auto* rule = rule_of(date);
    return rule != nullptr && std::ranges::any_of(rule->times, [&](Hours hours) {
               return stretch(date, hours).contains(time);
           });
}

int Calendar::whole_working_days(Period period) const {
    int days = 0;
    const Date last = day_lived(zone_, period.until);
    for (Date date = day_lived(zone_, period.from); date <= last; date = next_day(date)) {
        const auto hours = working_hours(date);
        const bool whole = !hours.empty() && hours.front().from >= period.from &&
                           hours.back().until <= period.until;
        days += whole ? 1 : 0;
    }
    return days;
}

}  // namespace rounds::core
