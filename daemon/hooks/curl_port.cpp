#include "daemon/hooks/curl_port.hpp"

#include <optional>
#include <unordered_map>
#include <utility>

#include <boost/asio/error.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/system/system_error.hpp>

#include "daemon/hooks/curl_thread.hpp"

namespace rounds::hooks {

using ports::HookReply;
using Number = CurlThread::Number;

/// The loop's side: who waits for which reply.
class CurlPort::Inside : public std::enable_shared_from_this<Inside> {
 public:
    static std::shared_ptr<Inside> make(asio::any_io_executor loop) {
        auto inside = std::make_shared<Inside>();
        inside->loop_ = loop;
        auto answer = [weak = std::weak_ptr(inside)](Number number, HookReply reply) {
            if (const auto self = weak.lock()) self->answered(number, std::move(reply));
        };
        inside->thread_ = std::make_unique<CurlThread>(std::move(loop), std::move(answer));
        return inside;
    }

    static asio::awaitable<HookReply> post(std::shared_ptr<Inside> self,
                                           ports::HookRequest request);
    void close() { thread_->stop(); }

 private:
    struct Waiting {
        asio::steady_timer timer;
        std::optional<HookReply> reply;
    };

    void answered(Number number, HookReply reply) {
        const auto found = waiting_.find(number);
        if (found == waiting_.end()) return;  // cancelled meanwhile
        found->second->reply = std::move(reply);
        found->second->timer.cancel();
    }

    asio::any_io_executor loop_;
    std::unique_ptr<CurlThread> thread_;
    std::unordered_map<Number, std::shared_ptr<Waiting>> waiting_;
    Number last_ = 0;
};

asio::awaitable<HookReply> CurlPort::Inside::post(std::shared_ptr<Inside> self,
                                                  ports::HookRequest request) {
    const Number number = ++self->last_;
    const auto waiting = std::make_shared<Waiting>(
        Waiting{asio::steady_timer(self->loop_, asio::steady_timer::time_point::max()), {}});
    self->waiting_.emplace(number, waiting);
    self->thread_->begin(number, std::move(request));

    boost::system::error_code ended;
    co_await waiting->timer.async_wait(asio::redirect_error(asio::use_awaitable, ended));
    self->waiting_.erase(number);
    if (waiting->reply) co_return *std::move(waiting->reply);
    self->thread_->forget(number);
    throw boost::system::system_error(asio::error::operation_aborted);
}

CurlPort::CurlPort(asio::any_io_executor loop) : inside_(Inside::make(std::move(loop))) {}

CurlPort::~CurlPort() {
    inside_->close();
}

asio::awaitable<HookReply> CurlPort::post(ports::HookRequest request) {
    return Inside::post(inside_, std::move(request));
}

}  // namespace rounds::hooks
