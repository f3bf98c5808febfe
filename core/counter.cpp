#include "core/counter.hpp"

#include <cmath>

namespace rounds::core {

namespace {

using namespace std::chrono_literals;

/// TimeTicks are 32 bits of hundredths of a second: 497 days, 2 h 27 min 53 s.
constexpr Duration uptime_wraps_after{(std::int64_t{1} << 32) * 10};
constexpr double wrap32 = 4294967296.0;
/// How far an agent's clock and ours may be apart between two polls, and how late it may have read.
constexpr Duration usual_drift = 5s;

Duration drift_over(Duration passed) {
    return usual_drift + passed / 50;
}

Duration agent_passed(Duration before, Duration after) {
    return after >= before ? after - before : after + uptime_wraps_after - before;
}

/// What passed between the readings by the agent's clock if it can be believed, else by ours.
Duration passed_between(const CounterReading& before, const CounterReading& after) {
    const auto ours = std::chrono::duration_cast<Duration>(after.at - before.at);
    if (!before.agent_uptime || !after.agent_uptime) return ours;
    const Duration theirs = agent_passed(*before.agent_uptime, *after.agent_uptime);
    return std::chrono::abs(theirs - ours) <= drift_over(ours) ? theirs : ours;
}

}  // namespace

bool restarted(Duration before, Duration after, Duration passed) {
    if (after >= before) return after + drift_over(passed) < passed;  // it began after the first
    return std::chrono::abs(agent_passed(before, after) - passed) > drift_over(passed);
}

std::variant<double, NoRate> rate_between(const CounterReading& before, const CounterReading& after,
                                          MostPerSecond most) {
    const auto ours = std::chrono::duration_cast<Duration>(after.at - before.at);
    if (ours < 1s) return NoRate::too_close;
    if (before.agent_uptime && after.agent_uptime &&
        restarted(*before.agent_uptime, *after.agent_uptime, ours))
        return NoRate::restarted;
    if (before.discontinuity != after.discontinuity) return NoRate::discontinued;
    if (before.wide != after.wide) return NoRate::ambiguous;

    const Duration passed = passed_between(before, after);
    if (passed < 1s) return NoRate::too_close;
    const double seconds = std::chrono::duration<double>(passed).count();
    double growth = 0;
    if (after.value >= before.value) {
        growth = static_cast<double>(after.value - before.value);
    } else if (after.wide) {
        return NoRate::ambiguous;  // 64 bits do not wrap in a machine's life
    } else {
        growth = static_cast<double>(after.value) + wrap32 - static_cast<double>(before.value);
    }
    if (growth < 0) return NoRate::ambiguous;  // not 32 bits wide after all
    // With 32 bits even a reading that went up may have gone round in between.
    if (!after.wide && (most ? *most * seconds >= wrap32 : after.value < before.value))
        return NoRate::ambiguous;
    const double rate = growth / seconds;
    if (most && rate > *most * 1.1) return NoRate::impossible;
    return rate;
}

}  // namespace rounds::core
