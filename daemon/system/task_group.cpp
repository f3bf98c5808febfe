#include "daemon/system/task_group.hpp"

#include <utility>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include "daemon/system/event.hpp"

namespace rounds::daemon {

namespace {

bool is_cancellation(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const boost::system::system_error& error) {
        return error.code() == asio::error::operation_aborted;
    } catch (...) {
        return false;
    }
}

void cancel_all(std::list<asio::cancellation_signal>& signals) {
    // A task that ends at once takes itself off the list: step on before the emission.
    for (auto signal = signals.begin(); signal != signals.end();) {
        auto& current = *signal++;
        current.emit(asio::cancellation_type::terminal);
    }
}

}  // namespace

struct TaskGroup::State {
    explicit State(asio::any_io_executor e) : executor(e), ended(std::move(e)) {}
    asio::any_io_executor executor;
    Event ended;
    std::list<asio::cancellation_signal> signals;
    std::exception_ptr failure;
};

TaskGroup::TaskGroup(asio::any_io_executor executor)
    : state_(std::make_shared<State>(std::move(executor))) {}

void TaskGroup::spawn(asio::awaitable<void> task) {
    auto& signals = state_->signals;
    const auto signal = signals.emplace(signals.end());
    auto on_end = [state = state_, signal](std::exception_ptr failure) {
        state->signals.erase(signal);
        if (failure && !state->failure && !is_cancellation(failure)) state->failure = failure;
        if (state->signals.empty()) state->ended.notify();
    };
    asio::co_spawn(state_->executor, std::move(task),
                   asio::bind_cancellation_slot(signal->slot(), std::move(on_end)));
}

void TaskGroup::cancel() {
    cancel_all(state_->signals);
}

asio::awaitable<void> TaskGroup::join() {
    const auto state = state_;
    bool cancelled = false;
    while (!state->signals.empty()) {
        try {
            co_await state->ended.wait();
        } catch (const boost::system::system_error&) {
            cancelled = true;
        }
        if (!cancelled) continue;
        // What the tasks use may go away with the one who waits: end them, and wait all the same.
        co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
        cancel_all(state->signals);
    }
    if (cancelled) {
        co_await asio::this_coro::reset_cancellation_state(asio::enable_terminal_cancellation());
        throw boost::system::system_error(asio::error::operation_aborted);
    }
    if (state->failure) std::rethrow_exception(std::exchange(state->failure, nullptr));
}

std::size_t TaskGroup::running() const {
    return state_->signals.size();
}

}  // namespace rounds::daemon
