#include "core/time_format.hpp"

#include <gtest/gtest.h>

namespace rounds::core {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

constexpr WallTime moment = WallTime{sys_days{2026y / 11 / 24}} + 30min + 59s + 999ms;

TEST(TimeFormat, MomentsAreShownByTheOfficesClock) {
    const TimeZone shanghai("Asia/Shanghai", {{WallTime{}, 8h}});
    const Locale locale{Language::chinese, &shanghai};
    EXPECT_EQ(clock_text(moment, locale), "08:30");
    EXPECT_EQ(day_and_clock(moment, locale), "11-24 08:30");
    EXPECT_EQ(date_and_clock(moment, locale), "2026-11-24 08:30");
}

TEST(TimeFormat, TheOfficesDayMayBeAnother) {
    const TimeZone lima("America/Lima", {{WallTime{}, -5h}});
    EXPECT_EQ(date_and_clock(moment, {Language::english, &lima}), "2026-11-23 19:30");
    EXPECT_EQ(date_and_clock(WallTime{} - 1ms, {Language::english, &lima}), "1969-12-31 18:59");
}

TEST(TimeFormat, WithoutAZoneTheySayUtc) {
    EXPECT_EQ(clock_text(moment, {}), "00:30 UTC");
    EXPECT_EQ(day_and_clock(moment, {}), "11-24 00:30 UTC");
    EXPECT_EQ(date_and_clock(moment, {}), "2026-11-24 00:30 UTC");
}

TEST(TimeFormat, MachinesReadRfc3339) {
    EXPECT_EQ(rfc3339(moment), "2026-11-24T00:30:59.999Z");
    EXPECT_EQ(rfc3339(moment - 999ms), "2026-11-24T00:30:59Z");
    EXPECT_EQ(rfc3339(moment - 994ms), "2026-11-24T00:30:59.005Z");
    EXPECT_EQ(rfc3339(WallTime{} - 250ms), "1969-12-31T23:59:59.750Z");
}

TEST(TimeFormat, WeekdaysHaveNames) {
    EXPECT_EQ(weekday_name(2026y / 11 / 24, Language::english), "Tuesday");
    EXPECT_EQ(weekday_name(2026y / 11 / 24, Language::chinese), "星期二");
    EXPECT_EQ(weekday_name(2026y / 11 / 22, Language::english), "Sunday");
    EXPECT_EQ(weekday_name(2026y / 11 / 22, Language::chinese), "星期日");
    EXPECT_EQ(weekday_name(2026y / 11 / 28, Language::chinese), "星期六");
}

TEST(TimeFormat, EveryDayLeadsBack) {
    for (sys_days date = 1999y / 12 / 1; date < sys_days{2030y / 1 / 1}; date += days{1}) {
        ASSERT_EQ(date_of(date_text(date)), Date{date});
    }
    EXPECT_EQ(date_text(987y / 1 / 2), "0987-01-02");
}

class NoDate : public ::testing::TestWithParam<std::string> {};

TEST_P(NoDate, IsRead) {
    EXPECT_EQ(date_of(GetParam()), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(Texts, NoDate,
                         ::testing::Values("", "2026-02-30", "2026-02-29", "2026-13-01",
                                           "2026-00-10", "2026-11-00", "2026-11-31", "2026-1-1",
                                           "2026/11/24", "20261124", "2026-11-24 ", " 2026-11-24",
                                           "+026-11-24", "2026-1a-24", "2026-11--4", "today",
                                           "２０２６"));

}  // namespace
}  // namespace rounds::core
