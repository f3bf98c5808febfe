#include "core/round.hpp"

#include <random>

#include <gtest/gtest.h>

namespace rounds::core {
namespace {

using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::sys_days;

/// "2026-03-29 01:30", in UTC.
WallTime utc(const std::string& text) {
    const auto number = [&](std::size_t at, std::size_t length) {
        return std::stoi(text.substr(at, length));
    };
    const auto date = std::chrono::year{number(0, 4)} / number(5, 2) / number(8, 2);
    return sys_days{date} + std::chrono::hours{number(11, 2)} + std::chrono::minutes{number(14, 2)};
}

sys_days day(const std::string& text) {
    return std::chrono::floor<days>(utc(text + " 00:00"));
}

/// Summer time from 29 March to 25 October 2026, at 01:00 UTC.
TimeZone berlin() {
    return {"Europe/Berlin",
            {{utc("2025-10-26 01:00"), 1h},
             {utc("2026-03-29 01:00"), 2h},
             {utc("2026-10-25 01:00"), 1h}}};
}

/// Crossed the date line: it had no 30 December 2011.
TimeZone apia() {
    return {"Pacific/Apia", {{utc("2011-09-24 14:00"), -10h}, {utc("2011-12-30 10:00"), 14h}}};
}

Weekdays weekdays(std::initializer_list<unsigned> which) {
    Weekdays set;
    for (const auto weekday : which) set.set(weekday);
    return set;
}

HoursRule monday_to_friday() {
    return {
        .weekdays = weekdays({1, 2, 3, 4, 5}), .days_of_month = {}, .times = {{9 * 60, 18 * 60}}};
}

/// The first week of October off, and worked on the Saturday after it instead.
Calendar office(TimeZone zone = berlin()) {
    std::set<sys_days> holidays;
    for (auto d = day("2026-10-01"); d <= day("2026-10-07"); d += days{1}) holidays.insert(d);
    return {std::move(zone), {monday_to_friday()}, holidays, {day("2026-10-10")}};
}

RoundPlan plan(int at, RoundPlan::Days which, Weekdays set = {}) {
    return {.name = "round", .at = at, .days = which, .weekdays = set};
}

const RoundPlan morning = plan(8 * 60 + 30, RoundPlan::Days::working);
const RoundPlan nightly = plan(2 * 60 + 30, RoundPlan::Days::all);
const RoundPlan sundays = plan(8 * 60 + 30, RoundPlan::Days::weekdays, weekdays({0}));
const RoundPlan thursdays = plan(8 * 60 + 30, RoundPlan::Days::weekdays, weekdays({4}));
const RoundPlan midnight = plan(0, RoundPlan::Days::all);
const RoundPlan last_minute = plan(24 * 60 - 1, RoundPlan::Days::all);

/// All times in UTC; the office's clock is one hour ahead in winter, two in summer.
struct Due {
    const char* name;
    RoundPlan plan;
    const char* from;
    const char* next;
    const char* last;
    TimeZone zone = berlin();
};

void PrintTo(const Due& due, std::ostream* out) {
    *out << due.name;
}

class DueTest : public ::testing::TestWithParam<Due> {};

TEST_P(DueTest, NextAndLast) {
    const Due& due = GetParam();
    const auto calendar = office(due.zone);
    EXPECT_EQ(next_round(due.plan, calendar, utc(due.from)), utc(due.next));
    EXPECT_EQ(last_round(due.plan, calendar, utc(due.from)), utc(due.last));
}

// clang-format off: a table
INSTANTIATE_TEST_SUITE_P(Rounds, DueTest, ::testing::Values(
    Due{"BeforeItsTime",     morning,   "2026-11-24 07:29", "2026-11-24 07:30", "2026-11-23 07:30"},
    Due{"AtItsTime",         morning,   "2026-11-24 07:30", "2026-11-25 07:30", "2026-11-24 07:30"},
    Due{"OverTheWeekend",    morning,   "2026-11-21 12:00", "2026-11-23 07:30", "2026-11-20 07:30"},
    Due{"OverTheHolidays",   morning,   "2026-10-03 12:00", "2026-10-08 06:30", "2026-09-30 06:30"},
    Due{"OnAMakeUpDay",      morning,   "2026-10-09 12:00", "2026-10-10 06:30", "2026-10-09 06:30"},
    Due{"AfterAMakeUpDay",   morning,   "2026-10-10 12:00", "2026-10-12 06:30", "2026-10-10 06:30"},
    Due{"OnNamedWeekdays",   sundays,   "2026-11-24 12:00", "2026-11-29 07:30", "2026-11-22 07:30"},
    Due{"NamedHolidaysToo",  thursdays, "2026-09-30 12:00", "2026-10-01 06:30", "2026-09-24 06:30"},
    Due{"EveryNight",        nightly,   "2026-11-21 12:00", "2026-11-22 01:30", "2026-11-21 01:30"},
    Due{"SkippedIsDueAtTheChange",
                             nightly,   "2026-03-29 00:59", "2026-03-29 01:00", "2026-03-28 01:30"},
    Due{"SkippedIsDueOnce",  nightly,   "2026-03-29 01:00", "2026-03-30 00:30", "2026-03-29 01:00"},
    Due{"TwiceIsDueTheFirstTime",
                             nightly,   "2026-10-24 12:00", "2026-10-25 00:30", "2026-10-24 00:30"},
    Due{"TwiceIsDueOnce",    nightly,   "2026-10-25 00:30", "2026-10-26 01:30", "2026-10-25 00:30"},
    Due{"TwiceInTheSecond",  nightly,   "2026-10-25 01:30", "2026-10-26 01:30", "2026-10-25 00:30"},
    Due{"AtMidnight",        midnight,  "2026-11-23 23:00", "2026-11-24 23:00", "2026-11-23 23:00"},
    Due{"InTheLastMinute",   last_minute, "2026-11-23 22:58", "2026-11-23 22:59", "2026-11-22 22:59"},
    Due{"ADayThatNeverWas",  plan(510, RoundPlan::Days::all),
                             "2011-12-30 09:59", "2011-12-30 18:30", "2011-12-29 18:30", apia()}),
    [](const auto& test) { return std::string(test.param.name); });
// clang-format on

TEST(Round, NeverDueIsSaid) {
    const auto never = plan(510, RoundPlan::Days::weekdays);
    EXPECT_EQ(next_round(never, office(), utc("2026-11-24 12:00")), std::nullopt);
    EXPECT_EQ(last_round(never, office(), utc("2026-11-24 12:00")), std::nullopt);
}

TEST(Round, OnlyTheLastSixtyDaysAreCaughtUp) {
    std::set<sys_days> holidays;
    for (auto d = day("2026-01-01"); d < day("2026-09-01"); d += days{1}) holidays.insert(d);
    const Calendar closed{berlin(), {monday_to_friday()}, holidays, {}};
    EXPECT_EQ(last_round(morning, closed, utc("2026-02-20 12:00")), utc("2025-12-31 07:30"));
    EXPECT_EQ(last_round(morning, closed, utc("2026-04-01 12:00")), std::nullopt);
    EXPECT_EQ(next_round(morning, closed, utc("2026-04-01 12:00")), utc("2026-09-01 06:30"));
}

/// A plan and a calendar as an office might have them.
struct Chance {
    std::mt19937 random;
    int between(int low, int high) { return std::uniform_int_distribution{low, high}(random); }

