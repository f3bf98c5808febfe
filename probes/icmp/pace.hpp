// How fast packets may leave.
#pragma once

#include <algorithm>
#include <cstddef>

#include "core/time.hpp"

namespace rounds::probes {

/// A bucket of permissions that fills steadily: a rush of bursts leaves as an even stream. Pure.
class Pace {
 public:
    /// `per_second` and `depth` (the most that may leave at once) are at least 1.
    Pace(int per_second, int depth, core::SteadyTime now)
        : interval_(std::chrono::nanoseconds{std::chrono::seconds{1}} / per_second),
          depth_(depth),
          empty_at_(now - depth_ * interval_) {}

    /// Packets that may leave now.
    [[nodiscard]] std::size_t allowed(core::SteadyTime now) const {
        return static_cast<std::size_t>(std::clamp<long>((now - empty_at_) / interval_, 0, depth_));
    }
    void spend(std::size_t packets, core::SteadyTime now) {
        empty_at_ =
            std::max(empty_at_, now - depth_ * interval_) + static_cast<long>(packets) * interval_;
    }
    /// When `packets` (at most the depth) may leave, were nothing sent until then.
    [[nodiscard]] core::SteadyTime when(std::size_t packets) const {
        return empty_at_ + static_cast<long>(packets) * interval_;
    }

 private:
    std::chrono::nanoseconds interval_;  ///< Between two packets.
    long depth_;
    core::SteadyTime empty_at_;  ///< The moment at which the bucket would have been empty.
};

}  // namespace rounds::probes
