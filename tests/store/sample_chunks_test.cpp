// Samples over days: packed into chunks meanwhile, with crashes, late ones and clocks that step, and nobody notices.
#include <map>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/store/database.hpp"
#include "daemon/store/sample_store.hpp"
#include "tests/store/sample_days.hpp"
#include "tests/store/temp_folder.hpp"

namespace rounds::store {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

Series series_of(int number) {
    return {{"sw-" + std::to_string(number / 8)}, "port-in", std::to_string(number % 8)};
}

class SampleChunksTest : public ::testing::Test {
 protected:
    void put(core::WallTime at, double value, int series = 0) {
        store.append(std::vector<Sample>{{series_of(series), at, value}}).value();
    }
    std::vector<Point> points(int series = 0) {
        return store.read(series_of(series), ever).value();
    }
    void open_again() { store = SampleStore::open(folder.path()).value(); }

    std::int64_t count(const std::string& table) {
        auto database = Database::open(folder / "samples.db", Database::Access::read);
        return database.number("SELECT count(*) FROM " + table);
    }
    std::int64_t chunks() { return count("chunk WHERE bucket_s = 0"); }

    TempFolder folder;
    SampleStore store = SampleStore::open(folder.path()).value();
};

TEST_F(SampleChunksTest, ADayIsPackedWhenItIsOver) {
    for (int i = 0; i < 24; ++i) put(midnight + 1h * i, i);
    put(midnight + 24h + 1min, 24);  // the last ones of the day may still be on their way
    EXPECT_EQ(chunks(), 0);
    put(midnight + 24h + 11min, 25);
    put(midnight + 24h + 12min, 26);
    put(midnight + 24h + 13min, 27);
    EXPECT_EQ(chunks(), 1);
    EXPECT_LE(count("log"), 3);
    const auto found = points();
    ASSERT_EQ(found.size(), 28U);
    for (int i = 0; i < 28; ++i) EXPECT_EQ(found[static_cast<std::size_t>(i)].value, i);
}

TEST_F(SampleChunksTest, WhatIsNotPackedYetIsThereAfterACrash) {
    put(midnight, 1);
    put(midnight + 1s, 2);
    open_again();
    EXPECT_THAT(points(), ElementsAre(Point{midnight, 1}, Point{midnight + 1s, 2}));
    put(midnight + 2s, 3);
    open_again();
    EXPECT_THAT(points(), SizeIs(3));
}

TEST_F(SampleChunksTest, AReaderSeesWhatIsPackedAndWhatIsNot) {
    auto reader = SampleStore::open_read_only(folder.path()).value();
    put(midnight, 1);
    EXPECT_THAT(reader.read(series_of(0), ever).value(), SizeIs(1));
    store.compact().value();
    put(midnight + 1s, 2);
    EXPECT_THAT(reader.read(series_of(0), ever).value(), SizeIs(2));
    EXPECT_EQ(count("log"), 1);
    EXPECT_TRUE(reader.compact().has_error());
}

TEST_F(SampleChunksTest, LateOnesFindTheirPlaceInAClosedChunk) {
    put(midnight + 1s, 1);
    put(midnight + 3s, 3);
    store.compact().value();
    put(midnight + 2s, 2);
    put(midnight + 3s, 33);  // a second one of the moment
    const auto expected =
        ElementsAre(Point{midnight + 1s, 1}, Point{midnight + 2s, 2}, Point{midnight + 3s, 33});
    EXPECT_THAT(points(), expected);
    store.compact().value();
    EXPECT_EQ(chunks(), 1);
    EXPECT_THAT(points(), expected);
}

TEST_F(SampleChunksTest, AClockThatStepsForthAndBackLosesNothing) {
    for (int i = 0; i < 10; ++i) put(midnight + 12h + 1min * i, i);
    put(midnight + 24h * 2000 + 1h, -1);  // years ahead
    for (int i = 10; i < 20; ++i) put(midnight + 12h + 1min * i, i);
    put(midnight - 24h * 300, -2);  // and back
    for (int i = 20; i < 30; ++i) put(midnight + 12h + 1min * i, i);
    for (const bool packed : {false, true}) {
        if (packed) store.compact().value();
        const core::Period day{midnight, midnight + 24h};
        const auto found = store.read(series_of(0), day).value();
        ASSERT_EQ(found.size(), 30U);
        for (int i = 0; i < 30; ++i) EXPECT_EQ(found[static_cast<std::size_t>(i)].value, i);
        const core::Period later{midnight + 24h * 2000, midnight + 24h * 2001};
        EXPECT_THAT(store.read(series_of(0), later).value(), SizeIs(1));
    }
}

// A clock that goes to and fro must not have the day packed with every batch.
TEST_F(SampleChunksTest, AfterAStepTheDayIsPackedOnce) {
    put(midnight + 12h, 1);
    put(midnight + 24h * 2000 + 1h, 2);
    for (int i = 0; i < 20; ++i) put(midnight + 13h + 1s * i, i);
    EXPECT_GE(count("log"), 10);
}

TEST_F(SampleChunksTest, GapsStayGaps) {
    for (int i = 0; i < 100; ++i)
        if (i < 30 || i > 60) put(midnight + 1min * i, i, i % 7 == 0 ? 1 : 0);
    store.compact().value();
    EXPECT_THAT(store.read(series_of(0), {midnight + 30min, midnight + 61min}).value(), IsEmpty());
    EXPECT_EQ(points(0).size() + points(1).size(), 69U);
}

TEST_F(SampleChunksTest, NumbersAreKnownAgain) {
    const auto number = store.number(series_of(3)).value();
    EXPECT_EQ(store.number(series_of(3)).value(), number);
    EXPECT_NE(store.number(series_of(4)).value(), number);
    open_again();
    EXPECT_EQ(store.number(series_of(3)).value(), number);
    store.append(std::vector<Reading>{{number, midnight, 5}, {number, midnight + 1s, std::nan("")}})
        .value();
    EXPECT_THAT(points(3), ElementsAre(Point{midnight, 5}));
}

TEST_F(SampleChunksTest, ANumberThatNoSeriesHasIsRefused) {
    for (const SeriesNumber number : {SeriesNumber{-1}, SeriesNumber{0}, SeriesNumber{7}}) {
        const auto done = store.append(std::vector<Reading>{{number, midnight, 5}});
        EXPECT_EQ(done.error().kind, core::Error::Kind::invalid_input) << number;
    }
    EXPECT_EQ(count("log"), 0);
}

TEST_F(SampleChunksTest, ADamagedChunkIsSaidToBe) {
    put(midnight, 1);
    store.compact().value();
    {
        auto database = Database::open(folder / "samples.db", Database::Access::write);
        database.run("UPDATE chunk SET bytes = zeroblob(30)");
    }
    EXPECT_EQ(store.read(series_of(0), ever).error().kind, core::Error::Kind::damaged);
    EXPECT_EQ(store.read(series_of(0), ever, Resolution::hour).error().kind,
              core::Error::Kind::damaged);
    {
        auto database = Database::open(folder / "samples.db", Database::Access::write);
        database.run("INSERT INTO log (number, bytes) VALUES (1, x'0011')");
    }
    EXPECT_EQ(SampleStore::open(folder.path()).error().kind, core::Error::Kind::damaged);
}

// Against a naive model, over days, with everything that can come between.
TEST_F(SampleChunksTest, SaysWhatANaiveModelSays) {
    std::mt19937 dice(23);
    const auto below = [&](unsigned most) { return static_cast<int>(dice() % most); };
    std::map<int, std::map<core::WallTime, double>> model;
    core::WallTime now = midnight, forgotten = core::from_ms(0);
    for (int batch = 0; batch < 400; ++batch) {
        std::vector<Sample> samples;
        for (int poll = below(4); poll >= 0; --poll) {
            now += 1min * below(60);
            for (int series = below(3); series < 70; series += 1 + below(6)) {
                auto at = now;
                if (below(40) == 0) at -= 1min * below(4000);  // late
                if (below(200) == 0) at += 24h * below(10);    // the clock was wrong
                if (at < forgotten) continue;
                const double value = below(5) == 0 ? below(1000) / 7.0 : below(1000) / 2.0;
                samples.push_back({series_of(series), at, value});
                model[series][at] = value;
            }
        }
        store.append(samples).value();
        if (below(30) == 0) store.compact().value();
        if (below(15) == 0) open_again();
        if (below(50) == 0) {
            forgotten = std::max(forgotten, now - 1h * below(200));
            store.forget(forgotten).value();
            for (auto& [series, points] : model)
                points.erase(points.begin(), points.lower_bound(forgotten));
        }
        if (below(5) != 0) continue;
        const core::Period period{now - 1h * below(300), now + 1h * below(20) - 2h};
        auto reader = SampleStore::open_read_only(folder.path()).value();
        for (int series = below(20); series < 70; series += 20) {
            std::vector<Point> expected;
            for (const auto& [at, value] : model[series])
                if (period.contains(at)) expected.push_back({at, value});
            ASSERT_EQ(store.read(series_of(series), period).value(), expected);
            ASSERT_EQ(reader.read(series_of(series), period).value(), expected);
        }
    }
    EXPECT_GT(chunks(), 20);
}

}  // namespace
}  // namespace rounds::store
