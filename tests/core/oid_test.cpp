#include "core/oid.hpp"

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

}  // namespace
}  // namespace rounds::core
