// Rates from counters that never lie: no rate is better than a false one.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "core/time.hpp"

namespace rounds::core {

/// One reading of a counter, with what tells whether it can be compared with another.
struct CounterReading {
    std::uint64_t value = 0;
    bool wide = false;  ///< Counter64; else Counter32, which wraps at 2^32.
    SteadyTime at;      ///< When the answer came.
    /// sysUpTime of the same answer, hundredths of a second as Duration; wraps after 497 days. Empty: not told.
    std::optional<Duration> agent_uptime;
    /// ifCounterDiscontinuityTime (RFC 2863): sysUpTime when it last broke; empty: not told.
    std::optional<Duration> discontinuity;
    friend bool operator==(const CounterReading&, const CounterReading&) = default;
};

/// Why two readings give no rate.
enum class NoRate {
    too_close,     ///< Less than a second apart, by our clock or by the agent's.
    restarted,     ///< The agent began anew between them.
    discontinued,  ///< The agent says that the counter broke between them.
    ambiguous,     ///< It went back, or could have wrapped more than once.
    impossible,    ///< More than the line can carry.
};

/// What a line can carry at most, in the counter's unit per second; empty: not known.
using MostPerSecond = std::optional<double>;

/// Growth per second from one reading to a later one. The time is the agent's where it is told (a busy agent
/// answers late), else ours. A sysUpTime that went back is a restart, unless it was about to wrap at 497 days and
/// has come as far as the time that passed; one younger than the first reading is a restart, too. A 32-bit counter that went back has wrapped once if, at `most`, it
/// cannot have wrapped twice. A rate may lie a tenth above `most`: agents count in steps.
[[nodiscard]] std::variant<double, NoRate> rate_between(const CounterReading& before,
                                                        const CounterReading& after,
                                                        MostPerSecond most);

/// Did an agent begin anew between two readings of its sysUpTime, `passed` apart by our clock?
[[nodiscard]] bool restarted(Duration before, Duration after, Duration passed);

}  // namespace rounds::core
