// What a ping check asks and what it learns.
#pragma once

#include <optional>

#include "core/time.hpp"

namespace rounds::core {

/// One ping check: a burst of ICMP echo requests to one address.
struct EchoPlan {
    int packets = 5;         ///< 1 to 100.
    Duration spacing{200};   ///< Between two requests of the burst.
    Duration timeout{1000};  ///< Patience for each reply, from the request's departure.
    friend bool operator==(const EchoPlan&, const EchoPlan&) = default;
};

/// Round-trip times of the replies of a burst (RFC 2681), by the kernel's receive time stamp.
struct RoundTrip {
    Microseconds min{0};
    Microseconds avg{0};
    Microseconds max{0};
    friend bool operator==(const RoundTrip&, const RoundTrip&) = default;
};

/// What one ping check told us.
struct EchoStats {
    int sent = 0;
    int received = 0;              ///< Requests answered in time; a duplicate counts once.
    std::optional<RoundTrip> rtt;  ///< Empty when nothing came back in time.
    std::optional<Microseconds>
        jitter;  ///< Mean absolute difference of successive round-trip times;
                 ///< empty with fewer than two replies.
    int duplicates =
        0;  ///< Further replies to a request already answered (a loop, two owners of an address).
    int late = 0;     ///< Replies that came after their timeout.
    int foreign = 0;  ///< Replies with our cookie from another address than was asked.

    /// Lost share of the burst, 0.0 to 1.0; 0.0 for a burst never sent.
    [[nodiscard]] double loss() const noexcept {
        return sent > 0 ? static_cast<double>(sent - received) / sent : 0.0;
    }
    friend bool operator==(const EchoStats&, const EchoStats&) = default;
};

}  // namespace rounds::core
