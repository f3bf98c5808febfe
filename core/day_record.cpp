#include "core/day_record.hpp"

#include <algorithm>

namespace rounds::core {

void EchoSummary::add(const EchoStats& stats) {
    sent += stats.sent;
    received += stats.received;
    if (stats.rtt) {
        rtt_min_us = rtt_count == 0 ? stats.rtt->min.count()
                                    : std::min<std::int64_t>(rtt_min_us, stats.rtt->min.count());
        rtt_max_us = std::max<std::int64_t>(rtt_max_us, stats.rtt->max.count());
        rtt_sum_us += stats.rtt->avg.count();
        ++rtt_count;
    }
    if (stats.jitter) {
        jitter_sum_us += stats.jitter->count();
        ++jitter_count;
    }
}

WallTime quarter_of(WallTime time) {
    return std::chrono::floor<std::chrono::duration<std::int64_t, std::ratio<900>>>(time);
}

}  // namespace rounds::core
