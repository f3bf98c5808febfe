// What a port carried between two looks, and how much of it went wrong.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/check_item.hpp"
#include "core/counter.hpp"
#include "core/facts.hpp"
#include "core/time.hpp"

namespace rounds::core {

/// The counters of a port as one look read them (IF-MIB, RFC 2863).
struct PortReading {
    struct Way {
        std::optional<std::uint64_t> octets, packets, errors, discards;
        friend bool operator==(const Way&, const Way&) = default;
    };
    Way in, out;
    bool wide = false;  ///< Octets and packets.
    std::optional<std::int64_t> speed_bps;
    SteadyTime at;
    std::optional<Duration> agent_uptime, discontinuity;
    friend bool operator==(const PortReading&, const PortReading&) = default;
};
[[nodiscard]] PortReading port_reading(const InterfaceFacts& port,
                                       std::optional<Duration> agent_uptime, SteadyTime at);

/// Between two readings of one port; what cannot be told (see rate_between) is empty.
struct PortTraffic {
    struct Way {
        std::optional<double> bits_per_second;
        std::optional<double> packets;           ///< Unicast packets of the interval.
        std::optional<double> errors, discards;  ///< Of the interval.
        friend bool operator==(const Way&, const Way&) = default;
    };
    Way in, out;
    friend bool operator==(const PortTraffic&, const PortTraffic&) = default;
};
[[nodiscard]] PortTraffic traffic_between(const PortReading& before, const PortReading& after);

/// With fewer packets in an interval a share says nothing.
inline constexpr double least_packets = 1000;

/// Findings of "port-utilisation" (percent of the port's speed, of the busier direction; where somebody has set a limit) and
/// of "port-errors" and "port-discards": the share of packets that were faulty or dropped, of the worse
/// direction. Of a port that carried too little the finding is ok and has no value; of one whose counters cannot be
/// compared there is none.
[[nodiscard]] std::vector<ItemFinding> judge_traffic(const InterfaceFacts& port,
                                                     const PortTraffic& traffic,
                                                     const ItemRules& rules, WallTime at);

/// "utilisation" of a link by what the port carried that it goes through: percent of its bandwidth, of the busier
/// direction. Empty when either is not known, or it has no limits.
[[nodiscard]] std::optional<ItemFinding> judge_utilisation(const Link& link,
                                                           const PortTraffic& traffic, WallTime at);

}  // namespace rounds::core
