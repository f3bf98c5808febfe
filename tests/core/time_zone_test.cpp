#include "core/time_zone.hpp"

#include <ostream>
#include <string>

#include <gtest/gtest.h>

#include "core/time_format.hpp"
#include "tests/core/zones.hpp"

namespace rounds::core {
namespace {

using namespace std::chrono_literals;

class TimeZoneTest : public testing::TestWithParam<int> {
 protected:
    TimeZone zone = zones::all()[static_cast<std::size_t>(GetParam())];
};

/// Minutes from a day before to a day after every change, and over a dull week.
std::vector<WallTime> interesting_minutes(const TimeZone& zone) {
    const WallTime begin{std::chrono::sys_days{std::chrono::year{2026} / 1 / 1}};
    const WallTime end{std::chrono::sys_days{std::chrono::year{2029} / 1 / 1}};
    std::vector<WallTime> minutes;
    WallTime near_until = begin + 24h * 7;
    for (WallTime time = begin; time < end; time += 1min) {
        if (zone.offset_at(time + 25h) != zone.offset_at(time + 25h - 1min))
            near_until = time + 50h;
        if (time < near_until) minutes.push_back(time);
    }
    return minutes;
}

// The definition, word by word: the first moment at which the clock has got so far.
TEST_P(TimeZoneTest, AClockTimeIsTheFirstMomentTheClockGotSoFar) {
    const auto minutes = interesting_minutes(zone);
    LocalTime latest{Duration::min()};
    WallTime before{};
    for (const WallTime time : minutes) {
        const LocalTime shown = zone.to_local(time);
        const bool without_break = time - before == 1min;
        if (without_break && shown > latest) {
            for (LocalTime skipped = latest + 1min; skipped < shown; skipped += 1min) {
                ASSERT_EQ(zone.to_wall(skipped), time) << to_ms(time);
            }
        }
        if (shown > latest) {
            ASSERT_EQ(zone.to_wall(shown), time) << to_ms(time);
        } else {
            ASSERT_LT(zone.to_wall(shown), time) << to_ms(time);
            ASSERT_EQ(zone.to_local(zone.to_wall(shown)), shown);
        }
        latest = std::max(latest, shown);
        before = time;
    }
}

TEST_P(TimeZoneTest, DaysBeginOneAfterTheOther) {
    std::chrono::sys_days day{std::chrono::year{2026} / 1 / 1};
    for (int n = 0; n < 3 * 365; ++n, day += std::chrono::days{1}) {
        const WallTime start = zone.start_of(Date{day});
        ASSERT_LE(start, zone.start_of(Date{day + std::chrono::days{1}}));
        if (zone.date_at(start) == Date{day}) {
            ASSERT_NE(zone.date_at(start - 1ms), Date{day});
        } else {
            ASSERT_EQ(date_text(Date{day}), "2026-12-30");  // the day that never came
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Zones, TimeZoneTest, testing::Range(0, 7), [](const auto& one) {
    std::string name = zones::all()[static_cast<std::size_t>(one.param)].name();
    std::erase_if(name, [](char c) { return c == '/' || c == '_'; });
    return name;
});

TEST(TimeZone, BeforeTheFirstChangeAndAfterTheLastTheOffsetStays) {
    const TimeZone zone{"Test", {{from_ms(0), 8h}, {from_ms(1'000'000), 9h}}};
    EXPECT_EQ(zone.offset_at(from_ms(-1)), 8h);
    EXPECT_EQ(zone.offset_at(from_ms(999'999)), 8h);
    EXPECT_EQ(zone.offset_at(from_ms(1'000'000)), 9h);
    EXPECT_EQ(zone.offset_at(from_ms(4'000'000'000'000)), 9h);
    const LocalTime long_ago{std::chrono::local_days{std::chrono::year{1950} / 1 / 1}};
    EXPECT_EQ(zone.to_local(zone.to_wall(long_ago)), long_ago);
}

TEST(TimeZone, UtcIsItself) {
    const TimeZone zone = TimeZone::utc();
    EXPECT_EQ(zone.name(), "UTC");
    EXPECT_EQ(zone.offset_at(from_ms(1'764'000'000'000)), 0s);
    EXPECT_EQ(to_ms(zone.start_of(Date{std::chrono::year{1970} / 1 / 2})), 86'400'000);
}

TEST(TimeZone, MomentsOfKnownNights) {
    const TimeZone berlin = zones::berlin();
    const auto wall = [&](std::chrono::local_days date, Duration clock) {
        return rfc3339(berlin.to_wall(LocalTime{date} + clock));
    };
    const std::chrono::local_days spring{std::chrono::year{2026} / 3 / 29};
    EXPECT_EQ(wall(spring, 1h + 59min), "2026-03-29T00:59:00Z");
    EXPECT_EQ(wall(spring, 2h + 30min), "2026-03-29T01:00:00Z");  // skipped: the change
    EXPECT_EQ(wall(spring, 3h), "2026-03-29T01:00:00Z");
    const std::chrono::local_days autumn{std::chrono::year{2026} / 10 / 25};
    EXPECT_EQ(wall(autumn, 2h + 30min), "2026-10-25T00:30:00Z");  // twice: the first
    EXPECT_EQ(wall(autumn, 3h), "2026-10-25T02:00:00Z");
}

TEST(TimeZone, AnOffsetMayHaveSeconds) {
    // Liberia until 1972: 44 minutes and 30 seconds behind.
    const TimeZone zone("Africa/Monrovia", {{from_ms(0), -2670s}, {from_ms(63'593'070'000), 0s}});
    const WallTime noon{std::chrono::sys_days{std::chrono::year{1971} / 6 / 1} + 12h};
    EXPECT_EQ(zone.to_local(noon).time_since_epoch(), noon.time_since_epoch() - 2670s);
    EXPECT_EQ(zone.to_wall(zone.to_local(noon)), noon);
    EXPECT_EQ(zone.start_of(std::chrono::year{1971} / 6 / 1),
              WallTime{std::chrono::sys_days{std::chrono::year{1971} / 6 / 1} + 2670s});
}

TEST(TimeZone, TwoChangesMayFallIntoOneDay) {
    const WallTime day{std::chrono::sys_days{std::chrono::year{2026} / 5 / 10}};
    const TimeZone zone("Test/Twice", {{from_ms(0), 0s}, {day + 6h, 3600s}, {day + 12h, 0s}});
    const auto clock = [&](Duration since) { return LocalTime{day.time_since_epoch() + since}; };
    EXPECT_EQ(zone.to_wall(clock(5h + 59min)), day + 5h + 59min);
    EXPECT_EQ(zone.to_wall(clock(6h + 30min)), day + 6h);            // skipped
    EXPECT_EQ(zone.to_wall(clock(12h + 30min)), day + 11h + 30min);  // the first of the two
    EXPECT_EQ(zone.to_wall(clock(13h)), day + 13h);
    const auto date = std::chrono::year{2026} / 5 / 10;
    const auto next = std::chrono::year{2026} / 5 / 11;
    EXPECT_EQ(zone.start_of(next) - zone.start_of(date), 24h);
}

}  // namespace
}  // namespace rounds::core
