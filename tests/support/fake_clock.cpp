#include "tests/support/fake_clock.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/system/system_error.hpp>

namespace rounds::tests {

asio::awaitable<void> FakeClock::sleep_until(core::SteadyTime when) {
    if (when <= now_) co_return;
    const auto executor = co_await asio::this_coro::executor;
    const auto sleeper = std::make_shared<Sleeper>(
        Sleeper{asio::steady_timer(executor, asio::steady_timer::time_point::max())});
    const auto place = sleepers_.emplace(when, sleeper);
    boost::system::error_code ended;
    co_await sleeper->timer.async_wait(asio::redirect_error(asio::use_awaitable, ended));
    if (sleeper->rung) co_return;
    sleepers_.erase(place);
    throw boost::system::system_error(asio::error::operation_aborted);
}

void FakeClock::advance_to(core::SteadyTime when) {
    wall_ += std::chrono::duration_cast<core::Duration>(when - now_);
    now_ = when;
    while (!sleepers_.empty() && sleepers_.begin()->first <= now_) {
        const auto sleeper = sleepers_.begin()->second;
        sleepers_.erase(sleepers_.begin());
        sleeper->rung = true;
        sleeper->timer.cancel();
    }
}

void FakeClock::run_until(core::WallTime when, const std::function<bool()>& stop) {
    for (;;) {
        while (loop_.poll() > 0) {
        }
        loop_.restart();
        if (stop && stop()) return;
        const auto left = when - wall();
        if (left <= core::Duration{0}) return;
        const auto end = now_ + left;
        advance_to(sleepers_.empty() || sleepers_.begin()->first > end ? end
                                                                       : sleepers_.begin()->first);
    }
}

void FakeClock::pass_until(core::WallTime when) {
    now_ += when - wall();
    wall_ += when - wall();
}

}  // namespace rounds::tests
