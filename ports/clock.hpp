// The edge of time.
#pragma once

#include "core/time.hpp"
#include "ports/asio.hpp"

namespace rounds::ports {

/// The two clocks, and waiting. Used on the loop thread only.
class Clock {
 public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual core::WallTime wall() const = 0;
    [[nodiscard]] virtual core::SteadyTime now() const = 0;

    /// Returns at or after `when`; at once when it has passed. Ends early by throwing
    /// boost::system::system_error(operation_aborted) when the coroutine is cancelled.
    virtual asio::awaitable<void> sleep_until(core::SteadyTime when) = 0;
};

}  // namespace rounds::ports
