// Check items of ping: loss, round-trip time and jitter over the last looks, and what a link has besides.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/check_item.hpp"
#include "core/device.hpp"
#include "core/echo.hpp"
#include "core/observation.hpp"
#include "core/time.hpp"

namespace rounds::core {

/// Of devices and links: "loss" (percent), "round-trip" and "jitter" (ms, averages). Of links alone: "targets" (how many
/// answer) and "dns" (a state: does the name resolve?).
[[nodiscard]] std::span<const std::string_view> ping_item_words();
[[nodiscard]] bool is_ping_item(std::string_view item);

/// The limits as check items have them, in their units; those without any are left out.
[[nodiscard]] ItemLimits item_limits(const Thresholds& thresholds);

/// The last looks of a subject that were answered, added up. One burst of five packets cannot tell 20 % of loss from
/// one lost packet. A look that nothing answered is no loss: reachability judges it.
class RecentLooks {
 public:
    static constexpr std::size_t most = 10;   ///< Five minutes at the usual interval.
    static constexpr std::size_t enough = 5;  ///< From so many on the items are believed.

    void add(const EchoStats& look);
    void forget() { count_ = 0; }
    [[nodiscard]] bool are_enough() const { return count_ >= enough; }
    /// Empty stats (nothing sent) when there are none. The averages are over the packets.
    [[nodiscard]] EchoStats sum() const;

 private:
    struct Part {
        std::int32_t sent = 0, received = 0;
        std::int64_t min_us = 0, avg_us = 0, max_us = 0;
        std::int64_t jitter_us = none;
    };
    static constexpr std::int64_t none = -1;
    std::array<Part, most> parts_{};
    std::size_t count_ = 0, next_ = 0;
};

/// The packets of a look at a link to those targets that answered: a silent target is not a lossy line. Empty stats
/// when it could not be asked.
[[nodiscard]] EchoStats over_answering(const LinkObservation& look);

/// Findings of loss, round-trip time and jitter, in this order, also those that are ok. What has no limits or was not
/// measured has none.
[[nodiscard]] std::vector<ItemFinding> judge_ping(const EchoStats& stats,
                                                  const Thresholds& thresholds, WallTime at);

/// The same of a link that answered, after what its last look says of name server and targets. `stats`: over those
/// that answered.
[[nodiscard]] std::vector<ItemFinding> judge_link(const LinkObservation& look,
                                                  const EchoStats& stats,
                                                  const Thresholds& thresholds);

}  // namespace rounds::core
