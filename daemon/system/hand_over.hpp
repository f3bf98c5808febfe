// Work on another thread, its result back on the loop.
#pragma once

#include <type_traits>
#include <utility>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include "ports/asio.hpp"

namespace rounds::daemon {

template <class Work>
asio::awaitable<std::invoke_result_t<Work>> call(Work work) {
    co_return work();
}

/// Runs `work` on `where` (a thread, or in tests the loop itself) and resumes on the caller's executor with
/// what it returned. Only values and shared_ptr<const T> belong into the work. Who is cancelled meanwhile gets the
/// result all the same, and operation_aborted at the next wait: a cancellation handed to the other thread could
/// arrive there after the work, and its sender, are gone.
template <class Work>
asio::awaitable<std::invoke_result_t<Work>> hand_over(asio::any_io_executor where, Work work) {
    auto task = call(std::move(work));
    auto token = asio::bind_cancellation_slot(asio::cancellation_slot(), asio::use_awaitable);
    co_return co_await asio::co_spawn(where, std::move(task), std::move(token));
}

}  // namespace rounds::daemon
