// Short stories of the whole daemon: packets that get lost, name servers that are mute, targets that are silent.
#include <algorithm>

#include <gtest/gtest.h>

#include "tests/scenarios/office_week.hpp"

namespace rounds::tests {
namespace {

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

class LossStory : public ::testing::Test {
 protected:
    LossStory() {
        for (const char* address : {"10.2.0.1", "10.2.0.2", "10.2.0.3", "10.2.0.254"})
            house.office().add(address);
        house.office().hang("10.2.0.2", "10.2.0.1");
        house.office().hang("10.2.0.3", "10.2.0.2");
    }

    /// Oldest first.
    std::vector<core::Incident> incidents() {
        auto all = house.read().incidents().list({}).value();
        std::ranges::reverse(all);
        return all;
    }
    /// The first round of the day.
    core::RoundRecord round() {
        const auto rounds =
            house.read().rounds_begun({at("2026-11-10 08:00"), at("2026-11-10 09:00")}).value();
        return house.read().record(rounds.at(0).id).value().round;
    }

    House house{small_yaml, at("2026-11-10 07:00")};
};

TEST_F(LossStory, LossThatLastsOpensOneIncidentAndItsEndResolvesIt) {
    const core::Period lossy{at("2026-11-10 07:10"), at("2026-11-10 07:40")};
    house.office().lose("10.2.0.1", lossy, 2);
    house.office().lose("10.2.0.3", {at("2026-11-10 07:10"), at("2026-11-10 07:11")}, 4);
    house.start();
    house.run_until(at("2026-11-10 07:12"));
    EXPECT_TRUE(incidents().empty()) << "a minute of loss is none of five";
    house.run_until(at("2026-11-10 07:39"));
    ASSERT_EQ(incidents().size(), 1U) << "a minute on the nas is none at all";
    const auto open = incidents().front();
    EXPECT_EQ(open.condition, (core::Condition{{"core"}, "loss", ""}));
    EXPECT_EQ(open.verdict, Verdict::warning);
    EXPECT_EQ(open.severity, core::Severity::third) << "a warning, though the switch is grave";
    EXPECT_GE(open.began, lossy.from);
    EXPECT_LT(open.opened, lossy.from + 5min);
    EXPECT_EQ(house.read().recall().value().items.at({"core"}).size(), 1U);

    house.run_until(at("2026-11-10 07:50"));
    ASSERT_EQ(incidents().size(), 1U);
    EXPECT_EQ(incidents().front().state, core::IncidentState::resolved);
    EXPECT_GT(incidents().front().recovered, lossy.until);
    EXPECT_TRUE(house.read().recall().value().items.empty());
}

TEST_F(LossStory, LossThatEndsWhileTheDaemonIsDeadIsResolvedAfterIt) {
    house.office().lose("10.2.0.1", {at("2026-11-10 07:10"), at("2026-11-10 07:20")}, 2);
    house.start();
    house.run_until(at("2026-11-10 07:20"));
    ASSERT_EQ(incidents().size(), 1U);
    house.crash();
    house.start();
    house.run_until(at("2026-11-10 07:22"));
    EXPECT_EQ(incidents().front().state, core::IncidentState::open) << "not seen to be well yet";
    house.run_until(at("2026-11-10 07:30"));
    ASSERT_EQ(incidents().size(), 1U);
    EXPECT_EQ(incidents().front().state, core::IncidentState::resolved);
}

TEST_F(LossStory, LossEndsWithItsLimit) {
    house.office().lose("10.2.0.1", {at("2026-11-10 07:10"), at("2026-11-11 07:40")}, 2);
    house.start();
    house.run_until(at("2026-11-10 07:20"));
    ASSERT_EQ(incidents().size(), 1U);
    std::string lenient = small_yaml;
    lenient.insert(lenient.find("class: switch}"), "ignore: [loss], ");
    house.rewrite(lenient);
    house.app().reload();
    house.run_until(at("2026-11-10 08:35"));
    EXPECT_EQ(incidents().front().state, core::IncidentState::resolved);
    const auto made = round();
    EXPECT_EQ(made.devices.at(0).conclusion.verdict, Verdict::ok);
    EXPECT_EQ(made.devices.at(0).limits.at("loss"), core::Limits<double>{}) << "it has none";
    EXPECT_TRUE(made.devices.at(1).limits.empty()) << "the usual ones";
}

TEST_F(LossStory, TheFirstLooksAreTooFewToTell) {
    house.office().lose("10.2.0.1", {at("2026-11-10 07:00"), at("2026-11-10 07:01")}, 2);
    house.start();
    house.run_until(at("2026-11-10 07:30"));
    EXPECT_TRUE(incidents().empty()) << "4 of 25 packets, when there are five looks";
}

TEST_F(LossStory, WhatHangsOnADeadSwitchDoesNotHastenTheJudgement) {
    // The core loses packets for 25 s, just when the floor behind it has died and asks for looks at it.
    house.office().silence("10.2.0.2", {at("2026-11-10 07:10"), at("2026-11-10 07:40")});
    house.office().lose("10.2.0.1", {at("2026-11-10 07:10"), at("2026-11-10 07:10:25")}, 4);
    house.start();
    house.run_until(at("2026-11-10 07:40"));
    ASSERT_EQ(incidents().size(), 1U);
    EXPECT_EQ(incidents().front().condition.item, "reachability");
}

TEST_F(LossStory, LossOfWhatIsOffByNowIsLetGoOf) {
    std::string occasional = small_yaml;
    occasional.replace(occasional.find("class: nas"), 10, "class: nas, presence: occasional");
    house.rewrite(occasional);
    house.office().lose("10.2.0.3", {at("2026-11-10 07:10"), at("2026-11-10 07:20")}, 3);
    house.office().silence("10.2.0.3", {at("2026-11-10 07:20"), at("2026-11-11 07:20")});
    house.start();
    house.app().reload();
    house.run_until(at("2026-11-10 07:20"));
    ASSERT_EQ(incidents().size(), 1U);
    house.run_until(at("2026-11-10 07:30"));
    EXPECT_EQ(incidents().front().state, core::IncidentState::resolved);
}

TEST_F(LossStory, WhatHasLeftTheArchiveLosesNothingAnyMore) {
    house.office().lose("10.2.0.3", {at("2026-11-10 07:10"), at("2026-11-11 07:40")}, 3);
    house.start();
    house.run_until(at("2026-11-10 07:20"));
    ASSERT_EQ(incidents().size(), 1U);
    EXPECT_EQ(incidents().front().verdict, Verdict::critical);
    std::string without = small_yaml;
    const auto line = without.find("  - {name: nas");
    without.erase(line, without.find('\n', line) + 1 - line);
    house.rewrite(without);
    house.app().reload();
    house.run_until(at("2026-11-10 07:25"));
    EXPECT_EQ(incidents().front().state, core::IncidentState::resolved);
    EXPECT_TRUE(house.read().recall().value().items.empty());
}

TEST_F(LossStory, ARoundJudgesTheLastLooksTogether) {
    // One packet of one burst is lost just at the round: 20 % of it, 2 % of the last ten looks.
    house.office().lose("10.2.0.1", {at("2026-11-10 08:29:55"), at("2026-11-10 08:30:02")}, 1);
    house.start();
    house.run_until(at("2026-11-10 08:35"));
    const auto made = round();
    const auto& core_switch = made.devices.at(0);
    EXPECT_EQ(core_switch.conclusion.verdict, Verdict::ok);
    EXPECT_EQ(core_switch.echo->sent, 50);
    EXPECT_EQ(core_switch.echo->received, 49);
    ASSERT_TRUE(made.self);
    EXPECT_GT(made.self->ping.count, 500);
    EXPECT_TRUE(made.self->keeps_up());
}

TEST(LinkStory, AMuteNameServerAndASilentTargetAreIncidentsOfTheirOwn) {
    House house{R"yaml(
site: {name: Small office, locale: en, time_zone: Europe/Berlin}
links: [{name: egress, targets: [10.9.0.1, 10.9.0.2], dns: www.example.com}]
rounds: [{name: morning, at: "08:30", days: all}]
)yaml",
                at("2026-11-10 07:00")};
    house.office().add("10.9.0.1");
    house.office().add("10.9.0.2");
    house.office().name("www.example.com", "10.9.9.9");
    house.office().silence("10.9.0.2", {at("2026-11-10 07:05"), at("2026-11-10 09:00")});
    house.start();
    house.run_until(at("2026-11-10 07:05:40"));
    const auto all = [&] { return house.read().incidents().list({}).value(); };
    EXPECT_TRUE(all().empty()) << "two looks are not enough";
    house.run_until(at("2026-11-10 08:35"));
    ASSERT_EQ(all().size(), 1U);
    EXPECT_EQ(all().front().condition.item, "targets");
    EXPECT_EQ(all().front().severity, core::Severity::third);
    const auto rounds =
        house.read().rounds_begun({at("2026-11-10 08:00"), at("2026-11-10 09:00")}).value();
    const auto record = house.read().record(rounds.at(0).id).value();
    EXPECT_EQ(record.round.links.at(0).conclusion.verdict, Verdict::warning);
    house.run_until(at("2026-11-10 09:05"));
    EXPECT_EQ(all().front().state, core::IncidentState::resolved);

    house.office().forget_name("www.example.com");
    house.run_until(at("2026-11-10 09:10"));
    ASSERT_EQ(all().size(), 2U);
    EXPECT_EQ(all().front().condition.item, "dns") << "the newest first";
    house.office().name("www.example.com", "10.9.9.9");
    house.run_until(at("2026-11-10 09:15"));
    EXPECT_EQ(all().front().state, core::IncidentState::resolved);
}

}  // namespace
}  // namespace rounds::tests
