// What the samples of a period come to.
#include <iterator>
#include <map>
#include <random>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/store/sample_store.hpp"
#include "tests/store/temp_folder.hpp"

namespace rounds::store {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

const core::WallTime start = core::from_ms(1'790'000'000'000);
const core::Period day{start, start + 24h};
const Series toner{{"mfp"}, "supplies", "Black"};

class DigestsTest : public ::testing::Test {
 protected:
    void put(const Series& series, core::WallTime at, double value) {
        store.append(std::vector<Sample>{{series, at, value}}).value();
    }
    void printed(const std::string& printer, core::Duration after, double count) {
        put({{printer}, "page-count", ""}, start + after, count);
    }
    std::vector<core::Course> courses(core::WallTime until, int days) {
        constexpr std::string_view metrics[] = {"supplies"};
        return store.courses(until, days, metrics).value();
    }

    TempFolder folder;
    SampleStore store = SampleStore::open(folder.path()).value();
};

TEST_F(DigestsTest, OnlyTheMetricsThatAreAskedFor) {
    put({{"a"}, "cpu", ""}, start, 1);
    put({{"a"}, "memory", ""}, start, 2);
    put({{"a"}, "cpu' OR 1", ""}, start, 3);
    constexpr std::string_view metrics[] = {"memory", "storage"};
    const auto digests = store.digest(day, metrics).value();
    ASSERT_EQ(digests.size(), 1U);
    EXPECT_EQ(digests[0].series.metric, "memory");
    EXPECT_THAT(store.digest(day, {}).value(), IsEmpty());
}

TEST_F(DigestsTest, The95thPercentileIsAValueThatWasThere) {
    for (int i = 1; i <= 100; ++i) put({{"a"}, "port-in", ""}, start + 1min * i, 101 - i);
    constexpr std::string_view metrics[] = {"port-in"};
    const auto digest = store.digest(day, metrics)->at(0);
    EXPECT_EQ(digest.p95, 95);
    EXPECT_EQ(digest.max, 100);
    EXPECT_EQ(digest.avg, 50.5);
}

TEST_F(DigestsTest, ACourseHasTheLastPointOfEachDay) {
    put(toner, start - 73h, 99);  // before the first of three days
    put(toner, start - 71h, 62);
    put(toner, start - 49h, 61);
    put(toner, start - 1h, 55);  // nothing was read on the second day
    put(toner, start, 54);       // after the end
    const auto found = courses(start, 3);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].series, toner);
    EXPECT_THAT(found[0].days, ElementsAre(Point{start - 49h, 61}, Point{start - 1h, 55}));
}

TEST_F(DigestsTest, CoursesAreOneForEachSeries) {
    const Series cyan{{"mfp"}, "supplies", "Cyan"}, other{{"prn"}, "supplies", "Black"};
    for (int i = 1; i <= 4; ++i) {
        for (const auto& series : {other, cyan, toner}) put(series, start - 24h * i + 1h, 10 * i);
    }
    const auto found = courses(start, 28);
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0].series, toner);
    EXPECT_EQ(found[1].series, cyan);
    EXPECT_EQ(found[2].series, other);
    for (const auto& course : found) EXPECT_EQ(course.days.size(), 4U);
}

// Against a naive model.
TEST_F(DigestsTest, CoursesAreWhatANaiveModelSays) {
    std::mt19937 dice(5);
    std::map<core::WallTime, double> model;
    for (int i = 0; i < 400; ++i) {
        const auto at = start - 1min * static_cast<int>(dice() % (35 * 24 * 60));
        model[at] = static_cast<double>(dice() % 100);
        put(toner, at, model[at]);
    }
    std::vector<Point> expected;
    for (int back = 28; back > 0; --back) {
        const auto from = model.lower_bound(start - 24h * back);
        const auto until = model.lower_bound(start - 24h * (back - 1));
        if (from != until) expected.push_back({std::prev(until)->first, std::prev(until)->second});
    }
    EXPECT_EQ(courses(start, 28).at(0).days, expected);
}

TEST_F(DigestsTest, PagesAreCountedFromTheReadingBeforeThePeriod) {
    printed("a", -2h, 90);
    printed("a", -5min, 100);
    printed("a", 1h, 130);
    printed("a", 23h, 170);
    printed("a", 25h, 900);
    EXPECT_THAT(store.pages(day).value(), ElementsAre(Pair(core::SubjectId{"a"}, 70)));
}

TEST_F(DigestsTest, AReadingOfMoreThanADayBeforeSaysNothingOfThePeriod) {
    printed("old", -25h, 10);
    printed("old", 1h, 1000);
    printed("old", 2h, 1007);
    printed("once", 1h, 5);
    printed("silent", -1h, 5);
    printed("idle", -1h, 5);
    printed("idle", 1h, 5);
    printed("reset", -1h, 500);
    printed("reset", 1h, 20);
    printed("reset", 2h, 30);
    EXPECT_THAT(store.pages(day).value(),
                ElementsAre(Pair(core::SubjectId{"idle"}, 0), Pair(core::SubjectId{"old"}, 7),
                            Pair(core::SubjectId{"reset"}, 10)));
}

// Period after period nothing is lost and nothing counted twice.
TEST_F(DigestsTest, PagesOfPeriodsAddUp) {
    std::mt19937 dice(9);
    double count = 5000;
    const double first = count;
    for (auto at = -10min; at < 4 * 24h; at += 10min) {
        printed("a", at, count);
        if (at + 10min < 4 * 24h) count += static_cast<double>(dice() % 4);
    }
    std::int64_t sum = 0;
    for (int i = 0; i < 4; ++i)
        sum += store.pages({start + 24h * i, start + 24h * (i + 1)})->at({"a"});
    EXPECT_EQ(static_cast<double>(sum), count - first);
}

TEST_F(DigestsTest, KnowsSinceWhenItIsWhole) {
    EXPECT_EQ(store.whole_since().value(), core::from_ms(0));
    store.forget(start).value();
    store.forget(start - 24h).value();  // the clock was set back
    EXPECT_EQ(store.whole_since().value(), start);
    auto reader = SampleStore::open_read_only(folder.path()).value();
    EXPECT_EQ(reader.whole_since().value(), start);
}

}  // namespace
}  // namespace rounds::store
