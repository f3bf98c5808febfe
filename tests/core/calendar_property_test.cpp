#include <algorithm>
#include <ostream>

#include <gtest/gtest.h>

#include "tests/core/calendar_agreement.hpp"
#include "tests/core/zones.hpp"

namespace rounds::core {
namespace {

struct Case {
    TimeZone (*zone)();
    std::string name;

    friend void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }
};

class CalendarPropertyTest : public testing::TestWithParam<Case> {};

/// The zone's changes, as an outsider can find them: by looking at every minute.
std::vector<TimeZone::Transition> seen_changes(const TimeZone& zone) {
    std::vector<TimeZone::Transition> seen{{from_ms(0), zone.offset_at(from_ms(0))}};
    const WallTime end{std::chrono::sys_days{std::chrono::year{zones::last_year} / 1 / 1}};
    WallTime time{std::chrono::sys_days{std::chrono::year{zones::first_year} / 1 / 1}};
    for (; time < end; time += std::chrono::minutes{1}) {
        if (const auto offset = zone.offset_at(time); offset != seen.back().offset) {
            seen.push_back({time, offset});
        }
    }
    return seen;
}

TEST_P(CalendarPropertyTest, AgreesWithAClerkWhoLooksEveryMinute) {
    const TimeZone zone = GetParam().zone();
    const auto changes = seen_changes(zone);
    for (unsigned seed = 1; seed <= 4; ++seed) {
        naive::expect_agreement(zone, changes, std::chrono::year{2026}, std::chrono::year{2029},
                                seed);
        if (HasFatalFailure()) return;
    }
}

TEST_P(CalendarPropertyTest, PartsOfAPeriodAddUp) {
    const TimeZone zone = GetParam().zone();
    const std::chrono::sys_days begin{std::chrono::year{2026} / 1 / 1};
    std::mt19937 random{7};
    const naive::Plan plan = naive::draw_plan(random, begin, 365);
    const Calendar calendar{zone, plan.rules, plan.holidays, plan.make_up_days};
    std::uniform_int_distribution<std::int64_t> anywhere{0, std::int64_t{365} * 86'400'000};
    for (int n = 0; n < 200; ++n) {
        std::vector<WallTime> times;
        for (int i = 0; i < 3; ++i) times.push_back(WallTime{begin} + Duration{anywhere(random)});
        std::ranges::sort(times);
        ASSERT_EQ(calendar.working_time({times[0], times[2]}),
                  calendar.working_time({times[0], times[1]}) +
                      calendar.working_time({times[1], times[2]}));
    }
}

INSTANTIATE_TEST_SUITE_P(
    Zones, CalendarPropertyTest,
    testing::Values(Case{zones::shanghai, "Shanghai"}, Case{zones::berlin, "Berlin"},
                    Case{zones::new_york, "NewYork"}, Case{zones::lord_howe, "LordHowe"},
                    Case{zones::newfoundland, "Newfoundland"}, Case{zones::sao_paulo, "SaoPaulo"},
                    Case{zones::date_line, "DateLine"}),
    [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace rounds::core
