// Does a calendar agree with the clerk who looks at the clock every minute?
#pragma once

#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "core/calendar.hpp"
#include "tests/core/naive_calendar.hpp"

namespace rounds::core::naive {

/// Plans drawn from `seed`, looked at over the years [first, last): every minute once, then periods and
/// moments drawn at will, half of them within two hours of a change of the zone.
inline void expect_agreement(const TimeZone& zone,
                             const std::vector<TimeZone::Transition>& transitions,
                             std::chrono::year first, std::chrono::year last, unsigned seed) {
    SCOPED_TRACE(testing::Message() << zone.name() << ", seed " << seed);
    using std::chrono::days;
    using std::chrono::minutes;
    const std::chrono::sys_days begin{first / 1 / 1};
    const std::chrono::sys_days end{last / 1 / 1};
    std::mt19937 random{seed};
    const Plan plan = draw_plan(random, begin, static_cast<int>((end - begin).count()));
    const Calendar calendar{zone, plan.rules, plan.holidays, plan.make_up_days};
    // The clerk starts early, so that days are known whole and the clock has not just been put back.
    const Ticks ticks{transitions, plan, WallTime{begin - days{10}}, WallTime{end + days{10}}};

    std::vector<Period> hours = calendar.working_hours(Period{WallTime{begin}, WallTime{end}});
    auto current = hours.begin();
    for (WallTime time{begin}; time < WallTime{end}; time += minutes{1}) {
        while (current != hours.end() && current->until <= time) ++current;
        const bool works = current != hours.end() && current->from <= time;
        if (works != ticks.works(time))
            FAIL() << "at " << to_ms(time) << ": " << works;  // 1.5 million: no macro each
    }

    std::vector<WallTime> changes{WallTime{begin}};
    for (const auto& change : transitions) {
        if (WallTime{begin} < change.from && change.from < WallTime{end})
            changes.push_back(change.from);
    }
    std::uniform_int_distribution<std::int64_t> anywhere{0, Duration{end - begin}.count() - 1};
    std::uniform_int_distribution<std::int64_t> nearby{-7'200'000, 7'200'000};
    std::uniform_int_distribution<std::size_t> which{0, changes.size() - 1};
    const auto draw = [&](int n) {
        if (n % 2 == 0) return WallTime{begin} + Duration{anywhere(random)};
        return changes[which(random)] + Duration{nearby(random)};
    };
    for (int n = 0; n < 200; ++n) {
        const WallTime a = draw(n);
        const WallTime b = n % 3 == 0 ? a + Duration{nearby(random)} : draw(n / 2);
        const Period period{std::min(a, b), std::max(a, b)};
        SCOPED_TRACE(testing::Message() << to_ms(period.from) << " to " << to_ms(period.until));
        ASSERT_EQ(calendar.is_working(a), ticks.works(a));
        ASSERT_EQ(calendar.working_time(period), ticks.working_time(period));
        ASSERT_EQ(calendar.whole_working_days(period), ticks.whole_working_days(period));
    }
}

}  // namespace rounds::core::naive
