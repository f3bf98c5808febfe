// Posting from a test.
#pragma once

#include <functional>
#include <memory>

#include <gtest/gtest.h>

#include "daemon/hooks/curl_port.hpp"

namespace rounds::hooks {

class Posting : public ::testing::Test {
 protected:
    ~Posting() override {
        port.reset();
        loop.poll();
    }

    [[nodiscard]] static ports::HookRequest request_to(
        std::string url, core::Duration timeout = std::chrono::seconds{60}) {
        ports::HookRequest request;
        request.url = std::move(url);
        request.headers = {{"Content-Type", "application/json"}};
        request.body = R"({"site":"上海总部"})";
        request.timeout = timeout;
        return request;
    }

    /// Posts and waits for the reply.
    ports::HookReply post(ports::HookRequest request) {
        ports::HookReply reply;
        begin(std::move(request), [&](ports::HookReply given) { reply = std::move(given); });
        loop.restart();
        loop.run();
        return reply;
    }

    void begin(ports::HookRequest request, std::function<void(ports::HookReply)> then) {
        asio::co_spawn(loop, task(*port, std::move(request), std::move(then)), asio::detached);
    }

    static asio::awaitable<void> task(ports::HookPort& port, ports::HookRequest request,
                                      std::function<void(ports::HookReply)> then) {
        auto reply = co_await port.post(std::move(request));
        then(std::move(reply));
    }

    asio::io_context loop{1};
    std::unique_ptr<CurlPort> port = std::make_unique<CurlPort>(loop.get_executor());
};

}  // namespace rounds::hooks
