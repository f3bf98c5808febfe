#include "daemon/system/real_clock.hpp"

namespace rounds::daemon {

core::WallTime RealClock::wall() const {
    return std::chrono::floor<core::Duration>(std::chrono::system_clock::now());
}

core::SteadyTime RealClock::now() const {
    return std::chrono::steady_clock::now();
}

asio::awaitable<void> RealClock::sleep_until(core::SteadyTime when) {
    asio::steady_timer timer(co_await asio::this_coro::executor, when);
    co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace rounds::daemon
