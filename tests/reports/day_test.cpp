#include "reports/day.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/reports/story.hpp"

namespace rounds::reports {
namespace {

using core::DeviceClass;
using core::Duration;
using core::Period;
using core::State;
using std::chrono::hours;
using std::chrono::minutes;

constexpr auto from = "2026-11-23 08:30", until = "2026-11-24 08:30";

Period period(std::string_view first, std::string_view last) {
    return {at(first), at(last)};
}

struct GapCase {
    std::string name;
    std::vector<std::pair<std::string, std::string>> gaps;  // an empty end lasts
    Duration left;
    std::size_t parts;
};

class WithoutGapsTest : public ::testing::TestWithParam<GapCase> {};

TEST_P(WithoutGapsTest, LeavesTheMeasuredTime) {
    std::vector<core::Gap> gaps;
    for (const auto& [first, last] : GetParam().gaps) {
        gaps.push_back({core::Gap::Cause::not_running, at(first), std::nullopt});
        if (!last.empty()) gaps.back().until = at(last);
    }
    Duration left{0};
    const auto parts = without_gaps({period(from, until)}, gaps);
    for (const Period& part : parts) left += part.length();
    EXPECT_EQ(left, GetParam().left);
    EXPECT_EQ(parts.size(), GetParam().parts);
}

INSTANTIATE_TEST_SUITE_P(
    Gaps, WithoutGapsTest,
    ::testing::Values(
        GapCase{"None", {}, hours{24}, 1},
        GapCase{"InTheMiddle", {{"2026-11-23 23:00", "2026-11-24 01:00"}}, hours{22}, 2},
        GapCase{"OverTheBeginning", {{"2026-11-22 00:00", "2026-11-23 09:30"}}, hours{23}, 1},
        GapCase{"Lasting", {{"2026-11-24 08:00", ""}}, hours{24} - minutes{30}, 1},
        GapCase{
            "Overlapping",
            {{"2026-11-23 10:00", "2026-11-23 12:00"}, {"2026-11-23 11:00", "2026-11-23 13:00"}},
            hours{21},
            2},
        GapCase{"EverythingMissed", {{"2026-11-23 00:00", "2026-11-25 00:00"}}, hours{0}, 0},
        GapCase{"Outside", {{"2026-11-25 00:00", "2026-11-25 01:00"}}, hours{24}, 1}),
    [](const auto& one) { return one.param.name; });

TEST(DayTest, MeasuresUpDownAndSuppressedButNeitherOffNorUnknown) {
    Story story(from, until);
    story.device("sw", DeviceClass::switch_);
    story.state("sw", State::down, "2026-11-23 10:00", "2026-11-23 11:00");
    story.state("sw", State::suppressed, "2026-11-23 12:00", "2026-11-23 14:00", "core");
    story.state("sw", State::off, "2026-11-23 20:00", "2026-11-23 23:00");
    story.state("sw", State::unknown, "2026-11-24 01:00", "2026-11-24 05:00");
    const core::DayRecord record = story.record();
    const Day day{record, story.zone()};
    const Measured measured = day.measured({"sw"});
    EXPECT_EQ(measured.down, hours{1});
    EXPECT_EQ(measured.suppressed, hours{2});
    EXPECT_EQ(measured.up, hours{14});
    EXPECT_DOUBLE_EQ(measured.availability()->value, 14.0 / 17.0);
}

TEST(DayTest, CountsOnlyWorkingHoursAtWork) {
    Story story(from, until);
    story.working_hours("2026-11-23 09:00", "2026-11-23 18:00");
    story.device("sw", DeviceClass::switch_);
    story.state("sw", State::down, "2026-11-23 17:00", "2026-11-23 22:00");
    story.gap(core::Gap::Cause::blind, "2026-11-23 17:30", "2026-11-23 19:00");
    const core::DayRecord record = story.record();
    const Measured measured = Day{record, story.zone()}.measured_at_work({"sw"});
    EXPECT_EQ(measured.down, minutes{30});
    EXPECT_EQ(measured.up, hours{8});
}

TEST(DayTest, NothingMeasuredIsNoAvailability) {
    Story story(from, until);
    story.device("sw", DeviceClass::switch_);
    const core::DayRecord record = story.record();
    const Day day{record, story.zone()};
    EXPECT_EQ(day.measured_at_work({"sw"}).availability(), std::nullopt);  // no working hours
    EXPECT_EQ(day.measured({"nobody"}).availability(), std::nullopt);
}

TEST(DayTest, AStripIsClippedAndHasHolesWhereNobodyLooked) {
    Story story(from, until);
    story.device("sw", DeviceClass::switch_);
    story.state("sw", State::down, "2026-11-23 20:00", "2026-11-24 02:00");
    story.gap(core::Gap::Cause::not_running, "2026-11-23 22:00", "2026-11-24 01:00");
    const core::DayRecord record = story.record();
    const Strip strip = Day{record, story.zone()}.strip({"sw"});
    EXPECT_THAT(strip.parts,
                ::testing::ElementsAre(
                    Strip::Part{State::up, period(from, "2026-11-23 20:00")},
                    Strip::Part{State::down, period("2026-11-23 20:00", "2026-11-23 22:00")},
                    Strip::Part{State::down, period("2026-11-24 01:00", "2026-11-24 02:00")},
                    Strip::Part{State::up, period("2026-11-24 02:00", until)}));
}

TEST(DayTest, NeighboursInOneStateAreOnePart) {
    Story story(from, until);
    story.device("sw", DeviceClass::switch_);
    story.state("sw", State::suppressed, "2026-11-23 10:00", "2026-11-23 11:00", "a");
    story.state("sw", State::suppressed, "2026-11-23 11:00", "2026-11-23 12:00", "b");
    const core::DayRecord record = story.record();
    EXPECT_EQ(Day(record, story.zone()).strip({"sw"}).parts.size(), 3U);
}

TEST(DayTest, ALineHasAValueForEachQuarterAndEmptyOnesForGaps) {
    Story story(from, until);
    story.device("sw", DeviceClass::switch_);
    story.pinged("sw", 1000, 0);
    story.state("sw", State::down, "2026-11-23 09:00", "2026-11-23 10:00");
    const core::DayRecord record = story.record();
    const Line line = Day{record, story.zone()}.line({"sw"});
    ASSERT_EQ(line.values.size(), 96U);
    EXPECT_DOUBLE_EQ(line.values[0].value(), 0.001);
    for (const std::size_t quarter : {2U, 3U, 4U, 5U})
        EXPECT_EQ(line.values[quarter], std::nullopt);
    EXPECT_DOUBLE_EQ(line.values[6].value(), 0.001);
}

TEST(DayTest, ALongPeriodPutsQuartersTogether) {
    Story story("2026-09-30 08:30", "2026-10-08 08:30");  // over the national holiday: 768 quarters
    story.device("sw", DeviceClass::switch_);
    story.pinged("sw", 1000, 0);
    const core::DayRecord record = story.record();
    const Line line = Day{record, story.zone()}.line({"sw"});
    EXPECT_LE(line.values.size(), 160U);
    for (const auto& value : line.values) EXPECT_DOUBLE_EQ(value.value(), 0.001);
}

TEST(DayTest, SumsEchoesOverThePeriodAndTakesTheRoundsOwnLookElse) {
    Story story(from, until);
    story.device("summed", DeviceClass::switch_);
    story.device("new", DeviceClass::switch_);
    story.pinged("summed", 1000, 0);
    const core::DayRecord record = story.record();
    const Day day{record, story.zone()};
    core::EchoStats look;
    look.sent = 5, look.received = 4;
    look.rtt = {core::Microseconds{100}, core::Microseconds{200}, core::Microseconds{300}};
    EXPECT_EQ(day.echo({"summed"}, look).sent, 96 * 30 * 5);
    EXPECT_EQ(day.echo({"summed"}, look).rtt_max_us, 1300);
    EXPECT_EQ(day.echo({"new"}, look).sent, 5);
    EXPECT_EQ(day.echo({"new"}, look).rtt_max_us, 300);
    EXPECT_EQ(day.echo({"new"}, std::nullopt).sent, 0);
}

TEST(DayTest, ADayOfTwentyFiveHoursHasThemAll) {
    Story story("2026-10-24 08:30", "2026-10-25 08:30", berlin());
    story.device("sw", DeviceClass::switch_);
    story.pinged("sw", 1000, 0);
    const core::DayRecord record = story.record();
    const Day day{record, story.zone()};
    EXPECT_EQ(day.covered().length(), hours{25});
    EXPECT_EQ(day.measured({"sw"}).up, hours{25});
    EXPECT_EQ(day.line({"sw"}).values.size(), 100U);
}

}  // namespace
}  // namespace rounds::reports
