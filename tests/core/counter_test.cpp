#include "core/counter.hpp"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace rounds::core {
namespace {

using namespace std::chrono_literals;

constexpr Duration wrap{(std::int64_t{1} << 32) * 10};

struct Case {
    const char* name;
    CounterReading before, after;
    MostPerSecond most;
    std::variant<double, NoRate> rate;
};

SteadyTime at(Duration since) {
    return SteadyTime{} + since;
}

class RateTest : public ::testing::TestWithParam<Case> {};

TEST_P(RateTest, IsRightOrNone) {
    const auto& [name, before, after, most, expected] = GetParam();
    const auto rate = rate_between(before, after, most);
    ASSERT_EQ(rate.index(), expected.index());
    if (const auto* value = std::get_if<double>(&expected)) {
        EXPECT_NEAR(std::get<double>(rate), *value, *value * 1e-9);
    } else {
        EXPECT_EQ(std::get<NoRate>(rate), std::get<NoRate>(expected));
    }
}

constexpr std::uint64_t top32 = 4294967295U;
constexpr MostPerSecond unknown{};
constexpr MostPerSecond gigabit{125e6};
constexpr MostPerSecond megabits_10{1.25e6};

INSTANTIATE_TEST_SUITE_P(
    Counters, RateTest,
    ::testing::Values(
        Case{"Plain", {1000, true, at(0s)}, {4000, true, at(60s)}, unknown, 50.0},
        Case{"ANarrowOneThatIsWiderThanItSays",
             {top32 * 900, false, at(0s)},
             {5, false, at(60s)},
             gigabit,
             NoRate::ambiguous},
        Case{"Idle", {1000, true, at(0s)}, {1000, true, at(60s)}, unknown, 0.0},
        Case{"TheAgentsClockCounts",
             {0, true, at(0s), 100s},
             {6100, true, at(60s), 161s},
             unknown,
             100.0},
        Case{"TheAgentsClockIsNonsense",
             {0, true, at(0s), 100s},
             {6000, true, at(60s), 100s + 1h},
             unknown,
             100.0},
        Case{"AnUptimeThatStandsStillIsNoClock",
             {0, true, at(0s), 100s},
             {6000, true, at(60s), 100s},
             unknown,
             100.0},
        Case{"WrapOf32Bits",
             {top32 - 999, false, at(0s)},
             {2000, false, at(60s)},
             megabits_10,
             3000.0 / 60},
        Case{"WrapWithoutKnownSpeed",
             {top32 - 999, false, at(0s)},
             {2000, false, at(60s)},
             unknown,
             NoRate::ambiguous},
        Case{"CouldHaveWrappedTwice",
             {5, false, at(0s)},
             {6, false, at(60s)},
             gigabit,
             NoRate::ambiguous},
        Case{"SixtyFourBitsDoNotWrap",
             {~std::uint64_t{0}, true, at(0s)},
             {5, true, at(60s)},
             gigabit,
             NoRate::ambiguous},
        Case{"FromNarrowToWide",
             {5, false, at(0s)},
             {5'000'000'000, true, at(60s)},
             gigabit,
             NoRate::ambiguous},
        Case{"Restart",
             {5'000, true, at(0s), 24h},
             {9'000, true, at(300s), 20s},
             unknown,
             NoRate::restarted},
        Case{"UptimeWrapsAt497Days",
             {5'000, true, at(0s), wrap - 100s},
             {8'000, true, at(300s), 200s},
             unknown,
             10.0},
        Case{"RestartOfAnAgentAboutToWrap",
             {5'000, true, at(0s), wrap - 100s},
             {8'000, true, at(300s), 20s},
             unknown,
             NoRate::restarted},
        Case{"RestartSoonAfterAStart",
             {5'000, true, at(0s), 10s},
             {9'000, true, at(300s), 140s},
             unknown,
             NoRate::restarted},
        Case{"Discontinuity",
             {5'000, true, at(0s), 1h, 0s},
             {9'000, true, at(300s), 1h + 300s, 1h + 10s},
             unknown,
             NoRate::discontinued},
        Case{"DiscontinuityLongAgo",
             {5'000, true, at(0s), 1h, 10s},
             {8'000, true, at(300s), 1h + 300s, 10s},
             unknown,
             10.0},
        Case{"MoreThanTheLineCarries",
             {0, true, at(0s)},
             {60'000'000'000, true, at(60s)},
             gigabit,
             NoRate::impossible},
        Case{"ALittleMoreThanTheLineCarries",
             {0, true, at(0s)},
             {8'000'000'000, true, at(60s)},
             gigabit,
             8e9 / 60},
        Case{"TooClose", {0, true, at(0s)}, {5, true, at(999ms)}, unknown, NoRate::too_close},
        Case{
            "TheLaterOneFirst", {0, true, at(60s)}, {5, true, at(0s)}, unknown, NoRate::too_close}),
    [](const auto& one) { return one.param.name; });

// Whatever the line carries, and whenever the agent restarts: a rate that is given is the true one.
TEST(Rate, NeverLies) {
    std::mt19937_64 dice(7);
    const auto below = [&](std::uint64_t most) { return dice() % most; };
    int given = 0;
    for (int life = 0; life < 2'000; ++life) {
        const bool wide = below(2) == 0;
        const double speed = std::pow(10.0, 3 + static_cast<double>(below(6)));
        std::uint64_t total = wide ? below(1U << 30) : below(std::uint64_t{1} << 32);
        Duration uptime{static_cast<std::int64_t>(below(std::uint64_t{1} << 32)) * 10};
        Duration now{0};
        const auto read = [&] {
            const Duration shown = uptime % wrap;
            return CounterReading{wide ? total : total & top32, wide, at(now), shown, {}};
        };
        CounterReading before = read();
        for (int poll = 0; poll < 20; ++poll) {
            const Duration pause{1'000 + static_cast<std::int64_t>(below(600'000))};
            const double seconds = std::chrono::duration<double>(pause).count();
            const double load = static_cast<double>(below(1001)) / 1000;
            const auto growth = static_cast<std::uint64_t>(speed * load * seconds);
            const bool reboot = below(10) == 0;
            now += pause;
            if (reboot) {
                // Rebooted on the way, and it has been up for less than the time that passed.
                total = 0;
                uptime = Duration{static_cast<std::int64_t>(
                    below(static_cast<std::uint64_t>(pause.count() / 2)) / 10 * 10)};
            } else {
                total += growth;
                uptime += Duration{pause.count() / 10 * 10};
            }
            const CounterReading after = read();
            const auto rate = rate_between(before, after, speed);
            if (const auto* value = std::get_if<double>(&rate)) {
                ++given;
                if (reboot) {
                    // Up for longer than the drift between two polls, it could not be missed.
                    EXPECT_GE(*after.agent_uptime + 5s + pause / 50, pause);
                } else {
                    const double truth = static_cast<double>(growth) / seconds;
                    EXPECT_NEAR(*value, truth, truth * 0.03 + 1);
                }
            }
            before = after;
        }
    }
    EXPECT_GT(given, 10'000);
}

}  // namespace
}  // namespace rounds::core
