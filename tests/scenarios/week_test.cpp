// The daemon lives from Thursday 22 October to Monday 2 November 2026; every day's record and report is held
// against what really happened.
#include <map>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/scenarios/office_week.hpp"

namespace rounds::tests {
namespace {

using core::State;
using core::Verdict;
using namespace std::chrono_literals;

/// Two looks apart at most: an interval, and the time a look takes.
constexpr core::Duration tolerance = 33s;

struct Week {
    House house{week_yaml, at("2026-10-22 07:00")};
    std::map<std::string, core::DayRecord> records;  ///< By the date on which the round began.
    std::size_t rounds = 0;

    Week() {
        let_happen(house.office());
        house.start();
        house.run_until(at("2026-10-27 08:00"));
        house.stop();  // Tuesday: down over the round
        house.clock().pass_until(at("2026-10-27 09:10"));
        house.start();
        house.run_until(at("2026-10-29 22:00"));
        house.crash();  // Thursday: power cut over midnight
        house.clock().pass_until(at("2026-10-30 00:40"));
        house.start();
        house.run_until(at("2026-11-02 09:00"));
        house.stop();
        remember();
    }

    void remember() {
        auto store = house.read();
        const auto heads =
            store.rounds_begun({at("2026-10-01 00:00"), at("2026-12-01 00:00")}).value();
        rounds = heads.size();
        for (const auto& head : heads) {
            const auto date = house.setup().calendar.zone().date_at(head.began);
            char text[16];
            std::snprintf(text, sizeof text, "%02u-%02u", static_cast<unsigned>(date.month()),
                          static_cast<unsigned>(date.day()));
            records.emplace(text, store.record(head.id).value());
        }
    }
};

/// One week for all tests: it is lived once.
class WeekTest : public ::testing::Test {
 protected:
    static void SetUpTestSuite() { week_ = new Week; }
    static void TearDownTestSuite() {
        delete week_;
        week_ = nullptr;
    }

    static const core::DayRecord& day(const std::string& date) {
        const auto found = week_->records.find(date);
        if (found == week_->records.end()) throw std::runtime_error("no round on " + date);
        return found->second;
    }
    static const core::DeviceResult& device(const core::DayRecord& record,
                                            const std::string& name) {
        for (const auto& result : record.round.devices) {
            if (result.name == name) return result;
        }
        throw std::runtime_error("no device " + name);
    }
    static core::Tally tally(const core::DayRecord& record) {
        core::Tally sum;
        for (const auto& result : record.round.devices) sum.add(result.conclusion.verdict);
        return sum;
    }
    static std::vector<core::StateInterval> spells(const core::DayRecord& record,
                                                   const std::string& subject, State state) {
        std::vector<core::StateInterval> found;
        for (const auto& interval : record.intervals) {
            if (interval.subject.value == subject && interval.state == state)
                found.push_back(interval);
        }
        return found;
    }
    static nlohmann::json report(const std::string& file) {
        return nlohmann::json::parse(read_file(week_->house.reports() / file));
    }
    /// `seen` is the first look at or after what happened.
    static void expect_seen(core::WallTime seen, core::WallTime happened) {
        EXPECT_GE(seen, happened);
        EXPECT_LE(seen, happened + tolerance);
    }

