// Short stories of the whole daemon: what one thing going wrong does, and does not.
#include <algorithm>
#include <csignal>
#include <filesystem>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/resource.h>

#include "tests/scenarios/office_week.hpp"

namespace rounds::tests {
namespace {

using core::State;
using core::Verdict;
using namespace std::chrono_literals;

const std::string small_yaml = R"yaml(
site: {name: Small office, locale: en, time_zone: Europe/Berlin}
polling: {ping: {interval: 30s, packets: 5, timeout: 1s, down_after: 3, up_after: 2, retry_interval: 10s}, anchors: [10.2.0.254]}
devices:
  - {name: core, address: 10.2.0.1, class: switch}
  - {name: floor, address: 10.2.0.2, class: switch, upstream: core}
  - {name: nas, address: 10.2.0.3, class: nas, upstream: floor}
rounds: [{name: morning, at: "08:30", days: all}]
)yaml";

class StoryTest : public ::testing::Test {
 protected:
    StoryTest() {
        for (const char* address : {"10.2.0.1", "10.2.0.2", "10.2.0.3", "10.2.0.254"})
            house.office().add(address);
        house.office().hang("10.2.0.2", "10.2.0.1");
        house.office().hang("10.2.0.3", "10.2.0.2");
    }

    core::Reachability belief(const std::string& name) {
        return house.read().recall().value().beliefs.at({name});
    }
    std::vector<store::StateStore::RoundHead> rounds() {
        return house.read().rounds_begun({at("2026-01-01 00:00"), at("2027-12-01 00:00")}).value();
    }

