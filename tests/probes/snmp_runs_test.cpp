// The folds of GET and walk, and the request table, without a network.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "probes/snmp/column_walk.hpp"
#include "probes/snmp/get_run.hpp"
#include "probes/snmp/request_table.hpp"
#include "tests/probes/snmp_agent.hpp"

namespace rounds::probes {
namespace {

using core::SnmpTrouble;
using Type = core::SnmpValue::Type;

/// What an agent says.
struct Said {
    Answer::Kind kind = Answer::Kind::response;
    ErrorStatus status = ErrorStatus::none;
    std::int64_t index = 0;
    std::vector<core::SnmpVariable> variables;
};

/// The same on the wire and read again: an answer lies in its message.
class Heard {
 public:
    explicit Heard(const Said& said) {
        BerWriter writer;
        writer.integer(1);
        writer.integer(static_cast<std::int64_t>(said.status));
        writer.integer(said.index);
        writer.nested(ber::sequence, [&] {
            for (const auto& variable : said.variables) writer.raw(wire(variable));
        });
        bytes_ = writer.take();
        answer_ = read_pdu({static_cast<std::uint8_t>(said.kind), bytes_}).value();
    }
    Heard(const Heard&) = delete;
    Heard& operator=(const Heard&) = delete;
    ~Heard() = default;

    [[nodiscard]] const Answer& answer() const { return answer_; }

