#include "core/round.hpp"

namespace rounds::core {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

bool due_on(const RoundPlan& plan, const Calendar& calendar, Date date) {
    switch (plan.days) {
        case RoundPlan::Days::working: return calendar.working_day(date);
        case RoundPlan::Days::all: return true;
        case RoundPlan::Days::weekdays:
            return plan.weekdays.test(std::chrono::weekday{sys_days{date}}.c_encoding());
    }
    return false;
}

/// The moment of the round on this day; empty when it has none.
std::optional<WallTime> round_on(const RoundPlan& plan, const Calendar& calendar, Date date) {
    if (!due_on(plan, calendar, date)) return std::nullopt;
    const LocalTime shown{sys_days{date}.time_since_epoch() + std::chrono::minutes{plan.at}};
    const WallTime moment = calendar.zone().to_wall(shown);
    if (calendar.zone().date_at(moment) != date) return std::nullopt;  // The zone had no such day.
    return moment;
}

}  // namespace

std::optional<WallTime> next_round(const RoundPlan& plan, const Calendar& calendar,
                                   WallTime after) {
    const sys_days first = sys_days{calendar.zone().date_at(after)} - days{1};
    for (sys_days day = first; day <= first + days{2 * 366}; day += days{1}) {
        const auto moment = round_on(plan, calendar, Date{day});
        if (moment && *moment > after) return moment;
    }
    return std::nullopt;
}

std::optional<WallTime> last_round(const RoundPlan& plan, const Calendar& calendar, WallTime now) {
    const sys_days last = sys_days{calendar.zone().date_at(now)} + days{1};
    for (sys_days day = last; day >= last - days{61}; day -= days{1}) {
        const auto moment = round_on(plan, calendar, Date{day});
        if (moment && *moment <= now) return moment;
    }
    return std::nullopt;
}

}  // namespace rounds::core
