#include <cmath>
#include <limits>
#include <set>

#include <gtest/gtest.h>

#include "core/message.hpp"
#include "core/time_zone.hpp"

namespace rounds::core {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

const Locale english{Language::english, nullptr};
const Locale chinese{Language::chinese, nullptr};

/// A value and how it is written; `chinese` only where that is different.
struct Case {
    Value value;
    std::string english;
    std::string chinese = {};
};

void PrintTo(const Case& c, std::ostream* out) {
    *out << c.english;
}

class Show : public ::testing::TestWithParam<Case> {};

TEST_P(Show, InBothLanguages) {
    const auto& [value, in_english, in_chinese] = GetParam();
    EXPECT_EQ(show(value, english), in_english);
    EXPECT_EQ(show(value, chinese), in_chinese.empty() ? in_english : in_chinese);
}

INSTANTIATE_TEST_SUITE_P(
    RoundTrip, Show,
    ::testing::Values(Case{0us, "0 ms"}, Case{1us, "0.001 ms"}, Case{9us, "0.009 ms"},
                      Case{10us, "0.01 ms"}, Case{94us, "0.09 ms"}, Case{95us, "0.1 ms"},
                      Case{449us, "0.4 ms"}, Case{450us, "0.5 ms"}, Case{1'000us, "1 ms"},
                      Case{1'049us, "1.0 ms"}, Case{99'949us, "99.9 ms"}, Case{99'950us, "100 ms"},
                      Case{Microseconds{100ms}, "100 ms"}, Case{999'499us, "999 ms"},
                      Case{999'500us, "1.00 s"}, Case{Microseconds{1s}, "1 s"},
                      Case{1'234'567us, "1.23 s"}, Case{9'994'999us, "9.99 s"},
                      Case{9'995'000us, "10.0 s"}, Case{Microseconds{10s}, "10 s"},
                      Case{99'949'999us, "99.9 s"}, Case{99'950'000us, "100 s"},
                      Case{3'600'400'000us, "3600 s"}, Case{-450us, "-0.5 ms"},
                      Case{Microseconds{-2s}, "-2 s"}, Case{Microseconds::max(), "9223372036855 s"},
                      Case{Microseconds::min(), "-9223372036855 s"}));

INSTANTIATE_TEST_SUITE_P(
    Span, Show,
    ::testing::Values(
        Case{Duration{0}, "0 s", "0 秒"}, Case{Duration{1}, "1 ms", "1 毫秒"},
        Case{Duration{999}, "999 ms", "999 毫秒"}, Case{Duration{1000}, "1 s", "1 秒"},
        Case{Duration{1049}, "1 s", "1 秒"}, Case{Duration{1050}, "1.1 s", "1.1 秒"},
        Case{Duration{9949}, "9.9 s", "9.9 秒"}, Case{Duration{9950}, "10 s", "10 秒"},
        Case{Duration{59'499}, "59 s", "59 秒"}, Case{Duration{59'500}, "1 min", "1 分"},
        Case{Duration{61s}, "1 min 1 s", "1 分 1 秒"},
        Case{Duration{599'499}, "9 min 59 s", "9 分 59 秒"},
        Case{Duration{599'500}, "10 min", "10 分"}, Case{Duration{10min + 29s}, "10 min", "10 分"},
        Case{Duration{59min + 29s}, "59 min", "59 分"}, Case{Duration{59min + 30s}, "1 h", "1 时"},
        Case{Duration{1h + 1min}, "1 h 1 min", "1 时 1 分"},
        Case{Duration{15h + 51min}, "15 h 51 min", "15 时 51 分"},
        Case{Duration{24h - 31s}, "23 h 59 min", "23 时 59 分"},
        Case{Duration{24h - 30s}, "1 d", "1 天"}, Case{Duration{24h + 29min}, "1 d", "1 天"},
        Case{Duration{24h + 30min}, "1 d 1 h", "1 天 1 时"},
        Case{Duration{48h - 30min}, "2 d", "2 天"},
        Case{Duration{2399h + 29min}, "99 d 23 h", "99 天 23 时"},
        Case{Duration{2399h + 30min}, "100 d", "100 天"}, Case{Duration{2412h}, "101 d", "101 天"},
        Case{Duration{-5}, "-5 ms", "-5 毫秒"}, Case{Duration{-61s}, "-1 min 1 s", "-1 分 1 秒"},
        Case{Duration::max(), "106751991167 d", "106751991167 天"},
        Case{Duration::min(), "-106751991167 d", "-106751991167 天"}));

INSTANTIATE_TEST_SUITE_P(
    Share, Show,
    ::testing::Values(Case{Ratio{0}, "0%"}, Case{Ratio{-0.0}, "0%"}, Case{Ratio{1}, "100%"},
                      Case{Ratio{0.037}, "3.7%"}, Case{Ratio{0.2}, "20%"},
                      Case{Ratio{1.0 / 3}, "33.3%"}, Case{Ratio{0.0004}, "0.04%"},
                      Case{Ratio{0.0005001}, "0.1%"}, Case{Ratio{0.00004}, "0.004%"},
                      Case{Ratio{0.000004}, "<0.001%"}, Case{Ratio{0.9994}, "99.9%"},
                      Case{Ratio{0.9996}, "99.96%"}, Case{Ratio{0.99996}, "99.996%"},
                      Case{Ratio{0.999999}, ">99.999%"}, Case{Ratio{1.5}, "150%"},
                      Case{Ratio{-0.05}, "-5%"}, Case{Ratio{-0.0001}, "0%"},
                      Case{Ratio{1e300}, "1e+302%"}, Case{Ratio{std::nan("")}, "?"},
                      Case{Ratio{std::numeric_limits<double>::infinity()}, "?"}));

INSTANTIATE_TEST_SUITE_P(
    Number, Show,
    ::testing::Values(Case{std::int64_t{0}, "0"}, Case{std::int64_t{-7}, "-7"},
                      Case{std::numeric_limits<std::int64_t>::min(), "-9223372036854775808"},
                      Case{0.0, "0"}, Case{-0.0, "0"}, Case{1.0, "1"}, Case{3.14159, "3.14"},
                      Case{0.0123456, "0.0123"}, Case{99.949, "99.9"}, Case{99.95, "100"},
                      Case{1234.5678, "1235"}, Case{-1234.4, "-1234"},
                      Case{1e14, "100000000000000"}, Case{1e300, "1e+300"}, Case{std::nan(""), "?"},
                      Case{-std::numeric_limits<double>::infinity(), "?"}));

INSTANTIATE_TEST_SUITE_P(Other, Show,
                         ::testing::Values(Case{std::string("三楼 {name}"), "三楼 {name}"},
                                           Case{std::string("a\nb"), R"(a\nb)"},
                                           Case{WallTime{sys_days{2026y / 11 / 23}} + 2h + 12min +
                                                    59s,
                                                "11-23 02:12 UTC"}));

TEST(ShowMoment, IsInOfficeTime) {
    const TimeZone shanghai("Asia/Shanghai", {{WallTime{}, 8h}});
    const WallTime moment = WallTime{sys_days{2026y / 11 / 23}} + 18h;
    EXPECT_EQ(show(moment, {Language::english, &shanghai}), "11-24 02:00");
    EXPECT_EQ(show(moment, {Language::chinese, &shanghai}), "11-24 02:00");
}

// A longer time is never shown as a shorter one's text again, once that was left.
TEST(ShowProperty, NoTextComesBackAndNoUnitIsFull) {
    std::string last;
    std::set<std::string> left;
    for (Duration span{0}; span < 110 * 24h; span += std::max(Duration{1}, span / 1000)) {
        std::string text = show(span, english);
        if (text == last) continue;
        ASSERT_TRUE(left.insert(text).second) << span.count();
        for (const std::string_view full : {"60 s", "60 min", "24 h", "1000 ms"}) {
            ASSERT_EQ((" " + text).find(" " + std::string(full)), std::string::npos)
                << span.count();
        }
        last = std::move(text);
    }
}

}  // namespace
}  // namespace rounds::core
