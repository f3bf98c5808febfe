#include "core/oid.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace rounds::core {
namespace {

Oid oid(std::string_view text) {
    return Oid::parse(text).value();
}

TEST(Oid, ReadsAndWritesTheSame) {
    for (const char* text : {"1", "0.0", "2.999", "1.3.6.1.2.1.1.5.0", "1.3.4294967295"})
        EXPECT_EQ(oid(text).text(), text);
    EXPECT_EQ(oid(".1.3.6").text(), "1.3.6");
    EXPECT_EQ(Oid().text(), "");
}

struct Refusal {
    const char* text;
    const char* why;
};

class OidRefusalTest : public ::testing::TestWithParam<Refusal> {};

TEST_P(OidRefusalTest, SaysWhy) {
    const auto read = Oid::parse(GetParam().text);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().message,
              "\"" + std::string(GetParam().text) + "\" is not an OID: " + GetParam().why);
}

INSTANTIATE_TEST_SUITE_P(
    Oid, OidRefusalTest,
    ::testing::Values(
        Refusal{"", "expected a number"}, Refusal{"1.3.x", "expected a number"},
        Refusal{"1..3", "expected a number"}, Refusal{"1.3.", "expected a number"},
        Refusal{"-1", "expected a number"}, Refusal{"1,3", "expected a dot between numbers"},
        Refusal{"1.3 ", "expected a dot between numbers"},
        Refusal{"1.3.4294967296", "a number is larger than 4294967295"},
        Refusal{"3.1", "it begins with 0, 1 or 2, and 0 and 1 are followed by at most 39"},
        Refusal{"1.40", "it begins with 0, 1 or 2, and 0 and 1 are followed by at most 39"}));

TEST(Oid, HasAtMost128Numbers) {
    std::string text = "1";
    for (int i = 1; i < 128; ++i) text += ".3";
    EXPECT_TRUE(Oid::parse(text));
    EXPECT_FALSE(Oid::parse(text + ".3"));
}

TEST(Oid, IsOrderedAsAWalkGoes) {
    EXPECT_LT(oid("1.3"), oid("1.3.6"));
    EXPECT_LT(oid("1.3.6"), oid("1.3.6.1"));
    EXPECT_LT(oid("1.3.6.1"), oid("1.3.10"));
    EXPECT_LT(oid("1.3.10"), oid("1.4"));
}

TEST(Oid, KnowsWhatLiesWithinIt) {
    const Oid column = oid("1.3.6.1.2.1.2.2.1.10");
    EXPECT_TRUE(oid("1.3.6.1.2.1.2.2.1.10.3").within(column));
    EXPECT_TRUE(column.within(column));
    EXPECT_FALSE(oid("1.3.6.1.2.1.2.2.1.11.3").within(column));
    EXPECT_FALSE(oid("1.3.6.1").within(column));
    EXPECT_EQ(dotted(oid("1.3.6.1.2.1.2.2.1.10.3.7").below(column)), "3.7");
    EXPECT_TRUE(column.below(column).empty());
    EXPECT_EQ(column.with(3).with(std::vector<Oid::Part>{7, 8}).text(),
              "1.3.6.1.2.1.2.2.1.10.3.7.8");
}

using Parts = std::vector<Oid::Part>;

/// 1.3.1.2.3 …: so many numbers.
Parts counting(std::size_t size) {
    Parts parts(size, 1);
    for (std::size_t i = 1; i < size; ++i) parts[i] = static_cast<Oid::Part>(i * 3);
    return parts;
}
Parts parts_of(const Oid& oid) {
    return {oid.parts().begin(), oid.parts().end()};
}

/// Held within and held apart: nobody sees the difference.
class OidOfAnySizeTest : public ::testing::TestWithParam<std::size_t> {};

TEST_P(OidOfAnySizeTest, IsCopiedMovedAndMadeLongerLikeAVector) {
    const Parts parts = counting(GetParam());
    const Oid made(parts);
    EXPECT_EQ(parts_of(made), parts);

    Oid copy = made;
    EXPECT_EQ(copy, made);
    const Oid moved = std::move(copy);
    EXPECT_EQ(parts_of(moved), parts);
    copy = moved;  // what was moved from may be assigned to
    EXPECT_EQ(parts_of(copy), parts);
    copy = Oid(counting(14));
    copy = Oid(counting(15));
    EXPECT_EQ(parts_of(copy), counting(15));
    const Oid& itself = copy;
    copy = itself;
    EXPECT_EQ(parts_of(copy), counting(15));

    Parts longer = parts;
    longer.push_back(7);
    EXPECT_EQ(parts_of(made.with(7)), longer);
    EXPECT_TRUE(made.with(7).within(made));
    EXPECT_FALSE(made.within(made.with(7)));
    EXPECT_LT(made, made.with(0));
    EXPECT_EQ(parts_of(made), parts);
}

INSTANTIATE_TEST_SUITE_P(Oid, OidOfAnySizeTest, ::testing::Values(0, 1, 13, 14, 15, 16, 127, 128),
                         [](const auto& one) { return std::to_string(one.param); });

TEST(Oid, WhatWasMovedFromIsEmpty) {
    for (const std::size_t size : {3U, 40U}) {
        Oid from(counting(size));
        const Oid to = std::move(from);
        EXPECT_TRUE(from.empty());  // NOLINT(bugprone-use-after-move): that is asked
        EXPECT_EQ(to.size(), size);
    }
}

TEST(Oid, IsOrderedAsItsNumbersAre) {
    std::mt19937 dice(7);
    const auto drawn = [&dice] {
        Parts parts(dice() % 18);
        for (Oid::Part& part : parts) part = static_cast<Oid::Part>(dice() % 3);
        return parts;
    };
    for (int i = 0; i < 20'000; ++i) {
        const Parts a = drawn();
        const Parts b = drawn();
        ASSERT_EQ(Oid(a) <=> Oid(b), a <=> b);
        ASSERT_EQ(Oid(a) == Oid(b), a == b);
        const bool within = a.size() >= b.size() && std::equal(b.begin(), b.end(), a.begin());
        ASSERT_EQ(Oid(a).within(Oid(b)), within);
    }
}

}  // namespace
}  // namespace rounds::core
