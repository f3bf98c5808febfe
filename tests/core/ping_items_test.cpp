#include "core/ping_items.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/drawing.hpp"

namespace rounds::core {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const WallTime now = drawing::start();

EchoStats replies(int received, int sent = 5) {
    EchoStats stats = drawing::answered(received);
    stats.sent = sent;
    return stats;
}

/// "loss warning": item and verdict of each.
std::vector<std::string> in_short(const std::vector<ItemFinding>& findings) {
    std::vector<std::string> found;
    for (const auto& finding : findings)
        found.push_back(finding.item + " " + std::string(word(finding.verdict)));
    return found;
}

TEST(JudgePing, ReachingALimitIsEnough) {
    const Thresholds usual;  // Loss: warning at 20%, critical at 60%.
    EXPECT_THAT(in_short(judge_ping(replies(5), usual, now)), ElementsAre("loss ok"));
    EXPECT_THAT(in_short(judge_ping(replies(4), usual, now)), ElementsAre("loss warning"));
    EXPECT_THAT(in_short(judge_ping(replies(3), usual, now)), ElementsAre("loss warning"));
    EXPECT_THAT(in_short(judge_ping(replies(2), usual, now)), ElementsAre("loss critical"));
    EXPECT_THAT(in_short(judge_ping(replies(17, 21), usual, now)), ElementsAre("loss ok")) << "19%";
}

TEST(JudgePing, EveryPercentageIsReachedByItsOwnShare) {
    for (int lost = 1; lost <= 100; ++lost) {
        Thresholds limits;
        limits.loss = {.warning = {}, .critical = lost * 0.01};
        EXPECT_THAT(in_short(judge_ping(replies(100 - lost, 100), limits, now)),
                    ElementsAre("loss critical"))
            << lost;
        EXPECT_THAT(in_short(judge_ping(replies(101 - lost, 100), limits, now)),
                    ElementsAre("loss ok"))
            << lost;
    }
}

TEST(JudgePing, SaysValueAndLimit) {
    Thresholds limits;
    limits.round_trip = {.warning = 400us, .critical = 1ms};
    limits.jitter = {.warning = {}, .critical = 30us};
    EchoStats stats = replies(4);
    stats.jitter = 31us;

    const Message loss{MessageId::reason_loss, {{"loss", Ratio{0.2}}, {"limit", Ratio{0.2}}}};
    const Message slow{MessageId::reason_round_trip,
                       {{"value", Microseconds{400}}, {"limit", Microseconds{400}}}};
    const Message jitter{MessageId::reason_jitter,
                         {{"value", Microseconds{31}}, {"limit", Microseconds{30}}}};
    const auto findings = judge_ping(stats, limits, now);
    ASSERT_THAT(in_short(findings),
                ElementsAre("loss warning", "round-trip warning", "jitter critical"));
    EXPECT_EQ(findings[0].message, loss);
    EXPECT_EQ(findings[1].message, slow);
    EXPECT_EQ(findings[2].message, jitter);
    EXPECT_EQ(findings[0].unit, "%");
    EXPECT_NEAR(findings[0].value.value(), 20, 1e-9);
    EXPECT_NEAR(findings[0].threshold.value(), 20, 1e-9);
    EXPECT_EQ(findings[1].unit, "ms");
    EXPECT_EQ(findings[1].value, 0.4);
    EXPECT_EQ(findings[2].threshold, 0.03);
    EXPECT_EQ(findings[2].evidence_at, now);
}

TEST(JudgePing, WhatIsWellHasItsFirstLimitAndNoMessage) {
    Thresholds limits;
    limits.round_trip = {.warning = {}, .critical = 1ms};
    const auto findings = judge_ping(replies(5), limits, now);
    ASSERT_EQ(findings.size(), 2U);
    EXPECT_EQ(findings[0].threshold, 20);
    EXPECT_EQ(findings[0].message, std::nullopt);
    EXPECT_EQ(findings[1].threshold, 1);
}

TEST(JudgePing, WhatHasNoLimitOrWasNotMeasuredIsNoFinding) {
    Thresholds none;
    none.loss = {};
    EXPECT_THAT(judge_ping(replies(0), none, now), IsEmpty());
    Thresholds times;
    times.round_trip.warning = 0us;
    times.jitter.warning = 0us;
    times.loss = {};
    EXPECT_THAT(judge_ping(replies(0), times, now), IsEmpty()) << "silence has no round-trip time";
    const Thresholds all{.loss = {.warning = 0.0, .critical = {}}};
    EXPECT_THAT(judge_ping(EchoStats{}, all, now), IsEmpty()) << "nothing sent, nothing lost";
}

TEST(JudgePing, ItsItemsAreThoseThatAreNamed) {
    const Thresholds all{.loss = {.warning = 0.1, .critical = {}},
                         .round_trip = {.warning = 1us, .critical = {}},
                         .jitter = {.warning = 1us, .critical = 2us}};
    EchoStats stats = replies(4);
    stats.jitter = 30us;
    LinkObservation look{
        .ping = {now, stats}, .targets = 2, .asked = 2, .answered = 1, .dns_asked = true};
    std::set<std::string> found;
    for (const auto& finding : judge_link(look, stats, all)) {
        EXPECT_TRUE(is_ping_item(finding.item));
        found.insert(finding.item);
    }
    EXPECT_EQ(found.size(), ping_item_words().size());
    EXPECT_FALSE(is_ping_item("cpu"));
}

TEST(ItemLimits, AreThoseOfTheThresholdsInTheUnitsOfTheItems) {
    Thresholds limits;
    limits.jitter = {.warning = 1500us, .critical = {}};
    const ItemLimits expected{{"loss", {.warning = 20, .critical = 60}},
                              {"jitter", {.warning = 1.5, .critical = {}}}};
    EXPECT_EQ(item_limits(limits), expected);
    EXPECT_EQ(default_limits("loss"), expected.at("loss"));
    EXPECT_EQ(default_limits("jitter"), Limits<double>{});
}

/// One look of 5 packets, of `received` of which the times are known.
EchoStats look(int received, Microseconds average, std::optional<Microseconds> jitter = {}) {
    EchoStats stats = replies(received);
    stats.rtt = RoundTrip{average - 10us, average, average + 10us};
    stats.jitter = jitter;
    return stats;
}

TEST(RecentLooks, AddUpByThePackets) {
    RecentLooks recent;
    EXPECT_EQ(recent.sum(), EchoStats{});
    recent.add(look(5, 100us, 8us));   // 4 differences
    recent.add(look(1, 400us));        // none
    recent.add(look(2, 100us, 18us));  // 1
    const EchoStats expected{.sent = 15,
                             .received = 8,
                             .rtt = RoundTrip{90us, Microseconds{1100 / 8}, 410us},
                             .jitter = 10us};
    EXPECT_EQ(recent.sum(), expected);
}

TEST(RecentLooks, OnlyTheLastOnesCount) {
    RecentLooks recent;
    for (std::size_t i = 0; i < RecentLooks::enough; ++i) {
        EXPECT_FALSE(recent.are_enough()) << i;
        recent.add(look(1, 9000us));
    }
    EXPECT_TRUE(recent.are_enough());
    for (std::size_t i = 0; i < RecentLooks::most; ++i) recent.add(look(5, 100us));
    const EchoStats expected{.sent = 50, .received = 50, .rtt = RoundTrip{90us, 100us, 110us}};
    EXPECT_EQ(recent.sum(), expected);
    recent.forget();
    EXPECT_EQ(recent.sum(), EchoStats{});
    EXPECT_FALSE(recent.are_enough());
}

TEST(RecentLooks, SilenceIsNoLoss) {
    RecentLooks recent;
    recent.add(replies(0));
    EXPECT_EQ(recent.sum(), EchoStats{});
}

LinkObservation link(int targets, int answered, int received, std::optional<Duration> dns_took,
                     bool dns_asked = true) {
    LinkObservation seen{.ping = {now, replies(received, targets * 5)}};
    seen.targets = targets;
    seen.asked = targets;
    seen.answered = answered;
    seen.dns_asked = dns_asked;
    seen.dns_took = dns_took;
    return seen;
}

std::vector<ItemFinding> judged(const LinkObservation& seen) {
    return judge_link(seen, over_answering(seen), {});
}

TEST(JudgeLink, WellWhenAllAnswerAndNamesResolve) {
    EXPECT_THAT(in_short(judged(link(2, 2, 10, 12ms))),
                ElementsAre("dns ok", "targets ok", "loss ok"));
    EXPECT_THAT(in_short(judged(link(1, 1, 5, {}, false))), ElementsAre("loss ok"))
        << "no name to resolve, and one target is the link itself";
}

TEST(JudgeLink, NamesThatDoNotResolveAreAWarning) {
    const auto findings = judged(link(2, 2, 10, {}));
    EXPECT_THAT(in_short(findings), ElementsAre("dns warning", "targets ok", "loss ok"));
    EXPECT_EQ(findings[0].message, Message{MessageId::reason_dns_failed});
}

TEST(JudgeLink, SilentTargetsAreAWarningHoweverMany) {
    for (const int answered : {1, 2}) {
        const Message some{MessageId::reason_some_targets,
                           {{"answered", std::int64_t{answered}}, {"targets", std::int64_t{3}}}};
        const auto findings = judged(link(3, answered, 5 * answered, 12ms));
        EXPECT_THAT(in_short(findings), ElementsAre("dns ok", "targets warning", "loss ok"))
            << "two silent targets of three are not 67% loss of the line";
        EXPECT_EQ(findings[1].message, some);
    }
}

TEST(JudgeLink, LossIsThatOfTheTargetsThatAnswer) {
    const auto findings = judged(link(3, 1, 2, 12ms));  // 3 of 5 lost.
    EXPECT_THAT(in_short(findings), ElementsAre("dns ok", "targets warning", "loss critical"));
    EXPECT_EQ(findings[2].message,
              (Message{MessageId::reason_loss, {{"loss", Ratio{0.6}}, {"limit", Ratio{0.6}}}}));
    LinkObservation one_unasked = link(3, 2, 7, 12ms);
    one_unasked.asked = 2;
    std::get<EchoStats>(one_unasked.ping.told).sent = 10;
    EXPECT_EQ(over_answering(one_unasked).loss(), 0.3) << "its packets were never sent";
    LinkObservation unasked{.ping = {now, drawing::not_found()}, .targets = 3};
    EXPECT_EQ(over_answering(unasked), EchoStats{});
}

}  // namespace
}  // namespace rounds::core
