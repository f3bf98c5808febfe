// The engine against a neighbour that answers as it likes.
#include <chrono>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/probes/neighbour.hpp"
#include "tests/probes/own_network.hpp"
#include "tests/probes/pinger.hpp"

namespace rounds::probes {
namespace {

using core::Duration;
using Request = Neighbour::Request;
using Answers = std::vector<Neighbour::Answer>;

struct Case {
    std::string name;
    Allowed allowed;
    IpVersion version;
    std::string address, stranger;
    friend void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }
};

/// Every socket kind with every IP version.
class Forged : public testing::TestWithParam<Case> {
 protected:
    static const std::string& address() { return GetParam().address; }
    static asio::ip::address stranger() { return asio::ip::make_address(GetParam().stranger); }
    static bool kernel_checks_checksums() {
        return GetParam().allowed == Allowed::datagram || GetParam().version == IpVersion::v6;
    }

    /// Tells `story` in a network where only `answers` answers.
    static void with_neighbour(Neighbour::Answers answers,
                               const std::function<void(Pinger&, Neighbour&)>& story) {
        in_own_network(GetParam().allowed, [&] {
            kernel_keeps_silent();
            Pinger pinger;
            Neighbour neighbour{pinger.loop.get_executor(), GetParam().version, std::move(answers)};
            story(pinger, neighbour);
        });
    }

    static Neighbour::Answer honest(const Request& request, Duration after = Duration{0}) {
        return {.from = request.asked, .icmp = reply(request), .after = after};
    }

