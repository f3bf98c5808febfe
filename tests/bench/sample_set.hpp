// What samples are measured with.
#pragma once

#include <vector>

#include "daemon/store/sample_store.hpp"

namespace rounds::bench {

/// Midnight (UTC) before the first sample.
inline constexpr core::WallTime first_midnight{core::Duration{20'600LL * 86'400'000}};

/// The standard set for these series, a poll of all of them a minute: round-trip times (µs, noise of 5 %, a spike now and
/// then), rising counters (100 to 100 million a minute, more by day than by night, noise of 15 %) and gauges that hardly
/// move (half degrees, percents), a third each. Twenty series are a device: read at the same moment, which is late by up
/// to 30 ms each time. The same each time it is called.
[[nodiscard]] std::vector<std::vector<store::Reading>> standard_set(
    const std::vector<store::SeriesNumber>& numbers, int minutes);

/// By the place of a series in such a set.
[[nodiscard]] store::Series series_at(std::size_t place);

}  // namespace rounds::bench
