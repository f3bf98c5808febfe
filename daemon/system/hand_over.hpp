// Work on another thread, its result back on the loop.
#pragma once

#include <type_traits>
#include <utility>

#include "ports/asio.hpp"

namespace rounds::daemon {

template <class Work>
asio::awaitable<std::invoke_result_t<Work>> call(Work work) {
    co_return work();
}

/// Runs `work` on `where` (a thread, or in tests the loop itself) and resumes on the caller's executor with
/// what it returned. Only values and shared_ptr<const T> belong into the work.
template <class Work>
asio::awaitable<std::invoke_result_t<Work>> hand_over(asio::any_io_executor where, Work work) {
    auto task = call(std::move(work));
    co_return co_await asio::co_spawn(where, std::move(task), asio::use_awaitable);
}

}  // namespace rounds::daemon