    /// The honest reply with one byte changed, under a right checksum.
    static Neighbour::Answer changed(const Request& request, std::size_t at) {
        auto answer = honest(request);
        answer.icmp.at(at) ^= std::byte{0x5a};
        if (GetParam().version == IpVersion::v4) answer.icmp = with_checksum(answer.icmp);
        return answer;
    }
};

// The neighbour itself needs a raw socket, which in a namespace of one's own is always there.
INSTANTIATE_TEST_SUITE_P(
    Icmp, Forged,
    testing::Values(Case{"DatagramIpv4", Allowed::datagram, IpVersion::v4, "127.1.2.3",
                         "127.9.9.9"},
                    Case{"DatagramIpv6", Allowed::datagram, IpVersion::v6, "::1", "fd00::9"},
                    Case{"RawIpv4", Allowed::raw, IpVersion::v4, "127.1.2.3", "127.9.9.9"},
                    Case{"RawIpv6", Allowed::raw, IpVersion::v6, "::1", "fd00::9"}),
    [](const auto& test) { return test.param.name; });

TEST_P(Forged, AnHonestNeighbourIsHeard) {
    with_neighbour([](const Request& request) { return Answers{honest(request)}; },
                   [](Pinger& pinger, Neighbour&) {
                       const auto stats = pinger.ask(address(), Pinger::quick(5)).value();
                       EXPECT_EQ(stats.received, 5);
                       EXPECT_EQ(stats.duplicates + stats.late + stats.foreign, 0);
                   });
}

TEST_P(Forged, LossIsCounted) {
    const auto every_other = [](const Request& request) {
        return request.nth % 2 == 0 ? Answers{honest(request)} : Answers{};
    };
    with_neighbour(every_other, [](Pinger& pinger, Neighbour&) {
        const auto stats = pinger.ask(address(), Pinger::quick(5, Duration{500})).value();
        EXPECT_EQ(stats.sent, 5);
        EXPECT_EQ(stats.received, 3);
    });
}

TEST_P(Forged, DuplicatesAreTold) {
    const auto twice_and_thrice = [](const Request& request) {
        Answers answers{honest(request), honest(request)};
        if (request.nth == 0) answers.push_back(honest(request));
        return answers;
    };
    with_neighbour(twice_and_thrice, [](Pinger& pinger, Neighbour& neighbour) {
        const core::EchoPlan plan{
            .packets = 2, .spacing = Duration{50}, .timeout = Duration{5'000}};
        const auto stats = pinger.ask(address(), plan).value();
        EXPECT_EQ(stats.received, 2);
        EXPECT_GE(stats.duplicates, 2);  // the last one may come when all is said
        while (neighbour.answered() < 5) pinger.loop.run_one();
        EXPECT_EQ(pinger.ask(address(), Pinger::quick(1)).value().received, 1);
        EXPECT_EQ(pinger.engine->counters().received, 3U);
        EXPECT_GE(pinger.engine->counters().duplicates, 3U);
    });
}

TEST_P(Forged, ALateReplyIsLateAndNotReceived) {
    const auto first_too_late = [](const Request& request) {
        return Answers{honest(request, request.nth == 0 ? Duration{160} : Duration{0})};
    };
    with_neighbour(first_too_late, [](Pinger& pinger, Neighbour&) {
        // The second request leaves after the first's reply has come, so that the burst lasts until
        // then.
        const core::EchoPlan plan{.packets = 2, .spacing = Duration{300}, .timeout = Duration{150}};
        const auto stats = pinger.ask(address(), plan).value();
        EXPECT_EQ(stats.sent, 2);
        EXPECT_EQ(stats.late, 1);
        EXPECT_LE(stats.received, 1);
        EXPECT_EQ(pinger.engine->counters().late, 1U);
    });
}

TEST_P(Forged, AReplyAfterTheBurstIsLateAndNobodysElse) {
    const auto first_too_late = [](const Request& request) {
        return Answers{honest(request, request.nth == 0 ? Duration{60} : Duration{0})};
    };
    with_neighbour(first_too_late, [](Pinger& pinger, Neighbour& neighbour) {
        EXPECT_EQ(pinger.ask(address(), Pinger::quick(1, Duration{30})).value().received, 0);
        while (neighbour.answered() < 1) pinger.loop.run_one();
        const auto stats = pinger.ask(address(), Pinger::quick(1)).value();
        EXPECT_EQ(stats.received, 1);
        EXPECT_EQ(stats.late, 0);
        EXPECT_EQ(pinger.engine->counters().late, 1U);
    });
}

TEST_P(Forged, AReplyToACancelledAskIsLate) {
    with_neighbour([](const Request& request) { return Answers{honest(request, Duration{20})}; },
                   [](Pinger& pinger, Neighbour& neighbour) {
                       const auto cancelled = pinger.start(address(), Pinger::quick(1));
                       while (pinger.engine->counters().sent < 1) pinger.loop.run_one();
                       cancelled->cancel.emit(asio::cancellation_type::terminal);
                       while (neighbour.answered() < 1) pinger.loop.run_one();
                       EXPECT_TRUE(cancelled->thrown);
                       EXPECT_EQ(pinger.ask(address(), Pinger::quick(1)).value().received, 1);
                       EXPECT_EQ(pinger.engine->counters().late, 1U);
                   });
}

TEST_P(Forged, AnotherAddressIsForeign) {
    const auto from_elsewhere = [](const Request& request) {
        auto foreign = honest(request);
        foreign.from = stranger();
        return request.nth == 0 ? Answers{foreign} : Answers{foreign, honest(request)};
    };
    with_neighbour(from_elsewhere, [](Pinger& pinger, Neighbour&) {
        const auto stats = pinger.ask(address(), Pinger::quick(3, Duration{300})).value();
        EXPECT_EQ(stats.sent, 3);
        EXPECT_EQ(stats.received, 2);
        EXPECT_EQ(stats.foreign, 3);
        EXPECT_EQ(stats.duplicates, 0);
    });
}

TEST_P(Forged, NonsenseIsCountedAndNothingElse) {
    const auto nonsense = [](const Request& request) {
        Answers answers{changed(request, 8), changed(request, 23), changed(request, 31),
                        honest(request)};
        auto cut = honest(request);
        cut.icmp.resize(20);
        if (GetParam().version == IpVersion::v4) cut.icmp = with_checksum(cut.icmp);
        answers.insert(answers.begin(), cut);
        return answers;
    };
    with_neighbour(nonsense, [](Pinger& pinger, Neighbour&) {
        const auto stats = pinger.ask(address(), Pinger::quick(2)).value();
        EXPECT_EQ(stats.received, 2);
        EXPECT_EQ(stats.duplicates + stats.late + stats.foreign, 0);
        EXPECT_EQ(pinger.engine->counters().nonsense, 2U * 4U);
    });
}

TEST_P(Forged, AWrongChecksumIsNoReply) {
    const auto damaged = [](const Request& request) {
        auto answer = honest(request);
        answer.icmp.at(50) ^= std::byte{1};
        return Answers{answer};
    };
    with_neighbour(damaged, [](Pinger& pinger, Neighbour&) {
        // ICMPv6 replies get a right checksum from the neighbour, since it covers the addresses:
        // there the changed padding is harmless.
        const auto stats = pinger.ask(address(), Pinger::quick(2, Duration{50})).value();
        EXPECT_EQ(stats.received, GetParam().version == IpVersion::v6 ? 2 : 0);
        EXPECT_EQ(pinger.engine->counters().nonsense, kernel_checks_checksums() ? 0U : 2U);
    });
}

TEST_P(Forged, ARoutersUnreachableDisturbsNobodyElse) {
    const bool v4 = GetParam().version == IpVersion::v4;
    const auto unreachable = [v4](const Request& request) {
        // Type, code, checksum, unused; then the packet it is about: its IP header and what we
        // sent.
        Neighbour::Bytes icmp(8);
        icmp[0] = v4 ? std::byte{3} : std::byte{1};
        icmp[1] = v4 ? std::byte{1} : std::byte{3};
        const auto quoted = ip_packet(request.asker, request.asked, request.icmp);
        icmp.insert(icmp.end(), quoted.begin(), quoted.end());
        Answers answers;
        for (int i = 0; i < 3; ++i)
            answers.push_back({.from = stranger(), .icmp = v4 ? with_checksum(icmp) : icmp});
        if (request.nth % 4 != 0) answers.push_back(honest(request));
        return answers;
    };
    with_neighbour(unreachable, [](Pinger& pinger, Neighbour&) {
        std::vector<Pinger::AskedPtr> asks;
        for (int i = 0; i < 20; ++i)
            asks.push_back(pinger.start(address(), Pinger::quick(2, Duration{500})));
        for (const auto& asked : asks) pinger.wait_for(asked);
        int received = 0;
        for (const auto& asked : asks) {
            ASSERT_TRUE(asked->result && asked->result->has_value())
                << asked->result->error().message;
            received += asked->stats().received;
        }
        EXPECT_EQ(received, 30);
    });
}

TEST(BusyLoop, AnAnswerThatWaitedForUsIsNeitherSilenceNorSlow) {
    in_own_network(Allowed::raw, [] {
        kernel_keeps_silent();
        asio::io_context elsewhere;
        Neighbour neighbour{elsewhere.get_executor(), IpVersion::v4, [](const Request& request) {
                                return Answers{{.from = request.asked, .icmp = reply(request)}};
                            }};
        std::jthread its_thread{[&] { elsewhere.run_for(std::chrono::seconds{60}); }};
        Pinger pinger;
        const auto asked = pinger.start("127.1.2.3", Pinger::quick(1, Duration{2'000}));
        while (pinger.engine->counters().sent < 1) pinger.loop.run_one();
        std::this_thread::sleep_for(std::chrono::milliseconds{2'100});  // the loop has other work
        pinger.wait_for(asked);
        EXPECT_EQ(asked->stats().received, 1);
        EXPECT_EQ(asked->stats().late, 0);
        elsewhere.stop();
    });
}

}  // namespace
}  // namespace rounds::probes
