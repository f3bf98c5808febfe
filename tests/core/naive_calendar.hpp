// The calendar's rules once more, as slowly and plainly as they can be said: a clerk who looks at the
// clock every minute for years and makes a tick when the office works. Shares no code with core.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "core/calendar.hpp"

namespace rounds::core::naive {

/// What a Calendar is made of.
struct Plan {
    std::vector<HoursRule> rules;
    std::set<std::chrono::sys_days> holidays;
    std::set<std::chrono::sys_days> make_up_days;
};

/// The minutes of one day that are worked, by the words of core/calendar.hpp.
inline std::vector<Hours> times_of(const Plan& plan, std::chrono::sys_days day) {
    const std::chrono::year_month_day date{day};
    const auto month_length =
        static_cast<int>((std::chrono::sys_days{date.year() / date.month() / std::chrono::last} -
                          std::chrono::sys_days{date.year() / date.month() / 1})
                             .count() +
                         1);
    const int day_number = static_cast<int>(static_cast<unsigned>(date.day()));
    const auto weekday = std::chrono::weekday{day}.c_encoding();

    std::vector<HoursRule> of_month, of_weekday, any_weekday;
    for (const HoursRule& rule : plan.rules) {
        for (const int n : rule.days_of_month) {
            if ((n > 0 ? n : month_length + 1 + n) == day_number) of_month.push_back(rule);
        }
        if (rule.weekdays[weekday]) of_weekday.push_back(rule);
        if (rule.weekdays.any()) any_weekday.push_back(rule);
    }
    const bool make_up = plan.make_up_days.contains(day);
    const bool usual = !of_weekday.empty() && !plan.holidays.contains(day);
    if (!make_up && !usual) return {};
    if (!of_month.empty()) return of_month.back().times;
    if (!of_weekday.empty()) return of_weekday.back().times;
    return any_weekday.empty() ? std::vector<Hours>{} : any_weekday.front().times;
}

/// Ticks for every minute of [from, until), both whole minutes.
class Ticks {
 public:
    Ticks(const std::vector<TimeZone::Transition>& transitions, const Plan& plan, WallTime from,
          WallTime until)
        : start_(minute_of(from)) {
        std::int64_t latest = INT64_MIN;  // the latest that the clock has shown
        std::int64_t today = INT64_MIN;
        std::vector<Hours> times;
        std::size_t next = 0;
        auto offset = minutes_of(transitions.front().offset);
        for (std::int64_t minute = start_; minute < minute_of(until); ++minute) {
            while (next < transitions.size() && minute_of(transitions[next].from) <= minute) {
                offset = minutes_of(transitions[next++].offset);
            }
            // Where the clock is put back, what it has shown before is not lived again.
            latest = std::max(latest, minute + offset);
            const std::int64_t day = (latest - ((latest % 1440) + 1440) % 1440) / 1440;
            if (day != today) {
                today = day;
                times = times_of(plan, std::chrono::sys_days{std::chrono::days{day}});
            }
            const auto at = static_cast<int>(latest - day * 1440);
            const bool works = std::ranges::any_of(
                times, [at](const Hours& hours) { return hours.from <= at && at < hours.until; });
            ticks_.push_back(works ? 1 : 0);
            if (works) days_.try_emplace(day, minute, minute).first->second.second = minute;
        }
        sums_.push_back(0);
        for (const char tick : ticks_) sums_.push_back(sums_.back() + tick);
    }

    [[nodiscard]] bool works(WallTime time) const {
        return ticks_[static_cast<std::size_t>(minute_of(time) - start_)] == 1;
    }

    [[nodiscard]] Duration working_time(Period period) const {
        const auto before = [this](WallTime time) {
            const auto whole = static_cast<std::size_t>(minute_of(time) - start_);
            const Duration rest = time.time_since_epoch() % std::chrono::minutes{1};
            return std::chrono::minutes{sums_[whole]} + (works(time) ? rest : Duration{0});
        };
        return before(period.until) - before(period.from);
    }

    [[nodiscard]] int whole_working_days(Period period) const {
        return static_cast<int>(std::ranges::count_if(days_, [period](const auto& day) {
            const WallTime begin{std::chrono::minutes{day.second.first}};
            const WallTime end{std::chrono::minutes{day.second.second + 1}};
            return period.from <= begin && end <= period.until;
        }));
    }

 private:
    static std::int64_t minute_of(WallTime time) {
        return std::chrono::floor<std::chrono::minutes>(time).time_since_epoch().count();
    }
    static std::int64_t minutes_of(std::chrono::seconds offset) { return offset.count() / 60; }

    std::int64_t start_;
    std::vector<char> ticks_;         ///< One a minute.
    std::vector<std::int64_t> sums_;  ///< Ticks before each minute.
    std::map<std::int64_t, std::pair<std::int64_t, std::int64_t>> days_;  ///< First, last tick.
};

/// Stretches of one day: in the small hours as often as not, with a liking for midnight at either end.
inline std::vector<Hours> draw_times(std::mt19937& random) {
    const auto below = [&random](int n) { return std::uniform_int_distribution{0, n - 1}(random); };
    std::set<int> bounds;
    if (below(3) == 0) bounds.insert(0);
    if (below(3) == 0) bounds.insert(1440);
    const std::size_t wanted = 2 * (1 + static_cast<std::size_t>(below(3)));
    while (bounds.size() < wanted) {
        switch (below(4)) {
            case 0: bounds.insert(below(8) * 30); break;         // 00:00..03:30
            case 1: bounds.insert(below(240)); break;            // any minute until 04:00
            case 2: bounds.insert(1440 - below(4) * 30); break;  // 22:30..24:00
            default: bounds.insert(below(1441)); break;
        }
    }
    std::vector<Hours> times;
    for (auto bound = bounds.begin(); bound != bounds.end(); std::advance(bound, 2)) {
        times.push_back({*bound, *std::next(bound)});
    }
    if (times.size() > 1 && below(2) == 0)
        times[1].from = times[0].until;  // one shift after another
    return times;
}

inline Plan draw_plan(std::mt19937& random, std::chrono::sys_days first, int days) {
    const auto below = [&random](int n) { return std::uniform_int_distribution{0, n - 1}(random); };
    Plan plan;
    for (int rules = 1 + below(4); rules > 0; --rules) {
        HoursRule rule;
        rule.times = draw_times(random);
        if (below(3) > 0) {
            rule.weekdays = Weekdays(static_cast<unsigned>(1 + below(127)));
        } else {
            for (int n = 1 + below(6); n > 0; --n) {
                rule.days_of_month.insert((1 + below(31)) * (below(2) == 0 ? 1 : -1));
            }
        }
        plan.rules.push_back(rule);
    }
    for (int n = below(days / 10); n > 0; --n)
        plan.holidays.insert(first + std::chrono::days{below(days)});
    for (int n = below(days / 10); n > 0; --n)
        plan.make_up_days.insert(first + std::chrono::days{below(days)});
    return plan;
}

}  // namespace rounds::core::naive
