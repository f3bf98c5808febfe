// A wait that cancellation does not cut short.
#pragma once

#include <type_traits>
#include <utility>

#include <boost/asio/cancellation_state.hpp>

#include "ports/asio.hpp"

namespace rounds::daemon {

/// Waits for `task` to its end, even when the waiting coroutine is cancelled meanwhile: belief must not fall
/// behind what is committed. The cancellation is dropped: who loops checks its own stop flag.
template <class T>
asio::awaitable<T> uncancelled(asio::awaitable<T> task) {
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    if constexpr (std::is_void_v<T>) {
        co_await std::move(task);
        co_await asio::this_coro::reset_cancellation_state(asio::enable_terminal_cancellation());
    } else {
        T result = co_await std::move(task);
        co_await asio::this_coro::reset_cancellation_state(asio::enable_terminal_cancellation());
        co_return result;
    }
}

}  // namespace rounds::daemon
