// Walks against agents that answer as they like.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/probes/snmp_agent.hpp"
#include "tests/probes/snmp_asker.hpp"

namespace rounds::probes {
namespace {

using core::SnmpTrouble;
using core::SnmpVersion;
using Type = core::SnmpValue::Type;
using End = ports::SnmpTable::End;
using Kind = Question::Kind;
using Replies = OddAgent::Replies;
using Request = OddAgent::Request;

constexpr const char* root = "1.3.6.1.2.1.2.2.1";

class SnmpWalk : public testing::Test {
 protected:
    OddAgent agent_that(OddAgent::Answers answers) {
        return {asker.loop.get_executor(), std::move(answers)};
    }
    static ports::SnmpAgent quick(const OddAgent& agent, int timeout_ms = 2'000, int retries = 1,
                                  SnmpVersion version = SnmpVersion::v2c) {
        auto asked = SnmpAsker::agent(agent.port(), version);
        asked.plan.timeout = core::Duration{timeout_ms};
        asked.plan.retries = retries;
        return asked;
    }
    static std::vector<core::Oid> columns(int count) {
        std::vector<core::Oid> roots;
        for (int i = 1; i <= count; ++i)
            roots.push_back(oid(root).with(static_cast<core::Oid::Part>(i)));
        return roots;
    }
    /// The table that tests/probes/snmp_agent.hpp's table() makes.
    static void expect_whole(const ports::SnmpTable& table, int columns, int rows) {
        EXPECT_EQ(table.end, End::whole);
        ASSERT_EQ(table.columns.size(), static_cast<std::size_t>(columns));
        for (int column = 1; column <= columns; ++column) {
            const auto& found = table.columns[static_cast<std::size_t>(column) - 1];
            ASSERT_EQ(found.size(), static_cast<std::size_t>(rows)) << "column " << column;
            for (int row = 1; row <= rows; ++row)
                EXPECT_EQ(found[static_cast<std::size_t>(row) - 1].value,
                          number(100 * column + row));
        }
    }
    static int count(const OddAgent& agent, Kind kind) {
        int number = 0;
        for (const Request& request : agent.heard()) number += request.question.kind == kind;
        return number;
    }

