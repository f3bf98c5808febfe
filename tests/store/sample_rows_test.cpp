// A samples.db of version 1, with a row for each sample, is packed when the daemon opens it.
#include <map>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/store/database.hpp"
#include "daemon/store/sample_store.hpp"
#include "tests/store/temp_folder.hpp"

namespace rounds::store {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

const core::WallTime start = core::from_ms(1'790'000'000'000);
const core::Period ever{core::from_ms(0), start + 24h * 365};

Series series_of(int number) {
    return {{"dev-" + std::to_string(number)}, "cpu", ""};
}

/// As the version before wrote it.
void make_version_1(Database& database) {
    database.run(R"sql(
        PRAGMA journal_mode = WAL;
        CREATE TABLE series (
            number   INTEGER PRIMARY KEY,
            subject  TEXT NOT NULL,
            metric   TEXT NOT NULL,
            instance TEXT NOT NULL,
            UNIQUE (subject, metric, instance)
        ) STRICT;
        CREATE TABLE sample (
            series INTEGER NOT NULL,
            at_ms  INTEGER NOT NULL,
            value  REAL NOT NULL,
            PRIMARY KEY (series, at_ms)
        ) STRICT, WITHOUT ROWID;
        PRAGMA application_id = 0x524e444d; PRAGMA user_version = 1)sql");
}

class SampleRowsTest : public ::testing::Test {
 protected:
    /// `series` series with `count` samples each, one a minute.
    void make(int series, int count) {
        auto database = Database::open(folder / "samples.db", Database::Access::write);
        make_version_1(database);
        Transaction transaction(database, Transaction::Kind::write);
        for (int number = 1; number <= series; ++number) {
            database.prepare("INSERT INTO series VALUES (?, ?, 'cpu', '')")
                .bind(number)
                .bind(series_of(number).subject.value)
                .run();
            for (int i = 0; i < count; ++i) {
                const Point point{start + 1min * i, number + i / 4.0};
                database.prepare("INSERT INTO sample VALUES (?, ?, ?)")
                    .bind(number)
                    .bind(point.at)
                    .bind(point.value)
                    .run();
                model[number].push_back(point);
            }
        }
        transaction.commit();
    }
    void expect_all(SampleStore& store) {
        for (const auto& [number, points] : model)
            EXPECT_EQ(store.read(series_of(number), ever).value(), points) << number;
    }

    TempFolder folder;
    std::map<int, std::vector<Point>> model;
};

TEST_F(SampleRowsTest, ArePackedWithNothingLost) {
    make(70, 4000);
    auto store = SampleStore::open(folder.path()).value();
    expect_all(store);
    EXPECT_EQ(store.read(series_of(1), ever, Resolution::day)->size(), 4U);
    auto database = Database::open(folder / "samples.db", Database::Access::read);
    EXPECT_EQ(database.number("PRAGMA user_version"), 2);
    EXPECT_EQ(database.number("SELECT count(*) FROM sqlite_schema WHERE name = 'sample'"), 0);
    EXPECT_LT(std::filesystem::file_size(folder / "samples.db"), 70U * 4000 * 3);
    store = SampleStore::open(folder.path()).value();
    expect_all(store);
}

TEST_F(SampleRowsTest, OfNoSamplesAreNoProblem) {
    make(0, 0);
    auto store = SampleStore::open(folder.path()).value();
    store.append(std::vector<Sample>{{series_of(1), start, 1}}).value();
    EXPECT_EQ(store.read(series_of(1), ever)->size(), 1U);
}

TEST_F(SampleRowsTest, WhatWasForgottenIsStillKnown) {
    make(1, 10);
    {
        auto database = Database::open(folder / "samples.db", Database::Access::write);
        database.run(
            "CREATE TABLE forgotten (before_ms INTEGER NOT NULL) STRICT;"
            "INSERT INTO forgotten VALUES (1789999999000)");
    }
    EXPECT_EQ(SampleStore::open(folder.path())->whole_since().value(), start - 1s);
}

TEST_F(SampleRowsTest, WhoMayOnlyReadIsToldWhoMayWrite) {
    make(1, 10);
    const auto reader = SampleStore::open_read_only(folder.path());
    EXPECT_EQ(reader.error().kind, core::Error::Kind::unavailable);
    EXPECT_THAT(reader.error().message, HasSubstr("systemctl restart rounds"));
}

// For whatever reason: the next opening packs them.
TEST_F(SampleRowsTest, AreAllThereWhenPackingFails) {
    make(40, 100);
    {
        auto database = Database::open(folder / "samples.db", Database::Access::write);
        database.run("INSERT INTO sample VALUES (35, 5, 1.0); CREATE TABLE trimmed (x)");
    }
    EXPECT_TRUE(SampleStore::open(folder.path()).has_error());
    {
        auto database = Database::open(folder / "samples.db", Database::Access::write);
        EXPECT_EQ(database.number("SELECT count(*) FROM sample"), 4001);
        EXPECT_EQ(database.number("SELECT count(*) FROM sqlite_schema WHERE name = 'chunk'"), 0);
        database.run("DROP TABLE trimmed; DELETE FROM sample WHERE at_ms = 5");
    }
    auto store = SampleStore::open(folder.path()).value();
    expect_all(store);
}

TEST(SampleVersion, OfALaterRoundsIsRefused) {
    const TempFolder folder;
    {
        auto database = Database::open(folder / "samples.db", Database::Access::write);
        database.run(
            "CREATE TABLE x (y); PRAGMA application_id = 0x524e444d; PRAGMA user_version = 3");
    }
    EXPECT_EQ(SampleStore::open(folder.path()).error().kind, core::Error::Kind::newer);
    EXPECT_EQ(SampleStore::open_read_only(folder.path()).error().kind, core::Error::Kind::newer);
}

}  // namespace
}  // namespace rounds::store
