#include "daemon/store/chunk.hpp"

#include <algorithm>
#include <map>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/store/chunk_rollups.hpp"

namespace rounds::store {
namespace {

using ::testing::ElementsAre;

using Content = std::map<std::size_t, std::pair<std::vector<DayTime>, Bytes>>;

Bytes written(const Content& content) {
    ChunkWriter writer;
    IntegerPacker packer;
    for (const auto& [place, part] : content) writer.add(place, part.first, part.second);
    return writer.finish(packer);
}

Content read_all(std::string_view bytes) {
    IntegerPacker packer;
    ChunkReader reader(bytes, packer);
    Content content;
    for (std::size_t place = 0; place < shelf_size; ++place)
        if (const auto part = reader.find(place))
            content[place] = {{part->at.begin(), part->at.end()}, Bytes(part->body)};
    return content;
}

std::vector<DayTime> every(DayTime step, DayTime jitter, std::uint32_t seed) {
    std::mt19937 dice(seed);
    std::vector<DayTime> at;
    for (DayTime time = 0; time + jitter < day_ms; time += step)
        at.push_back(time + static_cast<DayTime>(dice() % jitter));
    return at;
}

std::vector<DayTime> without(std::vector<DayTime> at, std::initializer_list<std::size_t> places) {
    std::vector<DayTime> kept;
    for (std::size_t i = 0; i < at.size(); ++i)
        if (std::ranges::find(places, i) == places.end()) kept.push_back(at[i]);
    return kept;
}

TEST(Chunk, GivesEachSeriesBackAndNothingForTheOthers) {
    const Content content{{0, {{0}, "a"}}, {7, {{1, 2, day_ms - 1}, ""}}, {31, {{0, 2}, "c"}}};
    EXPECT_EQ(read_all(written(content)), content);
    EXPECT_EQ(read_all(written({})), Content{});
}

TEST(Chunk, SeriesOfOnePollShareTheirTimes) {
    const auto at = every(60'000, 900, 1);
    const auto alone = written({{0, {at, "x"}}}).size();
    Content content;
    for (std::size_t place = 0; place < shelf_size; ++place) content[place] = {at, "x"};
    EXPECT_LE(written(content).size(), alone + 8 * shelf_size);
}

TEST(Chunk, SharedTimesMayMissSome) {
    const auto at = every(60'000, 900, 2);
    const Content content{{0, {without(at, {0, 1, 500}), "a"}},
                          {1, {at, "b"}},
                          {2, {without(at, {at.size() - 1}), "c"}},
                          {3, {without(at, {0, at.size() - 1}), "d"}}};
    const Bytes bytes = written(content);
    EXPECT_EQ(read_all(bytes), content);
    EXPECT_LE(bytes.size(), written({{0, {at, "a"}}}).size() + 60);
}

TEST(Chunk, AnyTimesComeBack) {
    std::mt19937 dice(3);
    for (int round = 0; round < 200; ++round) {
        Content content;
        const auto common = every(3'600'000 + static_cast<DayTime>(dice() % 1000) * 1000, 5000,
                                  static_cast<std::uint32_t>(round));
        for (std::size_t place = dice() % 4; place < shelf_size; place += 1 + dice() % 9) {
            std::vector<DayTime> at;
            const auto loses = dice() % 5;
            for (const DayTime time : common) {
                if (dice() % 10 < loses) continue;
                at.push_back(time + (dice() % 3 == 0 ? 1 : 0));
            }
            if (!at.empty()) content[place] = {at, Bytes(dice() % 4, 'b')};
        }
        EXPECT_EQ(read_all(written(content)), content);
    }
}

// A disk that gives back something else is found out; nothing is ever made of it.
TEST(Chunk, DamageIsFoundOut) {
    const Bytes whole = written({{3, {every(600'000, 500, 4), "body"}}, {9, {{5, 6}, "other"}}});
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_THROW(read_all(whole.substr(0, size)), ChunkDamage);
    for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
        Bytes bent = whole;
        bent[bit / 8] ^= static_cast<char>(1U << bit % 8);
        EXPECT_THROW(read_all(bent), ChunkDamage) << bit;
    }
}

// And what was written wrong, under a seal that is right, stays within bounds.
TEST(Chunk, WhatIsNoChunkUnderASealIsRefused) {
    const Bytes whole = written({{3, {{1, 2, 3, 4, 700}, "body"}}, {9, {{1, 2, 3, 4}, "other"}}});
    const std::string_view content = std::string_view(whole).substr(0, whole.size() - 4);
    std::mt19937 dice(5);
    int refused = 0;
    for (int i = 0; i < 20'000; ++i) {
        Bytes bent(content);
        for (auto changes = 1 + dice() % 3; changes > 0; --changes)
            bent[dice() % bent.size()] = static_cast<char>(dice());
        seal(bent);
        try {
            for (const auto& [place, part] : read_all(bent)) {
                EXPECT_EQ(std::ranges::adjacent_find(part.first, std::ranges::greater_equal{}),
                          part.first.end());
                EXPECT_LT(part.first.back(), day_ms);
            }
        } catch (const ChunkDamage&) {
            ++refused;
        }
    }
    EXPECT_GT(refused, 10'000);
}

TEST(RollUp, SumsUpByBuckets) {
    const std::vector<DayTime> at{0, 299'999, 300'000, 900'000, 900'001};
    const std::vector<double> values{4, 2, 7, -1, 5};
    const Rolled rolled = roll_up(at, values, 300'000);
    EXPECT_THAT(rolled.at, ElementsAre(0, 1, 3));
    EXPECT_THAT(rolled.buckets,
                ElementsAre(Bucket{.min = 2, .max = 4, .last = 2, .sum = 6, .count = 2},
                            Bucket{.min = 7, .max = 7, .last = 7, .sum = 7, .count = 1},
                            Bucket{.min = -1, .max = 5, .last = 5, .sum = 4, .count = 2}));
    EXPECT_TRUE(roll_up({}, {}, 300'000).at.empty());
}

TEST(RollUp, DecimalsAreSummedWithoutRounding) {
    const std::vector<double> tenths(1440, 45.3);
    std::vector<DayTime> at;
    for (DayTime i = 0; i < 1440; ++i) at.push_back(i * 60'000);
    EXPECT_EQ(roll_up(at, tenths, day_ms).buckets.at(0).sum, 65232.0);
}

TEST(RollUp, BucketsComeBack) {
    std::mt19937_64 dice(6);
    RollupPacker packer;
    for (int round = 0; round < 200; ++round) {
        std::vector<DayTime> at;
        std::vector<double> values;
        const int kind = round % 3;
        for (DayTime time = 0; time < day_ms;
             time += 1 + static_cast<DayTime>(dice() % 1'000'000)) {
            at.push_back(time);
            const auto number = static_cast<double>(dice() % 1'000'000);
            values.push_back(kind == 0 ? number : kind == 1 ? number / 10 : 1 / (number + 1));
        }
        const Rolled rolled = roll_up(at, values, 3'600'000);
        Bytes bytes;
        packer.pack(rolled.buckets, bytes);
        std::vector<Bucket> back;
        packer.unpack(bytes, rolled.buckets.size(), back);
        EXPECT_EQ(back, rolled.buckets);
        for (std::size_t size = 0; size < bytes.size(); ++size)
            EXPECT_THROW(packer.unpack(bytes.substr(0, size), back.size(), back), ChunkDamage);
    }
}

TEST(RollUp, QuietHoursTakeFewBytes) {
    const std::vector<Bucket> quiet(
        24, {.min = 21.5, .max = 21.5, .last = 21.5, .sum = 258, .count = 12});
    Bytes bytes;
    RollupPacker().pack(quiet, bytes);
    EXPECT_LE(bytes.size(), 20U);
}

}  // namespace
}  // namespace rounds::store
