// The engine against a real kernel that answers.
#include "probes/icmp/engine.hpp"

#include <string>
#include <vector>

#include <boost/system/system_error.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/probes/own_network.hpp"
#include "tests/probes/pinger.hpp"

namespace rounds::probes {
namespace {

using core::Duration;
using core::Error;
using testing::HasSubstr;
using Socket = IcmpEngine::Family::Socket;

struct Case {
    std::string name;
    Allowed allowed;
    std::string address;
    friend void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }
};

/// Every socket kind with every IP version.
class Engine : public testing::TestWithParam<Case> {
 protected:
    static const std::string& address() { return GetParam().address; }
};

INSTANTIATE_TEST_SUITE_P(Icmp, Engine,
                         testing::Values(Case{"DatagramIpv4", Allowed::datagram, "127.1.2.3"},
                                         Case{"DatagramIpv6", Allowed::datagram, "::1"},
                                         Case{"RawIpv4", Allowed::raw, "127.1.2.3"},
                                         Case{"RawIpv6", Allowed::raw, "::1"}),
                         [](const auto& test) { return test.param.name; });

TEST_P(Engine, HearsEveryReply) {
    in_own_network(GetParam().allowed, [] {
        Pinger pinger;
        const auto expected = GetParam().allowed == Allowed::raw ? Socket::raw : Socket::datagram;
        EXPECT_EQ(pinger.engine->ipv4().socket, expected);
        EXPECT_EQ(pinger.engine->ipv6().socket, expected);
        EXPECT_EQ(pinger.engine->ipv4().trouble, "");
        EXPECT_GT(pinger.engine->ipv4().receive_buffer, 100'000);

        const auto stats = pinger.ask(address(), Pinger::quick(5)).value();
        EXPECT_EQ(stats.sent, 5);
        EXPECT_EQ(stats.received, 5);
        ASSERT_TRUE(stats.rtt);
        EXPECT_GE(stats.rtt->min.count(), 0);
        EXPECT_LE(stats.rtt->min, stats.rtt->avg);
        EXPECT_LE(stats.rtt->avg, stats.rtt->max);
        EXPECT_TRUE(stats.jitter);
        EXPECT_EQ(stats.duplicates + stats.late + stats.foreign, 0);
        EXPECT_EQ(pinger.engine->counters().sent, 5U);
        EXPECT_EQ(pinger.engine->counters().received, 5U);
        EXPECT_EQ(pinger.engine->counters().nonsense, 0U);
    });
}

TEST_P(Engine, SilenceIsAnAnswer) {
    in_own_network(GetParam().allowed, [] {
        kernel_keeps_silent();
        Pinger pinger;
        const auto stats = pinger.ask(address(), Pinger::quick(3, Duration{30})).value();
        EXPECT_EQ(stats.sent, 3);
        EXPECT_EQ(stats.received, 0);
        EXPECT_EQ(stats.rtt, std::nullopt);
        EXPECT_EQ(stats.jitter, std::nullopt);
        EXPECT_EQ(stats.loss(), 1.0);
    });
}

TEST_P(Engine, ManyAsksOfOneAddressKeepApart) {
    in_own_network(GetParam().allowed, [] {
        Pinger pinger;
        std::vector<Pinger::AskedPtr> asks;
        for (int i = 0; i < 300; ++i)
            asks.push_back(pinger.start(address(), Pinger::quick(1 + i % 5)));
        pinger.loop.run();
        for (int i = 0; i < 300; ++i) {
            const auto stats = asks[static_cast<std::size_t>(i)]->stats();
            EXPECT_EQ(stats.sent, 1 + i % 5);
            EXPECT_EQ(stats.received, stats.sent);
            EXPECT_EQ(stats.duplicates + stats.late + stats.foreign, 0);
        }
    });
}

TEST_P(Engine, ACancelledAskLeavesNothingBehind) {
    in_own_network(GetParam().allowed, [] {
        kernel_keeps_silent();
        Pinger pinger;
        const auto cancelled = pinger.start(address(), Pinger::quick(2));
        const auto other = pinger.start(address(), Pinger::quick(1, Duration{30}));
        pinger.loop.poll();
        cancelled->cancel.emit(asio::cancellation_type::terminal);
        pinger.loop.run();  // ends, although five seconds of patience were asked for
        ASSERT_TRUE(cancelled->thrown);
        try {
            std::rethrow_exception(cancelled->thrown);
        } catch (const boost::system::system_error& error) {
            EXPECT_EQ(error.code(), asio::error::operation_aborted);
        }
        EXPECT_EQ(other->stats().received, 0);
    });
}

TEST_P(Engine, EndsItsAsksWhenItEnds) {
    in_own_network(GetParam().allowed, [] {
        kernel_keeps_silent();
        Pinger pinger;
        const auto asked = pinger.start(address(), Pinger::quick(2));
        const auto not_begun =
            pinger.engine->ask(asio::ip::make_address(address()), Pinger::quick(1));
        pinger.loop.poll();
        pinger.engine.reset();
        pinger.loop.run();
        ASSERT_TRUE(asked->result && asked->result->has_error());
        EXPECT_EQ(asked->result->error().kind, Error::Kind::unavailable);
    });
}

TEST_P(Engine, BeginsNothingAfterItsEnd) {
    in_own_network(GetParam().allowed, [] {
        Pinger pinger;
        const auto asked =
            pinger.start(address(), Pinger::quick(2));  // begins at the loop's next turn
        pinger.engine.reset();
        pinger.loop.run();
        ASSERT_TRUE(asked->result && asked->result->has_error());
        EXPECT_EQ(asked->result->error().kind, Error::Kind::unavailable);
    });
}

TEST_P(Engine, MayGoWithItsLoopWhileAsked) {
    in_own_network(GetParam().allowed, [] {
        kernel_keeps_silent();
        Pinger::AskedPtr asked;
        {
            Pinger pinger;
            asked = pinger.start(address(), Pinger::quick(2));
            pinger.loop.poll();
        }
        EXPECT_FALSE(asked->ended());
        EXPECT_EQ(asked.use_count(), 1);  // its coroutine is gone
    });
}

TEST(EngineLoad, FiveThousandTargetsLoseNoReply) {
    in_own_network(Allowed::raw, [] {
        Pinger pinger;
        std::vector<Pinger::AskedPtr> asks;
        for (int i = 0; i < 5'000; ++i) {
            const auto address = fmt::format("127.7.{}.{}", i / 250, 1 + i % 250);
            asks.push_back(pinger.start(address, Pinger::quick(3)));
        }
        pinger.loop.run();
        int received = 0;
        for (const auto& asked : asks) received += asked->stats().received;
        EXPECT_EQ(received, 15'000);
        EXPECT_EQ(pinger.engine->counters().sent, 15'000U);
        EXPECT_EQ(pinger.engine->counters().duplicates, 0U);
    });
}

TEST(EngineRefuses, WithoutPermissionAndSaysWhatWouldGiveIt) {
    in_own_network(Allowed::nothing, [] {
        Pinger pinger;
        EXPECT_EQ(pinger.engine->ipv4().socket, Socket::none);
        EXPECT_THAT(pinger.engine->ipv4().trouble, HasSubstr("net.ipv4.ping_group_range"));
        EXPECT_THAT(pinger.engine->ipv6().trouble, HasSubstr("AmbientCapabilities=CAP_NET_RAW"));
        for (const auto* address : {"127.0.0.1", "::1"}) {
            const auto result = pinger.ask(address, Pinger::quick(1));
            ASSERT_TRUE(result.has_error());
            EXPECT_EQ(result.error().kind, Error::Kind::no_permission);
            EXPECT_THAT(result.error().message, HasSubstr("not permitted to ping"));
        }
    });
}

TEST_P(Engine, NoRouteEndsThatAskAlone) {
    in_own_network(GetParam().allowed, [] {
        Pinger pinger;
        const std::string beyond = address() == "::1" ? "2001:db8::1" : "192.0.2.1";
        std::vector<Pinger::AskedPtr> good, lost;
        for (int i = 0; i < 10; ++i) {
            good.push_back(pinger.start(address(), Pinger::quick(3)));
            lost.push_back(pinger.start(beyond, Pinger::quick(3)));
        }
        pinger.loop.run();
        for (const auto& asked : good) EXPECT_EQ(asked->stats().received, 3);
        for (const auto& asked : lost) {
            ASSERT_TRUE(asked->result->has_error());
            EXPECT_EQ(asked->result->error().kind, Error::Kind::unavailable);
            EXPECT_THAT(asked->result->error().message, HasSubstr("no route to " + beyond));
        }
    });
}

TEST(EngineRefuses, PlansThatAreNone) {
    in_own_network(Allowed::raw, [] {
        Pinger pinger;
        for (const int packets : {-1, 0, 101}) {
            const auto result = pinger.ask("127.0.0.1", {.packets = packets});
            ASSERT_TRUE(result.has_error());
            EXPECT_EQ(result.error().kind, Error::Kind::invalid_input);
        }
        EXPECT_EQ(pinger.ask("127.0.0.1", Pinger::quick(100)).value().received, 100);
    });
}

TEST(EngineRefuses, BroadcastsAndLinkLocalsWithoutInterface) {
    in_own_network(Allowed::raw, [] {
        Pinger pinger;
        EXPECT_THAT(pinger.ask("127.255.255.255", Pinger::quick(1)).error().message,
                    HasSubstr("broadcast"));
        EXPECT_THAT(pinger.ask("fe80::1", Pinger::quick(1)).error().message,
                    HasSubstr("needs its interface"));
    });
}

TEST(EngineSpecial, MappedAddressesAreAskedAsIpv4) {
    in_own_network(Allowed::raw, [] {
        Pinger pinger;
        EXPECT_EQ(pinger.ask("::ffff:127.0.0.9", Pinger::quick(2)).value().received, 2);
    });
}

TEST(EngineSpecial, ARushLeavesAtItsPace) {
    in_own_network(Allowed::raw, [] {
        Pinger pinger;
        constexpr int a_packet_a_second = 1;
        pinger.engine = std::make_unique<IcmpEngine>(pinger.loop.get_executor(), a_packet_a_second);
        for (int i = 0; i < 200; ++i) pinger.start("127.0.0.1", Pinger::quick(1));
        while (pinger.engine->counters().received < 64) pinger.loop.run_one();
        pinger.loop.poll();
        EXPECT_LT(pinger.engine->counters().sent, 100U);  // what may leave at once, not all
    });
}

}  // namespace
}  // namespace rounds::probes
