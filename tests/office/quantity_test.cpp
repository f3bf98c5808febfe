#include "tests/simulator/quantity.hpp"

#include <chrono>
#include <ostream>
#include <string>

#include <gtest/gtest.h>

namespace rounds::simulator {
namespace {

using namespace std::chrono_literals;

struct DurationCase {
    std::string name, text;
    core::Microseconds means;
    friend void PrintTo(const DurationCase& it, std::ostream* out) { *out << it.name; }
};
class DurationTest : public testing::TestWithParam<DurationCase> {};

TEST_P(DurationTest, Means) {
    const auto duration = duration_of(GetParam().text);
    ASSERT_TRUE(duration) << duration.error().message;
    EXPECT_EQ(*duration, GetParam().means);
}

INSTANTIATE_TEST_SUITE_P(Quantity, DurationTest,
                         testing::Values(DurationCase{"Microseconds", "300us", 300us},
                                         DurationCase{"Milliseconds", "20ms", 20ms},
                                         DurationCase{"PartsOfOne", "1.5ms", 1500us},
                                         DurationCase{"Seconds", "40s", 40s},
                                         DurationCase{"MinutesAndSeconds", "1m10s", 70s},
                                         DurationCase{"HalfAnHour", "0.5h", 30min},
                                         DurationCase{"Zero", "0s", 0us},
                                         DurationCase{"AWholeDay", "24h", 24h}),
                         [](const auto& test) { return test.param.name; });

class NoDurationTest : public testing::TestWithParam<std::string> {};

TEST_P(NoDurationTest, IsRefusedWithAnExample) {
    const auto duration = duration_of(GetParam());
    ASSERT_FALSE(duration);
    EXPECT_EQ(duration.error().kind, core::Error::Kind::invalid_input);
    EXPECT_NE(duration.error().message.find("write it like 300us"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Quantity, NoDurationTest,
                         testing::Values("", "40", "s", "-1s", "1 s", "1.2.3s", "1d", "40s ", "25h",
                                         "24h1us", "nans", "1e9s", "99999999999999999999h"));

struct ShareCase {
    std::string name, text;
    double means;
    friend void PrintTo(const ShareCase& it, std::ostream* out) { *out << it.name; }
};
class ShareTest : public testing::TestWithParam<ShareCase> {};

TEST_P(ShareTest, Means) {
    const auto share = share_of(GetParam().text);
    ASSERT_TRUE(share) << share.error().message;
    EXPECT_DOUBLE_EQ(*share, GetParam().means);
}

INSTANTIATE_TEST_SUITE_P(Quantity, ShareTest,
                         testing::Values(ShareCase{"Percent", "5%", 0.05},
                                         ShareCase{"PartOfAPercent", "0.5%", 0.005},
                                         ShareCase{"OfOne", "0.25", 0.25},
                                         ShareCase{"None", "0", 0.0},
                                         ShareCase{"All", "100%", 1.0}),
                         [](const auto& test) { return test.param.name; });

TEST(Quantity, WhatIsNoShareIsRefused) {
    for (const std::string text : {"", "%", "5 %", "101%", "1.01", "-5%", "half", "5%%"}) {
        EXPECT_FALSE(share_of(text)) << text;
    }
}

TEST(Quantity, IsSpokenInTheUnitThatFits) {
    EXPECT_EQ(spoken(0us), "0 us");
    EXPECT_EQ(spoken(400us), "400 us");
    EXPECT_EQ(spoken(1500us), "1.5 ms");
    EXPECT_EQ(spoken(120ms), "120 ms");
    EXPECT_EQ(spoken(90s), "90 s");
    EXPECT_EQ(spoken(0.35), "35 %");
    EXPECT_EQ(spoken(0.005), "0.5 %");
}

}  // namespace
}  // namespace rounds::simulator
