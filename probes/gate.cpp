#include "probes/gate.hpp"

#include <algorithm>

#include <boost/asio/redirect_error.hpp>
#include <boost/system/system_error.hpp>

namespace rounds::probes {

std::optional<Gate::Place> Gate::enter_at_once(const std::shared_ptr<Gate>& gate) {
    if (gate->free_ == 0) return std::nullopt;
    --gate->free_;
    return Place{gate};
}

asio::awaitable<std::optional<Gate::Place>> Gate::enter(std::shared_ptr<Gate> gate,
                                                        core::SteadyTime deadline) {
    if (auto place = enter_at_once(gate)) co_return place;
    const auto waiter =
        std::make_shared<Waiter>(Waiter{asio::steady_timer{gate->executor_, deadline}});
    gate->line_.push_back(waiter);
    boost::system::error_code why;
    co_await waiter->called.async_wait(asio::redirect_error(asio::use_awaitable, why));
    if (waiter->in) {
        Place place{gate};
        const auto state = co_await asio::this_coro::cancellation_state;
        if (state.cancelled() != asio::cancellation_type::none)
            throw boost::system::system_error(asio::error::operation_aborted);
        co_return place;
    }
    std::erase(gate->line_, waiter);
    if (why) throw boost::system::system_error(asio::error::operation_aborted);
    co_return std::nullopt;
}

void Gate::leave() {
    if (line_.empty()) {
        ++free_;
        return;
    }
    const auto next = line_.front();
    line_.pop_front();
    next->in = true;
    next->called.cancel();
}

}  // namespace rounds::probes
