#include "core/forecast.hpp"

#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace rounds::core {
namespace {

using namespace std::chrono_literals;
using Days = std::vector<Point>;

const WallTime start = from_ms(1'795'000'000'000);

/// A reading a day; one that is not there is NaN.
Days daily(const std::vector<double>& levels) {
    Days days;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        if (!std::isnan(levels[i])) days.push_back({start + 24h * static_cast<int>(i), levels[i]});
    }
    return days;
}

constexpr double none = std::numeric_limits<double>::quiet_NaN();

struct Case {
    std::string name;
    RunsTo end = RunsTo::empty;
    std::vector<double> levels;
    std::optional<double> days_left;  ///< From the last reading on.
};

class ForecastTest : public ::testing::TestWithParam<Case> {};

TEST_P(ForecastTest, IsTheMedianLineOrNone) {
    const Days days = daily(GetParam().levels);
    const auto now = days.empty() ? start : days.back().at;
    const auto left = runs_out_in(days, GetParam().end, now);
    ASSERT_EQ(left.has_value(), GetParam().days_left.has_value());
    if (!left) return;
    EXPECT_NEAR(std::chrono::duration<double>(*left) / 24h, *GetParam().days_left, 0.001);
}

INSTANTIATE_TEST_SUITE_P(
    Forecast, ForecastTest,
    ::testing::Values(
        Case{"Nothing", RunsTo::empty, {}, {}}, Case{"OneDay", RunsTo::empty, {50}, {}},
        Case{"ThreeReadingsAreTooFew", RunsTo::empty, {50, 48, 46}, {}},
        Case{"FourReadingsOfThreeDays", RunsTo::empty, {50, 48, 46, 44}, 22},
        Case{"AWeekendWithoutReadings", RunsTo::empty, {50, 48, 46, 44, none, none, 38, 36}, 18},
        Case{"AWholePercentNowAndThen", RunsTo::empty, {60, 60, 59, 59, 58, 58, 57, 57}, 114},
        Case{"NothingUsed", RunsTo::empty, {50, 50, 50, 50, 50}, {}},
        Case{"OnePointIsNoTrend", RunsTo::empty, {50, 50, 50, 49}, {}},
        Case{"FlutterIsNoTrend", RunsTo::empty, {50, 54, 49, 53, 50, 47}, {}},
        Case{"OneStepAndThenNothing", RunsTo::empty, {53, 50, 50, 50, 50, 50, 50}, {}},
        Case{"OneOddDayDoesNotMoveIt", RunsTo::empty, {50, 48, 46, 48.9, 42, 40, 38}, 19},
        Case{"ARefillBeginsAnew", RunsTo::empty, {12, 8, 4, 100, 98, 96, 94}, 47},
        Case{"JustRefilled", RunsTo::empty, {16, 12, 8, 4, 100, 99}, {}},
        Case{"EmptyAlready", RunsTo::empty, {6, 4, 2, 0}, 0},
        Case{"AlmostAYear",
             RunsTo::empty,
             {80, 79.78, 79.56, 79.34, 79.12, 78.9, 78.68, 78.46, 78.24, 78.02, 77.8},
             353.636},
        Case{"BeyondAYear",
             RunsTo::empty,
             {100, 99.8, 99.6, 99.4, 99.2, 99, 98.8, 98.6, 98.4, 98.2, 98},
             {}},
        Case{"ADiskFills", RunsTo::full, {70, 71, 72, 73}, 27},
        Case{"ADiskThatEmptiesDoesNotFill", RunsTo::full, {73, 72, 71, 70}, {}},
        Case{"ADiskAfterClearing", RunsTo::full, {90, 95, 60, 62, 64, 66}, 17},
        Case{"AReadingThatIsNoNumber", RunsTo::empty, {50, 48, HUGE_VAL, 44, 42}, 21}),
    [](const auto& one) { return one.param.name; });

TEST(Forecast, ShrinksAsTimePassesAndIsSilentOnOldReadings) {
    const Days days = daily({50, 48, 46, 44});
    const auto last = days.back().at;
    EXPECT_EQ(runs_out_in(days, RunsTo::empty, last + 24h), Duration(21 * 24h));
    EXPECT_TRUE(runs_out_in(days, RunsTo::empty, last + 48h));
    EXPECT_FALSE(runs_out_in(days, RunsTo::empty, last + 49h));
}

TEST(Forecast, IsNeverNegative) {
    EXPECT_EQ(runs_out_in(daily({4.2, 2.8, 1.4, 0.1}), RunsTo::empty, start + 4 * 24h),
              Duration{0});
}

TEST(Forecast, ReadingsOutOfOrderOrTwiceAreNoTrouble) {
    Days days = daily({50, 48, 46, 44});
    days.insert(days.begin() + 2, days.front());
    days.push_back(days.back());
    EXPECT_EQ(runs_out_in(days, RunsTo::empty, days.back().at), Duration(22 * 24h));
}

// A line with noise of less than its daily step, and now and then a day that is far off: the forecast is near.
TEST(Forecast, NoiseMovesItLittle) {
    std::mt19937 dice(11);
    std::uniform_real_distribution<double> noise(-0.4, 0.4);
    for (int round = 0; round < 200; ++round) {
        const double daily_use = 0.8 + static_cast<double>(dice() % 12) / 10;
        std::vector<double> levels;
        for (int day = 0; day < 28; ++day) levels.push_back(95 - daily_use * day + noise(dice));
        levels[5 + dice() % 15] -= 3;
        const auto left = runs_out_in(daily(levels), RunsTo::empty, start + 27 * 24h);
        ASSERT_TRUE(left);
        const double expected = (95 - daily_use * 27) / daily_use;
        EXPECT_NEAR(std::chrono::duration<double>(*left) / 24h, expected, expected * 0.1 + 1);
    }
}

// Of mere noise there is mostly none; whatever is said is within a year and not negative.
TEST(Forecast, NoiseAloneIsSeldomATrend) {
    std::mt19937 dice(13);
    int said = 0;
    for (int round = 0; round < 500; ++round) {
        std::vector<double> levels;
        for (int day = 0; day < 20; ++day)
            levels.push_back(50 + static_cast<double>(dice() % 40) / 10);
        const auto left = runs_out_in(daily(levels), RunsTo::empty, start + 19 * 24h);
        if (!left) continue;
        ++said;
        EXPECT_GE(*left, Duration{0});
        EXPECT_LE(*left, longest_forecast);
    }
    EXPECT_LT(said, 10);
}

// What a level runs to is a matter of the side one looks from.
TEST(Forecast, FullIsEmptySeenFromTheOtherSide) {
    std::mt19937 dice(17);
    for (int round = 0; round < 200; ++round) {
        std::vector<double> left, used;
        double level = 90;
        for (int day = 0; day < 12; ++day) {
            level -= static_cast<double>(dice() % 20) / 8;
            left.push_back(level);
            used.push_back(100 - level);
        }
        const auto now = start + 11 * 24h;
        EXPECT_EQ(runs_out_in(daily(left), RunsTo::empty, now),
                  runs_out_in(daily(used), RunsTo::full, now));
    }
}

}  // namespace
}  // namespace rounds::core