    House house{small_yaml, at("2026-11-10 07:00")};
};

TEST_F(StoryTest, EverythingIsUpSoonAfterTheStart) {
    house.start();
    house.run_until(at("2026-11-10 07:01"));
    for (const char* name : {"core", "floor", "nas"})
        EXPECT_EQ(belief(name).state, State::up) << name;
}

TEST_F(StoryTest, APowerCutInTheMiddleOfDoubtGoesOnCounting) {
    house.start();
    house.run_until(at("2026-11-10 07:10"));
    const auto death = at("2026-11-10 07:10");
    house.office().silence("10.2.0.1", {death, at("2026-11-10 09:00")});
    while (!belief("core").doubt || belief("core").doubt->in_row < 2)
        house.run_until(house.clock().wall() + 1s);
    EXPECT_EQ(belief("core").state, State::up);
    const auto first = belief("core").doubt->first;

    house.crash();
    house.start();
    house.run_until(house.clock().wall() + 50s);
    EXPECT_EQ(belief("core").state, State::down);
    EXPECT_EQ(belief("core").since, first);
}

TEST_F(StoryTest, TheUpstreamComesBackAndOneChildDoesNot) {
    house.office().silence("10.2.0.1", {at("2026-11-10 07:10"), at("2026-11-10 07:30")});
    house.office().silence("10.2.0.3", {at("2026-11-10 07:20"), at("2026-11-10 09:00")});
    house.start();
    house.run_until(at("2026-11-10 07:15"));
    EXPECT_EQ(belief("core").state, State::down);
    EXPECT_EQ(belief("floor").state, State::suppressed);
    EXPECT_EQ(belief("nas").state, State::suppressed);
    EXPECT_EQ(belief("nas").through->value, "core");

    house.run_until(at("2026-11-10 07:35"));
    EXPECT_EQ(belief("core").state, State::up);
    EXPECT_EQ(belief("floor").state, State::up);
    EXPECT_EQ(belief("nas").state, State::down);
    EXPECT_GE(belief("nas").since, at("2026-11-10 07:30"));
}

TEST_F(StoryTest, ARoundAtOnceEndsWithItsReport) {
    std::optional<daemon::MadeRound> made;
    house.start({.round_now = true, .once = true, .on_round = [&](const daemon::MadeRound& round) {
                     made = round;
                 }});
    house.run_until(at("2026-11-10 07:05"));
    EXPECT_FALSE(house.running());
    EXPECT_TRUE(house.ended());
    ASSERT_TRUE(made);
    EXPECT_TRUE(made->record.round.by_hand);
    EXPECT_EQ(made->record.round.id.value, "RX-20261110-01");
    EXPECT_EQ(made->record.round.devices.size(), 3U);
    ASSERT_EQ(made->reports.size(), 2U);
    EXPECT_TRUE(std::filesystem::exists(made->reports[0]));
}

TEST_F(StoryTest, ADeadSwitchAtTheRoundIsCriticalAndSoIsWhatHangsOnIt) {
    house.office().silence("10.2.0.2", {at("2026-11-10 08:29:50"), at("2026-11-10 09:00")});
    house.start();
    house.run_until(at("2026-11-10 08:35"));
    const auto record = house.read().record(rounds().at(0).id).value();
    ASSERT_EQ(record.round.devices.size(), 3U);
    EXPECT_EQ(record.round.devices[0].conclusion.verdict, Verdict::ok);
    EXPECT_EQ(record.round.devices[1].conclusion.verdict, Verdict::critical);
    EXPECT_EQ(record.round.devices[1].through, std::nullopt);
    EXPECT_EQ(record.round.devices[2].conclusion.verdict, Verdict::critical);
    EXPECT_EQ(record.round.devices[2].through->value, "floor");
    EXPECT_EQ(record.round.devices[2].conclusion.reason->id, core::MessageId::reason_behind);
}

TEST_F(StoryTest, BlindAtTheRoundEverythingIsMissed) {
    house.office().pull_the_cable({at("2026-11-10 08:29"), at("2026-11-10 08:50")});
    house.start();
    house.run_until(at("2026-11-10 09:00"));
    const auto record = house.read().record(rounds().at(0).id).value();
    for (const auto& device : record.round.devices) {
        EXPECT_EQ(device.conclusion.verdict, Verdict::missed) << device.name;
        EXPECT_EQ(device.conclusion.reason->id, core::MessageId::reason_blind) << device.name;
    }
    for (const char* name : {"core", "floor", "nas"})
        EXPECT_EQ(belief(name).state, State::up) << name;
    EXPECT_EQ(house.read().recall().value().blind_since, std::nullopt);
}

TEST_F(StoryTest, AGatewayThatDiesBlindsNobody) {
    house.office().silence("10.2.0.254", {at("2026-11-10 07:00"), at("2026-11-10 12:00")});
    house.office().silence("10.2.0.3", {at("2026-11-10 07:10"), at("2026-11-10 12:00")});
    house.start();
    house.run_until(at("2026-11-10 07:15"));
    EXPECT_EQ(belief("nas").state, State::down);
    EXPECT_TRUE(
        house.read().gaps({at("2026-11-10 07:00"), at("2026-11-10 07:15")}).value().empty());
}

TEST_F(StoryTest, AClockSetBackMakesNoRoundTwice) {
    house.start();
    house.run_until(at("2026-11-10 08:40"));
    ASSERT_EQ(rounds().size(), 1U);
    house.clock().step_wall(-1h);
    house.run_until(at("2026-11-10 08:45"));
    EXPECT_EQ(rounds().size(), 1U);
}

TEST_F(StoryTest, AClockSetForwardMakesTheRoundItJumpedOver) {
    house.start();
    house.run_until(at("2026-11-10 07:10"));
    house.clock().step_wall(2h);
    house.run_until(at("2026-11-10 09:15"));
    ASSERT_EQ(rounds().size(), 1U);
    EXPECT_EQ(rounds()[0].scheduled, at("2026-11-10 08:30"));
    EXPECT_GE(rounds()[0].began, at("2026-11-10 09:10"));
    for (const char* name : {"core", "floor", "nas"})
        EXPECT_EQ(belief(name).state, State::up) << name;
}

TEST_F(StoryTest, AClockAheadAtTheFirstStartCostsNoRoundOnceItIsSet) {
    house.clock().step_wall(24h * 365 * 20);
    house.start();
    house.run_until(at("2026-11-10 07:10"));
    house.clock().step_wall(-24h * 365 * 20);
    house.run_until(at("2026-11-10 08:40"));
    ASSERT_EQ(rounds().size(), 1U);
    EXPECT_EQ(rounds()[0].scheduled, at("2026-11-10 08:30"));
}

TEST_F(StoryTest, AClockFarAheadErasesNoHistory) {
    house.start();
    house.run_until(at("2026-11-10 09:00"));
    house.clock().step_wall(24h * 365 * 20);  // 2046: the round that is due there is made
    house.run_until(house.clock().wall() + 48h);
    ASSERT_EQ(house.read().rounds_begun({at("2046-01-01 00:00"), at("2047-01-01 00:00")})->size(),
              3U);
    house.clock().step_wall(-24h * 365 * 20);
    ASSERT_EQ(rounds().size(), 1U);
    EXPECT_EQ(rounds()[0].scheduled, at("2026-11-10 08:30"));
    EXPECT_EQ(house.read().record(rounds()[0].id)->intervals.size(), 3U);
}

/// No file may grow: what a full disk does to the daemon.
class FullDisk {
 public:
    FullDisk() {
        ::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit full{0, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &full);
    }
    ~FullDisk() { ::setrlimit(RLIMIT_FSIZE, &before_); }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

