// Coroutines that live and end together.
#pragma once

#include <exception>
#include <list>
#include <memory>

#include "ports/asio.hpp"

namespace rounds::daemon {

/// Starts coroutines, and waits for all of them: none outlives its group's join(). Loop thread only.
class TaskGroup {
 public:
    explicit TaskGroup(asio::any_io_executor executor);

    /// Starts a coroutine now (it runs until its first wait when the loop gets to it). What it throws, but
    /// for cancellation, comes out of join().
    void spawn(asio::awaitable<void> task);

    /// Asks all to end: what they wait for throws operation_aborted.
    void cancel();

    /// Returns when the last has ended; rethrows the first exception one of them ended with. Cancelled itself, it
    /// cancels them, waits for them, and throws operation_aborted.
    asio::awaitable<void> join();

    [[nodiscard]] std::size_t running() const;

 private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace rounds::daemon
