// The schema: its versions, its constraints, and how its queries are answered.
#include "daemon/store/schema.hpp"

#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/store/state_store.hpp"
#include "daemon/store/trouble.hpp"
#include "tests/store/temp_folder.hpp"

namespace rounds::store {
namespace {

using ::testing::HasSubstr;

std::vector<std::string> texts(Database& database, const std::string& sql) {
    std::vector<std::string> found;
    auto query = database.prepare(sql);
    while (query.step()) found.push_back(query.next<std::string>());
    return found;
}

std::vector<std::string> schema_of(const std::filesystem::path& file) {
    auto database = Database::open(file, Database::Access::read);
    return texts(database, "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name");
}

class MigrationTest : public ::testing::TestWithParam<int> {};

TEST_P(MigrationTest, AnEarlierVersionIsBroughtUpToDateWithWhatItHolds) {
    TempFolder earlier, fresh;
    {
        auto database = Database::open(earlier / "state.db", Database::Access::write);
        migrate(database, GetParam());
        if (GetParam() > 0) {
            database.run(
                "INSERT INTO subject VALUES (7, 'sw-1'); INSERT INTO belief (subject, state) "
                "VALUES (7, 'down')");
        }
    }
    {
        auto store = StateStore::open(earlier.path());
        ASSERT_TRUE(store.has_value()) << store.error().message;
        const auto beliefs = store->recall().value().beliefs;
        EXPECT_EQ(beliefs.size(), GetParam() > 0 ? 1U : 0U);
        if (GetParam() > 0) {
            EXPECT_EQ(beliefs.at({"sw-1"}).state, core::State::down);
        }
    }
    {
        StateStore::open(fresh.path()).value();
    }
    EXPECT_EQ(schema_of(earlier / "state.db"), schema_of(fresh / "state.db"));
}

INSTANTIATE_TEST_SUITE_P(FromVersion, MigrationTest, ::testing::Range(0, schema_version() + 1));

TEST(Migration, OneThatFailsLeavesTheVersionBeforeIt) {
    TempFolder folder;
    auto database = Database::open(folder / "state.db", Database::Access::write);
    migrate(database, 1);
    database.run("CREATE TABLE blindness (x)");  // In the way of the second.
    EXPECT_THROW(migrate(database), Trouble);
    EXPECT_EQ(database.number("PRAGMA user_version"), 1);
    EXPECT_EQ(database.number("SELECT count(*) FROM sqlite_schema WHERE name = 'run'"), 0);
    database.run("DROP TABLE blindness");
    migrate(database);
    EXPECT_EQ(database.number("PRAGMA user_version"), schema_version());
}

struct Forbidden {
    std::string name, sql;
};
void PrintTo(const Forbidden& forbidden, std::ostream* out) {
    *out << forbidden.sql;
}

class ConstraintTest : public ::testing::TestWithParam<Forbidden> {};

TEST_P(ConstraintTest, TheDatabaseKeepsTheRule) {
    TempFolder folder;
    auto database = Database::open(folder / "state.db", Database::Access::write);
    migrate(database);
    database.run(R"sql(
        INSERT INTO subject VALUES (1, 'sw-1');
        INSERT INTO state_interval (subject, from_ms, state, known_after) VALUES (1, 1000, 'up', 0);
        INSERT INTO blindness (from_ms, known_after) VALUES (1000, 0);
        INSERT INTO round VALUES (1, 'RX-1', 'day', 'site', 1000, 1000, 2000, 0, 0, 1000);
        INSERT INTO incident VALUES (1, 'GZ-1', 1, 'reachability', '', 'sw', 1, 2, NULL, NULL, '[]', 0, NULL);
        INSERT INTO incident VALUES (2, 'GZ-2', NULL, 'blind', '', '', 1, 2, NULL, NULL, '[]', 0, NULL);
        INSERT INTO incident_version VALUES (1, 1, 1, 1, 3, 'critical', 'open', 'reason.off', '[]', NULL, '', NULL, NULL, 0, '[]', 0);
        INSERT INTO incident_event (incident, number, id, kind, at_ms, actor, comment, version, known_after)
            VALUES (1, 1, 'e1', 'opened', 2, '', '', 1, 0);
        INSERT INTO delivery (hook, incident, event) VALUES ('tickets', 1, 1);)sql");
    try {
        database.run(GetParam().sql);
        FAIL() << "accepted";
    } catch (const Trouble& trouble) {
        EXPECT_EQ(trouble.error().kind, core::Error::Kind::internal);
        EXPECT_THAT(trouble.error().message,
                    ::testing::AnyOf(HasSubstr("constraint failed"), HasSubstr("cannot store")));
    }
}

INSTANTIATE_TEST_SUITE_P(
    Rules, ConstraintTest,
    ::testing::Values(
        Forbidden{"OneOpenIntervalOfASubject",
                  "INSERT INTO state_interval (subject, from_ms, state, known_after) VALUES (1, "
                  "5000, 'down', 0)"},
        Forbidden{"AnIntervalEndsAfterItBegan",
                  "UPDATE state_interval SET until_ms = 999, end_known_after = 0"},
        Forbidden{"AnEndIsKnownToSomebody", "UPDATE state_interval SET until_ms = 2000"},
        Forbidden{"AStateIsOneOfFive", "UPDATE state_interval SET state = 'fine'"},
        Forbidden{"ASubjectHasItsNumber", "INSERT INTO belief (subject, state) VALUES (2, 'up')"},
        Forbidden{"ADoubtIsWhole",
                  "INSERT INTO belief (subject, state, doubt_look) VALUES (1, 'up', 'bad')"},
        Forbidden{"AMessageIsWhole",
                  "INSERT INTO belief (subject, state, reason) VALUES (1, 'up', 'reason.off')"},
        Forbidden{"OneBlindnessAtATime",
                  "INSERT INTO blindness (from_ms, known_after) VALUES (5000, 0)"},
        Forbidden{"AQuarterBeginsOnTheQuarter",
                  "INSERT INTO echo_quarter VALUES (1, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0)"},
        Forbidden{"ARoundIsMadeOnce",
                  "INSERT INTO round VALUES (2, 'RX-2', 'day', 'site', 1000, 1, 2, 0, 0, 1)"},
        Forbidden{"AReportNumberIsGivenOnce",
                  "INSERT INTO round VALUES (2, 'RX-1', 'day', 'site', 2000, 1, 2, 0, 0, 1)"},
        Forbidden{"HoursBelongToARound", "INSERT INTO round_hours VALUES (2, 0, 0, 1)"},
        Forbidden{"OneUnresolvedIncidentOfACondition",
                  "INSERT INTO incident VALUES (3, 'GZ-3', 1, 'reachability', '', 'sw', 1, 2, "
                  "NULL, NULL, "
                  "'[]', 0, NULL)"},
        Forbidden{"RoundsItselfIsBlindOnce",
                  "INSERT INTO incident VALUES (3, 'GZ-3', NULL, 'blind', '', '', 1, 2, NULL, "
                  "NULL, '[]', "
                  "0, NULL)"},
        Forbidden{
            "AnIncidentNumberIsGivenOnce",
            "INSERT INTO incident VALUES (3, 'GZ-1', 1, 'toner', '', 'sw', 1, 2, NULL, NULL, '[]', "
            "0, NULL)"},
        Forbidden{"WhatIsOverIsResolved", "UPDATE incident SET over_ms = 5"},
        Forbidden{"AResolutionIsKnownToSomebody", "UPDATE incident SET resolved_ms = 5"},
        Forbidden{"OpenIsNotResolved", "UPDATE incident_version SET resolved_ms = 5"},
        Forbidden{"EventsAreNumberedWithoutAHole",
                  "INSERT INTO incident_event (incident, number, id, kind, at_ms, actor, comment, "
                  "version, "
                  "known_after) VALUES (1, 3, 'e3', 'resolved', 2, '', '', 1, 0)"},
        Forbidden{"AnEventIsRecordedOnce",
                  "INSERT INTO incident_event (incident, number, id, kind, at_ms, actor, comment, "
                  "version, "
                  "known_after) VALUES (1, 2, 'e1', 'resolved', 2, '', '', 1, 0)"},
        Forbidden{"AnEventBelongsToAnIncident",
                  "INSERT INTO incident_event (incident, number, id, kind, at_ms, actor, comment, "
                  "version, "
                  "known_after) VALUES (9, 1, 'e9', 'opened', 2, '', '', 1, 0)"},
        Forbidden{"AnEventIsTheLastToGo", "DELETE FROM incident_version"},
        Forbidden{"WhatIsDeliveredHappened",
                  "INSERT INTO delivery (hook, incident, event) VALUES ('chat', 1, 2)"},
        Forbidden{"AnEventIsToldOnceToEach",
                  "INSERT INTO delivery (hook, incident, event) VALUES ('tickets', 1, 1)"},
        Forbidden{"WhatIsDoneHasItsTime", "UPDATE delivery SET state = 'parked'"},
        Forbidden{"TypesAreKept", "UPDATE round SET began_ms = 'morning'"}),
    [](const auto& test) { return test.param.name; });

std::string source_of(const std::filesystem::path& file) {
    std::stringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

/// The string literal that begins at a quotation mark, with those that follow it directly; `at`
/// moves behind them.
std::string literal(const std::string& source, std::size_t& at) {
    std::string text;
    while (source[at] == '"') {
        const bool raw = source.compare(at - 1, 6, "R\"sql(") == 0;
        const std::string end = raw ? ")sql\"" : "\"";
        const std::size_t from = at + (raw ? 5 : 1), until = source.find(end, from);
        text += source.substr(from, until - from);
        at = until + end.size();
        const std::size_t next = source.find_first_not_of(" \n", at);
        if (next != std::string::npos && source[next] == '"') at = next;
    }
    return text;
}

/// Every statement about state.db in the room's sources.
std::vector<std::string> statements() {
    std::vector<std::string> found;
    for (const auto& file :
         std::filesystem::directory_iterator(ROUNDS_SOURCE_DIR "/daemon/store")) {
        if (file.path().extension() != ".cpp" || file.path().stem().string().starts_with("sample_"))
            continue;
        const std::string source = source_of(file.path());
        for (std::size_t at = 0; (at = source.find('"', at)) != std::string::npos;) {
            const std::string sql = literal(source, at);
            const auto word = sql.substr(std::min(sql.find_first_not_of(" \n"), sql.size()), 7);
            if (word == "SELECT " || word == "UPDATE " || word == "DELETE " || word == "INSERT ") {
                found.push_back(sql);
            }
        }
    }
    return found;
}

TEST(Plan, NoStatementWalksThroughTheHistory) {
    TempFolder folder;
    auto database = Database::open(folder / "state.db", Database::Access::write);
    migrate(database);
    const auto all = statements();
    EXPECT_GT(all.size(), 25U);
    for (const std::string& sql : all) {
        auto query = database.prepare("EXPLAIN QUERY PLAN " + sql);
        while (query.step()) {
            for (int column = 0; column < 3; ++column) (void)query.next<std::int64_t>();
            const auto step = query.next<std::string>();
            // Of what is kept for years, an index of what is still to be done holds little.
            if (step.find("USING INDEX delivery_") != std::string::npos) continue;
            for (const std::string large :
                 {"i", "this", "e", "v", "incident", "incident_event", "incident_version",
                  "delivery", "state_interval", "earlier", "echo_quarter", "round_device",
                  "round_link", "round_hours"}) {
                EXPECT_THAT(step + " ", ::testing::Not(HasSubstr("SCAN " + large + " "))) << sql;
            }
        }
    }
}

TEST(Plan, NoStatementThatWritesBuildsATableOfItsOwn) {
    TempFolder folder;
    auto database = Database::open(folder / "state.db", Database::Access::write);
    migrate(database);
    for (const std::string& sql : statements()) {
        const bool writes =
            sql.find("INSERT") != std::string::npos || sql.find("UPDATE") != std::string::npos;
        const bool seldom =
            sql.find("blindness") != std::string::npos ||
            sql.find("state = 'parked' AND") != std::string::npos ||
            sql.find("SET state = 'parked', done_ms = ?2, why") != std::string::npos ||
            sql.find("SET due_ms = ?2 WHERE hook") != std::string::npos;
        if (!writes || seldom) continue;
        auto query = database.prepare("EXPLAIN " + sql);
        while (query.step()) {
            (void)query.next<std::int64_t>();
            EXPECT_NE(query.next<std::string>(), "OpenEphemeral") << sql;
        }
    }
}

}  // namespace
}  // namespace rounds::store
