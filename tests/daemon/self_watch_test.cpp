#include "daemon/self_watch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace rounds::daemon {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

const core::WallTime noon = std::chrono::sys_days(std::chrono::year(2026) / 11 / 24) + 12h;

class SelfWatchTest : public ::testing::Test {
 protected:
    void SetUp() override { ::testing::internal::CaptureStdout(); }
    void TearDown() override { ::testing::internal::GetCapturedStdout(); }
    static std::string heard() {
        auto text = ::testing::internal::GetCapturedStdout();
        ::testing::internal::CaptureStdout();
        return text;
    }

    SelfWatch watch{noon - 1h, make_log("warning")};
};

TEST_F(SelfWatchTest, SumsTheQuartersOfAPeriod) {
    watch.pinged(noon, 0ms, false);
    watch.read_by_snmp(noon + 14min, 5s, true);
    watch.pinged(noon + 15min, 10ms, false);
    watch.wrote(noon + 30min, 7ms);
    EXPECT_EQ(watch.over({noon + 20min, noon + 40min}).ping.count, 1);
    EXPECT_EQ(watch.over({noon + 20min, noon + 40min}).writes, 1);
    const auto first = watch.over({noon, noon + 15min});
    EXPECT_EQ(first.ping.count, 1);
    EXPECT_EQ(first.snmp, (core::SelfReport::Looks{1, 1, 1, 5s}));
    EXPECT_EQ(first.writes, 0);
    EXPECT_EQ(watch.over({noon - 1h, noon}), core::SelfReport{.since = noon - 1h});
    EXPECT_EQ(watch.over({noon - 24h, noon}).since, noon - 1h) << "this run began then";
}

TEST_F(SelfWatchTest, ForgetsWhatIsOlderThanTenDays) {
    for (int quarter = 0; quarter < 2'000; ++quarter)
        watch.pinged(noon + 15min * quarter, 0ms, false);
    EXPECT_EQ(watch.over({noon, noon + 24h * 365}).ping.count, 10 * 24 * 4);
    // The clock is set back before all of them: what is counted then is kept.
    watch.pinged(noon - 24h, 0ms, false);
    watch.pinged(noon - 24h, 0ms, false);
    EXPECT_EQ(watch.over({noon - 24h, noon - 23h}).ping.count, 2);
}

TEST_F(SelfWatchTest, SaysOnceThatItIsBehindAndOnceThatItIsNot) {
    const auto looks = [&](core::Duration after, core::Duration lateness) {
        for (int look = 0; look < 3; ++look) watch.pinged(noon + after, lateness, false);
    };
    looks(0min, 2s);
    EXPECT_EQ(heard(), "") << "the quarter is not over";
    looks(15min, 2s);
    EXPECT_THAT(heard(), HasSubstr("does not keep up"));
    looks(30min, 0s);
    EXPECT_EQ(heard(), "") << "still behind: said already";
    looks(45min, 0s);
    EXPECT_THAT(heard(), HasSubstr("keeps up again"));
    looks(60min, 0s);
    EXPECT_EQ(heard(), "");
}

TEST_F(SelfWatchTest, AClockThatIsSetBackIsNoNewQuarter) {
    watch.pinged(noon, 2s, false);
    watch.pinged(noon - 1h, 0s, false);
    EXPECT_THAT(heard(), Not(HasSubstr("keep")));
    EXPECT_EQ(watch.over({noon - 1h, noon + 1min}).ping.count, 2);
}

TEST(SelfJson, HasEverythingInSeconds) {
    SelfStatus status{.started = noon,
                      .process = {.resident_bytes = 56'000'000, .cpu = 1500ms},
                      .waiting_changes = 3,
                      .waiting_samples = 4};
    status.last_hour.ping = {.count = 10, .late = 3, .overran = 1, .latest = 2500ms};
    status.last_hour.add_write(20ms);
    status.last_hour.add_write(40ms);
    const auto self =
        nlohmann::json::parse(self_json(status, {{"tickets", 2, 1}, {"chat", 5, 0}}, noon + 90s));
    const auto expected = nlohmann::json::parse(R"json({
        "keeps_up": false, "started": "2026-11-24T12:00:00Z", "running_seconds": 90.0,
        "resident_bytes": 56000000, "cpu_seconds": 1.5,
        "last_hour": {
            "ping": {"looks": 10, "late": 3, "latest_seconds": 2.5, "overran": 1},
            "snmp": {"looks": 0, "late": 0, "latest_seconds": 0.0, "overran": 0},
            "writes": {"count": 2, "mean_seconds": 0.03, "longest_seconds": 0.04}},
        "waiting": {"changes": 3, "samples": 4, "deliveries": 7, "parked": 1}})json");
    EXPECT_EQ(self, expected) << self.dump(2);
}

TEST(ProcessUse, OfATestIsMoreThanNothing) {
    const auto until = std::chrono::steady_clock::now() + 30ms;
    while (std::chrono::steady_clock::now() < until) {
    }
    const auto use = process_use();
    EXPECT_GT(use.resident_bytes, 1'000'000);
    EXPECT_GT(use.cpu, 0ms);
}

}  // namespace
}  // namespace rounds::daemon
