// Something that others wait for.
#pragma once

#include "ports/asio.hpp"

namespace rounds::daemon {

/// Wakes every coroutine that waits at this moment. It has no memory: who waits checks a condition first, in
/// a loop. Loop thread only.
class Event {
 public:
    explicit Event(asio::any_io_executor executor);

    void notify();

    /// Ends with the next notify(); throws operation_aborted when the coroutine is cancelled.
    asio::awaitable<void> wait();

 private:
    asio::steady_timer timer_;
    unsigned generation_ = 0;
};

}  // namespace rounds::daemon
