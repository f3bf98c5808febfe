#include "daemon/hooks/http_date.hpp"

#include <gtest/gtest.h>

namespace rounds::hooks {
namespace {

using namespace std::chrono_literals;

// The three forms of RFC 9110 section 5.6.7.
TEST(HttpDate, ThreeFormsOfOneMoment) {
    const core::WallTime moment =
        std::chrono::sys_days{std::chrono::year{1994} / 11 / 6} + 8h + 49min + 37s;
    EXPECT_EQ(http_date("Sun, 06 Nov 1994 08:49:37 GMT"), moment);
    EXPECT_EQ(http_date("Sunday, 06-Nov-94 08:49:37 GMT"), moment);
    EXPECT_EQ(http_date("Sun Nov  6 08:49:37 1994"), moment);
}

TEST(HttpDate, TwoDigitsAreOfThisCenturyUntil69) {
    EXPECT_EQ(http_date("Tuesday, 24-Nov-26 00:00:00 GMT"),
              std::chrono::sys_days{std::chrono::year{2026} / 11 / 24});
    EXPECT_EQ(http_date("Sunday, 24-Nov-69 00:00:00 GMT"),
              std::chrono::sys_days{std::chrono::year{2069} / 11 / 24});
    EXPECT_EQ(http_date("Tuesday, 24-Nov-70 00:00:00 GMT"),
              std::chrono::sys_days{std::chrono::year{1970} / 11 / 24});
}

TEST(HttpDate, LeapSecondAndLeapDay) {
    EXPECT_EQ(http_date("Sat, 31 Dec 2016 23:59:60 GMT"),
              std::chrono::sys_days{std::chrono::year{2017} / 1 / 1});
    EXPECT_TRUE(http_date("Thu, 29 Feb 2024 00:00:00 GMT"));
    EXPECT_FALSE(http_date("Wed, 29 Feb 2023 00:00:00 GMT"));
}

class NoHttpDate : public ::testing::TestWithParam<std::string> {};
TEST_P(NoHttpDate, IsRefused) {
    EXPECT_EQ(http_date(GetParam()), std::nullopt);
}
INSTANTIATE_TEST_SUITE_P(
    Texts, NoHttpDate,
    ::testing::Values("", " ", "120", "GMT", "Sun, 06 Nov 1994 08:49:37",
                      "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Nov 1994 24:00:00 GMT",
                      "Sun, 06 Nov 1994 08:60:00 GMT", "Sun, 06 Nov 1994 08:49:61 GMT",
                      "Sun, 06 Nov 1994 8:49:37 GMT", "Sun, 31 Nov 1994 08:49:37 GMT",
                      "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 06 Now 1994 08:49:37 GMT",
                      "Sun, 06 Nov 94 08:49:-7 GMT", "Sun, 06 Nov 19940 08:49:37 GMT",
                      "2026-11-24T12:00:00Z", "a b c d e f g h i j k l m",
                      "Sun Nov  6 08:49:37 19x4", ",, ,, ,, ,,"));

}  // namespace
}  // namespace rounds::hooks