 private:
    Bytes bytes_;
    Answer answer_;
};

/// Answers questions about three names until the run is over.
struct GetCase {
    std::string name;
    std::function<Said(const Question&)> agent;
    std::optional<SnmpTrouble> trouble;
    std::vector<Type> types;
    int questions = 0;
    friend void PrintTo(const GetCase& c, std::ostream* out) { *out << c.name; }
};
class SnmpGetRun : public testing::TestWithParam<GetCase> {};

const std::vector<core::Oid> three{oid("1.3.1"), oid("1.3.2"), oid("1.3.3")};

Said values(const Question& question) {
    Said said;
    for (const auto& name : question.names) said.variables.push_back({name, number(1)});
    return said;
}
Said error(ErrorStatus status, std::int64_t index) {
    return {.status = status, .index = index};
}
bool asks(const Question& question, const core::Oid& name) {
    return std::ranges::find(question.names, name) != question.names.end();
}

// NOLINTNEXTLINE(clang-analyzer-optin.core.EnumCastOutOfRange): agents send anything
const auto no_status = static_cast<ErrorStatus>(77);

TEST_P(SnmpGetRun, Ends) {
    GetRun run{three};
    int questions = 0;
    while (!run.over()) {
        ASSERT_LT(++questions, 20);
        const Heard heard{GetParam().agent(run.ask(0))};
        ASSERT_TRUE(run.fits(heard.answer()));
        run.hear(heard.answer());
    }
    EXPECT_EQ(run.trouble(), GetParam().trouble);
    EXPECT_EQ(questions, GetParam().questions);
    if (run.trouble()) return;
    const auto found = run.take();
    std::vector<Type> types;
    for (std::size_t i = 0; i < found.size(); ++i) {
        EXPECT_EQ(found[i].name, three.at(i));
        types.push_back(found[i].value.type);
    }
    EXPECT_EQ(types, GetParam().types);
}

INSTANTIATE_TEST_SUITE_P(
    All, SnmpGetRun,
    testing::Values(
        GetCase{"Honest", values, {}, {Type::integer, Type::integer, Type::integer}, 1},
        GetCase{"TooBig",
                [](const Question& q) {
                    return q.names.size() > 1 ? error(ErrorStatus::too_big, 0) : values(q);
                },
                {},
                {Type::integer, Type::integer, Type::integer},
                4},
        GetCase{"AlwaysTooBig",
                [](const Question&) { return error(ErrorStatus::too_big, 0); },
                SnmpTrouble::refused,
                {},
                4},
        GetCase{"SecondMissing",
                [](const Question& q) {
                    return asks(q, three[1]) ? error(ErrorStatus::no_such_name, 2) : values(q);
                },
                {},
                {Type::integer, Type::no_such_object, Type::integer},
                2},
        GetCase{"MissingButNotSaidWhich",
                [](const Question& q) {
                    return asks(q, three[1]) ? error(ErrorStatus::no_such_name, 0) : values(q);
                },
                {},
                {Type::integer, Type::no_such_object, Type::integer},
                5},
        GetCase{"IndexBeyondTheNames",
                [](const Question& q) {
                    return asks(q, three[1]) ? error(ErrorStatus::no_such_name, 99) : values(q);
                },
                {},
                {Type::integer, Type::no_such_object, Type::integer},
                5},
        GetCase{"AllMissing",
                [](const Question&) { return error(ErrorStatus::no_such_name, 1); },
                {},
                {Type::no_such_object, Type::no_such_object, Type::no_such_object},
                3},
        GetCase{"FirstBroken",
                [](const Question& q) {
                    return asks(q, three[0]) ? error(ErrorStatus::general, 1) : values(q);
                },
                {},
                {Type::null, Type::integer, Type::integer},
                2},
        GetCase{"AllBroken",
                [](const Question&) { return error(ErrorStatus::general, 1); },
                SnmpTrouble::refused,
                {},
                3},
        GetCase{"Forbidden",
                [](const Question&) { return error(ErrorStatus::authorization, 1); },
                SnmpTrouble::no_access,
                {},
                1},
        GetCase{"NegativeIndex",
                [](const Question&) { return error(no_status, -5); },
                SnmpTrouble::refused,
                {},
                4}),
    [](const auto& test) { return test.param.name; });

TEST(SnmpGetRunWidth, OneMissingNameOfManyCostsFewQuestions) {
    std::vector<core::Oid> names;
    for (core::Oid::Part i = 1; i <= 40; ++i) names.push_back(oid("1.3.9").with(i));
    for (const std::size_t missing : {0U, 21U, 39U}) {
        GetRun run{names};
        int questions = 0;
        while (!run.over()) {  // an agent of v1 that does not say which
            const auto question = run.ask(0);
            const Heard heard{asks(question, names[missing]) ? error(ErrorStatus::no_such_name, 0)
                                                             : values(question)};
            run.hear(heard.answer());
            ASSERT_LT(++questions, 20);
        }
        EXPECT_EQ(run.take().at(missing).value.type, Type::no_such_object);
    }
}

TEST(SnmpGetRunFits, OnlyTheNamesAskedInTheirOrder) {
    GetRun run{three};
    const Question question = run.ask(0);
    const auto fits = [&](const Said& said) { return run.fits(Heard(said).answer()); };
    Said said = values(question);
    EXPECT_TRUE(fits(said));
    std::swap(said.variables[0], said.variables[1]);
    EXPECT_FALSE(fits(said));
    said = values(question);
    said.variables.pop_back();
    EXPECT_FALSE(fits(said));
    said = values(question);
    said.kind = Answer::Kind::report;
    EXPECT_FALSE(fits(said));
}

/// Whatever an agent says, a walk takes only increasing names within their columns, and comes to an end.
TEST(SnmpColumnWalkProperty, AnyAnswersLeadToOrderedColumnsAndAnEnd) {
    std::mt19937_64 dice{5};
    const auto roll = [&](std::uint64_t sides) {
        return static_cast<core::Oid::Part>(dice() % sides);
    };
    for (int game = 0; game < 300; ++game) {
        std::vector<core::Oid> roots;
        for (core::Oid::Part i = 1; i <= 1 + roll(30); ++i) roots.push_back(oid("1.3.6").with(i));
        const std::size_t bound = 1 + roll(200);
        ColumnWalk walk{roots, {bound, static_cast<int>(1 + roll(30))}, {}};
        int questions = 0;
        while (!walk.over()) {
            ASSERT_LT(++questions, 5'000);
            const Question question = walk.ask(0);
            if (roll(20) == 0) {
                if (!walk.silent()) walk.stop(ports::SnmpTable::End::trouble, SnmpTrouble::timeout);
                continue;
            }
            Said said;
            if (roll(8) == 0) {
                said.status = static_cast<ErrorStatus>(roll(19));
                said.index = static_cast<std::int64_t>(roll(40)) - 2;
            }
            const int rows = question.kind == Question::Kind::get_bulk ? question.repetitions : 1;
            const std::size_t most = question.names.size() * static_cast<std::size_t>(rows);
            const std::size_t count = dice() % (most + 1);
            for (std::size_t i = 0; i < count; ++i) {
                core::Oid name = question.names[i % question.names.size()];
                if (roll(10) != 0) name = name.with(roll(5));
                if (roll(15) == 0) name = oid("1.3.6").with(roll(40)).with(roll(9));
                const auto end = core::SnmpValue{Type::end_of_mib_view, {}};
                said.variables.push_back({name, roll(25) == 0 ? end : number(1)});
            }
            const Heard heard{said};
            ASSERT_TRUE(walk.fits(heard.answer()));
            walk.hear(heard.answer());
        }
        const auto table = walk.take();
        ASSERT_EQ(table.columns.size(), roots.size());
        std::size_t total = 0;
        for (std::size_t i = 0; i < roots.size(); ++i) {
            const auto& column = table.columns[i];
            total += column.size();
            for (const auto& variable : column) EXPECT_TRUE(variable.name.within(roots[i]));
            EXPECT_TRUE(
                std::is_sorted(column.begin(), column.end(),
                               [](const auto& a, const auto& b) { return a.name <= b.name; }) ||
                column.size() < 2);
        }
        EXPECT_LE(total, bound);
        EXPECT_EQ(table.trouble.has_value(), table.end == ports::SnmpTable::End::trouble);
    }
}

TEST(SnmpColumnWalk, LaterAttemptsAskForLess) {
    WalkHabits habits{.proven = true, .repetitions = 20};
    ColumnWalk walk{{oid("1.3.1")}, {}, habits};
    std::vector<int> asked;
    for (int attempt = 0; attempt < 4; ++attempt) asked.push_back(walk.ask(attempt).repetitions);
    EXPECT_EQ(asked, (std::vector<int>{20, 5, 1, 1}));
}

TEST(SnmpRequestTable, IdsLeadToTheirRequestsAndNoOthersDo) {
    RequestTable<const char*> table{1};
    std::set<std::int32_t> ids;
    for (int i = 0; i < 1'000; ++i) ids.insert(table.add("x"));
    EXPECT_EQ(ids.size(), 1'000U);
    for (const std::int32_t id : ids) {
        EXPECT_GT(id, 0);
        EXPECT_NE(table.find(id), nullptr);
        EXPECT_EQ(table.find(id + (std::int64_t{1} << 32)), nullptr);
        table.remove(id);
        EXPECT_EQ(table.find(id), nullptr);
    }
    EXPECT_EQ(table.size(), 0U);
    EXPECT_EQ(table.find(0), nullptr);
    EXPECT_EQ(table.find(-1), nullptr);
}

}  // namespace
}  // namespace rounds::probes
