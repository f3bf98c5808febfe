#include "probes/icmp/pace.hpp"

#include <string>

#include <gtest/gtest.h>

#include "probes/icmp/round_trip.hpp"

namespace rounds::probes {
namespace {

using core::SteadyTime;
using namespace std::chrono_literals;

constexpr SteadyTime start{1h};

TEST(Pace, StartsFull) {
    const Pace pace{1'000, 64, start};
    EXPECT_EQ(pace.allowed(start), 64U);
}

TEST(Pace, FillsWithTimeAndNoFurther) {
    Pace pace{1'000, 64, start};
    pace.spend(64, start);
    EXPECT_EQ(pace.allowed(start), 0U);
    EXPECT_EQ(pace.allowed(start + 8ms), 8U);
    EXPECT_EQ(pace.when(8), start + 8ms);
    EXPECT_EQ(pace.allowed(start + 1h), 64U);
}

TEST(Pace, ALongPauseGivesNoCreditBeyondTheDepth) {
    Pace pace{1'000, 64, start};
    pace.spend(64, start + 1h);
    EXPECT_EQ(pace.allowed(start + 1h), 0U);
}

TEST(PaceProperty, NeverFasterThanItsRate) {
    Pace pace{50'000, 64, start};
    std::size_t sent = 0;
    const auto end = start + 1s;
    for (SteadyTime now = start; now < end; now += 37us) {
        const auto some = std::min<std::size_t>(8, pace.allowed(now));
        pace.spend(some, now);
        sent += some;
    }
    EXPECT_LE(sent, 50'000U + 64U);
    EXPECT_GE(sent, 49'900U);
}

/// A reply that left at `start`, was read `elapsed` later, when the wall clock had advanced by
/// `waited` since the kernel's stamp.
struct Case {
    std::string name;
    std::chrono::nanoseconds elapsed, waited, rtt;
};

class RoundTripTest : public testing::TestWithParam<Case> {};

TEST_P(RoundTripTest, Is) {
    const StampTime stamp{1'795'000'000s};
    const auto& [name, elapsed, waited, rtt] = GetParam();
    EXPECT_EQ(round_trip(start, stamp, Moment{start + elapsed, stamp + waited}), rtt);
}

INSTANTIATE_TEST_SUITE_P(Pace, RoundTripTest,
                         testing::Values(Case{"ReadAtOnce", 400us, 0us, 400us},
                                         Case{"WaitedForUs", 40'400us, 40'000us, 400us},
                                         Case{"WaitedAllTheTime", 400us, 400us, 0us},
                                         Case{"SeemsToHaveComeBeforeItLeft", 80us, 90us, 0us},
                                         Case{"WallClockRanFasterMeanwhile", 2s, 2'001ms, 0us},
                                         Case{"WallClockWasSetMeanwhile", 2s, 2'100ms, 2s},
                                         Case{"ClockSetForwardMeanwhile", 400us, 1h, 400us},
                                         Case{"ClockSetBackMeanwhile", 400us, -1h, 400us},
                                         Case{"ClockSlewed", 400us, -1us, 400us},
                                         Case{"SteadyClocksOfTwoReadingsDisagree", -1us, 0us, 0us},
                                         Case{"PartsOfAMicrosecondAreDropped", 400'999ns, 0ns,
                                              400us}),
                         [](const auto& test) { return test.param.name; });

TEST(RoundTrip, WithoutAStampIsTheTimeUntilItWasRead) {
    EXPECT_EQ(round_trip(start, std::nullopt, Moment{start + 3ms, {}}), 3ms);
}

TEST(RoundTrip, PacketsOfACallLeaveOneAfterTheOther) {
    EXPECT_EQ(left_at(start, 40us, 0, 8), start);
    EXPECT_EQ(left_at(start, 40us, 6, 8), start + 30us);
    EXPECT_EQ(left_at(start, 40us, 0, 0), start);
    EXPECT_EQ(left_at(start, 5ms, 7, 8), start) << "interrupted: nobody knows when";
}

}  // namespace
}  // namespace rounds::probes
