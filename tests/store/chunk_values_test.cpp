// Columns of samples: whatever goes in comes out, bit for bit; and what is regular takes few bytes.
#include "daemon/store/chunk_values.hpp"

#include <bit>
#include <cmath>
#include <functional>
#include <limits>
#include <random>
#include <string>

#include <gtest/gtest.h>

namespace rounds::store {
namespace {

using Limits = std::numeric_limits<double>;

std::vector<std::uint64_t> bits_of(const std::vector<double>& values) {
    std::vector<std::uint64_t> bits;
    for (const double value : values) bits.push_back(std::bit_cast<std::uint64_t>(value));
    return bits;
}

Bytes packed(const std::vector<double>& values) {
    ValuePacker packer;
    Bytes bytes;
    packer.pack(values, bytes);
    return bytes;
}

void expect_round_trip(const std::vector<double>& values) {
    ValuePacker packer;
    std::vector<double> back;
    packer.unpack(packed(values), values.size(), back);
    EXPECT_EQ(bits_of(back), bits_of(values));
}

/// `count` values, each made of its index and the dice.
std::vector<double> drawn(int count, const std::function<double(int, std::mt19937_64&)>& value) {
    std::mt19937_64 dice(7);
    std::vector<double> values;
    for (int i = 0; i < count; ++i) values.push_back(value(i, dice));
    return values;
}

struct Case {
    const char* name;
    std::vector<double> values;
    std::size_t most_bytes;  ///< So regular that it takes no more.
};
void PrintTo(const Case& story, std::ostream* out) {
    *out << story.name;
}

class ColumnTest : public ::testing::TestWithParam<Case> {};

TEST_P(ColumnTest, ComesBackBitForBitInFewBytes) {
    expect_round_trip(GetParam().values);
    EXPECT_LE(packed(GetParam().values).size(), GetParam().most_bytes);
}

INSTANTIATE_TEST_SUITE_P(
    Columns, ColumnTest,
    ::testing::Values(
        Case{"Nothing", {}, 0}, Case{"One", {42}, 4}, Case{"Two", {-1, 1}, 8},
        Case{"Constant", std::vector<double>(1440, 63.5), 5},
        Case{"ConstantInfinity", std::vector<double>(1440, Limits::infinity()), 14},
        Case{"Rising", drawn(1440, [](int i, auto&) { return 1e12 + 1500.0 * i; }), 16},
        Case{"Faster", drawn(1440, [](int i, auto&) { return 3.0 * i * i; }), 16},
        Case{"TwoToThe53", {9007199254740992.0, -9007199254740992.0, 9007199254740991.0}, 40},
        Case{"MinusZero", {0.0, -0.0, 0.0}, 40},
        Case{"Denormals", {Limits::denorm_min(), -Limits::denorm_min(), Limits::min() / 2}, 60},
        Case{"NotANumber", {std::nan(""), -std::nan("7"), 1.0}, 60},
        Case{"Extremes",
             {Limits::max(), Limits::lowest(), Limits::infinity(), -Limits::infinity(), 0.1},
             70},
        Case{"Decimals",
             drawn(1440, [](int, auto& dice) { return static_cast<double>(dice() % 16) / 10; }),
             770},  // four bits each, and a byte for 32 of them
        Case{"ThreeDecimals", {0.001, 0.125, 1.5, 100}, 24},
        Case{"NearlyDecimals", {0.1 + 0.2, 0.3}, 40},
        Case{"OneSpike", drawn(1440, [](int i, auto&) { return i == 700 ? 1e15 : 20.0; }), 80},
        Case{"FlipFlop", drawn(1440, [](int i, auto&) { return i % 2 == 0 ? 40.0 : 41.0; }), 60}),
    [](const auto& tested) { return std::string(tested.param.name); });

// Noise of a normal distribution cannot take less than its entropy: 2.05 bits and the logarithm of its deviation.
TEST(Column, NoiseTakesHardlyMoreThanItsEntropy) {
    for (const double deviation : {20.0, 150.0, 40'000.0}) {
        std::normal_distribution<double> noise(0, deviation);
        const auto values =
            drawn(1440, [&](int, auto& dice) { return std::round(5e5 + noise(dice)); });
        expect_round_trip(values);
        const double bits = 8.0 * static_cast<double>(packed(values).size()) / 1440;
        EXPECT_LT(bits, 2.05 + std::log2(deviation) + 0.35) << deviation;
    }
}

TEST(Column, AnyDoublesComeBack) {
    for (int size = 1; size < 200; size += 3)
        expect_round_trip(
            drawn(size, [](int, auto& dice) { return std::bit_cast<double>(dice()); }));
}

TEST(Column, AnyWalkComesBack) {
    std::mt19937_64 dice(11);
    for (int walk = 0; walk < 300; ++walk) {
        const auto size = static_cast<int>(dice() % 400);
        const double unit = std::pow(10.0, static_cast<double>(dice() % 5) - 3);
        const std::uint64_t step = 1 + (dice() >> (dice() % 60 + 4));
        double at = 0;
        expect_round_trip(drawn(size, [&](int, auto& own) {
            if (own() % 50 == 0) at = static_cast<double>(own() % 1000);  // a reset
            at += static_cast<double>(own() % step);
            return at * unit;
        }));
    }
}

TEST(Column, IntegersOfAnySizeComeBack) {
    std::mt19937_64 dice(13);
    IntegerPacker packer;
    for (int column = 0; column < 300; ++column) {
        std::vector<std::int64_t> numbers, back;
        const unsigned shift = static_cast<unsigned>(dice() % 64);
        for (auto count = dice() % 300; count > 0; --count)
            numbers.push_back(static_cast<std::int64_t>(dice() >> (dice() % 8 == 0 ? 0 : shift)));
        Bytes bytes;
        packer.pack(numbers, bytes);
        packer.unpack(bytes, numbers.size(), back);
        EXPECT_EQ(back, numbers);
    }
}

// Cut, lengthened or with another bit: damage, or other numbers, but as many as were asked for and never a crash.
TEST(Column, DamagedBytesAreSaidToBe) {
    std::mt19937_64 dice(17);
    std::normal_distribution<double> noise(0, 300);
    const std::vector<std::vector<double>> columns{
        drawn(200, [&](int, auto& own) { return std::round(noise(own)); }),
        drawn(200, [](int i, auto& own) { return 1000.0 * i + static_cast<double>(own() % 3); }),
        drawn(50, [](int, auto& own) { return std::bit_cast<double>(own()); })};
    ValuePacker packer;
    std::vector<double> back;
    for (const auto& column : columns) {
        const Bytes whole = packed(column);
        for (std::size_t size = 0; size < whole.size(); ++size)
            EXPECT_THROW(packer.unpack(whole.substr(0, size), column.size(), back), ChunkDamage);
        EXPECT_THROW(packer.unpack(whole + '\0', column.size(), back), ChunkDamage);
        for (int i = 0; i < 2000; ++i) {
            Bytes bent = whole;
            bent[dice() % bent.size()] ^= static_cast<char>(1U << (dice() % 8));
            try {
                packer.unpack(bent, column.size(), back);
                EXPECT_EQ(back.size(), column.size());
            } catch (const ChunkDamage& damage) {
                EXPECT_NE(std::string(damage.what()), "");
            }
        }
    }
}

TEST(Decimals, AreTheFewestThatDo) {
    EXPECT_EQ(decimals_of(std::vector<double>{1, -2, 1e15}), 0);
    EXPECT_EQ(decimals_of(std::vector<double>{1, 2.5}), 1);
    EXPECT_EQ(decimals_of(std::vector<double>{2.5, 0.25, 0.125}), 3);
    EXPECT_EQ(decimals_of(std::vector<double>{0.0625}), std::nullopt);
    EXPECT_EQ(decimals_of(std::vector<double>{9007199254740992.0, 0.5}), std::nullopt);
    EXPECT_EQ(decimals_of(std::vector<double>{18014398509481984.0}), std::nullopt);
}

}  // namespace
}  // namespace rounds::store
