#include "core/time_format.hpp"

#include <gtest/gtest.h>

#include "tests/core/zones.hpp"

namespace rounds::core {
namespace {

TEST(TimeFormat, DatesLeadBack) {
    std::chrono::sys_days day{std::chrono::year{1999} / 12 / 25};
    for (int n = 0; n < 20'000; ++n, day += std::chrono::days{1}) {
        ASSERT_EQ(date_of(date_text(Date{day})), Date{day});
    }
}

TEST(TimeFormat, OnlyDaysThatExistAreDates) {
    EXPECT_EQ(date_text(date_of("2028-02-29").value()), "2028-02-29");
    for (const auto* text :
         {"", "2026-02-29", "0000-01-01", "2026-13-01", "2026-00-10", "2026-11-00", "2026-11-31",
          "2026-1-1", "26-11-24", "2026/11/24", "2026-11-24 ", " 2026-11-24", "2026-11-2x",
          "-026-11-24", "2026-+1-24", "20261124", "２026-11-24"}) {
        EXPECT_EQ(date_of(text), std::nullopt) << text;
    }
}

TEST(TimeFormat, WeekdaysHaveNames) {
    const Date tuesday = std::chrono::year{2026} / 11 / 24;
    const Date sunday = std::chrono::year{2026} / 11 / 22;
    EXPECT_EQ(weekday_name(tuesday, Language::english), "Tuesday");
    EXPECT_EQ(weekday_name(tuesday, Language::chinese), "星期二");
    EXPECT_EQ(weekday_name(sunday, Language::english), "Sunday");
    EXPECT_EQ(weekday_name(sunday, Language::chinese), "星期日");
}

TEST(TimeFormat, MomentsByTheOfficesClock) {
    const TimeZone zone = zones::shanghai();
    const Locale office{.language = Language::chinese, .zone = &zone};
    const WallTime moment = from_ms(1'798'732'859'999);  // 2026-12-31T16:00:59.999Z
    EXPECT_EQ(clock_text(moment, office), "00:00");
    EXPECT_EQ(day_and_clock(moment, office), "01-01 00:00");
    EXPECT_EQ(date_and_clock(moment, office), "2027-01-01 00:00");
    EXPECT_EQ(clock_text(moment, {}), "16:00 UTC");
    EXPECT_EQ(date_and_clock(moment, {}), "2026-12-31 16:00 UTC");
}

TEST(TimeFormat, MachinesReadUtc) {
    EXPECT_EQ(rfc3339(from_ms(0)), "1970-01-01T00:00:00Z");
    EXPECT_EQ(rfc3339(from_ms(1'798'732'859'000)), "2026-12-31T16:00:59Z");
    EXPECT_EQ(rfc3339(from_ms(1'798'732'859'050)), "2026-12-31T16:00:59.050Z");
    EXPECT_EQ(rfc3339(from_ms(-1)), "1969-12-31T23:59:59.999Z");
}

}  // namespace
}  // namespace rounds::core
