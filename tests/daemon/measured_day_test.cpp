// The samples' part of a day's record.
#include "daemon/measured_day.hpp"

#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/store/sample_store.hpp"
#include "tests/support/temp_folder.hpp"

namespace rounds::daemon {
namespace {

using namespace std::chrono_literals;

const core::WallTime until = core::from_ms(1'790'000'000'000);

class MeasuredDay : public ::testing::Test {
 protected:
    MeasuredDay() { round.covered = {until - 24h, until}; }

    /// The same value every hour of six days; of the page count one page an hour.
    void measure() {
        auto store = store::SampleStore::open(folder.path()).value();
        std::vector<store::Sample> samples;
        for (int hour = 6 * 24; hour > 0; --hour) {
            const auto at = until - 1h * hour;
            for (const char* metric : {"cpu", "memory", "sensor-temperature", "link-in", "link-out",
                                       "port-in", "port-errors"})
                samples.push_back({{{"dev"}, metric, ""}, at, 40.0});
            samples.push_back({{{"dev"}, "supplies", "Black"}, at, hour / 12.0});
            samples.push_back({{{"dev"}, "storage", "/"}, at, 50.0});
            samples.push_back({{{"dev"}, "page-count", ""}, at, 1000.0 - hour});
        }
        store.append(samples).value();
    }

    tests::TempFolder folder;
    core::RoundRecord round;
};

TEST_F(MeasuredDay, WhereNothingIsMeasuredNothingIsSaid) {
    EXPECT_EQ(measured_in(round, folder.path()).value(), core::Measurements{});
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "samples.db"));
}

TEST_F(MeasuredDay, HasWhatTheReportShows) {
    measure();
    const auto measured = measured_in(round, folder.path()).value();
    EXPECT_EQ(measured.digests.size(), 5U);
    for (const auto& digest : measured.digests) EXPECT_EQ(digest.count, 24);
    ASSERT_EQ(measured.courses.size(), 2U);
    for (const auto& course : measured.courses) EXPECT_EQ(course.days.size(), 6U);
    EXPECT_EQ(measured.pages.at({"dev"}), 24);
}

TEST_F(MeasuredDay, OfWhatIsForgottenInPartNothingIsSaid) {
    measure();
    auto store = store::SampleStore::open(folder.path()).value();
    store.forget(until - 24h).value();
    EXPECT_EQ(measured_in(round, folder.path())->digests.size(), 5U);
    store.forget(until - 23h).value();
    EXPECT_EQ(measured_in(round, folder.path()).value(), core::Measurements{});
}

TEST_F(MeasuredDay, SaysWhenTheFileIsNotToBeRead) {
    std::ofstream(folder.path() / "samples.db") << std::string(5000, 'x');
    const auto measured = measured_in(round, folder.path());
    ASSERT_TRUE(measured.has_error());
    EXPECT_THAT(measured.error().message, ::testing::HasSubstr("samples.db"));
}

}  // namespace
}  // namespace rounds::daemon
