#include "core/pages_printed.hpp"

#include <algorithm>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace rounds::core {
namespace {

using namespace std::chrono_literals;

const WallTime start = from_ms(1'795'000'000'000);

struct Case {
    std::string name;
    std::vector<double> readings;  ///< An hour apart.
    std::optional<std::int64_t> printed;
};

class PagesTest : public ::testing::TestWithParam<Case> {};

TEST_P(PagesTest, AreCountedOrNot) {
    PagesPrinted pages;
    auto at = start;
    for (const double reading : GetParam().readings) {
        pages.add({at, reading});
        at += 1h;
    }
    EXPECT_EQ(pages.total(), GetParam().printed);
}

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

INSTANTIATE_TEST_SUITE_P(
    Pages, PagesTest,
    ::testing::Values(Case{"NothingRead", {}, {}}, Case{"OneReadingSaysNothing", {100}, {}},
                      Case{"NothingPrinted", {100, 100, 100}, 0},
                      Case{"Growth", {100, 130, 130, 180}, 80},
                      Case{"AResetCountsNothing", {100, 150, 3, 10}, 57},
                      Case{"ResetToZero", {100, 0, 0}, 0},
                      Case{"OnlyAResetTellsNothing", {100, 3}, {}},
                      Case{"AnotherPrintersCountIsNotPrinted", {100, 150, 250'000, 250'020}, 70},
                      Case{"AsFastAsAPrinterCan", {0, 18'000}, 18'000},
                      Case{"FasterThanAnyPrinter", {0, 18'001}, {}},
                      Case{"AReadingThatIsNoneIsPassedOver", {100, nan, 120}, 20},
                      Case{"BackAndForth", {100, 90, 100, 90, 100}, 20}),
    [](const auto& one) { return one.param.name; });

TEST(PagesPrinted, AJumpInNoTimeIsNone) {
    PagesPrinted pages;
    pages.add({start, 10});
    pages.add({start, 11});
    pages.add({start - 1h, 12});
    EXPECT_EQ(pages.total(), std::nullopt);
}

// Whatever is read, what is told is not negative and not more than all rises together.
TEST(PagesPrinted, IsNeverNegativeAndNeverInvented) {
    std::mt19937 dice(7);
    for (int round = 0; round < 500; ++round) {
        PagesPrinted pages;
        double rises = 0;
        double before = static_cast<double>(dice() % 1000);
        pages.add({start, before});
        for (int i = 1; i < 20; ++i) {
            const double reading = static_cast<double>(dice() % 1000);
            rises += std::max(0.0, reading - before);
            before = reading;
            pages.add({start + 5min * i, reading});
        }
        ASSERT_TRUE(pages.total());
        EXPECT_GE(*pages.total(), 0);
        EXPECT_LE(static_cast<double>(*pages.total()), rises);
    }
}

}  // namespace
}  // namespace rounds::core
