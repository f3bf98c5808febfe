#include "config/values.hpp"

#include <random>

#include <gtest/gtest.h>

namespace rounds::config {
namespace {

using namespace std::chrono_literals;

struct SpanCase {
    std::string name, text;
    std::optional<core::Microseconds> span;
};
void PrintTo(const SpanCase& c, std::ostream* out) {
    *out << c.text;
}

class SpanOfTime : public ::testing::TestWithParam<SpanCase> {};

TEST_P(SpanOfTime, IsReadOrRefused) {
    const auto span = span_of_time(GetParam().text);
    ASSERT_EQ(span.has_value(), GetParam().span.has_value());
    if (span) {
        EXPECT_EQ(*span, *GetParam().span);
    } else {
        EXPECT_EQ(span.error().message, "\"" + GetParam().text +
                                            "\" is not a span of time; write a number with its "
                                            "unit, such as 500ms, 30s, 5m or 1h30m");
    }
}

INSTANTIATE_TEST_SUITE_P(
    Table, SpanOfTime,
    ::testing::Values(
        SpanCase{"Seconds", "30s", 30s}, SpanCase{"Minutes", "5m", 5min},
        SpanCase{"HourAndHalf", "1h30m", 90min}, SpanCase{"Milliseconds", "500ms", 500ms},
        SpanCase{"Microseconds", "250us", 250us}, SpanCase{"Days", "2d", 48h},
        SpanCase{"All", "1d2h3m4s5ms6us", 24h + 2h + 3min + 4s + 5ms + 6us},
        SpanCase{"Zero", "0s", 0s}, SpanCase{"ManySeconds", "90s", 90s},
        SpanCase{"NoUnit", "30", std::nullopt}, SpanCase{"OnlyUnit", "s", std::nullopt},
        SpanCase{"Empty", "", std::nullopt}, SpanCase{"Negative", "-5s", std::nullopt},
        SpanCase{"Plus", "+5s", std::nullopt}, SpanCase{"Blank", "5 s", std::nullopt},
        SpanCase{"Decimal", "1.5h", std::nullopt}, SpanCase{"WrongOrder", "30m1h", std::nullopt},
        SpanCase{"UnitTwice", "1h1h", std::nullopt}, SpanCase{"UnknownUnit", "5w", std::nullopt},
        SpanCase{"UnitMissingLater", "1h30", std::nullopt},
        SpanCase{"Overflow", "9223372036854775807d", std::nullopt},
        SpanCase{"TooManyDigits", "99999999999999999999s", std::nullopt},
        SpanCase{"Capital", "5M", std::nullopt}),
    [](const auto& test) { return test.param.name; });

TEST(Values, ASpanIsWrittenAsItIsRead) {
    std::mt19937 draw(20261124);
    std::uniform_int_distribution<std::int64_t> length(0, core::Duration(400 * 24h).count());
    for (int i = 0; i < 2000; ++i) {
        const core::Duration span(length(draw));
        EXPECT_EQ(*span_of_time(show(span)), span) << show(span);
    }
}

TEST(Values, DurationsHaveBounds) {
    const auto parse = duration(1s, 24h);
    EXPECT_EQ(*parse("1s"), 1s);
    EXPECT_EQ(*parse("24h"), 24h);
    EXPECT_EQ(parse("999ms").error().message,
              "\"999ms\" is not within 1s to 1d; write a span within them");
    EXPECT_EQ(parse("1d1s").error().message,
              "\"1d1s\" is not within 1s to 1d; write a span within them");
    EXPECT_FALSE(parse("1s1us")) << "finer than a millisecond";
    EXPECT_FALSE(parse("soon"));
}

TEST(Values, NumbersAreWholeAndWithinBounds) {
    const auto parse = number(1, 100);
    EXPECT_EQ(*parse("1"), 1);
    EXPECT_EQ(*parse("100"), 100);
    for (const std::string_view wrong :
         {"0", "101", "-1", "5.0", "5x", "", " 5", "five", "99999999999999999999"}) {
        EXPECT_FALSE(parse(wrong)) << wrong;
    }
    EXPECT_EQ(parse("0").error().message,
              "\"0\" is not a whole number from 1 to 100; write one within them");
}

TEST(Values, DaysAreWhole) {
    EXPECT_EQ(*days(1, 36500)("400d"), 400);
    EXPECT_EQ(*days(1, 36500)("48h"), 2);
    EXPECT_EQ(days(1, 36500)("400").error().message,
              "\"400\" is not a number of days from 1d to 36500d; write it like 400d");
    EXPECT_FALSE(days(1, 36500)("36h"));
    EXPECT_FALSE(days(2, 36500)("1d"));
}

TEST(Values, SharesArePercent) {
    EXPECT_DOUBLE_EQ(share_limit("5%")->value(), 0.05);
    EXPECT_DOUBLE_EQ(share_limit("2.5%")->value(), 0.025);
    EXPECT_DOUBLE_EQ(share_limit("100%")->value(), 1.0);
    EXPECT_EQ(*share_limit("never"), std::nullopt);
    for (const std::string_view wrong :
         {"5", "0%", "101%", "-1%", "%", "1e1%", "1.2.3%", "nan%", ""}) {
        EXPECT_FALSE(share_limit(wrong)) << wrong;
    }
    EXPECT_EQ(share_limit("5").error().message,
              "\"5\" is not a share above 0% and up to 100%; write it like 5%, or never");
}

TEST(Values, RoundTripLimitsReachFromMicrosecondsToAMinute) {
    EXPECT_EQ(round_trip_limit("100ms")->value(), 100ms);
    EXPECT_EQ(round_trip_limit("250us")->value(), 250us);
    EXPECT_EQ(*round_trip_limit("never"), std::nullopt);
    EXPECT_FALSE(round_trip_limit("0ms"));
    EXPECT_FALSE(round_trip_limit("61s"));
    EXPECT_EQ(round_trip_limit("100").error().message,
              "\"100\" is not a time from 1us to 60s; write it like 100ms, or never");
}

TEST(Values, BandwidthIsBitsPerSecond) {
    EXPECT_EQ(*bandwidth("200M"), 200'000'000);
    EXPECT_EQ(*bandwidth("1G"), 1'000'000'000);
    EXPECT_EQ(*bandwidth("1.5G"), 1'500'000'000);
    EXPECT_EQ(*bandwidth("512k"), 512'000);
    for (const std::string_view wrong :
         {"200", "M", "0M", "-1M", "200Mbps", "1e3M", "9999999999T", ""}) {
        EXPECT_FALSE(bandwidth(wrong)) << wrong;
    }
}

TEST(Values, TextIsOneVisibleLine) {
    EXPECT_EQ(*line_of_text("机房 A 柜"), "机房 A 柜");
    EXPECT_FALSE(line_of_text(""));
    EXPECT_FALSE(line_of_text("   "));
    EXPECT_EQ(line_of_text("two\nlines").error().message,
              "\"two\\nlines\" is not a line of text; it has control characters or more than 200 "
              "characters");
    EXPECT_FALSE(line_of_text(std::string(201, 'x')));
    EXPECT_FALSE(line_of_text("turned \u202e round"));
}

TEST(Values, TruthIsTrueOrFalse) {
    EXPECT_TRUE(*truth("true"));
    EXPECT_FALSE(*truth("FALSE"));
    for (const std::string_view wrong : {"yes", "no", "on", "1", ""})
        EXPECT_FALSE(truth(wrong)) << wrong;
}

TEST(Values, ASuggestionIsTheNearestWordOrAllOfThem) {
    constexpr std::array<std::string_view, 3> words{"always", "working-hours", "occasional"};
    EXPECT_EQ(suggestion("allways", words), "did you mean \"always\"?");
    EXPECT_EQ(suggestion("work", words), "did you mean \"working-hours\"?");
    EXPECT_EQ(suggestion("zzz", words), "it is one of always, working-hours, occasional");
}

}  // namespace
}  // namespace rounds::config
