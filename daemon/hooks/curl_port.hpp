// HTTP by libcurl, on a thread of its own. The only home of libcurl is this room.
#pragma once

#include <memory>

#include "ports/hook_port.hpp"

namespace rounds::hooks {

/// All requests are under way at the same time: one that hangs delays no other. How many there are is
/// the caller's to bound. Loop thread.
class CurlPort final : public ports::HookPort {
 public:
    explicit CurlPort(asio::any_io_executor loop);
    /// What is under way is broken off; who waits for it must have been cancelled before.
    ~CurlPort() override;

    asio::awaitable<ports::HookReply> post(ports::HookRequest request) override;

 private:
    class Inside;
    std::shared_ptr<Inside> inside_;
};

}  // namespace rounds::hooks
