#include "core/time_zone.hpp"

#include <gtest/gtest.h>

namespace rounds::core {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

constexpr sys_days spring{2026y / 3 / 29};
constexpr sys_days autumn{2026y / 10 / 25};

LocalTime shown(sys_days date, Duration clock) {
    return LocalTime{date.time_since_epoch() + clock};
}

/// Berlin in 2026, and no more: standard time before and after.
TimeZone berlin() {
    return {"Europe/Berlin", {{WallTime{}, 1h}, {spring + 1h, 2h}, {autumn + 1h, 1h}}};
}
/// Half an hour of summer time, changed at 02:00, as on Lord Howe; the year is Berlin's.
TimeZone lord_howe() {
    return {"Australia/Lord_Howe",
            {{WallTime{}, 11h}, {spring - 9h, 10h + 30min}, {autumn - 8h - 30min, 11h}}};
}
/// Midnight skipped in spring, and in autumn shown twice, as in Havana.
TimeZone havana() {
    return {"America/Havana", {{WallTime{}, -5h}, {spring + 5h, -4h}, {autumn + 5h, -5h}}};
}
/// A whole day skipped, as in Apia.
TimeZone apia() {
    return {"Pacific/Apia", {{WallTime{}, -10h}, {spring + 10h, 14h}}};
}
/// Offsets that are no whole minutes, as in Monrovia until 1972.
TimeZone monrovia() {
    return {"Africa/Monrovia", {{WallTime{}, -2670s}, {spring + 2670s, 0s}}};
}
/// Two changes within a day: forth and back again before the clock has caught up.
TimeZone restless() {
    return {"Test/Restless",
            {{WallTime{}, 0s},
             {spring + 2h, 3h},
             {spring + 3h, 0s},
             {spring + 4h, -3h},
             {spring + 5h, 1h}}};
}

struct Case {
    std::string name;
    TimeZone zone;
    LocalTime clock;
    WallTime moment;
};

void PrintTo(const Case& c, std::ostream* out) {
    *out << c.zone.name() << ", " << c.clock.time_since_epoch().count();
}

class ToWall : public ::testing::TestWithParam<Case> {};

TEST_P(ToWall, FindsTheMoment) {
    EXPECT_EQ(to_ms(GetParam().zone.to_wall(GetParam().clock)), to_ms(GetParam().moment));
}

INSTANTIATE_TEST_SUITE_P(
    Changes, ToWall,
    ::testing::Values(
        Case{"Winter", berlin(), shown(spring, 1h), spring},
        Case{"LastBeforeTheGap", berlin(), shown(spring, 2h - 1ms), spring + 1h - 1ms},
        Case{"FirstOfTheGap", berlin(), shown(spring, 2h), spring + 1h},
        Case{"WithinTheGap", berlin(), shown(spring, 2h + 30min), spring + 1h},
        Case{"LastOfTheGap", berlin(), shown(spring, 3h - 1ms), spring + 1h},
        Case{"FirstAfterTheGap", berlin(), shown(spring, 3h), spring + 1h},
        Case{"SecondAfterTheGap", berlin(), shown(spring, 3h + 1s), spring + 1h + 1s},
        Case{"Summer", berlin(), shown(autumn, 0h), autumn - 2h},
        Case{"FirstOfTheDoubledHour", berlin(), shown(autumn, 2h), autumn},
        Case{"WithinTheDoubledHour", berlin(), shown(autumn, 2h + 30min), autumn + 30min},
        Case{"LastOfTheDoubledHour", berlin(), shown(autumn, 3h - 1ms), autumn + 1h - 1ms},
        Case{"FirstAfterTheDoubledHour", berlin(), shown(autumn, 3h), autumn + 2h},
        Case{"BeforeTheFirst", berlin(), shown(sys_days{1950y / 6 / 1}, 12h),
             sys_days{1950y / 6 / 1} + 11h},
        Case{"AfterTheLast", berlin(), shown(sys_days{2100y / 6 / 1}, 12h),
             sys_days{2100y / 6 / 1} + 11h},
        Case{"HalfAnHourDoubled", lord_howe(), shown(spring, 1h + 45min), spring - 9h - 15min},
        Case{"HalfAnHourSkipped", lord_howe(), shown(autumn, 2h + 15min), autumn - 8h - 30min},
        Case{"MidnightSkipped", havana(), shown(spring, 0h), spring + 5h},
        Case{"MidnightTwice", havana(), shown(autumn, 0h), autumn + 4h},
        Case{"DaySkipped", apia(), shown(spring, 12h), spring + 10h},
        Case{"OffsetsInSeconds", monrovia(), shown(spring, -10s), spring + 2660s}),
    [](const auto& test) { return test.param.name; });

TEST(TimeZone, OffsetsHoldFromTheirMomentOn) {
    const TimeZone zone = berlin();
    EXPECT_EQ(zone.offset_at(sys_days{1900y / 1 / 1}), 1h);
    EXPECT_EQ(zone.offset_at(spring + 1h - 1ms), 1h);
    EXPECT_EQ(zone.offset_at(spring + 1h), 2h);
    EXPECT_EQ(zone.offset_at(autumn + 1h - 1ms), 2h);
    EXPECT_EQ(zone.offset_at(autumn + 1h), 1h);
    EXPECT_EQ(zone.offset_at(sys_days{2200y / 7 / 1}), 1h);
}

TEST(TimeZone, ADayBeginsAtItsFirstMoment) {
    EXPECT_EQ(berlin().start_of(spring), spring - 1h);
    EXPECT_EQ(berlin().start_of(spring + days{1}) - berlin().start_of(spring), 23h);
    EXPECT_EQ(berlin().start_of(autumn + days{1}) - berlin().start_of(autumn), 25h);
    EXPECT_EQ(havana().start_of(spring), spring + 5h);  // 01:00: there is no midnight
    EXPECT_EQ(havana().start_of(autumn), autumn + 4h);  // the first of two midnights
    EXPECT_EQ(apia().start_of(spring), apia().start_of(spring + days{1}));  // never lived
}

TEST(TimeZone, TheDateIsTheOfficesOwn) {
    const TimeZone shanghai("Asia/Shanghai", {{WallTime{}, 8h}});
    EXPECT_EQ(shanghai.date_at(autumn + 16h - 1ms), Date{autumn});
    EXPECT_EQ(shanghai.date_at(autumn + 16h), Date{autumn + days{1}});
    EXPECT_EQ(TimeZone("America/Lima", {{WallTime{}, -5h}}).date_at(WallTime{} + 4h),
              Date(1969y / 12 / 31));
}

TEST(TimeZone, UtcShowsItself) {
    const TimeZone utc = TimeZone::utc();
    EXPECT_EQ(utc.name(), "UTC");
    EXPECT_EQ(utc.to_local(autumn + 90min), shown(autumn, 90min));
    EXPECT_EQ(utc.to_wall(shown(autumn, 90min)), autumn + 90min);
    EXPECT_EQ(utc.to_wall(shown(sys_days{1950y / 1 / 1}, 0h)), sys_days{1950y / 1 / 1});
}

class EveryZone : public ::testing::TestWithParam<TimeZone> {};

// to_wall(local) is the first moment at which the clock shows `local` or, where that is skipped, more.
TEST_P(EveryZone, LeadsBackToTheFirstMomentThatShowsAsMuch) {
    const TimeZone& zone = GetParam();
    for (const auto& change :
         zone == TimeZone::utc() ? std::vector{spring} : std::vector{spring, autumn}) {
        LocalTime most =
            zone.to_local(WallTime{change} - 72h - 30s);  // what the clock has shown so far
        for (WallTime t = WallTime{change} - 72h; t < WallTime{change} + 72h; t += 30s) {
            const LocalTime local = zone.to_local(t);
            if (local > most) {
                ASSERT_EQ(zone.to_wall(local), t) << to_ms(t);
                if (local - most > 30s) {
                    ASSERT_EQ(zone.to_wall(most + 30s), t) << to_ms(t);
                }
                most = local;
            } else {
                ASSERT_LT(zone.to_wall(local), t) << to_ms(t);
                ASSERT_GE(zone.to_local(zone.to_wall(local)), local) << to_ms(t);
                ASSERT_LT(zone.to_local(zone.to_wall(local) - 1ms), local) << to_ms(t);
            }
        }
    }
}

// What is later by the clock is never earlier in truth: periods made of clock times do not turn round.
TEST_P(EveryZone, KeepsTheOrderOfClockTimes) {
    WallTime last = WallTime::min();
    for (LocalTime clock = shown(spring, -72h); clock < shown(spring, 72h); clock += 7min) {
        const WallTime moment = GetParam().to_wall(clock);
        ASSERT_GE(moment, last) << clock.time_since_epoch().count();
        last = moment;
    }
}

INSTANTIATE_TEST_SUITE_P(Zones, EveryZone,
                         ::testing::Values(berlin(), lord_howe(), havana(), apia(), monrovia(),
                                           restless(), TimeZone::utc()),
                         [](const auto& test) {
                             std::string name = test.param.name();
                             std::erase_if(name, [](char c) { return c == '/' || c == '_'; });
                             return name;
                         });

}  // namespace
}  // namespace rounds::core
