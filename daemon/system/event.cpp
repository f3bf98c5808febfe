#include "daemon/system/event.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/system/system_error.hpp>

namespace rounds::daemon {

Event::Event(asio::any_io_executor executor)
    : timer_(executor, asio::steady_timer::time_point::max()) {}

void Event::notify() {
    ++generation_;
    timer_.cancel();
}

asio::awaitable<void> Event::wait() {
    const unsigned seen = generation_;
    boost::system::error_code ended;
    co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, ended));
    if (generation_ == seen) throw boost::system::system_error(asio::error::operation_aborted);
}

}  // namespace rounds::daemon
