#include "probes/echo_probe.hpp"

#include <optional>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <gtest/gtest.h>

#include "probes/link_view.hpp"
#include "tests/probes/fakes.hpp"

namespace rounds::probes {
namespace {

using core::Duration;
using core::EchoStats;
using core::Error;
using core::Message;
using core::MessageId;
using core::Microseconds;
using core::Observation;

EchoStats answered(int sent, int received, int rtt_us = 400) {
    EchoStats stats;
    stats.sent = sent;
    stats.received = received;
    if (received == 0) return stats;
    stats.rtt = core::RoundTrip{Microseconds{rtt_us - 100}, Microseconds{rtt_us},
                                Microseconds{rtt_us + 100}};
    stats.jitter = Microseconds{rtt_us / 10};
    return stats;
}

class EchoProbe : public testing::Test {
 protected:
    template <class Value>
    Value run(asio::awaitable<Value> work) {
        std::optional<Value> result;
        asio::co_spawn(loop, std::move(work), [&](std::exception_ptr thrown, Value value) {
            if (thrown) std::rethrow_exception(thrown);
            result = std::move(value);
        });
        loop.run();
        loop.restart();
        return result.value();
    }
    Observation look(const std::string& address, core::EchoPlan plan = {}) {
        return run(look_at(address, plan, Ports{clock, echo, resolver}));
    }
    core::LinkObservation look_at_link_of(std::vector<std::string> targets, std::string dns = {}) {
        core::Link link;
        link.name = "出口-1";
        link.targets = std::move(targets);
        link.dns = std::move(dns);
        return run(look_at_link(link, Ports{clock, echo, resolver}));
    }

