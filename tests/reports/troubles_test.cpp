#include "reports/troubles.hpp"

#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/reports/story.hpp"

namespace rounds::reports {
namespace {

using core::DeviceClass;
using core::Message;
using core::MessageId;
using core::Severity;
using core::State;
using core::Verdict;
using std::chrono::hours;
using std::chrono::minutes;

constexpr auto from = "2026-11-23 08:30", until = "2026-11-24 08:30";

struct Found {
    core::DayRecord record;
    std::vector<Trouble> troubles;
    TroubleCounts counts;
};

// The record lives beside the troubles that point into it.
std::unique_ptr<Found> found(const Story& story) {
    auto result = std::make_unique<Found>(Found{story.record(), {}, {}});
    const Day day{result->record, story.zone()};
    result->troubles = troubles_of(day);
    result->counts = count(result->troubles, day);
    return result;
}

TEST(TroublesTest, NothingWrongIsNoTrouble) {
    Story story(from, until);
    story.device("sw", DeviceClass::switch_);
    story.device("pc", DeviceClass::pc);
    story.lasting("pc", State::off, "2026-11-23 18:00");
    EXPECT_TRUE(found(story)->troubles.empty());
}

TEST(TroublesTest, TheDeadSwitchIsOneTroubleWithFortyEightBehind) {
    const auto all = found(dead_switch());
    ASSERT_EQ(all->troubles.size(), 2U);
    const Trouble& dead = all->troubles[0];
    EXPECT_EQ(dead.subject.value, "sw-3f");
    EXPECT_EQ(dead.kind, Trouble::Kind::outage);
    EXPECT_EQ(dead.found, at("2026-11-23 10:12"));
    EXPECT_EQ(dead.recovered, at("2026-11-23 11:05"));
    EXPECT_EQ(dead.lasted, minutes{53});
    EXPECT_EQ(dead.behind.size(), 48U);
    EXPECT_EQ(dead.severity, Severity::second);
    EXPECT_THAT(departments_behind(dead), ::testing::ElementsAre("市场部", "财务部", "信息部"));
    EXPECT_EQ(all->troubles[1].kind, Trouble::Kind::finding);
    EXPECT_EQ(all->counts.fresh, 1);
    EXPECT_EQ(all->counts.recovered, 1);
    EXPECT_EQ(all->counts.open, 0);
}

TEST(TroublesTest, AnOutageFromBeforeThePeriodKeepsItsBeginning) {
    Story story(from, until);
    story.device("sw", DeviceClass::switch_);
    story.state("sw", State::up, "2026-11-20 00:00", "2026-11-22 03:00");
    story.lasting("sw", State::down, "2026-11-22 03:00");
    const auto all = found(story);
    ASSERT_EQ(all->troubles.size(), 1U);
    EXPECT_EQ(all->troubles[0].found, at("2026-11-22 03:00"));
    EXPECT_TRUE(all->troubles[0].open());
    EXPECT_EQ(all->counts.fresh, 0);
    EXPECT_EQ(all->counts.open, 1);
}

TEST(TroublesTest, GapsAreNotPartOfADuration) {
    Story story(from, until);
    story.device("sw", DeviceClass::switch_);
    story.state("sw", State::down, "2026-11-23 20:00", "2026-11-24 02:00");
    story.gap(core::Gap::Cause::not_running, "2026-11-23 22:00", "2026-11-24 01:00");
    EXPECT_EQ(found(story)->troubles.at(0).lasted, hours{3});
}

TEST(TroublesTest, AnOutageThatBeganDuringTheRoundCounts) {
    Story story(from, until);
    story.round().finished = at("2026-11-24 08:33");
    story.device("sw", DeviceClass::switch_);
    story.lasting("sw", State::down, "2026-11-24 08:31");
    const auto all = found(story);
    ASSERT_EQ(all->troubles.size(), 1U);
    EXPECT_EQ(all->troubles[0].kind, Trouble::Kind::outage);
    EXPECT_EQ(all->troubles[0].lasted, minutes{2});
}

TEST(TroublesTest, WhatEndedBeforeThePeriodIsPast) {
    Story story(from, until);
    story.device("sw", DeviceClass::switch_);
    core::DayRecord record = story.record();
    record.intervals.insert(
        record.intervals.begin(),
        {{"sw"}, State::down, {}, {}, at("2026-11-23 07:00"), at("2026-11-23 08:30")});
    EXPECT_TRUE(troubles_of(Day(record, story.zone())).empty());
}

Story flapper(int outages, int length_minutes) {
    Story story(from, until);
    story.device("ap", DeviceClass::access_point);
    for (int i = 0; i < outages; ++i) {
        const int begin = 9 + i;
        const auto clock = [](int hour, int minute) {
            return "2026-11-23 " + std::string(hour < 10 ? "0" : "") + std::to_string(hour) + ":" +
                   (minute < 10 ? "0" : "") + std::to_string(minute);
        };
        story.state("ap", State::down, clock(begin, 0), clock(begin, length_minutes));
    }
    return story;
}

TEST(TroublesTest, ManyShortOutagesAreOneFlappingDevice) {
    const auto all = found(flapper(6, 5));
    ASSERT_EQ(all->troubles.size(), 1U);
    const Trouble& flapping = all->troubles[0];
    EXPECT_EQ(flapping.kind, Trouble::Kind::flapping);
    EXPECT_EQ(flapping.outages, 6);
    EXPECT_EQ(flapping.lasted, minutes{30});
    EXPECT_EQ(flapping.found, at("2026-11-23 09:00"));
    EXPECT_EQ(flapping.recovered, at("2026-11-23 14:05"));
    EXPECT_EQ(all->counts.fresh, 1);
}

TEST(TroublesTest, AFewShortOrManyLongOutagesAreRowsOfTheirOwn) {
    EXPECT_EQ(found(flapper(3, 5))->troubles.size(), 3U);
    EXPECT_EQ(found(flapper(6, 45))->troubles.size(), 6U);
}

TEST(TroublesTest, ALongOutageOfAFlappingDeviceIsARowOfItsOwn) {
    Story story = flapper(5, 5);
    story.state("ap", State::down, "2026-11-24 00:00", "2026-11-24 04:00");
    const auto all = found(story);
    ASSERT_EQ(all->troubles.size(), 2U);
    EXPECT_EQ(all->troubles[0].kind, Trouble::Kind::flapping);
    EXPECT_EQ(all->troubles[0].lasted, minutes{25});
    EXPECT_EQ(all->troubles[1].lasted, hours{4});
}

TEST(TroublesTest, SuppressedDevicesAreNeverRows) {
    Story story(from, until);
    story.device("core", DeviceClass::switch_);
    story.device("leaf", DeviceClass::switch_);
    story.lasting("core", State::down, "2026-11-24 06:00");
    story.lasting("leaf", State::suppressed, "2026-11-24 06:00", "core");
    const auto all = found(story);
    ASSERT_EQ(all->troubles.size(), 1U);
    EXPECT_EQ(all->troubles[0].subject.value, "core");
    EXPECT_EQ(all->troubles[0].behind.size(), 1U);
}

TEST(TroublesTest, ACriticalDeviceThatNothingExplainsIsSaid) {
    Story story(from, until);
    story.device("leaf", DeviceClass::switch_).conclusion = {
        Verdict::critical, Message{MessageId::reason_behind, {{"through", std::string{"gone"}}}}};
    story.find("leaf").through = core::SubjectId{"gone"};
    const auto all = found(story);
    ASSERT_EQ(all->troubles.size(), 1U);
    EXPECT_EQ(all->troubles[0].kind, Trouble::Kind::finding);
    EXPECT_EQ(all->troubles[0].verdict, Verdict::critical);
}

TEST(TroublesTest, AWarningIsAtMostOfTheThirdSeverity) {
    Story story(from, until);
    core::DeviceResult& core = story.device("core", DeviceClass::switch_);
    core.severity = Severity::first;
    core.conclusion = {Verdict::warning, Message{MessageId::reason_loss}};
    core::DeviceResult& printer = story.device("mfp", DeviceClass::printer);
    printer.severity = Severity::fourth;
    printer.conclusion = {Verdict::warning, Message{MessageId::reason_loss}};
    const auto all = found(story);
    ASSERT_EQ(all->troubles.size(), 2U);
    EXPECT_EQ(all->troubles[0].severity, Severity::third);
    EXPECT_EQ(all->troubles[1].severity, Severity::fourth);
}

TEST(TroublesTest, OrderIsBySeverityThenOpenThenAge) {
    Story story(from, until);
    const auto add = [&](const std::string& name, Severity severity) {
        story.device(name, DeviceClass::switch_).severity = severity;
    };
    add("third-open", Severity::third), add("first-over", Severity::first),
        add("second-old", Severity::second);
    add("second-new", Severity::second), add("second-over", Severity::second);
    story.lasting("third-open", State::down, "2026-11-24 01:00");
    story.state("first-over", State::down, "2026-11-23 12:00", "2026-11-23 14:00");
    story.lasting("second-new", State::down, "2026-11-24 02:00");
    story.lasting("second-old", State::down, "2026-11-24 01:30");
    story.state("second-over", State::down, "2026-11-23 09:00", "2026-11-23 12:00");
    std::vector<std::string> order;
    const auto all = found(story);
    for (const Trouble& trouble : all->troubles) order.push_back(trouble.subject.value);
    EXPECT_THAT(order, ::testing::ElementsAre("first-over", "second-old", "second-new",
                                              "second-over", "third-open"));
}

TEST(TroublesTest, WhatIsNotDueAnyMoreIsNobodysTroubleWhileItLasts) {
    Story story(from, until);
    story.device("sw", DeviceClass::switch_);
    core::DayRecord record = story.record();
    record.intervals.push_back(
        {{"zz-gone"}, State::down, {}, {}, at("2026-11-23 10:00"), std::nullopt});
    EXPECT_TRUE(troubles_of(Day(record, story.zone())).empty());
    record.intervals.back().until = at("2026-11-23 12:00");
    const Day day{record, story.zone()};
    ASSERT_EQ(troubles_of(day).size(), 1U);  // but what was, was
    EXPECT_EQ(day.name_of({"zz-gone"}), "zz-gone");
}

TEST(TroublesTest, AMaintainedDeviceMayBeDown) {
    Story story(from, until);
    story.device("fw", DeviceClass::firewall);
    story.lasting("fw", State::down, "2026-11-24 08:00");
    story.find("fw").conclusion = {Verdict::maintenance, std::nullopt};
    EXPECT_TRUE(found(story)->troubles.empty());
}

TEST(TroublesTest, ALinkCanBeDown) {
    Story story(from, until);
    story.link("出口-1").severity = Severity::first;
    story.lasting("link:出口-1", State::down, "2026-11-24 07:41");
    const auto all = found(story);
    ASSERT_EQ(all->troubles.size(), 1U);
    EXPECT_EQ(all->troubles[0].severity, Severity::first);
    EXPECT_EQ(all->troubles[0].lasted, minutes{49} + std::chrono::seconds{52});
}

}  // namespace
}  // namespace rounds::reports