    SnmpAsker asker;
};

TEST_F(SnmpWalk, ColumnsAreReadSideBySideWithFewRequests) {
    const Objects objects = table(root, 10, 24);
    const auto agent = agent_that([&](const Request& r) { return Replies{{honest(objects, r)}}; });
    expect_whole(asker.walk(quick(agent), columns(9)), 9, 24);
    EXPECT_LE(agent.heard().size(), 4U);
    EXPECT_EQ(agent.heard()[0].question.repetitions, 5) << "it begins small";
    expect_whole(asker.walk(quick(agent), columns(9)), 9, 24);
    EXPECT_LE(agent.heard().size(), 7U) << "what it bears is remembered";
}

TEST_F(SnmpWalk, MoreColumnsThanFitOneQuestion) {
    const Objects objects = table(root, 60, 3);
    const auto agent = agent_that([&](const Request& r) { return Replies{{honest(objects, r)}}; });
    expect_whole(asker.walk(quick(agent), columns(60)), 60, 3);
}

TEST_F(SnmpWalk, AnEmptyTableIsWhole) {
    const auto agent = agent_that([](const Request& r) { return Replies{{honest({}, r)}}; });
    expect_whole(asker.walk(quick(agent), columns(3)), 3, 0);
    expect_whole(asker.walk(quick(agent), {}), 0, 0);
}

TEST_F(SnmpWalk, AV1AgentIsAskedWithGetNextAndEndsWithNoSuchName) {
    const Objects objects = table(root, 3, 7);
    const auto agent = agent_that([&](const Request& request) {
        const auto variables = honest_variables(objects, request.question);
        for (std::size_t i = 0; i < variables.size(); ++i) {
            if (variables[i].value.type == Type::end_of_mib_view) {
                return Replies{{response(request, {}, ErrorStatus::no_such_name,
                                         static_cast<std::int64_t>(i + 1))}};
            }
        }
        return Replies{{response(request, variables)}};
    });
    expect_whole(asker.walk(quick(agent, 2'000, 0, SnmpVersion::v1), columns(3)), 3, 7);
    EXPECT_EQ(count(agent, Kind::get_bulk), 0);
    EXPECT_EQ(agent.heard()[0].version, 0);
}

struct NoBulk {
    std::string name;
    std::function<Replies(const Request&)> refuse;
    friend void PrintTo(const NoBulk& c, std::ostream* out) { *out << c.name; }
};
class SnmpNoBulk : public SnmpWalk, public testing::WithParamInterface<NoBulk> {};

TEST_P(SnmpNoBulk, IsFoundOutOnceAndRemembered) {
    const Objects objects = table(root, 4, 6);
    const auto agent = agent_that([&](const Request& request) {
        if (request.question.kind == Kind::get_bulk) return GetParam().refuse(request);
        return Replies{{honest(objects, request)}};
    });
    expect_whole(asker.walk(quick(agent, 30), columns(4)), 4, 6);
    const int asked_in_bulk = count(agent, Kind::get_bulk);
    EXPECT_LE(asked_in_bulk, 2);
    expect_whole(asker.walk(quick(agent), columns(4)), 4, 6);
    EXPECT_EQ(count(agent, Kind::get_bulk), asked_in_bulk);
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, SnmpNoBulk,
    testing::Values(NoBulk{"Silent", [](const Request&) { return Replies{}; }},
                    NoBulk{"GeneralError",
                           [](const Request& r) {
                               return Replies{{response(r, {}, ErrorStatus::general, 1)}};
                           }},
                    NoBulk{"NoSuchName",
                           [](const Request& r) {
                               return Replies{{response(r, {}, ErrorStatus::no_such_name)}};
                           }},
                    NoBulk{"EmptyAnswer",
                           [](const Request& r) { return Replies{{response(r, {})}}; }},
                    NoBulk{"Garbage", [](const Request&) { return Replies{{Bytes(9, 1)}}; }}),
    [](const auto& test) { return test.param.name; });

TEST_F(SnmpWalk, ASilentAgentIsATimeoutWithoutEndlessAsking) {
    const auto agent = agent_that([](const Request&) { return Replies{}; });
    const auto table = asker.walk(quick(agent, 10, 2), columns(3));
    EXPECT_EQ(table.end, End::trouble);
    EXPECT_EQ(table.trouble, SnmpTrouble::timeout);
    EXPECT_EQ(agent.heard().size(), 4U) << "three GETBULK, one GETNEXT";
}

TEST_F(SnmpWalk, WhatCameBeforeTheSilenceStays) {
    const Objects objects = table(root, 1, 50);
    const auto agent = agent_that([&](const Request& request) {
        return request.nth < 2 ? Replies{{honest(objects, request)}} : Replies{};
    });
    const auto table = asker.walk(quick(agent, 10), columns(1));
    EXPECT_EQ(table.end, End::trouble);
    EXPECT_EQ(table.trouble, SnmpTrouble::timeout);
    EXPECT_EQ(table.columns[0].size(), 15U) << "5 and 10 rows";
}

TEST_F(SnmpWalk, LongAnswersThatGetLostAreAskedForInParts) {
    const Objects objects = table(root, 2, 40);
    const auto agent = agent_that([&](const Request& request) {
        const bool lost =
            request.question.kind == Kind::get_bulk && request.question.repetitions > 4;
        return lost ? Replies{} : Replies{{honest(objects, request)}};
    });
    expect_whole(asker.walk(quick(agent, 20, 2), columns(2)), 2, 40);
}

TEST_F(SnmpWalk, TooBigIsLearned) {
    const Objects objects = table(root, 6, 30);
    const auto agent = agent_that([&](const Request& request) {
        const Bytes whole = honest(objects, request);
        if (whole.size() > 300) return Replies{{response(request, {}, ErrorStatus::too_big)}};
        return Replies{{whole}};
    });
    expect_whole(asker.walk(quick(agent), columns(6)), 6, 30);
    EXPECT_LE(agent.heard().size(), 30U);
}

TEST_F(SnmpWalk, AnAgentThatSendsFewerRowsThanAskedIsFollowed) {
    const Objects objects = table(root, 5, 20);
    const auto agent = agent_that([&](const Request& request) {
        auto variables = honest_variables(objects, request.question);
        if (variables.size() > 7) variables.resize(7);  // also amid a row
        return Replies{{response(request, variables)}};
    });
    expect_whole(asker.walk(quick(agent), columns(5)), 5, 20);
}

TEST_F(SnmpWalk, AColumnThatGoesInCirclesEndsAndTheOthersGoOn) {
    const Objects objects = table(root, 3, 30);
    const auto back = oid(root).with(2).with(1);
    const auto agent = agent_that([&](const Request& request) {
        auto variables = honest_variables(objects, request.question);
        for (auto& variable : variables) {
            if (variable.name > oid(root).with(2).with(9) && variable.name < oid(root).with(3))
                variable.name = back;
        }
        return Replies{{response(request, variables)}};
    });
    const auto table = asker.walk(quick(agent), columns(3));
    EXPECT_EQ(table.end, End::not_increasing);
    EXPECT_EQ(table.columns[0].size(), 30U);
    EXPECT_EQ(table.columns[1].size(), 9U);
    EXPECT_EQ(table.columns[2].size(), 30U);
}

TEST_F(SnmpWalk, AnEndlessTableEndsAtTheBound) {
    core::Oid::Part row = 0;
    const auto agent = agent_that([&](const Request& request) {
        std::vector<core::SnmpVariable> variables;
        for (int i = 0; i < request.question.repetitions; ++i)
            variables.push_back({oid(root).with(1).with(++row), number(1)});
        return Replies{{response(request, variables)}};
    });
    const auto table = asker.walk(quick(agent), columns(1), {.variables = 1'234});
    EXPECT_EQ(table.end, End::bound);
    EXPECT_EQ(table.columns[0].size(), 1'234U);
}

TEST_F(SnmpWalk, TheDeadlineEndsAWalkAndKeepsWhatCame) {
    const Objects objects = table(root, 1, 50);
    const auto agent = agent_that([&](const Request& request) {
        return request.nth == 0 ? Replies{{honest(objects, request)}} : Replies{};
    });
    const auto table = asker.walk(quick(agent, 60'000, 5), columns(1),
                                  {.deadline = asker.clock.now() + core::Duration{50}});
    EXPECT_EQ(table.end, End::deadline);
    EXPECT_EQ(table.columns[0].size(), 5U);
}

TEST_F(SnmpWalk, AnAgentThatAnswersWithSomethingElseIsNotBelieved) {
    const auto agent = agent_that([](const Request& request) {
        std::vector<core::SnmpVariable> variables(request.question.names.size(),
                                                  {oid("1.3.6.1.2.1.1.5.0"), octets("sw-1")});
        return Replies{{response(request, variables)}};
    });
    const auto table = asker.walk(quick(agent), columns(2));
    EXPECT_EQ(table.end, End::not_increasing);
    EXPECT_TRUE(table.columns[0].empty());
}

TEST_F(SnmpWalk, MoreThanAskedIsNotTaken) {
    const Objects objects = table(root, 1, 50);
    const auto agent = agent_that([&](const Request& request) {
        Question more = request.question;
        if (more.kind == Kind::get_bulk) more.repetitions = 200;
        return Replies{{response(request, honest_variables(objects, more))}};
    });
    expect_whole(asker.walk(quick(agent, 10, 0), columns(1)), 1, 50);
    EXPECT_EQ(asker.engine->counters().nonsense, 1U) << "then it is asked with GETNEXT";
}

TEST_F(SnmpWalk, ARefusedColumnDoesNotTakeTheOthersWithIt) {
    const Objects objects = table(root, 3, 4);
    const auto agent = agent_that([&](const Request& request) {
        for (std::size_t i = 0; i < request.question.names.size(); ++i) {
            if (request.question.names[i].within(oid(root).with(2))) {
                return Replies{{response(request, {}, ErrorStatus::general,
                                         static_cast<std::int64_t>(i + 1))}};
            }
        }
        return Replies{{honest(objects, request)}};
    });
    const auto table = asker.walk(quick(agent), columns(3));
    EXPECT_EQ(table.end, End::trouble);
    EXPECT_EQ(table.trouble, SnmpTrouble::refused);
    EXPECT_EQ(table.columns[0].size(), 4U);
    EXPECT_TRUE(table.columns[1].empty());
    EXPECT_EQ(table.columns[2].size(), 4U);
}

TEST_F(SnmpWalk, AGetIsNotKeptWaitingByALongWalk) {
    const Objects objects = table(root, 1, 400);
    const auto agent = agent_that([&](const Request& r) { return Replies{{honest(objects, r)}}; });
    const auto walk = asker.start_walk(quick(agent), columns(1));
    const auto get = asker.start_get(quick(agent), {oid(root).with(1).with(7)});
    EXPECT_EQ(std::get<0>(asker.wait_for(get).value())[0].value, number(107));
    EXPECT_FALSE(walk->ended());
    EXPECT_EQ(asker.wait_for(walk).value().columns[0].size(), 400U);
}

}  // namespace
}  // namespace rounds::probes
