#include "daemon/store/database.hpp"

#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/store/trouble.hpp"
#include "tests/store/temp_folder.hpp"

namespace rounds::store {
namespace {

using namespace std::string_literals;
using core::Error;

class DatabaseTest : public ::testing::Test {
 protected:
    Error trouble_of(const std::function<void()>& work) {
        try {
            work();
        } catch (const Trouble& trouble) {
            return trouble.error();
        }
        ADD_FAILURE() << "no trouble";
        return {};
    }

    TempFolder folder;
    Database database = [this] {
        auto opened = Database::open(folder / "some.db", Database::Access::write);
        opened.run("CREATE TABLE thing (number INTEGER, name TEXT, other INTEGER) STRICT");
        return opened;
    }();
};

TEST_F(DatabaseTest, WhatIsBoundComesBack) {
    const auto moment = core::from_ms(-5);
    auto query = database.prepare("SELECT ?, ?, ?, ?, ?, ?, ?, ?");
    query.bind(std::numeric_limits<std::int64_t>::min()).bind(true).bind("a\0b"s).bind(moment);
    query.bind(core::Microseconds{7})
        .bind(std::optional<int>{})
        .bind(std::optional<int>{3})
        .bind("");
    ASSERT_TRUE(query.step());
    EXPECT_EQ(query.next<std::int64_t>(), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(query.next<bool>(), true);
    EXPECT_EQ(query.next<std::string>(), "a\0b"s);
    EXPECT_EQ(query.next<core::WallTime>(), moment);
    EXPECT_EQ(query.next<core::Microseconds>(), core::Microseconds{7});
    EXPECT_EQ(query.next<std::optional<int>>(), std::nullopt);
    EXPECT_EQ(query.next<std::optional<int>>(), 3);
    EXPECT_EQ(query.next<std::string>(), "");
    EXPECT_FALSE(query.step());
}

TEST_F(DatabaseTest, AValueThatDoesNotFitIsDamage) {
    auto query = database.prepare("SELECT 3000000000 AS looks, NULL AS looks, 5 AS looks");
    ASSERT_TRUE(query.step());
    const auto too_large = trouble_of([&] { (void)query.next<int>(); });
    EXPECT_EQ(too_large.kind, Error::Kind::damaged);
    EXPECT_THAT(too_large.message, ::testing::HasSubstr("looks"));
    EXPECT_EQ(trouble_of([&] { (void)query.next<int>(); }).kind, Error::Kind::damaged);
    EXPECT_EQ(query.next<std::optional<int>>(), std::nullopt);
    EXPECT_EQ(trouble_of([&] { (void)query.next<std::string>(); }).kind, Error::Kind::damaged);
}

TEST_F(DatabaseTest, AStatementRunsAgainWithOtherParameters) {
    auto query = database.prepare("INSERT INTO thing (number) VALUES (?)");
    query.bind(1).run();
    query.bind(2).run();
    EXPECT_EQ(database.number("SELECT sum(number) FROM thing"), 3);
}

TEST_F(DatabaseTest, OneStatementInTwoUsesAtOnceIsTwo) {
    database.run("INSERT INTO thing (number) VALUES (1), (2)");
    auto outer = database.prepare("SELECT number FROM thing ORDER BY number");
    int seen = 0;
    while (outer.step()) {
        auto inner = database.prepare("SELECT number FROM thing ORDER BY number");
        while (inner.step()) ++seen;
    }
    EXPECT_EQ(seen, 4);
}

TEST_F(DatabaseTest, AKeptStatementForgetsItsParameters) {
    {
        database.prepare("SELECT ?").bind(5).step();
    }
    auto query = database.prepare("SELECT ?");
    ASSERT_TRUE(query.step());
    EXPECT_EQ(query.next<std::optional<int>>(), std::nullopt);
}

TEST_F(DatabaseTest, ATransactionLeftIsUndone) {
    {
        Transaction transaction(database, Transaction::Kind::write);
        database.run("INSERT INTO thing (number) VALUES (1)");
    }
    EXPECT_FALSE(database.in_transaction());
    EXPECT_EQ(database.number("SELECT count(*) FROM thing"), 0);
}

TEST_F(DatabaseTest, ATransactionThatFailsIsUndoneAsAWhole) {
    const auto refused = trouble_of([&] {
        Transaction transaction(database, Transaction::Kind::write);
        database.run("INSERT INTO thing (number) VALUES (1)");
        database.run("INSERT INTO thing (number) VALUES ('one')");
        transaction.commit();
    });
    EXPECT_EQ(refused.kind, Error::Kind::internal);
    EXPECT_EQ(database.number("SELECT count(*) FROM thing"), 0);
}

TEST_F(DatabaseTest, AReadingTransactionSeesOneMoment) {
    database.make_durable();
    auto reader = Database::open(folder / "some.db", Database::Access::read);
    Transaction view(reader, Transaction::Kind::read);
    EXPECT_EQ(reader.number("SELECT count(*) FROM thing"), 0);
    database.run("INSERT INTO thing (number) VALUES (1)");
    EXPECT_EQ(reader.number("SELECT count(*) FROM thing"), 0);
}

TEST_F(DatabaseTest, ASpaceThatIsUsedUpIsUnavailable) {
    database.run("PRAGMA max_page_count = 4");
    const auto full = trouble_of([&] {
        for (;;)
            database.prepare("INSERT INTO thing (name) VALUES (?)")
                .bind(std::string(1'000, 'x'))
                .run();
    });
    EXPECT_EQ(full.kind, Error::Kind::unavailable);
    EXPECT_THAT(full.message, ::testing::StartsWith("no room left to record in " +
                                                    (folder / "some.db").string()));
    database.run("PRAGMA max_page_count = 1000");
    database.prepare("INSERT INTO thing (name) VALUES (?)").bind(std::string(1'000, 'y')).run();
    EXPECT_EQ(database.number("SELECT count(*) FROM thing WHERE name LIKE 'y%'"), 1);
}

// Codes as in https://www.sqlite.org/rescode.html.
struct Refusal {
    std::string name;
    int code = 0, system_errno = 0;
    Error::Kind kind = Error::Kind::internal;
    std::string says;
};
void PrintTo(const Refusal& refusal, std::ostream* out) {
    *out << refusal.name;
}

class RefusalTest : public ::testing::TestWithParam<Refusal> {};

TEST_P(RefusalTest, IsASentenceAboutTheFile) {
    const auto& refusal = GetParam();
    const Error error =
        error_of(refusal.code, refusal.system_errno, "said", "/var/lib/rounds/state.db");
    EXPECT_EQ(error.kind, refusal.kind);
    EXPECT_THAT(error.message, ::testing::HasSubstr("/var/lib/rounds/state.db"));
    EXPECT_THAT(error.message, ::testing::HasSubstr(refusal.says));
}

constexpr auto unavailable = Error::Kind::unavailable;

INSTANTIATE_TEST_SUITE_P(
    Codes, RefusalTest,
    ::testing::Values(Refusal{"Full", 13, 0, unavailable, "df -h /var/lib/rounds"},
                      Refusal{"FullOnWrite", 778, ENOSPC, unavailable, "no room left"},
                      Refusal{"Quota", 778, EDQUOT, unavailable, "no room left"},
                      Refusal{"BrokenDisk", 266, EIO, unavailable, "dmesg"},
                      Refusal{"BrokenDiskWithoutErrno", 266, 0, unavailable, "said"},
                      Refusal{"ReadOnly", 8, 0, unavailable, "read-only"},
                      Refusal{"ReadOnlyFolder", 1544, 0, unavailable, "read-only"},
                      Refusal{"Corrupt", 11, 0, Error::Kind::damaged, "damaged (said)"},
                      Refusal{"CorruptIndex", 779, 0, Error::Kind::damaged, "a backup"},
                      Refusal{"NoDatabase", 26, 0, Error::Kind::damaged, "no SQLite database"},
                      Refusal{"Busy", 5, 0, Error::Kind::busy, "fuser"},
                      Refusal{"NotOpened", 14, ENOENT, unavailable, "No such file"},
                      Refusal{"NotAllowed", 14, EACCES, Error::Kind::no_permission,
                              "Permission denied"},
                      Refusal{"Constraint", 2067, 0, Error::Kind::internal, "said"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace rounds::store