    RoundPlan any_plan() {
        const int at = between(0, 2) == 0 ? between(60, 200) : between(0, 1439);
        const auto which = static_cast<RoundPlan::Days>(between(0, 2));
        const Weekdays set = which == RoundPlan::Days::weekdays
                                 ? Weekdays(static_cast<unsigned>(between(1, 127)))
                                 : Weekdays{};
        return plan(at, which, set);
    }
    Calendar any_calendar() {
        std::set<sys_days> holidays, make_up_days;
        for (int n = 0; n < 20; ++n) holidays.insert(day("2026-01-01") + days{between(0, 364)});
        for (int n = 0; n < 5; ++n) make_up_days.insert(day("2026-01-01") + days{between(0, 364)});
        return {berlin(), {monday_to_friday()}, holidays, make_up_days};
    }
    WallTime any_time() {
        // Half of them in the nights on which the clock changes.
        const WallTime change = utc(between(0, 1) == 0 ? "2026-03-29 01:00" : "2026-10-25 01:00");
        if (between(0, 1) == 0) return change + std::chrono::minutes{between(-180, 180)};
        return utc("2026-02-01 00:00") + std::chrono::minutes{between(0, 480'000)};
    }
};

TEST(RoundProperty, NothingLiesBetweenTheLastAndTheNext) {
    Chance chance{std::mt19937{11}};
    for (int n = 0; n < 3000; ++n) {
        const auto round = chance.any_plan();
        const auto calendar = chance.any_calendar();
        const auto now = chance.any_time();
        const auto next = next_round(round, calendar, now);
        const auto last = last_round(round, calendar, now);
        ASSERT_TRUE(next && last) << n;
        ASSERT_LE(*last, now) << n;
        ASSERT_GT(*next, now) << n;
        ASSERT_EQ(last_round(round, calendar, *next), next) << n;
        ASSERT_EQ(last_round(round, calendar, *next - 1ms), last) << n;
        ASSERT_EQ(next_round(round, calendar, *last), next) << n;
        ASSERT_EQ(next_round(round, calendar, *last - 1ms), last) << n;
    }
}

bool due_plainly(const RoundPlan& round, const Calendar& calendar, sys_days d) {
    if (round.days == RoundPlan::Days::all) return true;
    if (round.days == RoundPlan::Days::working) return calendar.working_day(Date{d});
    return round.weekdays[std::chrono::weekday{d}.c_encoding()];
}

TEST(RoundProperty, EveryDueDayHasOneRound) {
    Chance chance{std::mt19937{12}};
    for (int n = 0; n < 60; ++n) {
        const auto round = chance.any_plan();
        const auto calendar = chance.any_calendar();
        auto made =
            next_round(round, calendar, calendar.zone().start_of(Date{day("2026-01-01")}) - 1ms);
        for (auto d = day("2026-01-01"); d <= day("2026-12-31"); d += days{1}) {
            if (!due_plainly(round, calendar, d)) continue;
            ASSERT_TRUE(made) << n;
            ASSERT_EQ(sys_days{calendar.zone().date_at(*made)}, d) << n;
            made = next_round(round, calendar, *made);
        }
    }
}

}  // namespace
}  // namespace rounds::core