    asio::io_context loop;
    StillClock clock;
    ScriptedEcho echo;
    BookResolver resolver{clock};
};

TEST_F(EchoProbe, TellsWhatCameBackAndWhen) {
    echo.script.emplace("10.1.3.1", answered(5, 4));
    const auto seen = look("10.1.3.1");
    ASSERT_NE(seen.echo(), nullptr);
    EXPECT_EQ(*seen.echo(), answered(5, 4));
    EXPECT_EQ(seen.at, clock.wall());
}

TEST_F(EchoProbe, AsksAsPlanned) {
    const core::EchoPlan plan{.packets = 3, .spacing = Duration{50}, .timeout = Duration{700}};
    EXPECT_EQ(look("10.1.3.1", plan).echo()->sent, 3);
    EXPECT_EQ(echo.plans, std::vector{plan});
}

TEST_F(EchoProbe, SilenceIsAnAnswer) {
    const auto seen = look("10.1.3.1");
    ASSERT_NE(seen.echo(), nullptr);
    EXPECT_EQ(seen.echo()->received, 0);
    EXPECT_EQ(seen.why_not(), nullptr);
}

TEST_F(EchoProbe, AsksByName) {
    resolver.book.emplace("sw-3f.example", asio::ip::make_address("10.1.3.1"));
    echo.script.emplace("10.1.3.1", answered(5, 5));
    EXPECT_EQ(look("sw-3f.example").echo()->received, 5);
}

struct Refusal {
    std::string name, address;
    Error::Kind kind;
    Message expected;
    friend void PrintTo(const Refusal& r, std::ostream* out) { *out << r.name; }
};

class EchoProbeRefused : public EchoProbe, public testing::WithParamInterface<Refusal> {};

TEST_P(EchoProbeRefused, SaysWhy) {
    const auto& [name, address, kind, expected] = GetParam();
    const Error error{kind, "for the log"};
    resolver.book.emplace("sw-3f", error);
    echo.script.emplace("10.1.3.1", error);
    const auto seen = look(address);
    ASSERT_NE(seen.why_not(), nullptr);
    EXPECT_EQ(*seen.why_not(), expected);
    EXPECT_EQ(seen.at, clock.wall());
}

INSTANTIATE_TEST_SUITE_P(
    Reasons, EchoProbeRefused,
    testing::Values(
        Refusal{"NoSuchName",
                "sw-3f",
                Error::Kind::not_found,
                {MessageId::reason_name_not_found, {{"name", "sw-3f"}}}},
        Refusal{"NameServerSilent",
                "sw-3f",
                Error::Kind::unavailable,
                {MessageId::reason_name_server, {{"name", "sw-3f"}}}},
        Refusal{"NoPermission",
                "10.1.3.1",
                Error::Kind::no_permission,
                {MessageId::reason_no_permission}},
        Refusal{"QueuesFull", "10.1.3.1", Error::Kind::busy, {MessageId::reason_queues_full}},
        Refusal{"NoRoute",
                "10.1.3.1",
                Error::Kind::unavailable,
                {MessageId::reason_no_route, {{"address", "10.1.3.1"}}}}),
    [](const auto& test) { return test.param.name; });

TEST_F(EchoProbe, AsksAllTargetsOfALinkAtOnce) {
    const auto seen = look_at_link_of({"223.5.5.5", "114.114.114.114", "1.1.1.1"});
    EXPECT_EQ(echo.most_at_once, 3);
    EXPECT_EQ(seen.targets, 3);
    EXPECT_EQ(seen.answered, 0);
}

TEST_F(EchoProbe, TimesTheNameOfALink) {
    resolver.book.emplace("www.example.com", asio::ip::make_address("192.0.2.80"));
    const auto seen = look_at_link_of({"223.5.5.5"}, "www.example.com");
    EXPECT_TRUE(seen.dns_asked);
    EXPECT_EQ(seen.dns_took, Duration{12});
    EXPECT_EQ(seen.ping.at, clock.wall());
}

TEST_F(EchoProbe, ANameThatDoesNotResolveHasNoTime) {
    const auto seen = look_at_link_of({"223.5.5.5"}, "www.example.com");
    EXPECT_TRUE(seen.dns_asked);
    EXPECT_EQ(seen.dns_took, std::nullopt);
}

TEST_F(EchoProbe, WithoutANameNoneIsAsked) {
    const auto seen = look_at_link_of({"223.5.5.5"});
    EXPECT_FALSE(seen.dns_asked);
    EXPECT_EQ(clock.passed, Duration{0});
}

TEST_F(EchoProbe, CancellingALooksAtALinkCancelsEveryTarget) {
    echo.stuck = true;
    core::Link link;
    link.targets = {"223.5.5.5", "114.114.114.114", "1.1.1.1"};
    asio::cancellation_signal cancel;
    bool ended = false;
    asio::co_spawn(loop, look_at_link(link, Ports{clock, echo, resolver}),
                   asio::bind_cancellation_slot(cancel.slot(),
                                                [&](const std::exception_ptr& thrown, const auto&) {
                                                    ended = thrown != nullptr;
                                                }));
    loop.poll();
    ASSERT_EQ(echo.under_way, 3);
    cancel.emit(asio::cancellation_type::terminal);
    loop.run();
    EXPECT_TRUE(ended);
    EXPECT_EQ(echo.cancelled, 3);
}

Observation told(std::variant<EchoStats, Message> what, int at_ms = 0) {
    return {.at = core::from_ms(at_ms), .told = std::move(what)};
}
const Message no_route{MessageId::reason_no_route, {{"address", "223.5.5.5"}}};
const Message no_permission{MessageId::reason_no_permission};

TEST(LinkView, AddsPacketsAndTakesTheNearestTargetsTimes) {
    const auto link =
        as_one(std::vector{told(answered(5, 4, 9'000), 10), told(answered(5, 5, 4'000), 30),
                           told(answered(5, 0), 20)});
    EXPECT_EQ(link.targets, 3);
    EXPECT_EQ(link.answered, 2);
    auto expected = answered(5, 5, 4'000);
    expected.sent = 15;
    expected.received = 9;
    EXPECT_EQ(*link.ping.echo(), expected);
    EXPECT_EQ(link.ping.at, core::from_ms(30));
}

TEST(LinkView, CountsWhatWasStrange) {
    auto strange = answered(5, 5);
    strange.duplicates = 1;
    strange.late = 2;
    strange.foreign = 3;
    const auto link = as_one(std::vector{told(strange), told(strange)});
    EXPECT_EQ(link.ping.echo()->duplicates, 2);
    EXPECT_EQ(link.ping.echo()->late, 4);
    EXPECT_EQ(link.ping.echo()->foreign, 6);
}

TEST(LinkView, ATargetThatCouldNotBeAskedIsNoLoss) {
    const auto link = as_one(std::vector{told(no_route), told(answered(5, 5))});
    EXPECT_EQ(link.targets, 2);
    EXPECT_EQ(link.asked, 1);
    EXPECT_EQ(link.answered, 1);
    EXPECT_EQ(link.ping.echo()->loss(), 0.0);
}

TEST(LinkView, WhenNoneCouldBeAskedTheFirstReasonStands) {
    const auto link = as_one(std::vector{told(no_route), told(no_permission)});
    ASSERT_NE(link.ping.why_not(), nullptr);
    EXPECT_EQ(*link.ping.why_not(), no_route);
    EXPECT_EQ(link.answered, 0);
}

TEST(LinkView, OneTargetIsItself) {
    const auto link = as_one(std::vector{told(answered(5, 3, 700))});
    EXPECT_EQ(*link.ping.echo(), answered(5, 3, 700));
}

}  // namespace
}  // namespace rounds::probes
