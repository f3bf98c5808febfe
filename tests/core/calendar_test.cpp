#include "core/calendar.hpp"

#include <initializer_list>
#include <ostream>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "core/time_format.hpp"
#include "tests/core/zones.hpp"

namespace rounds::core {
namespace {

using namespace std::chrono_literals;

const Weekdays monday_to_friday{"0111110"};
const Weekdays saturday{"1000000"};
const Weekdays tuesday{"0000100"};
constexpr Hours office{9 * 60, 18 * 60};
constexpr Hours flexible{8 * 60, 20 * 60};

Date day(std::string_view text) {
    return date_of(text).value();
}

std::set<std::chrono::sys_days> days(std::initializer_list<std::string_view> texts) {
    std::set<std::chrono::sys_days> found;
    for (const auto text : texts) found.insert(std::chrono::sys_days{day(text)});
    return found;
}

HoursRule by_weekday(Weekdays weekdays, std::vector<Hours> times) {
    return {.weekdays = weekdays, .days_of_month = {}, .times = std::move(times)};
}

HoursRule by_day_of_month(std::set<int> numbers, std::vector<Hours> times) {
    return {.weekdays = {}, .days_of_month = std::move(numbers), .times = std::move(times)};
}

/// "09:00-18:00", by the office's clock; several with a space between; "" for none.
std::string drawn(const std::vector<Period>& hours, const TimeZone& zone) {
    const Locale locale{.language = Language::english, .zone = &zone};
    std::string text;
    for (const auto& period : hours) {
        if (!text.empty()) text += ' ';
        text += clock_text(period.from, locale) + '-' + clock_text(period.until, locale);
    }
    return text;
}

/// The calendar that PRODUCT shows: month edges are worked longer, the national holiday not at all, and
/// a Saturday makes up for it.
Calendar shown_calendar() {
    return {zones::shanghai(),
            {by_weekday(monday_to_friday, {office}),
             by_day_of_month({1, 2, 3, -3, -2, -1}, {flexible})},
            days({"2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07"}),
            days({"2026-10-10"})};
}

struct Case {
    std::string name;
    std::string_view date;
    std::string hours;
    Calendar calendar = shown_calendar();

    friend void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }
};

class WorkingHoursTest : public testing::TestWithParam<Case> {};

TEST_P(WorkingHoursTest, OfADay) {
    const auto& [name, date, hours, calendar] = GetParam();
    EXPECT_EQ(drawn(calendar.working_hours(day(date)), calendar.zone()), hours);
    EXPECT_EQ(calendar.working_day(day(date)), !hours.empty());
}

Calendar of(std::vector<HoursRule> rules, std::set<std::chrono::sys_days> holidays = {},
            std::set<std::chrono::sys_days> make_up = {}) {
    return {zones::shanghai(), std::move(rules), std::move(holidays), std::move(make_up)};
}

INSTANTIATE_TEST_SUITE_P(
    Rules, WorkingHoursTest,
    testing::Values(Case{"AnOrdinaryTuesday", "2026-11-24", "09:00-18:00"},
                    Case{"ASunday", "2026-11-22", ""},
                    Case{"TheFirstOfTheMonth", "2026-12-01", "08:00-20:00"},
                    Case{"TheFourthIsOrdinaryAgain", "2026-12-04", "09:00-18:00"},
                    Case{"ThirdFromTheEndOf31", "2026-12-29", "08:00-20:00"},
                    Case{"FourthFromTheEndOf31", "2026-12-28", "09:00-18:00"},
                    Case{"ThirdFromTheEndOf28", "2027-02-26", "08:00-20:00"},
                    Case{"ThirdFromTheEndOf29", "2028-02-28", "08:00-20:00"},
                    Case{"MonthEdgesMakeNoSundayWorked", "2026-11-01", ""},
                    Case{"MonthEdgesMakeNoHolidayWorked", "2026-10-01", ""},
                    Case{"TheDayAfterTheHolidays", "2026-10-08", "09:00-18:00"},
                    Case{"AMakeUpSaturday", "2026-10-10", "09:00-18:00"}));

INSTANTIATE_TEST_SUITE_P(
    WhichRule, WorkingHoursTest,
    testing::Values(
        Case{"TheLastWeekdayRuleWins", "2026-11-24", "10:00-11:00",
             of({by_weekday(monday_to_friday, {office}), by_weekday(tuesday, {{600, 660}})})},
        Case{"TheLastMonthRuleWins", "2026-11-24", "01:00-02:00",
             of({by_day_of_month({24}, {flexible}), by_day_of_month({-7}, {{60, 120}}),
                 by_weekday(tuesday, {office})})},
        Case{"MakeUpTakesTheFirstWeekdayRule", "2026-11-22", "09:00-18:00",
             of({by_weekday(tuesday, {office}), by_weekday(saturday, {{600, 660}})}, {},
                days({"2026-11-22"}))},
        Case{"MakeUpTakesTheRuleOfItsWeekday", "2026-11-21", "10:00-11:00",
             of({by_weekday(tuesday, {office}), by_weekday(saturday, {{600, 660}})},
                days({"2026-11-21"}), days({"2026-11-21"}))},
        Case{"MakeUpAtAMonthEdge", "2026-11-01", "08:00-20:00",
             of({by_weekday(tuesday, {office}), by_day_of_month({1}, {flexible})}, {},
                days({"2026-11-01"}))},
        Case{"TheTwentyNinthFromTheEndOfThirty", "2026-11-02", "08:00-20:00",
             of({by_weekday(monday_to_friday, {office}), by_day_of_month({-29}, {flexible})})},
        Case{"NoThirtyFirstInNovember", "2026-11-30", "09:00-18:00",
             of({by_weekday(monday_to_friday, {office}), by_day_of_month({31}, {flexible})})},
        Case{"Usual", "2026-11-27", "09:00-18:00", Calendar::usual(zones::shanghai())},
        Case{"UsualWeekend", "2026-11-28", "", Calendar::usual(zones::shanghai())}));

// The clock shows 09:00 and 18:00 whatever was done to it; the length is what differs.
Calendar night_shift(TimeZone zone) {
    return {std::move(zone),
            {by_weekday(Weekdays{"1111111"}, {{0, 6 * 60}, {22 * 60, 24 * 60}})},
            {},
            {}};
}

struct Night {
    std::string name;
    TimeZone (*zone)();
    std::string_view date;
    std::string hours;
    Duration length;

