#include "core/port_traffic.hpp"

#include <algorithm>
#include <utility>

namespace rounds::core {

namespace {

/// The shortest frame on the wire: 64 octets, preamble and gap (IEEE 802.3).
constexpr double shortest_frame_bits = 84 * 8;

struct Growth {
    const PortReading& before;
    const PortReading& after;

    [[nodiscard]] std::optional<double> per_second(const std::optional<std::uint64_t>& was,
                                                   const std::optional<std::uint64_t>& is,
                                                   std::pair<bool, bool> wide,
                                                   MostPerSecond most) const {
        if (!was || !is) return std::nullopt;
        const auto rate = rate_between(
            {*was, wide.first, before.at, before.agent_uptime, before.discontinuity},
            {*is, wide.second, after.at, after.agent_uptime, after.discontinuity}, most);
        const auto* known = std::get_if<double>(&rate);
        return known == nullptr ? std::nullopt : std::optional(*known);
    }

    [[nodiscard]] PortTraffic::Way way(const PortReading::Way& was,
                                       const PortReading::Way& is) const {
        const std::pair wide{before.wide, after.wide};
        const std::pair narrow{false, false};  // errors and discards are Counter32
        MostPerSecond octets, packets;
        if (after.speed_bps && *after.speed_bps > 0) {
            octets = static_cast<double>(*after.speed_bps) / 8;
            packets = static_cast<double>(*after.speed_bps) / shortest_frame_bits;
        }
        const double seconds = std::chrono::duration<double>(after.at - before.at).count();
        const auto over = [](std::optional<double> rate, double times) {
            if (rate) *rate *= times;
            return rate;
        };
        return {
            .bits_per_second = over(per_second(was.octets, is.octets, wide, octets), 8),
            .packets = over(per_second(was.packets, is.packets, wide, packets), seconds),
            .errors = over(per_second(was.errors, is.errors, narrow, {}), seconds),
            .discards = over(per_second(was.discards, is.discards, narrow, {}), seconds),
        };
    }
};

/// Percent of the packets; empty when the counters do not tell, or there were too few.
struct Share {
    bool told = false;
    std::optional<double> percent;
};

/// What was received is counted without what was faulty or dropped; what was sent, with it (RFC 2863).
Share share_in(const std::optional<double>& bad, const std::optional<double>& packets) {
    if (!bad || !packets) return {};
    const double all = *packets + *bad;
    if (all < least_packets) return {.told = true, .percent = {}};
    return {.told = true, .percent = *bad / all * 100};
}
Share share_out(const std::optional<double>& bad, const std::optional<double>& packets) {
    if (!bad || !packets) return {};
    const double all = std::max(*packets, *bad);
    if (all < least_packets) return {.told = true, .percent = {}};
    return {.told = true, .percent = *bad / all * 100};
}

/// Percent of what it can carry, of the busier direction.
std::optional<double> utilisation_of(const PortTraffic& traffic,
                                     const std::optional<std::int64_t>& speed_bps) {
    const auto busier = std::max(traffic.in.bits_per_second, traffic.out.bits_per_second);
    if (!busier || !speed_bps || *speed_bps <= 0) return std::nullopt;
    return *busier / static_cast<double>(*speed_bps) * 100;
}

}  // namespace

PortReading port_reading(const InterfaceFacts& port, std::optional<Duration> agent_uptime,
                         SteadyTime at) {
    return {.in = {port.in_octets, port.in_packets, port.in_errors, port.in_discards},
            .out = {port.out_octets, port.out_packets, port.out_errors, port.out_discards},
            .wide = port.wide,
            .speed_bps = port.speed_bps,
            .at = at,
            .agent_uptime = agent_uptime,
            .discontinuity = port.discontinuity};
}

PortTraffic traffic_between(const PortReading& before, const PortReading& after) {
    const Growth growth{before, after};
    return {growth.way(before.in, after.in), growth.way(before.out, after.out)};
}

std::vector<ItemFinding> judge_traffic(const InterfaceFacts& port, const PortTraffic& traffic,
                                       const ItemRules& rules, WallTime at) {
    std::vector<ItemFinding> findings;
    const PortRule* rule = rule_of(port, rules);
    const auto judge_worse = [&](std::string_view item, const Share& in, const Share& out) {
        if (!in.told && !out.told) return;
        const std::optional<double> percent = std::max(in.percent, out.percent);
        auto finding = judge_value(item, port.name, percent.value_or(0), rules, at, rule);
        if (!finding) return;
        if (!percent)
            *finding = {.item = std::string(item), .instance = port.name, .evidence_at = at};
        findings.push_back(*std::move(finding));
    };
    judge_worse("port-errors", share_in(traffic.in.errors, traffic.in.packets),
                share_out(traffic.out.errors, traffic.out.packets));
    judge_worse("port-discards", share_in(traffic.in.discards, traffic.in.packets),
                share_out(traffic.out.discards, traffic.out.packets));
    const auto utilisation = utilisation_of(traffic, port.speed_bps);
    if (!utilisation) return findings;
    if (auto finding = judge_value("port-utilisation", port.name, *utilisation, rules, at, rule))
        findings.push_back(*std::move(finding));
    return findings;
}

std::optional<ItemFinding> judge_utilisation(const Link& link, const PortTraffic& traffic,
                                             WallTime at) {
    const auto utilisation = utilisation_of(traffic, link.bandwidth_bps);
    if (!utilisation) return std::nullopt;
    return judge_value("utilisation", {}, *utilisation, {.limits = link.limits}, at);
}

}  // namespace rounds::core
