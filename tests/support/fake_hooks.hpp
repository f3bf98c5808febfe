// Receivers that exist in a test's mind only.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "ports/clock.hpp"
#include "ports/hook_port.hpp"

namespace rounds::tests {

/// Every receiver of the world: notes each request, and answers it as the test says.
class FakeHookPort final : public ports::HookPort {
 public:
    struct Posted {
        core::WallTime at;
        std::string url, id, body;
    };
    /// The reply, and how long it takes.
    using Answer = std::function<std::pair<ports::HookReply, core::Duration>(const Posted&)>;

    explicit FakeHookPort(ports::Clock& clock) : clock_(clock) {}

    asio::awaitable<ports::HookReply> post(ports::HookRequest request) override {
        Posted posted{clock_.wall(), request.url, {}, std::move(request.body)};
        for (const auto& [name, value] : request.headers)
            if (name == "webhook-id") posted.id = value;
        auto [reply, takes] = answer(posted);
        log.push_back(std::move(posted));
        most_at_once = std::max(most_at_once, ++at_once_);
        const Leave leave{at_once_};
        if (takes > request.timeout) {
            takes = request.timeout;
            reply = {};
            reply.outcome = ports::HookReply::Outcome::timed_out;
        }
        if (takes > core::Duration{0}) co_await clock_.sleep_until(clock_.now() + takes);
        co_return reply;
    }

    static ports::HookReply status(int code) {
        ports::HookReply reply;
        reply.status = code;
        return reply;
    }

    Answer answer = [](const Posted&) { return std::pair{status(200), core::Duration{50}}; };
    std::vector<Posted> log;  ///< In the order of arrival.
    int most_at_once = 0;

 private:
    struct Leave {
        int& count;
        ~Leave() { --count; }
    };
    ports::Clock& clock_;
    int at_once_ = 0;
};

}  // namespace rounds::tests
