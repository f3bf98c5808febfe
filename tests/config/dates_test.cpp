#include "config/dates.hpp"

#include <gtest/gtest.h>

namespace rounds::config {
namespace {

using std::chrono::sys_days;

core::Weekdays set_of(std::initializer_list<std::size_t> bits) {
    core::Weekdays days;
    for (const auto bit : bits) days.set(bit);
    return days;
}

TEST(Dates, TimeOfDay) {
    EXPECT_EQ(*time_of_day("08:30"), 8 * 60 + 30);
    EXPECT_EQ(*time_of_day("00:00"), 0);
    EXPECT_EQ(*time_of_day("23:59"), 1439);
    for (const std::string_view wrong :
         {"24:00", "8:30", "08:60", "08.30", "0830", "08:30:00", "-1:00", "aa:bb", ""}) {
        EXPECT_FALSE(time_of_day(wrong)) << wrong;
    }
    EXPECT_EQ(time_of_day("8:30").error().message,
              "\"8:30\" is not a time of day; write it like \"08:30\"");
}

TEST(Dates, Hours) {
    EXPECT_EQ(*hours("09:00-18:00"), (core::Hours{540, 1080}));
    EXPECT_EQ(*hours("22:00-24:00"), (core::Hours{1320, 1440}));
    for (const std::string_view wrong :
         {"09:00", "09:00-", "-18:00", "09:00-24:01", "09:00–18:00", "24:00-24:00", ""}) {
        EXPECT_FALSE(hours(wrong)) << wrong;
    }
    EXPECT_EQ(hours("22:00-06:00").error().message,
              "\"22:00-06:00\" is not a stretch of hours of one day; write one that goes over "
              "midnight as two: "
              "\"22:00-24:00\" and \"00:00-06:00\"");
    EXPECT_FALSE(hours("09:00-09:00"));
    EXPECT_EQ(show(*hours("09:05-24:00")), "09:05-24:00");
}

TEST(Dates, WeekdaysBeginOnMonday) {
    EXPECT_EQ(*weekdays("mon"), set_of({1}));
    EXPECT_EQ(*weekdays("sun"), set_of({0}));
    EXPECT_EQ(*weekdays("mon..fri"), set_of({1, 2, 3, 4, 5}));
    EXPECT_EQ(*weekdays("sat..mon"), set_of({6, 0, 1}));
    EXPECT_EQ(*weekdays("mon..sun"), set_of({0, 1, 2, 3, 4, 5, 6}));
    EXPECT_EQ(weekdays("mon..fry").error().message,
              "\"fry\" is not a weekday; did you mean \"fri\"?");
    EXPECT_EQ(weekdays("monday").error().message,
              "\"monday\" is not a weekday; did you mean \"mon\"?");
    EXPECT_EQ(weekdays("Montag").error().message,
              "\"Montag\" is not a weekday; it is one of mon, tue, wed, thu, fri, sat, sun");
    EXPECT_FALSE(weekdays("mon-fri"));
    EXPECT_FALSE(weekdays("mon.."));
    EXPECT_FALSE(weekdays(""));
}

TEST(Dates, DaysOfMonth) {
    EXPECT_EQ(*days_of_month("1"), (std::vector{1}));
    EXPECT_EQ(*days_of_month("1..3"), (std::vector{1, 2, 3}));
    EXPECT_EQ(*days_of_month("-3..-1"), (std::vector{-3, -2, -1}));
    EXPECT_EQ(days_of_month("1..31")->size(), 31U);
    for (const std::string_view wrong :
         {"0", "32", "3..1", "-1..-3", "-1..1", "1..", "..1", "1-3", "x", "", "--1"}) {
        EXPECT_FALSE(days_of_month(wrong)) << wrong;
    }
}

TEST(Dates, DatesAndStretchesOfThem) {
    using namespace std::chrono;
    EXPECT_EQ(*dates("2026-10-01"), (std::vector{sys_days{2026y / 10 / 1}}));
    EXPECT_EQ(dates("2026-10-01..2026-10-07")->size(), 7U);
    EXPECT_EQ(dates("2028-02-28..2028-03-01")->size(), 3U) << "a leap year";
    EXPECT_EQ(dates("2026-01-01..2027-01-02")->size(), 367U);
    EXPECT_EQ(dates("2026-10-07..2026-10-01").error().message,
              "\"2026-10-07..2026-10-01\" is not a stretch of at most a year; write the earlier "
              "date first");
    EXPECT_EQ(dates("2027-02-29").error().message,
              "\"2027-02-29\" is not a date; write it like 2026-10-01, or 2026-10-01..2026-10-07 "
              "for several days");
    for (const std::string_view wrong : {"2026-13-01", "2026-1-1", "01.10.2026", "2026-10-01-07",
                                         "1969-12-31", "2026-01-01..2027-02-01", ""}) {
        EXPECT_FALSE(dates(wrong)) << wrong;
    }
    EXPECT_EQ(show(sys_days{2026y / 1 / 9}), "2026-01-09");
}

}  // namespace
}  // namespace rounds::config
