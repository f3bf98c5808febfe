#include "tests/simulator/answer_plan.hpp"

#include <algorithm>
#include <chrono>
#include <set>

#include <gtest/gtest.h>

namespace rounds::simulator {
namespace {

using namespace std::chrono_literals;

struct Sum {
    int lost = 0, once = 0, twice = 0;
    core::Microseconds soonest{1h}, latest{0};
};

Sum ask(const EchoManner& manner, int requests) {
    Dice dice(42);
    Sum sum;
    for (int i = 0; i < requests; ++i) {
        const auto plan = answer_plan(manner, dice);
        ++(plan.answers == 0 ? sum.lost : plan.answers == 1 ? sum.once : sum.twice);
        sum.soonest =
            std::min(sum.soonest, *std::min_element(plan.after.begin(), plan.after.end()));
        sum.latest = std::max(sum.latest, *std::max_element(plan.after.begin(), plan.after.end()));
    }
    return sum;
}

TEST(AnswerPlan, AGoodDeviceAnswersEveryRequestOnceAfterItsLatency) {
    const auto sum = ask({.latency = 2ms}, 1000);
    EXPECT_EQ(sum.once, 1000);
    EXPECT_EQ(sum.soonest, 2ms);
    EXPECT_EQ(sum.latest, 2ms);
}

TEST(AnswerPlan, JitterSpreadsEvenlyToBothSides) {
    const auto sum = ask({.latency = 5ms, .jitter = 2ms}, 10'000);
    EXPECT_GE(sum.soonest, 3ms);
    EXPECT_LT(sum.soonest, 3100us);
    EXPECT_LE(sum.latest, 7ms);
    EXPECT_GT(sum.latest, 6900us);
}

TEST(AnswerPlan, NobodyAnswersBeforeBeingAsked) {
    EXPECT_EQ(ask({.latency = 1ms, .jitter = 10ms}, 1000).soonest, 0us);
}

TEST(AnswerPlan, LosesItsShare) {
    EXPECT_NEAR(ask({.loss = 0.3}, 10'000).lost, 3000, 150);
    EXPECT_EQ(ask({.loss = 1.0}, 1000).lost, 1000);
    EXPECT_EQ(ask({.loss = 0.0}, 1000).lost, 0);
}

TEST(AnswerPlan, DoublesItsShareOfAnswers) {
    const auto sum = ask({.loss = 0.5, .duplicates = 0.2}, 10'000);
    EXPECT_NEAR(sum.twice, 1000, 120);
    EXPECT_NEAR(sum.once, 4000, 200);
}

TEST(AnswerPlan, SilenceIsSilence) {
    EXPECT_EQ(ask({.silent = true, .duplicates = 1}, 100).lost, 100);
}

TEST(AnswerPlan, ChancesDoNotShiftWithTheManner) {
    Dice one(9), other(9);
    for (int i = 0; i < 50; ++i) {
        (void)answer_plan({.silent = true}, one);
        (void)answer_plan({.loss = 0.5, .duplicates = 0.5}, other);
    }
    EXPECT_EQ(one.next(), other.next());
}

TEST(Dice, RollWithinOneAndNeverStandStill) {
    Dice dice(0);
    std::set<double> seen;
    for (int i = 0; i < 1000; ++i) {
        const double roll = dice.roll();
        EXPECT_GE(roll, 0.0);
        EXPECT_LT(roll, 1.0);
        seen.insert(roll);
    }
    EXPECT_EQ(seen.size(), 1000U);
}

TEST(Dice, AreThoseOfTheirAuthors) {  // splitmix64.c of Vigna, seed 1234567
    Dice dice(1234567);
    EXPECT_EQ(dice.next(), 6457827717110365317U);
    EXPECT_EQ(dice.next(), 3203168211198807973U);
}

}  // namespace
}  // namespace rounds::simulator
