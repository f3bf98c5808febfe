// What samples are summed up to, and how long it is kept.
#include <cmath>
#include <map>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/store/sample_store.hpp"
#include "tests/store/sample_days.hpp"
#include "tests/store/temp_folder.hpp"

namespace rounds::store {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const Series cpu{{"sw-3f"}, "cpu", ""};
const Series other{{"sw-3f"}, "memory", ""};
constexpr Resolution all[] = {Resolution::five_minutes, Resolution::hour, Resolution::day};

class SampleRollupsTest : public ::testing::Test {
 protected:
    void put(core::WallTime at, double value, const Series& series = cpu) {
        store.append(std::vector<Sample>{{series, at, value}}).value();
    }
    std::vector<Rollup> of(Resolution resolution, core::Period period = ever) {
        return store.read(cpu, period, resolution).value();
    }

    TempFolder folder;
    SampleStore store = SampleStore::open(folder.path()).value();
};

TEST_F(SampleRollupsTest, SumUpWhatIsPackedAndWhatIsNot) {
    put(midnight + 10h, 4);
    put(midnight + 10h + 4min, 1);
    put(midnight + 10h + 5min, 7);
    for (const bool packed : {false, true}) {
        if (packed) store.compact().value();
        EXPECT_THAT(of(Resolution::five_minutes),
                    ElementsAre(Rollup{midnight + 10h, 2, 1, 4, 1, 2.5},
                                Rollup{midnight + 10h + 5min, 1, 7, 7, 7, 7}));
        EXPECT_THAT(of(Resolution::hour), ElementsAre(Rollup{midnight + 10h, 3, 1, 7, 7, 4}));
        EXPECT_THAT(of(Resolution::day), ElementsAre(Rollup{midnight, 3, 1, 7, 7, 4}));
    }
}

TEST_F(SampleRollupsTest, LateOnesAreSummedUpToo) {
    put(midnight + 10h, 4);
    store.compact().value();
    put(midnight + 10h + 1min, 8);
    put(midnight + 9h, 0);
    for (const bool packed : {false, true}) {
        if (packed) store.compact().value();
        EXPECT_THAT(of(Resolution::hour), ElementsAre(Rollup{midnight + 9h, 1, 0, 0, 0, 0},
                                                      Rollup{midnight + 10h, 2, 4, 8, 8, 6}));
    }
}

TEST_F(SampleRollupsTest, ThePeriodIsThatOfTheBucketsBeginnings) {
    for (int hour = 0; hour < 48; ++hour) put(midnight + 1h * hour + 30min, hour);
    EXPECT_THAT(of(Resolution::hour, {midnight + 1min, midnight + 25h}), SizeIs(24));
    EXPECT_THAT(of(Resolution::day, {midnight, midnight + 24h}), SizeIs(1));
    EXPECT_THAT(of(Resolution::day, {midnight + 1ms, midnight + 24h}), IsEmpty());
    EXPECT_THAT(of(Resolution::day, {midnight, midnight}), IsEmpty());
    EXPECT_THAT(store.read({{"none"}, "cpu", ""}, ever, Resolution::day).value(), IsEmpty());
}

TEST_F(SampleRollupsTest, EachIsKeptAsLongAsItIsTold) {
    for (int day = 0; day < 10; ++day) put(midnight + 24h * day + 12h, day);
    store.compact().value();
    store
        .forget(Horizons{.samples = midnight + 24h * 8,
                         .five_minutes = midnight + 24h * 6,
                         .hours = midnight + 24h * 4,
                         .days = midnight + 24h * 2})
        .value();
    EXPECT_THAT(store.read(cpu, ever).value(), SizeIs(2));
    EXPECT_THAT(of(Resolution::five_minutes), SizeIs(4));
    EXPECT_THAT(of(Resolution::hour), SizeIs(6));
    EXPECT_THAT(of(Resolution::day), SizeIs(8));
    store.forget(midnight + 24h * 10).value();
    EXPECT_THAT(store.read(cpu, ever).value(), IsEmpty());
    EXPECT_THAT(of(Resolution::five_minutes), SizeIs(4));
    EXPECT_THAT(of(Resolution::day), SizeIs(8));
}

// What comes for a day whose samples are gone is less than what the day's buckets know.
TEST_F(SampleRollupsTest, BucketsThatOutlivedTheirSamplesStay) {
    for (int i = 0; i < 60; ++i) put(midnight + 10h + 1min * i, i);
    put(midnight + 10h, 5, other);
    store.forget(midnight + 24h).value();
    put(midnight + 10h + 30s, 999);
    for (const bool packed : {false, true}) {
        if (packed) store.compact().value();
        EXPECT_THAT(of(Resolution::hour), ElementsAre(Rollup{midnight + 10h, 60, 0, 59, 59, 29.5}));
        EXPECT_THAT(of(Resolution::five_minutes), SizeIs(12));
        EXPECT_THAT(store.read(cpu, ever).value(), SizeIs(1));
    }
}

// A wrong clock said that everything is old; what is measured after it is right again is kept.
TEST_F(SampleRollupsTest, WhatIsMeasuredAfterAWrongForgettingIsThere) {
    put(midnight + 10h, 1);
    store.forget(midnight + 24h * 1000 + 10h).value();
    put(midnight + 11h, 2);
    EXPECT_THAT(store.read(cpu, ever).value(), ElementsAre(Point{midnight + 11h, 2}));
    store.compact().value();
    EXPECT_THAT(store.read(cpu, ever).value(), ElementsAre(Point{midnight + 11h, 2}));
}

TEST_F(SampleRollupsTest, AverageOfDecimalsIsNotARoundingError) {
    for (int i = 0; i < 600; ++i) put(midnight + 1min * i, 45.3);
    EXPECT_THAT(of(Resolution::day), ElementsAre(Rollup{midnight, 600, 45.3, 45.3, 45.3, 45.3}));
}

TEST_F(SampleRollupsTest, InfinitiesAreSummedUpAsTheyAre) {
    const double infinity = std::numeric_limits<double>::infinity();
    put(midnight, 1);
    put(midnight + 1s, infinity);
    put(midnight + 1h, infinity);
    put(midnight + 1h + 1s, -infinity);
    store.compact().value();
    const auto hours = of(Resolution::hour);
    ASSERT_EQ(hours.size(), 2U);
    EXPECT_EQ(hours[0].avg, infinity);
    EXPECT_EQ(hours[1].min, -infinity);
    EXPECT_TRUE(std::isnan(hours[1].avg));
}

// Against a naive model, packed now and then.
TEST_F(SampleRollupsTest, SayWhatANaiveModelSays) {
    constexpr core::Duration lengths[] = {5min, 1h, 24h};
    std::mt19937 dice(29);
    std::map<core::WallTime, double> model;
    core::WallTime now = midnight;
    for (int batch = 0; batch < 150; ++batch) {
        std::vector<Sample> samples;
        for (auto count = dice() % 60; count > 0; --count) {
            now += 1s * static_cast<int>(dice() % 300);
            const auto at = dice() % 20 == 0 ? now - 1s * static_cast<int>(dice() % 90'000) : now;
            const double value = static_cast<double>(dice() % 100'000) / 8;
            samples.push_back({cpu, at, value});
            model[at] = value;
        }
        store.append(samples).value();
        if (dice() % 20 == 0) store.compact().value();
        if (dice() % 10 != 0) continue;
        for (std::size_t i = 0; i < 3; ++i) {
            std::map<core::WallTime, std::vector<double>> buckets;
            for (const auto& [at, value] : model)
                buckets[core::WallTime(at.time_since_epoch() / lengths[i] * lengths[i])].push_back(
                    value);
            std::vector<Rollup> expected;
            for (const auto& [from, values] : buckets) {
                double sum = 0;
                for (const double value : values) sum += value;
                expected.push_back({from, static_cast<std::int64_t>(values.size()),
                                    std::ranges::min(values), std::ranges::max(values),
                                    values.back(), sum / static_cast<double>(values.size())});
            }
            ASSERT_EQ(of(all[i]), expected);
        }
    }
}

}  // namespace
}  // namespace rounds::store