    friend void PrintTo(const Night& one, std::ostream* out) { *out << one.name; }
};

class NightTest : public testing::TestWithParam<Night> {};

TEST_P(NightTest, IsAsLongAsItIs) {
    const auto& night = GetParam();
    const Calendar calendar = night_shift(night.zone());
    const auto hours = calendar.working_hours(day(night.date));
    EXPECT_EQ(drawn(hours, calendar.zone()), night.hours);
    Duration length{0};
    for (const auto& period : hours) length += period.length();
    EXPECT_EQ(length, night.length);
}

INSTANTIATE_TEST_SUITE_P(
    Changes, NightTest,
    testing::Values(
        Night{"Usual", zones::berlin, "2026-11-24", "00:00-06:00 22:00-00:00", 8h},
        Night{"BerlinSpring", zones::berlin, "2026-03-29", "00:00-06:00 22:00-00:00", 7h},
        Night{"BerlinAutumn", zones::berlin, "2026-10-25", "00:00-06:00 22:00-00:00", 9h},
        Night{"LordHoweSpring", zones::lord_howe, "2026-10-04", "00:00-06:00 22:00-00:00",
              7h + 30min},
        Night{"LordHoweAutumn", zones::lord_howe, "2026-04-05", "00:00-06:00 22:00-00:00",
              8h + 30min},
        Night{"MidnightSkipped", zones::sao_paulo, "2026-10-18", "01:00-06:00 22:00-00:00", 7h},
        Night{"MidnightPutBack", zones::sao_paulo, "2026-02-14", "00:00-06:00 22:00-00:00", 9h},
        Night{"MidnightSeenTwice", zones::newfoundland, "2026-11-01", "00:00-06:00 22:00-00:00",
              9h},
        Night{"TheDayThatNeverCame", zones::date_line, "2026-12-30", "", 0h}));

TEST(Calendar, AStretchWithinTheSkippedHourIsNone) {
    const Calendar calendar{
        zones::berlin(), {by_weekday(Weekdays{"0000001"}, {{130, 170}})}, {}, {}};
    EXPECT_TRUE(calendar.working_day(day("2026-03-29")));
    EXPECT_TRUE(calendar.working_hours(day("2026-03-29")).empty());
    EXPECT_EQ(calendar.whole_working_days({from_ms(1'774'000'000'000), from_ms(1'775'000'000'000)}),
              1);  // 03-22 only: 03-29 has no minute
}

/// A moment by Shanghai's clock.
WallTime at(std::string_view date, std::chrono::minutes clock) {
    return zones::shanghai().start_of(day(date)) + clock;
}

TEST(Calendar, HoursOfAPeriodAreCutToIt) {
    const Calendar calendar = shown_calendar();
    const Period from_friday{at("2026-11-20", 17h), at("2026-11-23", 9h + 30min)};
    EXPECT_EQ(drawn(calendar.working_hours(from_friday), calendar.zone()),
              "17:00-18:00 09:00-09:30");
    EXPECT_EQ(calendar.working_time(from_friday), 90min);
    const Period night{at("2026-11-23", 18h), at("2026-11-24", 9h)};
    EXPECT_TRUE(calendar.working_hours(night).empty());
    const Period backwards{at("2026-11-24", 12h), at("2026-11-24", 10h)};
    EXPECT_TRUE(calendar.working_hours(backwards).empty());
    EXPECT_EQ(calendar.working_time(backwards), 0h);
}

TEST(Calendar, TheFirstMinuteIsWorkedTheLastIsNot) {
    const Calendar calendar = shown_calendar();
    EXPECT_FALSE(calendar.is_working(at("2026-11-24", 9h) - 1ms));
    EXPECT_TRUE(calendar.is_working(at("2026-11-24", 9h)));
    EXPECT_TRUE(calendar.is_working(at("2026-11-24", 18h) - 1ms));
    EXPECT_FALSE(calendar.is_working(at("2026-11-24", 18h)));
}

TEST(Calendar, ADayCountsWhenItIsWhollyWithin) {
    const Calendar calendar = shown_calendar();
    const auto count = [&](WallTime from, WallTime until) {
        return calendar.whole_working_days({from, until});
    };
    EXPECT_EQ(count(at("2026-11-23", 9h), at("2026-11-23", 18h)), 1);
    EXPECT_EQ(count(at("2026-11-23", 9h + 1min), at("2026-11-23", 18h)), 0);
    EXPECT_EQ(count(at("2026-11-23", 9h), at("2026-11-23", 18h - 1min)), 0);
    EXPECT_EQ(count(at("2026-11-20", 12h), at("2026-11-24", 12h)), 1);  // Monday alone
    EXPECT_EQ(count(at("2026-09-30", 0h), at("2026-10-11", 0h)), 4);    // 30, 8, 9 and make-up 10
    EXPECT_EQ(count(at("2026-11-24", 12h), at("2026-11-20", 12h)), 0);
}

}  // namespace
}  // namespace rounds::core
