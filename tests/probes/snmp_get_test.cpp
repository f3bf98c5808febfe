// GET against agents that answer as they like.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/probes/snmp_agent.hpp"
#include "tests/probes/snmp_asker.hpp"

namespace rounds::probes {
namespace {

using core::Duration;
using core::SnmpTrouble;
using core::SnmpVersion;
using Type = core::SnmpValue::Type;
using Replies = OddAgent::Replies;
using Request = OddAgent::Request;

const core::Oid descr = oid("1.3.6.1.2.1.1.1.0"), name = oid("1.3.6.1.2.1.1.5.0"),
                contact = oid("1.3.6.1.2.1.1.4.0");
const Objects system_group{{descr, octets("a switch")}, {name, octets("sw-1")}};

class SnmpGet : public testing::Test {
 protected:
    OddAgent agent_that(OddAgent::Answers answers) {
        return {asker.loop.get_executor(), std::move(answers)};
    }
    static ports::SnmpAgent quick(const OddAgent& agent, int timeout_ms = 40, int retries = 2,
                                  SnmpVersion version = SnmpVersion::v2c) {
        auto asked = SnmpAsker::agent(agent.port(), version);
        asked.plan.timeout = Duration{timeout_ms};
        asked.plan.retries = retries;
        return asked;
    }
    static Replies honestly(const Request& request) { return {{honest(system_group, request)}}; }

