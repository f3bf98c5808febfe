// The one thread that may block on names.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "core/result.hpp"
#include "ports/asio.hpp"
#include "probes/resolver.hpp"

namespace rounds::probes {

/// Looks names up one after the other; each answer is handed back on the loop. Used on the loop
/// thread only.
class NameThread {
 public:
    using Answer = std::function<void(core::Result<asio::ip::address>)>;

    NameThread(asio::any_io_executor loop, Lookup lookup);
    ~NameThread();

    /// `answer` is called later on the loop, or never after stop().
    void ask(std::string name, Answer answer);

    /// Ends the thread; one that is stuck in a lookup for more than a moment is left to end by
    /// itself.
    void stop();

 private:
    struct Shared;
    static void run(const std::shared_ptr<Shared>& shared);

    std::shared_ptr<Shared> shared_;
    std::thread thread_;
};

}  // namespace rounds::probes
