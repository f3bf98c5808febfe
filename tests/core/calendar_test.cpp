#include "core/calendar.hpp"

#include <gtest/gtest.h>

#include "core/time_format.hpp"

namespace rounds::core {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

const Weekdays monday_to_friday{"0111110"};
const Weekdays saturday{"1000000"};

/// An office without summer time, so that its clock can be read off: UTC+8.
TimeZone shanghai() {
    return {"Asia/Shanghai", {{WallTime{}, 8h}}};
}

/// An office in which 2026-03-29 has no 02:00-03:00 and 2026-10-25 has it twice.
TimeZone berlin() {
    return {"Europe/Berlin",
            {{WallTime{}, 1h},
             {WallTime{sys_days{2026y / 3 / 29}} + 1h, 2h},
             {WallTime{sys_days{2026y / 10 / 25}} + 1h, 1h}}};
}

/// Hours as people write them: "09:00-12:00 13:00-18:00".
std::string drawn(const std::vector<Period>& hours, const TimeZone& zone) {
    const Locale locale{Language::english, &zone};
    std::string text;
    for (const auto& stretch : hours) {
        if (!text.empty()) text += ' ';
        text += clock_text(stretch.from, locale) + '-' + clock_text(stretch.until, locale);
    }
    return text;
}

Date day(std::string_view text) {
    return date_of(text).value();
}

WallTime at(const TimeZone& zone, std::string_view date, Duration clock) {
    return zone.to_wall(LocalTime{local_days{day(date)}} + clock);
}

/// The office of the tables: weekdays 09:00-18:00, Wednesday short, the month's edges 08:00-20:00, a
/// holiday week made up for on a Saturday.
Calendar office() {
    return {
        shanghai(),
        {{.weekdays = monday_to_friday, .days_of_month = {}, .times = {{540, 720}, {780, 1080}}},
         {.weekdays = Weekdays{"0001000"}, .days_of_month = {}, .times = {{540, 720}}},
         {.weekdays = {}, .days_of_month = {1, 2, 3, -3, -2, -1}, .times = {{480, 1200}}},
         {.weekdays = {}, .days_of_month = {2}, .times = {{600, 1440}}}},
        {2026y / 10 / 1, 2026y / 10 / 2, 2026y / 10 / 5},
        {2026y / 10 / 10, 2026y / 10 / 3}};
}

struct DayCase {
    std::string name;
    std::string date;
    bool worked = true;
    std::string hours;
};

void PrintTo(const DayCase& c, std::ostream* out) {
    *out << c.date;
}

class CalendarDay : public ::testing::TestWithParam<DayCase> {};

TEST_P(CalendarDay, HasItsHours) {
    const Calendar calendar = office();
    EXPECT_EQ(calendar.working_day(day(GetParam().date)), GetParam().worked);
    EXPECT_EQ(drawn(calendar.working_hours(day(GetParam().date)), calendar.zone()),
              GetParam().hours);
}

INSTANTIATE_TEST_SUITE_P(
    Office, CalendarDay,
    ::testing::Values(
        DayCase{"Monday", "2026-11-23", true, "09:00-12:00 13:00-18:00"},
        DayCase{"WednesdayLastOfTwoRulesWins", "2026-11-25", true, "09:00-12:00"},
        DayCase{"Saturday", "2026-11-21", false, ""}, DayCase{"Sunday", "2026-11-22", false, ""},
        DayCase{"Holiday", "2026-10-05", false, ""},
        DayCase{"MonthEdgeOnAHolidayStaysOff", "2026-10-01", false, ""},
        DayCase{"MonthEdgeOnASundayStaysOff", "2026-11-01", false, ""},
        DayCase{"MonthEndOnASaturdayStaysOff", "2026-10-31", false, ""},
        DayCase{"FirstOfTheMonth", "2026-12-01", true, "08:00-20:00"},
        DayCase{"SecondLastOfTwoRulesWinsUntilMidnight", "2026-12-02", true, "10:00-00:00"},
        DayCase{"ThirdOfTheMonth", "2026-12-03", true, "08:00-20:00"},
        DayCase{"FourthOfTheMonth", "2026-12-04", true, "09:00-12:00 13:00-18:00"},
        DayCase{"ThirdButLast", "2026-12-29", true, "08:00-20:00"},
        DayCase{"FourthButLast", "2026-12-28", true, "09:00-12:00 13:00-18:00"},
        DayCase{"LastOfThirty", "2026-11-30", true, "08:00-20:00"},
        DayCase{"LastOfFebruary", "2026-02-27", true, "08:00-20:00"},
        DayCase{"LastOfALeapFebruary", "2028-02-29", true, "08:00-20:00"},
        DayCase{"FourthButLastOfALeapFebruary", "2028-02-25", true, "09:00-12:00 13:00-18:00"},
        DayCase{"MakeUpSaturdayIsLikeTheFirstWeekdayRule", "2026-10-10", true,
                "09:00-12:00 13:00-18:00"},
        DayCase{"MakeUpDayOnAMonthEdge", "2026-10-03", true, "08:00-20:00"}),
    [](const auto& test) { return test.param.name; });

TEST(Calendar, AMakeUpDayOutdoesAHoliday) {
    const Calendar calendar(shanghai(), {{.weekdays = monday_to_friday, .times = {{540, 1080}}}},
                            {2026y / 10 / 7}, {2026y / 10 / 7});
    EXPECT_TRUE(calendar.working_day(2026y / 10 / 7));
}

TEST(Calendar, AMakeUpDayWhoseWeekdayHasARuleKeepsThatRule) {
    const Calendar calendar(shanghai(),
                            {{.weekdays = monday_to_friday, .times = {{540, 1080}}},
                             {.weekdays = saturday, .times = {{540, 720}}}},
                            {}, {2026y / 10 / 10});
    EXPECT_EQ(drawn(calendar.working_hours(2026y / 10 / 10), calendar.zone()), "09:00-12:00");
}

TEST(Calendar, RulesByDayOfMonthAloneMakeNoWorkingDay) {
    const Calendar calendar(shanghai(), {{.days_of_month = {1, -1}, .times = {{540, 1080}}}}, {},
                            {});
    for (sys_days date = 2026y / 1 / 1; date < sys_days{2027y / 1 / 1}; date += days{1}) {
        EXPECT_FALSE(calendar.working_day(date));
        EXPECT_TRUE(calendar.working_hours(Date{date}).empty());
    }
    EXPECT_FALSE(calendar.is_working(at(calendar.zone(), "2026-12-01", 10h)));
}

TEST(Calendar, TheUsualOfficeWorksFromMondayToFriday) {
    const Calendar calendar = Calendar::usual(shanghai());
    EXPECT_EQ(drawn(calendar.working_hours(day("2026-11-20")), calendar.zone()), "09:00-18:00");
    EXPECT_FALSE(calendar.working_day(day("2026-11-21")));
    const Period year{at(calendar.zone(), "2026-01-01", 0h), at(calendar.zone(), "2027-01-01", 0h)};
    EXPECT_EQ(calendar.whole_working_days(year), 261);
    EXPECT_EQ(calendar.working_time(year), 261 * 9h);
}

struct MomentCase {
    std::string name;
    std::string date;
    Duration clock;
    bool working;
};

void PrintTo(const MomentCase& c, std::ostream* out) {
    *out << c.date << " + " << c.clock.count() << " ms";
}

class CalendarMoment : public ::testing::TestWithParam<MomentCase> {};

TEST_P(CalendarMoment, IsWithinTheHoursOrNot) {
    const Calendar calendar = office();
    EXPECT_EQ(calendar.is_working(at(calendar.zone(), GetParam().date, GetParam().clock)),
              GetParam().working);
}

INSTANTIATE_TEST_SUITE_P(Office, CalendarMoment,
                         ::testing::Values(MomentCase{"JustBefore", "2026-11-23", 9h - 1ms, false},
                                           MomentCase{"AtTheBeginning", "2026-11-23", 9h, true},
                                           MomentCase{"LastMoment", "2026-11-23", 18h - 1ms, true},
                                           MomentCase{"AtTheEnd", "2026-11-23", 18h, false},
                                           MomentCase{"AtNoon", "2026-11-23", 12h + 30min, false},
                                           MomentCase{"LastMomentBeforeMidnight", "2026-12-02",
                                                      24h - 1ms, true},
                                           MomentCase{"AtMidnight", "2026-12-03", 0h, false},
                                           MomentCase{"OnADayOff", "2026-11-22", 10h, false}),
                         [](const auto& test) { return test.param.name; });

TEST(Calendar, AnEarlyMorningHereIsYesterdayInUtc) {
    const Calendar calendar(shanghai(), {{.weekdays = Weekdays{"0000010"}, .times = {{0, 60}}}}, {},
                            {});
    EXPECT_TRUE(
        calendar.is_working(WallTime{sys_days{2026y / 11 / 22}} + 16h + 30min));  // Mon 00:30
    EXPECT_FALSE(calendar.is_working(WallTime{sys_days{2026y / 11 / 23}} + 16h + 30min));
}

TEST(Calendar, HoursOfAPeriodAreClippedToIt) {
    const Calendar calendar = office();
    const auto& zone = calendar.zone();
    const Period period{at(zone, "2026-11-23", 11h), at(zone, "2026-11-24", 9h + 30min)};
    EXPECT_EQ(drawn(calendar.working_hours(period), zone), "11:00-12:00 13:00-18:00 09:00-09:30");
    EXPECT_EQ(calendar.working_time(period), 6h + 30min);
    EXPECT_EQ(calendar.working_time({at(zone, "2026-11-20", 18h), at(zone, "2026-11-23", 9h)}), 0h);
}

TEST(Calendar, AnEmptyOrTurnedPeriodHasNoHours) {
    const Calendar calendar = office();
    const auto ten = at(calendar.zone(), "2026-11-23", 10h);
    EXPECT_TRUE(calendar.working_hours(Period{ten, ten}).empty());
    EXPECT_TRUE(calendar.working_hours(Period{ten + 1h, ten}).empty());
    EXPECT_EQ(calendar.whole_working_days({ten + 240h, ten}), 0);
}

struct WholeCase {
    std::string name;
    std::string from;
    Duration from_clock;
    std::string until;
    Duration until_clock;
    int days;
};

void PrintTo(const WholeCase& c, std::ostream* out) {
    *out << c.from << " to " << c.until;
}

class CalendarWholeDays : public ::testing::TestWithParam<WholeCase> {};

TEST_P(CalendarWholeDays, AreCounted) {
    const Calendar calendar = office();
    const auto& [name, from, from_clock, until, until_clock, days] = GetParam();
    const Period period{at(calendar.zone(), from, from_clock),
                        at(calendar.zone(), until, until_clock)};
    EXPECT_EQ(calendar.whole_working_days(period), days);
}

INSTANTIATE_TEST_SUITE_P(
    Office, CalendarWholeDays,
    ::testing::Values(WholeCase{"FromFirstToLastMinute", "2026-11-23", 9h, "2026-11-23", 18h, 1},
                      WholeCase{"AMillisecondLate", "2026-11-23", 9h + 1ms, "2026-11-23", 18h, 0},
                      WholeCase{"AMillisecondShort", "2026-11-23", 9h, "2026-11-23", 18h - 1ms, 0},
                      WholeCase{"TheMorningIsNotTheDay", "2026-11-23", 9h, "2026-11-23", 12h, 0},
                      WholeCase{"AWeekend", "2026-11-20", 18h, "2026-11-23", 9h, 0},
                      WholeCase{"AWeek", "2026-11-16", 0h, "2026-11-23", 0h, 5},
                      WholeCase{"TheHolidays", "2026-10-01", 0h, "2026-10-11", 0h,
                                6},  // 3, 6-9, 10 October
                      WholeCase{"UntilMidnight", "2026-12-02", 0h, "2026-12-03", 0h, 1}),
    [](const auto& test) { return test.param.name; });

struct NightCase {
    std::string name;
    std::string date;
    std::vector<Hours> times;
    Duration worked;
};

void PrintTo(const NightCase& c, std::ostream* out) {
    *out << c.date << ", " << c.times.front().from << " to " << c.times.front().until;
}

class CalendarNight : public ::testing::TestWithParam<NightCase> {};

TEST_P(CalendarNight, OfAClockChange) {
    const Calendar calendar(berlin(),
                            {{.weekdays = Weekdays{"1111111"}, .times = GetParam().times}}, {}, {});
    const Period whole{at(calendar.zone(), GetParam().date, -48h),
                       at(calendar.zone(), GetParam().date, 72h)};
    Duration sum{0};
    for (const auto& stretch : calendar.working_hours(day(GetParam().date))) {
        sum += stretch.length();
        EXPECT_TRUE(calendar.is_working(stretch.from));
        EXPECT_TRUE(calendar.is_working(stretch.until - 1ms));
    }
    EXPECT_EQ(sum, GetParam().worked);

    Duration others{0};  // What the four days around it have.
    for (const auto& time : GetParam().times) others += 4 * minutes{time.until - time.from};
    EXPECT_EQ(calendar.working_time(whole), others + sum);
}

INSTANTIATE_TEST_SUITE_P(
    Berlin, CalendarNight,
    ::testing::Values(NightCase{"SpringOverTheGap", "2026-03-29", {{60, 240}}, 2h},
                      NightCase{"SpringIntoTheGap", "2026-03-29", {{60, 150}}, 1h},
                      NightCase{"SpringOutOfTheGap", "2026-03-29", {{150, 240}}, 1h},
                      NightCase{"SpringWithinTheGap", "2026-03-29", {{125, 175}}, 0h},
                      NightCase{"SpringAllDay", "2026-03-29", {{0, 1440}}, 23h},
                      NightCase{"AutumnOverTheHour", "2026-10-25", {{60, 240}}, 4h},
                      NightCase{"AutumnJustTheHour", "2026-10-25", {{120, 180}}, 2h},
                      NightCase{"AutumnEndsWithin", "2026-10-25", {{60, 150}}, 1h + 30min},
                      NightCase{"AutumnBeginsWithin", "2026-10-25", {{150, 240}}, 2h + 30min},
                      NightCase{"AutumnWithin", "2026-10-25", {{125, 175}}, 50min},
                      NightCase{"AutumnAllDay", "2026-10-25", {{0, 1440}}, 25h},
                      NightCase{"TwoStretches", "2026-10-25", {{0, 150}, {150, 1440}}, 25h}),
    [](const auto& test) { return test.param.name; });

TEST(Calendar, ADayThatAClockPutBackShowsAgainIsNotWorkedAgain) {
    // As in St. John's until 2011: at 00:01 on Sunday the clock goes back to 23:01 on Saturday.
    const TimeZone zone(
        "America/St_Johns",
        {{WallTime{}, -150min}, {WallTime{sys_days{2010y / 11 / 7}} + 2h + 31min, -210min}});
    const Calendar calendar(zone,
                            {{.weekdays = saturday, .times = {{1380, 1440}}},
                             {.weekdays = Weekdays{"0000001"}, .times = {{0, 60}}}},
                            {}, {});
    const WallTime midnight = WallTime{sys_days{2010y / 11 / 7}} + 2h + 30min;
    EXPECT_TRUE(calendar.is_working(midnight - 1ms));
    EXPECT_TRUE(calendar.is_working(midnight + 30min));  // The clock shows Saturday, 23:30, again.
    const Period again{midnight + 10min, midnight + 20min};
    EXPECT_EQ(calendar.working_hours(again), std::vector{again});
    EXPECT_EQ(calendar.working_time({midnight - 24h, midnight + 24h}), 1h + 2h);
}

}  // namespace
}  // namespace rounds::core
