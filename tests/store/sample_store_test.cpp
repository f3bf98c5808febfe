#include "daemon/store/sample_store.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <fstream>
#include <limits>
#include <map>
#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/store/temp_folder.hpp"

namespace rounds::store {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const core::WallTime start = core::from_ms(1'790'000'000'000);
const core::Period ever{core::from_ms(0), start + 24h * 365};
const Series cpu{{"sw-3f"}, "cpu", ""};
constexpr std::string_view all[] = {"cpu", "port-in"};

class SampleStoreTest : public ::testing::Test {
 protected:
    TempFolder folder;
    SampleStore store = SampleStore::open(folder.path()).value();
};

TEST_F(SampleStoreTest, GivesBackWhatItTookBitForBit) {
    const std::vector<double> odd{0.1,    1e300, -1e-300, 9007199254740992.0,
                                  5e-324, -42.0, 0.0,     std::numeric_limits<double>::infinity()};
    std::vector<Sample> samples;
    for (std::size_t i = 0; i < odd.size(); ++i)
        samples.push_back({cpu, start + 1s * static_cast<int>(i), odd[i]});
    store.append(samples).value();
    const auto points = store.read(cpu, ever).value();
    ASSERT_EQ(points.size(), odd.size());
    for (std::size_t i = 0; i < odd.size(); ++i) {
        EXPECT_EQ(std::bit_cast<std::uint64_t>(points[i].value),
                  std::bit_cast<std::uint64_t>(odd[i]));
    }
}

TEST_F(SampleStoreTest, NoNumberIsNoSample) {
    store.append(std::vector<Sample>{{cpu, start, std::nan("")}}).value();
    EXPECT_THAT(store.read(cpu, ever).value(), IsEmpty());
}

TEST_F(SampleStoreTest, LateOnesFindTheirPlaceAndTheSecondOfAMomentHolds) {
    store.append(std::vector<Sample>{{cpu, start + 2s, 2}, {cpu, start + 1s, 1}}).value();
    store.append(std::vector<Sample>{{cpu, start, 0}, {cpu, start + 2s, 22}}).value();
    EXPECT_THAT(store.read(cpu, {start, start + 2s}).value(),
                ElementsAre(Point{start, 0}, Point{start + 1s, 1}));
    EXPECT_THAT(store.read(cpu, {start + 2s, start + 3s}).value(),
                ElementsAre(Point{start + 2s, 22}));
}

TEST_F(SampleStoreTest, ASeriesThatNeverWasIsEmpty) {
    EXPECT_THAT(store.read({{"none"}, "cpu", ""}, ever).value(), IsEmpty());
    EXPECT_THAT(store.digest(ever, all).value(), IsEmpty());
}

// Against a naive model: what is read, digested and forgotten.
TEST_F(SampleStoreTest, SaysWhatANaiveModelSays) {
    std::mt19937 dice(3);
    const auto below = [&](unsigned most) { return static_cast<unsigned>(dice() % most); };
    std::map<Series, std::map<core::WallTime, double>> model;
    for (int batch = 0; batch < 40; ++batch) {
        std::vector<Sample> samples;
        for (unsigned count = below(50); count > 0; --count) {
            const Series series{{"d" + std::to_string(below(3))},
                                below(2) == 0 ? "cpu" : "port-in",
                                std::to_string(below(3))};
            const auto at = start + 1s * static_cast<int>(below(500));
            const double value = static_cast<double>(below(1000)) / 8;
            samples.push_back({series, at, value});
            model[series][at] = value;
        }
        store.append(samples).value();
    }
    store.forget(start + 100s).value();
    const core::Period period{start + 50s, start + 300s};
    const auto digests = store.digest(period, all).value();
    auto digest = digests.begin();
    for (auto& [series, points] : model) {
        points.erase(points.begin(), points.lower_bound(start + 100s));
        std::vector<Point> expected;
        for (const auto& [at, value] : points)
            if (period.contains(at)) expected.push_back({at, value});
        EXPECT_EQ(store.read(series, period).value(), expected);
        if (expected.empty()) continue;
        ASSERT_NE(digest, digests.end());
        EXPECT_EQ(digest->series, series);
        EXPECT_EQ(digest->count, static_cast<std::int64_t>(expected.size()));
        const auto [low, high] = std::ranges::minmax(expected, {}, &Point::value);
        EXPECT_EQ(digest->min, low.value);
        EXPECT_EQ(digest->max, high.value);
        double sum = 0;
        for (const auto& point : expected) sum += point.value;
        EXPECT_DOUBLE_EQ(digest->avg, sum / static_cast<double>(expected.size()));
        auto values = expected;
        std::ranges::sort(values, {}, &Point::value);
        EXPECT_EQ(digest->p95, values[(values.size() * 95 + 99) / 100 - 1].value);
        EXPECT_EQ(digest->first, expected.front());
        EXPECT_EQ(digest->last, expected.back());
        ++digest;
    }
    EXPECT_EQ(digest, digests.end());
}

TEST_F(SampleStoreTest, AReaderSeesWhatIsCommitted) {
    store.append(std::vector<Sample>{{cpu, start, 7}}).value();
    auto reader = SampleStore::open_read_only(folder.path()).value();
    EXPECT_THAT(reader.read(cpu, ever).value(), ElementsAre(Point{start, 7}));
    EXPECT_TRUE(reader.append(std::vector<Sample>{{cpu, start + 1s, 8}}).has_error());
}

TEST(SampleStoreFile, SaysWhenThereIsNoneOrNotOurs) {
    const TempFolder folder;
    EXPECT_EQ(SampleStore::open_read_only(folder.path()).error().kind,
              core::Error::Kind::not_found);
    std::ofstream(folder.path() / "samples.db") << std::string(5000, 'x');
    const auto opened = SampleStore::open(folder.path());
    ASSERT_TRUE(opened.has_error());
    EXPECT_EQ(opened.error().kind, core::Error::Kind::damaged);
}

}  // namespace
}  // namespace rounds::store