 private:
    rlimit before_{};
};

TEST_F(StoryTest, ADiskFullOverTwoRoundsLosesNeitherThemNorAnOutage) {
    house.office().silence("10.2.0.3", {at("2026-11-10 08:20"), at("2026-11-11 09:10")});
    house.start();
    house.run_until(at("2026-11-10 08:10"));
    {
        const FullDisk full;
        house.run_until(at("2026-11-11 09:00"));
        EXPECT_TRUE(rounds().empty());
    }
    house.run_until(at("2026-11-11 09:20"));
    ASSERT_EQ(rounds().size(), 2U);
    EXPECT_EQ(rounds()[0].scheduled, at("2026-11-10 08:30"));
    EXPECT_EQ(rounds()[1].scheduled, at("2026-11-11 08:30"));
    const auto second = house.read().record(rounds()[1].id).value();
    const auto down = [](const core::StateInterval& interval) {
        return interval.subject.value == "nas" && interval.state == State::down;
    };
    EXPECT_EQ(std::ranges::count_if(second.intervals, down), 1);
    EXPECT_EQ(belief("nas").state, State::up);
    // The report of the round that was kept is written when there is room, without a restart.
    EXPECT_TRUE(std::filesystem::exists(house.reports() / "daily-2026-11-11-01.html"));
}

TEST_F(StoryTest, TwoRoundsThatWaitForTheDiskHaveTwoNumbers) {
    std::string text = small_yaml;
    text.insert(text.rfind(']'), ", {name: noon, at: \"12:00\", days: all}");
    House twice(text, at("2026-11-10 07:00"));
    for (const char* address : {"10.2.0.1", "10.2.0.2", "10.2.0.3", "10.2.0.254"})
        twice.office().add(address);
    twice.start();
    twice.run_until(at("2026-11-10 08:00"));
    {
        const FullDisk full;
        twice.run_until(at("2026-11-10 13:00"));
    }
    twice.run_until(at("2026-11-10 13:01"));
    const auto made = twice.read().rounds_begun({at("2026-11-10 00:00"), at("2026-11-11 00:00")});
    ASSERT_EQ(made->size(), 2U);
    EXPECT_EQ((*made)[0].id.value, "RX-20261110-01");
    EXPECT_EQ((*made)[1].id.value, "RX-20261110-02");
}

TEST_F(StoryTest, ARoundThatAPowerCutEndedIsMadeAgain) {
    house.start();
    house.run_until(at("2026-11-10 08:30") + 300ms);  // the first packets are on their way
    ASSERT_TRUE(rounds().empty());
    house.crash();
    house.clock().pass_until(at("2026-11-10 08:45"));
    house.start();
    house.run_until(at("2026-11-10 08:50"));
    ASSERT_EQ(rounds().size(), 1U);
    EXPECT_EQ(rounds()[0].scheduled, at("2026-11-10 08:30"));
    EXPECT_TRUE(std::filesystem::exists(house.reports() / "daily-2026-11-10-01.html"));
}

TEST_F(StoryTest, AReportThatIsMissingIsWrittenAtTheNextStart) {
    house.start();
    house.run_until(at("2026-11-10 08:40"));
    house.stop();
    const auto report = house.reports() / "daily-2026-11-10-01.html";
    const auto before = read_file(report);
    std::filesystem::remove(report);
    house.start();
    house.run_until(at("2026-11-10 09:40"));
    EXPECT_EQ(read_file(report), before);
}

TEST_F(StoryTest, AMissedRoundIsNotCaughtUpAfterADay) {
    house.start();
    house.run_until(at("2026-11-10 09:00"));
    house.stop();
    house.clock().pass_until(
        at("2026-11-12 08:31"));  // the round of the 11th is history, that of the 12th is late
    house.start();
    house.run_until(at("2026-11-12 08:40"));
    ASSERT_EQ(rounds().size(), 2U);
    EXPECT_EQ(rounds()[1].scheduled, at("2026-11-12 08:30"));
}

TEST_F(StoryTest, AReloadKeepsWhatIsBelieved) {
    house.start();
    house.run_until(at("2026-11-10 07:10"));
    const auto before = belief("core");
    auto text = small_yaml;
    text.replace(text.find("name: nas, address: 10.2.0.3"), 28, "name: nas, address: 10.2.0.4");
    house.office().add("10.2.0.4");
    house.office().hang("10.2.0.4", "10.2.0.2");
    house.rewrite(text);
    house.app().reload();
    house.run_until(at("2026-11-10 07:20"));
    EXPECT_EQ(belief("core"), before);
    EXPECT_EQ(belief("nas").state, State::up);
    const auto asked = house.office().asked();
    house.run_until(at("2026-11-10 07:21"));
    EXPECT_GT(house.office().asked(), asked);
}

TEST_F(StoryTest, WhatIsNoLongerWatchedIsNotDownForAsLong) {
    house.office().silence("10.2.0.3", {at("2026-11-10 07:10"), at("2026-11-10 09:00")});
    house.start();
    house.run_until(at("2026-11-10 07:30"));
    ASSERT_EQ(belief("nas").state, State::down);
    std::string text = small_yaml;
    text.replace(text.find("class: nas"), 10, "class: nas, monitor: false");
    house.rewrite(text);
    house.app().reload();
    house.run_until(at("2026-11-10 09:30"));
    EXPECT_EQ(belief("nas").state, State::unknown);

    house.rewrite(small_yaml);
    house.app().reload();
    house.run_until(at("2026-11-11 09:00"));
    EXPECT_EQ(belief("nas").state, State::up);
    const auto record = house.read().record(rounds().back().id).value();
    const auto down = std::ranges::find_if(record.intervals, [](const auto& interval) {
        return interval.subject.value == "nas" && interval.state == State::down;
    });
    EXPECT_EQ(down, record.intervals.end());  // The data period began long after it was let go.
    const auto first = house.read().record(rounds().front().id).value();
    const auto outage = std::ranges::find_if(first.intervals, [](const auto& interval) {
        return interval.subject.value == "nas" && interval.state == State::down;
    });
    ASSERT_NE(outage, first.intervals.end());
    EXPECT_EQ(outage->until, at("2026-11-10 07:30"));
}

TEST_F(StoryTest, AReloadInBlindnessDoesNotMakeItLastForEver) {
    house.office().pull_the_cable({at("2026-11-10 07:10"), at("2026-11-10 07:30")});
    house.start();
    house.run_until(at("2026-11-10 07:15"));
    EXPECT_NE(house.read().recall().value().blind_since, std::nullopt);
    house.app().reload();
    house.run_until(at("2026-11-10 07:20"));
    house.run_until(at("2026-11-10 07:35"));
    EXPECT_EQ(house.read().recall().value().blind_since, std::nullopt);
    const auto gaps = house.read().gaps({at("2026-11-10 07:00"), at("2026-11-10 08:00")}).value();
    ASSERT_EQ(gaps.size(), 1U);
    EXPECT_GE(gaps[0].until, at("2026-11-10 07:30"));
}

TEST_F(StoryTest, ItEndsAtAnyMomentOfARound) {
    for (int ms = 0; ms < 6'000; ms += 37) {
        House other(small_yaml, at("2026-11-10 08:29"));
        for (const char* address : {"10.2.0.1", "10.2.0.2", "10.2.0.254"})
            other.office().add(address);
        other.start();
        other.run_until(at("2026-11-10 08:30") + core::Duration(ms));
        other.app().reload();
        other.run_until(at("2026-11-10 08:30") + core::Duration(ms + 5));
        other.stop();  // throws when the daemon has not ended after ten minutes
        EXPECT_TRUE(other.ended()) << ms;
    }
}

TEST_F(StoryTest, AReloadWithAMistakeChangesNothing) {
    house.start();
    house.run_until(at("2026-11-10 07:10"));
    house.rewrite(small_yaml + "\nsurprise: 1\n");
    house.app().reload();
    house.run_until(at("2026-11-10 08:40"));
    EXPECT_TRUE(house.running());
    EXPECT_EQ(rounds().size(), 1U);
}

TEST_F(StoryTest, PollsAreSpreadOverTheInterval) {
    std::string text =
        "site: {locale: en, time_zone: UTC}\npolling: {ping: {interval: 30s, packets: "
        "1}}\ndevices:\n";
    for (int n = 1; n <= 200; ++n)
        text +=
            "  - {name: d" + std::to_string(n) + ", address: 10.3.0." + std::to_string(n) + "}\n";
    House crowd(text, at("2026-11-10 12:00"));
    for (int n = 1; n <= 200; ++n) crowd.office().add("10.3.0." + std::to_string(n));
    crowd.start();
    crowd.run_until(at("2026-11-10 12:05"));
    for (int second = 0; second < 30; second += 3) {
        const auto before = crowd.office().asked();
        crowd.run_until(crowd.clock().wall() + 3s);
        const auto asked = crowd.office().asked() - before;
        EXPECT_GE(asked, 5U) << second;  // a tenth of 200, give or take
        EXPECT_LE(asked, 40U) << second;
    }
}

}  // namespace
}  // namespace rounds::tests
