// Time that passes only when a test says so.
#pragma once

#include <functional>
#include <map>
#include <memory>

#include "ports/clock.hpp"

namespace rounds::tests {

/// Drives one io_context: everything that is ready runs, then time jumps to the next one who sleeps.
class FakeClock final : public ports::Clock {
 public:
    FakeClock(asio::io_context& loop, core::WallTime start) : loop_(loop), wall_(start) {}

    [[nodiscard]] core::WallTime wall() const override { return wall_ + step_; }
    [[nodiscard]] core::SteadyTime now() const override { return now_; }
    asio::awaitable<void> sleep_until(core::SteadyTime when) override;

    /// Lets time pass until the wall shows `when` (or `stop` says so, asked after each jump), running the loop.
    void run_until(core::WallTime when, const std::function<bool()>& stop = {});

    /// Time passes with nobody awake (the daemon is down).
    void pass_until(core::WallTime when);

    /// Somebody sets the wall clock: it jumps, what has passed does not.
    void step_wall(core::Duration by) { step_ += by; }

 private:
    struct Sleeper {
        asio::steady_timer timer;
        bool rung = false;
    };
    void advance_to(core::SteadyTime when);

    asio::io_context& loop_;
    core::WallTime wall_;
    core::Duration step_{0};
    core::SteadyTime now_{};
    std::multimap<core::SteadyTime, std::shared_ptr<Sleeper>> sleepers_;
};

}  // namespace rounds::tests
