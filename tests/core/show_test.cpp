#include <cmath>
#include <limits>
#include <ostream>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "core/message.hpp"
#include "core/text.hpp"
#include "core/time_format.hpp"
#include "tests/core/zones.hpp"

namespace rounds::core {
namespace {

using namespace std::chrono_literals;

const TimeZone office = zones::shanghai();
const Locale english{.language = Language::english, .zone = &office};
const Locale chinese{.language = Language::chinese, .zone = &office};

struct Case {
    std::string name;
    Value value;
    std::string in_english;
    std::string in_chinese = in_english;

    friend void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }
};

class ShowTest : public testing::TestWithParam<Case> {};

TEST_P(ShowTest, AsAReaderSeesIt) {
    EXPECT_EQ(show(GetParam().value, english), GetParam().in_english);
    EXPECT_EQ(show(GetParam().value, chinese), GetParam().in_chinese);
}

const auto name_of = [](const auto& one) { return one.param.name; };

INSTANTIATE_TEST_SUITE_P(
    RoundTrips, ShowTest,
    testing::Values(Case{"Nothing", Microseconds{0}, "0 ms"}, Case{"Loopback", 37us, "0.04 ms"},
                    Case{"AFewMicroseconds", 3us, "0.003 ms"}, Case{"RoundsUp", 97us, "0.1 ms"},
                    Case{"Lan", 412us, "0.4 ms"}, Case{"Usual", 12'540us, "12.5 ms"},
                    Case{"WholeMilliseconds", 50'000us, "50 ms"},
                    Case{"NearlyHundred", 99'960us, "100 ms"},
                    Case{"Hundreds", 250'400us, "250 ms"},
                    Case{"NearlyASecond", 999'600us, "1.00 s"}, Case{"ASecond", 1'000'000us, "1 s"},
                    Case{"Slow", 1'200'000us, "1.20 s"}, Case{"VerySlow", 12'340'000us, "12.3 s"},
                    Case{"Endless", 123'400'000us, "123 s"}, Case{"Negative", -412us, "-0.4 ms"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Ratios, ShowTest,
    testing::Values(
        Case{"None", Ratio{0}, "0%"}, Case{"Little", Ratio{0.004}, "0.4%"},
        Case{"Some", Ratio{0.0372}, "3.7%"}, Case{"Half", Ratio{0.5}, "50%"},
        Case{"AFifth", Ratio{0.2}, "20%"}, Case{"All", Ratio{1}, "100%"},
        Case{"NearlyNone", Ratio{0.0004}, "0.04%"}, Case{"NearlyAll", Ratio{0.9996}, "99.96%"},
        Case{"FourNines", Ratio{0.99999}, "99.999%"}, Case{"AlmostNone", Ratio{1e-9}, "<0.001%"},
        Case{"AlmostAll", Ratio{1 - 1e-9}, ">99.999%"}, Case{"More", Ratio{1.25}, "125%"},
        Case{"NoNumber", Ratio{std::nan("")}, "?"}, Case{"Absurd", Ratio{1e300}, "1e+302%"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Spans, ShowTest,
    testing::Values(Case{"Nothing", Duration{Duration{0}}, "0 s", "0 秒"},
                    Case{"Blink", Duration{400ms}, "400 ms", "400 毫秒"},
                    Case{"Moment", Duration{2'540ms}, "2.5 s", "2.5 秒"},
                    Case{"WholeSeconds", Duration{3s}, "3 s", "3 秒"},
                    Case{"HalfAMinute", Duration{30s}, "30 s", "30 秒"},
                    Case{"NearlyTen", Duration{9'970ms}, "10 s", "10 秒"},
                    Case{"NearlyAMinute", Duration{59'700ms}, "1 min", "1 分"},
                    Case{"AMinuteAndAHalf", Duration{90s}, "1 min 30 s", "1 分 30 秒"},
                    Case{"FiveMinutes", Duration{5min}, "5 min", "5 分"},
                    Case{"Outage", Duration{53min + 12s}, "53 min", "53 分"},
                    Case{"NearlyAnHour", Duration{59min + 40s}, "1 h", "1 时"},
                    Case{"Hours", Duration{15h + 51min}, "15 h 51 min", "15 时 51 分"},
                    Case{"WholeHours", Duration{2h}, "2 h", "2 时"},
                    Case{"NearlyADay", Duration{23h + 59min + 40s}, "1 d", "1 天"},
                    Case{"Days", Duration{76h}, "3 d 4 h", "3 天 4 时"},
                    Case{"NearlyThreeDays", Duration{71h + 45min}, "3 d", "3 天"},
                    Case{"Year", Duration{365 * 24h + 5h}, "365 d", "365 天"},
                    Case{"Negative", Duration{-90s}, "-1 min 30 s", "-1 分 30 秒"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Others, ShowTest,
    testing::Values(Case{"Text", "core-1", "core-1"},
                    Case{"HostileText", "a\x1b[2J\nb", "a\\x1b[2J\\nb"},
                    Case{"Count", std::int64_t{48}, "48"},
                    Case{"PortNumber", std::int64_t{10443}, "10443"},
                    Case{"NegativeCount", std::int64_t{-1}, "-1"}, Case{"Real", 2.0, "2"},
                    Case{"ThreeDigits", 3.14159, "3.14"}, Case{"Large", 1234.5, "1234"},
                    Case{"NearlyHundred", 99.96, "100"}, Case{"Zero", -0.0, "0"},
                    Case{"Infinite", std::numeric_limits<double>::infinity(), "?"},
                    Case{"Moment", from_ms(1'795'486'320'000), "11-24 10:12"}),
    name_of);

TEST(Show, MomentsFollowTheOfficeAndSayWhenThereIsNone) {
    const WallTime moment = from_ms(1'795'486'379'999);
    EXPECT_EQ(rfc3339(moment), "2026-11-24T02:12:59.999Z");
    const TimeZone berlin = zones::berlin();
    EXPECT_EQ(show(moment, {.language = Language::english, .zone = &berlin}), "11-24 03:12");
    EXPECT_EQ(show(moment, {}), "11-24 02:12 UTC");
}

TEST(Show, TheLargestAndSmallestSpansAreShownToo) {
    for (const auto extreme :
         {std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()}) {
        EXPECT_FALSE(show(Duration{extreme}, english).empty());
        EXPECT_FALSE(show(Microseconds{extreme}, english).empty());
    }
}

// Longer must never look shorter; and nothing may read like "60 s" or "24 h".
TEST(Show, SpansReadBackInOrder) {
    const auto minutes = [](const std::string& text) {
        double sum = 0;
        std::size_t at = 0;
        while (at < text.size()) {
            std::size_t used = 0;
            const double amount = std::stod(text.substr(at), &used);
            at += used + 1;
            const std::size_t end = std::min(text.find(' ', at), text.size());
            const std::string unit = text.substr(at, end - at);
            const double per = unit == "ms"    ? 1
                               : unit == "s"   ? 1e3
                               : unit == "min" ? 6e4
                               : unit == "h"   ? 36e5
                                               : 864e5;
            const double most = unit == "ms" ? 1000 : unit == "d" ? 1e9 : unit == "h" ? 24 : 60;
            EXPECT_LT(amount, most) << text;
            sum += amount * per;
            at = end + 1;
        }
        return sum;
    };
    std::mt19937 random{5};
    for (int n = 0; n < 20'000; ++n) {
        const auto ms =
            static_cast<std::int64_t>(std::exp(std::uniform_real_distribution{0.0, 25.0}(random)));
        const double shown = minutes(show(Duration{ms}, english));
        ASSERT_NEAR(shown, static_cast<double>(ms), static_cast<double>(ms) * 0.05) << ms;
        ASSERT_LE(shown, minutes(show(Duration{ms + ms / 10 + 60}, english))) << ms;
    }
}

}  // namespace
}  // namespace rounds::core
