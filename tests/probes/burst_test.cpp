#include "probes/icmp/burst.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "probes/icmp/burst_table.hpp"

namespace rounds::probes {
namespace {

using core::Microseconds;
using core::SteadyTime;
using namespace std::chrono_literals;

const auto host = asio::ip::make_address("10.1.3.1");
const auto stranger = asio::ip::make_address("10.1.3.2");
constexpr SteadyTime start{1h};

Burst sent_burst(int packets) {
    Burst burst{host, {.packets = packets, .spacing = 200ms, .timeout = 1s}};
    for (int n = 0; n < packets; ++n) burst.depart(start + n * 200ms);
    return burst;
}

struct Reply {
    int packet;
    std::chrono::microseconds rtt;
    asio::ip::address from = host;
};

/// What a burst of five says after some replies: received, duplicates, late, foreign.
struct Case {
    std::string name;
    std::vector<Reply> replies;
    std::vector<Heard> heard;
    core::EchoStats stats;
};

class BurstHears : public testing::TestWithParam<Case> {};

TEST_P(BurstHears, Replies) {
    Burst burst = sent_burst(5);
    std::vector<Heard> heard;
    for (const auto& reply : GetParam().replies)
        heard.push_back(burst.hear(reply.packet, reply.from, reply.rtt));
    EXPECT_EQ(heard, GetParam().heard);
    EXPECT_EQ(burst.stats(), GetParam().stats);
}

/// What a burst of five says.
core::EchoStats five(int received = 0, std::optional<core::RoundTrip> rtt = {},
                     std::optional<Microseconds> jitter = {}, int duplicates = 0, int late = 0,
                     int foreign = 0) {
    return {.sent = 5,
            .received = received,
            .rtt = rtt,
            .jitter = jitter,
            .duplicates = duplicates,
            .late = late,
            .foreign = foreign};
}

core::RoundTrip trip(int min, int avg, int max) {
    return {Microseconds{min}, Microseconds{avg}, Microseconds{max}};
}

using enum Heard;
INSTANTIATE_TEST_SUITE_P(
    Burst, BurstHears,
    testing::Values(
        Case{"Silence", {}, {}, five()},
        Case{"OneReplyHasNoJitter", {{2, 400us}}, {in_time}, five(1, trip(400, 400, 400))},
        Case{"AllInTime",
             {{0, 100us}, {1, 300us}, {2, 200us}, {3, 200us}, {4, 700us}},
             {in_time, in_time, in_time, in_time, in_time},
             five(5, trip(100, 300, 700), Microseconds{(200 + 100 + 0 + 500) / 4})},
        Case{"JitterFollowsTheSequenceNotTheArrival",
             {{4, 700us}, {0, 100us}, {2, 200us}},
             {in_time, in_time, in_time},
             five(3, trip(100, 333, 700), Microseconds{(100 + 500) / 2})},
        Case{"ADuplicateCountsOnceAndKeepsTheFirstTime",
             {{0, 100us}, {0, 900us}, {0, 901us}},
             {in_time, duplicate, duplicate},
             five(1, trip(100, 100, 100), {}, 2)},
        Case{"OnTheDotIsInTime",
             {{0, 1s}},
             {in_time},
             five(1, trip(1'000'000, 1'000'000, 1'000'000))},
        Case{"LateIsNotReceived", {{0, 1s + 1us}}, {late}, five(0, {}, {}, 0, 1)},
        Case{"ALateReplyTwiceIsADuplicate",
             {{0, 2s}, {0, 3s}},
             {late, duplicate},
             five(0, {}, {}, 1, 1)},
        Case{"AForeignReplyIsNoAnswer", {{0, 5us, stranger}}, {foreign}, five(0, {}, {}, 0, 0, 1)},
        Case{"AForeignReplyDoesNotMakeTheRealOneADuplicate",
             {{0, 5us, stranger}, {0, 90us}},
             {foreign, in_time},
             five(1, trip(90, 90, 90), {}, 0, 0, 1)},
        Case{"ARequestThatNeverLeft",
             {{5, 1us}, {-1, 1us}, {127, 1us}},
             {never_sent, never_sent, never_sent},
             five()}),
    [](const auto& test) { return test.param.name; });

TEST(Burst, KnowsWhatIsDueNext) {
    Burst burst{host, {.packets = 2, .spacing = 200ms, .timeout = 1s}};
    burst.depart(start);
    EXPECT_FALSE(burst.all_sent());
    EXPECT_EQ(burst.next_due(), start + 200ms);
    burst.depart(start + 250ms);
    EXPECT_TRUE(burst.all_sent());
    EXPECT_EQ(burst.next_due(), start + 1250ms);
}

TEST(Burst, IsCompleteWhenEveryRequestWasAnsweredInTime) {
    Burst burst = sent_burst(2);
    burst.hear(1, host, 10us);
    EXPECT_FALSE(burst.all_answered());
    burst.hear(0, host, 10us);
    EXPECT_TRUE(burst.all_answered());
}

TEST(Burst, IsNotCompleteWhileRequestsAreStillToLeave) {
    Burst burst{host, {.packets = 2}};
    burst.depart(start);
    burst.hear(0, host, 10us);
    EXPECT_FALSE(burst.all_answered());
}

TEST(Burst, AfterClosingEveryFirstReplyIsLate) {
    Burst burst = sent_burst(2);
    burst.hear(0, host, 10us);
    burst.close();
    EXPECT_EQ(burst.hear(1, host, 10us), late);
    EXPECT_EQ(burst.hear(0, host, 10us), duplicate);
    EXPECT_EQ(burst.stats().received, 1);
}

struct Hosts {
    std::string name, asked, from;
    bool same;
};

class SameHost : public testing::TestWithParam<Hosts> {};

TEST_P(SameHost, Judges) {
    EXPECT_EQ(same_host(asio::ip::make_address(GetParam().asked),
                        asio::ip::make_address(GetParam().from)),
              GetParam().same);
}

INSTANTIATE_TEST_SUITE_P(
    Burst, SameHost,
    testing::Values(Hosts{"Itself", "10.0.0.1", "10.0.0.1", true},
                    Hosts{"Another", "10.0.0.1", "10.0.0.2", false},
                    Hosts{"AnotherVersion", "10.0.0.1", "::1", false},
                    Hosts{"LinkLocalAskedWithoutInterface", "fe80::1", "fe80::1%1", true},
                    Hosts{"LinkLocalOnItsInterface", "fe80::1%1", "fe80::1%1", true},
                    Hosts{"LinkLocalOnAnotherInterface", "fe80::1%1", "fe80::1%2", false}),
    [](const auto& test) { return test.param.name; });

TEST(BurstTable, NumbersLeadBackToBurstAndPacket) {
    const auto number = BurstTable::number_of(70'000, 99);
    EXPECT_EQ(BurstTable::burst_of(number), 70'000U);
    EXPECT_EQ(BurstTable::packet_of(number), 99);
}

TEST(BurstTable, RemembersWhatIsOverForAWhile) {
    BurstTable table;
    const auto first = table.add(std::make_shared<Burst>(sent_burst(1)));
    const auto second = table.add(std::make_shared<Burst>(sent_burst(1)));
    ASSERT_NE(first, second);
    table.retire(first, start);
    ASSERT_NE(table.find(first), nullptr);
    EXPECT_EQ(table.find(first)->hear(0, host, 1us), late);
    table.retire(second, start + BurstTable::remembered_for + 1s);
    EXPECT_EQ(table.find(first), nullptr);
    EXPECT_NE(table.find(second), nullptr);
    EXPECT_TRUE(table.existed(first));
    EXPECT_FALSE(table.existed(second + 1));
    EXPECT_FALSE(table.existed(0));
}

TEST(BurstTable, RemembersNoMoreThanItMay) {
    BurstTable table;
    for (std::size_t i = 0; i < BurstTable::most_remembered + 10; ++i) {
        table.retire(table.add(std::make_shared<Burst>(host, core::EchoPlan{})), start);
    }
    EXPECT_EQ(table.remembered(), BurstTable::most_remembered);
    EXPECT_EQ(table.find(10), nullptr);
    EXPECT_NE(table.find(11), nullptr);
}

}  // namespace
}  // namespace rounds::probes
