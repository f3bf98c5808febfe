// The machine's own clocks.
#pragma once

#include "ports/clock.hpp"

namespace rounds::daemon {

class RealClock final : public ports::Clock {
 public:
    [[nodiscard]] core::WallTime wall() const override;
    [[nodiscard]] core::SteadyTime now() const override;
    asio::awaitable<void> sleep_until(core::SteadyTime when) override;
};

}  // namespace rounds::daemon
