#include "probes/icmp/burst.hpp"

#include <algorithm>
#include <utility>

namespace rounds::probes {

Burst::Burst(asio::ip::address asked, core::EchoPlan plan) : asked_(std::move(asked)), plan_(plan) {
    packets_.reserve(static_cast<std::size_t>(plan.packets));
}

core::SteadyTime Burst::next_due() const {
    return packets_.back().left + (all_sent() ? plan_.timeout : plan_.spacing);
}

void Burst::depart(core::SteadyTime now) {
    packets_.push_back({.left = now, .rtt = {}, .heard = false});
}

Heard Burst::judge(const Packet& packet, const asio::ip::address& from,
                   core::Microseconds round_trip) const {
    if (!same_host(asked_, from)) return Heard::foreign;
    if (packet.heard) return Heard::duplicate;
    return closed_ || round_trip > plan_.timeout ? Heard::late : Heard::in_time;
}

Heard Burst::hear(int n, const asio::ip::address& from, core::Microseconds round_trip) {
    if (n < 0 || n >= sent()) return Heard::never_sent;
    Packet& packet = packets_[static_cast<std::size_t>(n)];
    const Heard heard = judge(packet, from, round_trip);
    if (heard == Heard::in_time) packet.rtt = round_trip;
    if (heard != Heard::foreign) packet.heard = true;
    answered_ += heard == Heard::in_time ? 1 : 0;
    duplicates_ += heard == Heard::duplicate ? 1 : 0;
    late_ += heard == Heard::late ? 1 : 0;
    foreign_ += heard == Heard::foreign ? 1 : 0;
    return heard;
}

core::EchoStats Burst::stats() const {
    core::EchoStats stats{.sent = sent(),
                          .received = answered_,
                          .rtt = {},
                          .jitter = {},
                          .duplicates = duplicates_,
                          .late = late_,
                          .foreign = foreign_};
    core::Microseconds sum{0}, differences{0};
    std::optional<core::Microseconds> previous;
    for (const Packet& packet : packets_) {
        if (!packet.rtt) continue;
        const auto rtt = *packet.rtt;
        sum += rtt;
        if (!stats.rtt) stats.rtt = core::RoundTrip{.min = rtt, .avg = {}, .max = rtt};
        stats.rtt->min = std::min(stats.rtt->min, rtt);
        stats.rtt->max = std::max(stats.rtt->max, rtt);
        if (previous) differences += std::chrono::abs(rtt - *previous);
        previous = rtt;
    }
    if (stats.rtt) stats.rtt->avg = sum / answered_;
    if (answered_ > 1) stats.jitter = differences / (answered_ - 1);
    return stats;
}

bool same_host(const asio::ip::address& asked, const asio::ip::address& from) {
    if (!asked.is_v6() || !from.is_v6()) return asked == from;
    const auto a = asked.to_v6(), b = from.to_v6();
    const bool same_scope = a.scope_id() == 0 || b.scope_id() == 0 || a.scope_id() == b.scope_id();
    return a.to_bytes() == b.to_bytes() && same_scope;
}

}  // namespace rounds::probes