    static Week* week_;
};
Week* WeekTest::week_ = nullptr;

TEST_F(WeekTest, ARoundOnEachWorkingDayAndNoOther) {
    std::vector<std::string> dates;
    for (const auto& [date, record] : week_->records) dates.push_back(date);
    const std::vector<std::string> expected{"10-22", "10-23", "10-26", "10-27",
                                            "10-29", "10-30", "10-31", "11-02"};
    EXPECT_EQ(dates, expected);
    EXPECT_EQ(week_->rounds, expected.size());
}

TEST_F(WeekTest, EachRoundBeganWhenItWasDueOrWasCaughtUp) {
    for (const auto& [date, record] : week_->records) {
        const auto due = at("2026-" + date + " 08:30");
        EXPECT_EQ(record.round.scheduled, due) << date;
        if (date == "10-27") {
            EXPECT_EQ(record.round.began, at("2026-10-27 09:10"));
        } else {
            EXPECT_GE(record.round.began, due) << date;
            EXPECT_LE(record.round.began, due + 1s) << date;
        }
        EXPECT_FALSE(record.round.by_hand);
    }
}

TEST_F(WeekTest, TheDataPeriodReachesBackToTheRoundBefore) {
    EXPECT_EQ(day("10-26").round.covered.from, day("10-23").round.began);
    EXPECT_EQ(day("10-26").round.covered.until, day("10-26").round.began);
    EXPECT_EQ(day("10-29").round.covered.from, day("10-27").round.began);  // over the holiday
    EXPECT_EQ(day("10-22").round.covered.from, at("2026-10-22 07:00"));    // since Rounds runs
    // Friday to Monday over the night of 25 hours.
    const auto length = day("10-26").round.covered.length();
    EXPECT_GT(length, 73h - 2min);
    EXPECT_LT(length, 73h + 2min);
}

TEST_F(WeekTest, TheArithmeticHoldsEveryDay) {
    for (const auto& [date, record] : week_->records) {
        const auto sum = tally(record);
        EXPECT_EQ(sum.due, 13) << date;  // not the spare, not the one that is not monitored
        EXPECT_EQ(sum.due, sum.done + sum.missed) << date;
        EXPECT_EQ(sum.done, sum.ok + sum.warning + sum.critical + sum.off) << date;
        EXPECT_EQ(sum.missed, 1) << date;  // cam-7
        EXPECT_EQ(sum.critical, 0) << date;
        EXPECT_EQ(sum.off, 1) << date;  // pc-06; the others are on by 08:30
    }
}

TEST_F(WeekTest, LossAtTheRoundIsAWarning) {
    const auto& nas = device(day("10-23"), "nas-1");
    EXPECT_EQ(nas.conclusion.verdict, Verdict::warning);
    EXPECT_EQ(nas.conclusion.reason->id, core::MessageId::reason_loss);
    EXPECT_EQ(tally(day("10-23")).warning, 1);
    EXPECT_EQ(tally(day("10-22")).warning, 0);
    EXPECT_EQ(tally(day("10-26")).warning, 0);
}

TEST_F(WeekTest, TheDeadSwitchIsOneOutageWithTheRestBehindIt) {
    const auto& monday = day("10-26");
    const auto outages = spells(monday, "sw-3f", State::down);
    ASSERT_EQ(outages.size(), 1U);
    expect_seen(outages[0].from, at("2026-10-25 14:00"));
    ASSERT_TRUE(outages[0].until);
    expect_seen(*outages[0].until, at("2026-10-26 07:10"));
    for (const char* behind : {"ap-3f", "mfp-3f"}) {
        EXPECT_TRUE(spells(monday, behind, State::down).empty()) << behind;
        const auto hidden = spells(monday, behind, State::suppressed);
        ASSERT_EQ(hidden.size(), 1U) << behind;
        EXPECT_EQ(hidden[0].through->value, "sw-3f");
        expect_seen(hidden[0].from, at("2026-10-25 14:00"));
        ASSERT_TRUE(hidden[0].until) << behind;
        expect_seen(*hidden[0].until, at("2026-10-26 07:10"));
    }
    std::size_t down = 0;
    for (const auto& interval : monday.intervals) down += interval.state == State::down ? 1 : 0;
    EXPECT_EQ(down, 1U);
}

TEST_F(WeekTest, NothingElseIsEverDown) {
    for (const auto& [date, record] : week_->records) {
        for (const auto& interval : record.intervals) {
            if (interval.state == State::down) {
                EXPECT_EQ(interval.subject.value, "sw-3f") << date;
            }
        }
    }
}

TEST_F(WeekTest, PCsGoHomeAndComeBack) {
    const auto off = spells(day("10-23"), "pc-01", State::off);
    ASSERT_EQ(off.size(), 1U);
    expect_seen(off[0].from, at("2026-10-22 18:30"));
    ASSERT_TRUE(off[0].until);
    expect_seen(*off[0].until, at("2026-10-23 08:00"));
    EXPECT_EQ(device(day("10-23"), "pc-01").conclusion.verdict, Verdict::ok);
    EXPECT_EQ(device(day("10-23"), "pc-06").conclusion.verdict, Verdict::off);
}

TEST_F(WeekTest, AbsenceIsCountedInWorkingDays) {
    EXPECT_EQ(device(day("10-22"), "pc-06").absent_working_days, 0);
    EXPECT_EQ(device(day("10-23"), "pc-06").absent_working_days, 1);
    EXPECT_EQ(device(day("10-26"), "pc-06").absent_working_days, 2);
    EXPECT_EQ(device(day("10-29"), "pc-06").absent_working_days, 4);  // the 28th is a holiday
    EXPECT_EQ(device(day("11-02"), "pc-06").absent_working_days, 7);  // the 31st is worked
    EXPECT_EQ(device(day("11-02"), "pc-01").absent_working_days, 0);
}

TEST_F(WeekTest, WorkingHoursAreThoseOfTheDayTheyHappenedOn) {
    // Thursday's report covers Tuesday 09:10 to Thursday 08:30: Tuesday 09:10-18:00, nothing on the holiday, and
    // Thursday, the third last day of the month, from 08:00.
    const std::vector<core::Period> expected{{at("2026-10-27 09:10"), at("2026-10-27 18:00")},
                                             {at("2026-10-29 08:00"), day("10-29").round.began}};
    EXPECT_EQ(day("10-29").round.working_hours, expected);
}

TEST_F(WeekTest, TimeNotRunningIsAGapAndNoOutage) {
    const auto& tuesday = day("10-27");
    ASSERT_EQ(tuesday.gaps.size(), 1U);
    EXPECT_EQ(tuesday.gaps[0].cause, core::Gap::Cause::not_running);
    EXPECT_GE(tuesday.gaps[0].from, at("2026-10-27 08:00"));
    EXPECT_EQ(tuesday.gaps[0].until, at("2026-10-27 09:10"));

    const auto& friday = day("10-30");
    ASSERT_EQ(friday.gaps.size(), 1U);
    EXPECT_LE(friday.gaps[0].from, at("2026-10-29 22:00"));
    EXPECT_GE(friday.gaps[0].from, at("2026-10-29 21:59:30"));  // three signs of life a minute
    EXPECT_EQ(friday.gaps[0].until, at("2026-10-30 00:40"));
}

TEST_F(WeekTest, BlindnessIsAGapAndNothingIsDown) {
    const auto& saturday = day("10-31");
    ASSERT_EQ(saturday.gaps.size(), 1U);
    EXPECT_EQ(saturday.gaps[0].cause, core::Gap::Cause::blind);
    expect_seen(saturday.gaps[0].from, at("2026-10-30 10:00"));
    ASSERT_TRUE(saturday.gaps[0].until);
    expect_seen(*saturday.gaps[0].until, at("2026-10-30 10:20"));
}

TEST_F(WeekTest, EveryReportOnDiskSaysWhatTheRecordSays) {
    for (const auto& [date, record] : week_->records) {
        const auto sum = tally(record);
        const auto json = report("daily-2026-" + date + "-01.json");
        const auto& figures = json.at("figures");
        EXPECT_EQ(figures.at("due"), sum.due) << date;
        EXPECT_EQ(figures.at("done"), sum.done) << date;
        EXPECT_EQ(figures.at("missed"), sum.missed) << date;
        EXPECT_EQ(figures.at("ok"), sum.ok) << date;
        const auto html = read_file(week_->house.reports() / ("daily-2026-" + date + "-01.html"));
        EXPECT_TRUE(html.ends_with("</html>\n")) << date;
        EXPECT_NE(html.find("lang=\"zh-CN\""), std::string::npos);
    }
}

TEST_F(WeekTest, TheSameReportCanBeMadeAgain) {
    auto store = week_->house.read();
    for (const auto& [date, record] : week_->records) {
        EXPECT_EQ(store.record(record.round.id).value(), record) << date;
    }
}

}  // namespace
}  // namespace rounds::tests
