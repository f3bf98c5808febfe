#include "core/day_record.hpp"

#include <gtest/gtest.h>

namespace rounds::core {
namespace {

using namespace std::chrono_literals;

EchoStats burst(int received, Microseconds min, Microseconds avg, Microseconds max) {
    EchoStats stats;
    stats.sent = 5;
    stats.received = received;
    stats.rtt = RoundTrip{min, avg, max};
    stats.jitter = 20us;
    return stats;
}

TEST(EchoSummary, AddsUpWhatTheLooksTold) {
    EchoSummary summary;
    summary.add(burst(5, 300us, 400us, 700us));
    summary.add(burst(4, 200us, 500us, 600us));

    EXPECT_EQ(summary.sent, 10);
    EXPECT_EQ(summary.received, 9);
    EXPECT_EQ(summary.rtt_count, 2);
    EXPECT_EQ(summary.rtt_sum_us, 900);
    EXPECT_EQ(summary.rtt_min_us, 200);
    EXPECT_EQ(summary.rtt_max_us, 700);
    EXPECT_EQ(summary.jitter_count, 2);
    EXPECT_EQ(summary.jitter_sum_us, 40);
}

TEST(EchoSummary, SilenceIsLossAndNoRoundTripTime) {
    EchoStats silence;
    silence.sent = 5;
    EchoSummary summary;
    summary.add(silence);
    EXPECT_EQ(summary.sent, 5);
    EXPECT_EQ(summary.rtt_count, 0);

    summary.add(burst(5, 300us, 400us, 700us));
    EXPECT_EQ(summary.rtt_min_us, 300) << "the minimum of what answered, not 0";
    EXPECT_EQ(summary.rtt_count, 1);
}

TEST(EchoSummary, OneReplyHasNoJitter) {
    EchoStats one = burst(1, 300us, 300us, 300us);
    one.jitter.reset();
    EchoSummary summary;
    summary.add(one);
    EXPECT_EQ(summary.jitter_count, 0);
    EXPECT_EQ(summary.rtt_count, 1);
}

TEST(Quarter, BeginsAtTheQuarterOfTheHour) {
    const WallTime quarter = from_ms(900'000 * 1'977'777LL);
    EXPECT_EQ(quarter_of(quarter), quarter);
    EXPECT_EQ(quarter_of(quarter + 14min + 59s + 999ms), quarter);
    EXPECT_EQ(quarter_of(quarter + 15min), quarter + 15min);
    EXPECT_EQ(quarter_of(quarter - 1ms), quarter - 15min);
    EXPECT_EQ(quarter_of(from_ms(-1)), from_ms(-900'000)) << "before 1970, too";
}

TEST(Quarter, HoldsForTheFarFuture) {
    using std::chrono::sys_days;
    const WallTime far = sys_days{std::chrono::year{9000} / 1 / 1} + 7min;
    EXPECT_EQ(quarter_of(far), far - 7min);
}

}  // namespace
}  // namespace rounds::core