    SnmpAsker asker;
};

TEST_F(SnmpGet, ValuesComeInTheOrderAsked) {
    const auto agent = agent_that(honestly);
    const auto values = asker.values(quick(agent, 2'000), {name, contact, descr});
    ASSERT_EQ(values.size(), 3U);
    EXPECT_EQ(values[0], (core::SnmpVariable{name, octets("sw-1")}));
    EXPECT_EQ(values[1].value.type, Type::no_such_instance);
    EXPECT_EQ(values[2], (core::SnmpVariable{descr, octets("a switch")}));
    EXPECT_EQ(agent.heard()[0].community, "public");
}

TEST_F(SnmpGet, NothingAskedIsAnsweredAtOnce) {
    const auto agent = agent_that(honestly);
    EXPECT_TRUE(asker.values(quick(agent), {}).empty());
    EXPECT_TRUE(agent.heard().empty());
}

TEST_F(SnmpGet, SilenceIsATimeoutAfterAllRetries) {
    const auto agent = agent_that([](const Request&) { return Replies{}; });
    EXPECT_EQ(asker.trouble(quick(agent, 5, 3), {name}), SnmpTrouble::timeout);
    EXPECT_EQ(agent.heard().size(), 4U);
    EXPECT_EQ(asker.engine->counters().resent, 3U);
}

TEST_F(SnmpGet, TheDeadlineEndsItBeforeTheRetriesDo) {
    const auto agent = agent_that([](const Request&) { return Replies{}; });
    const auto answer =
        asker.get(quick(agent, 60'000, 5), {name}, asker.clock.now() + Duration{20});
    EXPECT_EQ(std::get<SnmpTrouble>(answer), SnmpTrouble::timeout);
    EXPECT_EQ(agent.heard().size(), 1U);
}

TEST_F(SnmpGet, ALostAnswerIsAskedForAgain) {
    const auto agent = agent_that(
        [](const Request& request) { return request.nth == 0 ? Replies{} : honestly(request); });
    EXPECT_EQ(asker.values(quick(agent, 100), {name})[0].value, octets("sw-1"));
}

TEST_F(SnmpGet, ASlowAnswerToTheFirstRequestIsTakenAfterTheSecond) {
    const auto agent = agent_that([](const Request& request) {
        if (request.nth > 0) return Replies{};
        return Replies{{.datagram = honest(system_group, request), .after = Duration{60}}};
    });
    EXPECT_EQ(asker.values(quick(agent, 40, 50), {name})[0].value, octets("sw-1"));
    EXPECT_GE(agent.heard().size(), 2U);
}

TEST_F(SnmpGet, AnotherSourceIsNotTakenAndIsTheReason) {
    const auto agent = agent_that([](const Request& request) {
        return Replies{{.datagram = honest(system_group, request), .from_elsewhere = true}};
    });
    EXPECT_EQ(asker.trouble(quick(agent, 20, 1), {name}), SnmpTrouble::other_address);
    EXPECT_EQ(asker.engine->counters().foreign, 2U);
}

TEST_F(SnmpGet, AnotherSourceIsTakenWhenAllowed) {
    const auto agent = agent_that([](const Request& request) {
        return Replies{{.datagram = honest(system_group, request), .from_elsewhere = true}};
    });
    auto asked = quick(agent, 2'000);
    asked.plan.any_source = true;
    EXPECT_EQ(asker.values(asked, {name})[0].value, octets("sw-1"));
}

TEST_F(SnmpGet, AForgedAnswerDoesNotKeepTheRealOneOut) {
    const auto agent = agent_that([](const Request& request) {
        const Objects forged{{name, octets("evil")}};
        return Replies{{.datagram = honest(forged, request), .from_elsewhere = true},
                       {.datagram = honest(system_group, request), .after = Duration{10}}};
    });
    EXPECT_EQ(asker.values(quick(agent, 2'000), {name})[0].value, octets("sw-1"));
}

TEST_F(SnmpGet, DuplicatesAndLateAnswersDisturbNobody) {
    const auto agent = agent_that([](const Request& request) {
        const Bytes once = honest(system_group, request);
        return Replies{{once}, {once}, {.datagram = once, .after = Duration{5}}};
    });
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(asker.values(quick(agent, 2'000), {name})[0].value, octets("sw-1"));
    EXPECT_EQ(asker.engine->counters().received, 5U);
    EXPECT_GE(asker.engine->counters().late, 4U);
    EXPECT_EQ(asker.engine->counters().nonsense, 0U);
}

struct Nonsense {
    std::string name;
    OddAgent::Answers answers;
    friend void PrintTo(const Nonsense& c, std::ostream* out) { *out << c.name; }
};
class SnmpNonsense : public SnmpGet, public testing::WithParamInterface<Nonsense> {};

TEST_P(SnmpNonsense, IsNamedAndDoesNotKeepTheRetriesFromWorking) {
    {
        const auto agent = agent_that(GetParam().answers);
        EXPECT_EQ(asker.trouble(quick(agent, 15, 1), {name}), SnmpTrouble::nonsense);
        EXPECT_EQ(agent.heard().size(), 2U);
        EXPECT_EQ(asker.engine->counters().received, 0U);
    }
    const auto agent = agent_that([](const Request& request) {
        return request.nth == 0 ? GetParam().answers(request) : honestly(request);
    });
    EXPECT_EQ(asker.values(quick(agent, 40), {name})[0].value, octets("sw-1"));
}

Replies changed(const Request& request, const std::function<void(Request&)>& change) {
    Request other = request;
    change(other);
    return {{honest(system_group, other)}};
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, SnmpNonsense,
    testing::Values(
        Nonsense{"Garbage", [](const Request&) { return Replies{{Bytes(50, 0xa5)}}; }},
        Nonsense{"Nothing", [](const Request&) { return Replies{{Bytes{}}}; }},
        Nonsense{"Truncated",
                 [](const Request& request) {
                     Bytes cut = honest(system_group, request);
                     cut.resize(cut.size() - 3);
                     return Replies{{cut}};
                 }},
        Nonsense{"EchoOfTheRequest",
                 [](const Request& request) { return Replies{{request.datagram}}; }},
        Nonsense{"WrongRequestId",
                 [](const Request& request) {
                     return changed(request, [](Request& r) { r.id ^= 0x10; });
                 }},
        Nonsense{"OtherVersion",
                 [](const Request& request) {
                     return changed(request, [](Request& r) { r.version = 0; });
                 }},
        Nonsense{"WrongName",
                 [](const Request& request) {
                     return Replies{{response(request, {{descr, octets("x")}})}};
                 }},
        Nonsense{"NoName", [](const Request& request) { return Replies{{response(request, {})}}; }},
        Nonsense{"OneNameMore",
                 [](const Request& request) {
                     return Replies{
                         {response(request, {{name, octets("x")}, {descr, octets("y")}})}};
                 }}),
    [](const auto& test) { return test.param.name; });

TEST_F(SnmpGet, AV1AgentsMissingNameCostsOnlyThatName) {
    const auto agent = agent_that([](const Request& request) {
        for (std::size_t i = 0; i < request.question.names.size(); ++i) {
            if (!system_group.contains(request.question.names[i])) {
                return Replies{{response(request, {}, ErrorStatus::no_such_name,
                                         static_cast<std::int64_t>(i + 1))}};
            }
        }
        return honestly(request);
    });
    const auto values = asker.values(quick(agent, 2'000, 0, SnmpVersion::v1),
                                     {name, contact, descr, oid("1.3.6.1.2.1.1.6.0")});
    ASSERT_EQ(values.size(), 4U);
    EXPECT_EQ(values[0].value, octets("sw-1"));
    EXPECT_EQ(values[1].value.type, Type::no_such_object);
    EXPECT_EQ(values[2].value, octets("a switch"));
    EXPECT_EQ(values[3].value.type, Type::no_such_object);
    EXPECT_EQ(agent.heard()[0].version, 0);
}

TEST_F(SnmpGet, TooBigIsAskedInParts) {
    const Objects objects = table("1.3.6.1.4.1.9", 1, 100);
    const auto agent = agent_that([&](const Request& request) {
        if (request.question.names.size() > 7)
            return Replies{{response(request, {}, ErrorStatus::too_big)}};
        return Replies{{honest(objects, request)}};
    });
    std::vector<core::Oid> names;
    for (const auto& [object, value] : objects) names.push_back(object);
    const auto values = asker.values(quick(agent, 2'000, 0), names);
    ASSERT_EQ(values.size(), 100U);
    for (std::size_t i = 0; i < names.size(); ++i) {
        EXPECT_EQ(values[i].name, names[i]);
        EXPECT_EQ(values[i].value, objects.at(names[i]));
    }
}

TEST_F(SnmpGet, AClosedPortIsToldAtOnce) {
    std::uint16_t port = 0;
    {
        const auto agent = agent_that(honestly);
        port = agent.port();
    }
    auto asked = SnmpAsker::agent(port, SnmpVersion::v2c);
    asked.plan.timeout = Duration{50'000};
    EXPECT_EQ(asker.trouble(asked, {name}), SnmpTrouble::port_closed);
}

TEST_F(SnmpGet, OneRequestIsInFlightPerAgentAndNoneWaitsForAnother) {
    const auto agent = agent_that([&](const Request& request) {
        return Replies{{.datagram = honest(system_group, request), .after = Duration{3}}};
    });
    const auto silent = agent_that([](const Request&) { return Replies{}; });
    const auto hanging = asker.start_get(quick(silent, 60'000), {name});
    std::vector<decltype(asker.start_get({}, {}))> asks;
    for (int i = 0; i < 8; ++i) asks.push_back(asker.start_get(quick(agent, 2'000), {name}));
    for (std::size_t i = 0; i < asks.size(); ++i) {
        EXPECT_EQ(std::get<0>(asker.wait_for(asks[i]).value())[0].value, octets("sw-1"));
        EXPECT_LE(agent.heard().size(), i + 2) << "asked before its turn";
    }
    EXPECT_FALSE(hanging->ended());
    hanging->cancel.emit(asio::cancellation_type::terminal);
    EXPECT_THROW(asker.wait_for(hanging), boost::system::system_error);
}

TEST_F(SnmpGet, ASilentAgentIsGivenUpThoughThousandsAnswerMeanwhile) {
    const auto silent = agent_that([](const Request&) { return Replies{}; });
    const auto agent = agent_that(honestly);
    const auto hanging = asker.start_get(quick(silent, 150, 1), {name});
    int answered = 0;
    while (!hanging->ended() || answered < 4'000) {
        ASSERT_EQ(asker.values(quick(agent, 60'000), {name}).size(), 1U);
        ++answered;
    }
    EXPECT_EQ(std::get<SnmpTrouble>(asker.wait_for(hanging).value()), SnmpTrouble::timeout);
    EXPECT_EQ(silent.heard().size(), 2U);
}

TEST_F(SnmpGet, WhoWaitsForTheirTurnMayGiveUp) {
    const auto silent = agent_that([](const Request&) { return Replies{}; });
    const auto first = asker.start_get(quick(silent, 60'000), {name});
    const auto cancelled = asker.start_get(quick(silent, 60'000), {name});
    const auto hurried =
        asker.start_get(quick(silent, 60'000), {name}, asker.clock.now() + Duration{10});
    EXPECT_EQ(std::get<SnmpTrouble>(asker.wait_for(hurried).value()), SnmpTrouble::timeout);
    cancelled->cancel.emit(asio::cancellation_type::terminal);
    EXPECT_THROW(asker.wait_for(cancelled), boost::system::system_error);
    EXPECT_EQ(silent.heard().size(), 1U);
    first->cancel.emit(asio::cancellation_type::terminal);
    EXPECT_THROW(asker.wait_for(first), boost::system::system_error);
    EXPECT_EQ(asker.trouble(quick(silent, 5, 0), {name}), SnmpTrouble::timeout);
}

TEST_F(SnmpGet, AnEngineThatEndsEndsItsAsks) {
    const auto silent = agent_that([](const Request&) { return Replies{}; });
    const auto hanging = asker.start_get(quick(silent, 60'000), {name});
    const auto waiting = asker.start_get(quick(silent, 60'000), {name});
    while (silent.heard().empty()) asker.loop.run_one();
    asker.engine.reset();
    EXPECT_EQ(asker.wait_for(hanging).error().kind, core::Error::Kind::unavailable);
    EXPECT_EQ(asker.wait_for(waiting).error().kind, core::Error::Kind::unavailable);
}

TEST_F(SnmpGet, OverIpv6) {
    const OddAgent agent{asker.loop.get_executor(), honestly, "::1"};
    auto asked = SnmpAsker::agent(agent.port(), SnmpVersion::v2c, "::1");
    EXPECT_EQ(asker.values(asked, {name})[0].value, octets("sw-1"));
}

}  // namespace
}  // namespace rounds::probes
