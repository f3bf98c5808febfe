// The one thread that drives libcurl.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <thread>

#include "ports/hook_port.hpp"

namespace rounds::hooks {

/// Used on the loop thread only; each reply is handed back on the loop.
class CurlThread {
 public:
    using Number = std::uint64_t;
    using Answer = std::function<void(Number, ports::HookReply)>;

    /// `answer` is called on the loop, or never after stop(). It is copied and destroyed on either
    /// thread: what it holds must not mind.
    CurlThread(asio::any_io_executor loop, Answer answer);
    ~CurlThread();
    CurlThread(const CurlThread&) = delete;
    CurlThread& operator=(const CurlThread&) = delete;

    void begin(Number number, ports::HookRequest request);
    /// Breaks a request off, wherever it is; its answer may come all the same.
    void forget(Number number);
    /// Breaks all off and ends the thread. Never waits for a receiver or a name server.
    void stop();

 private:
    struct Shared;
    static void run(const std::shared_ptr<Shared>& shared);
    static void drive(Shared& shared);

    std::shared_ptr<Shared> shared_;
    std::thread thread_;
};

}  // namespace rounds::hooks
