// The threads that may block on names.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "core/result.hpp"
#include "ports/asio.hpp"
#include "probes/resolver.hpp"

namespace rounds::probes {

/// Looks names up, eight at a time at most, so that a name server that is silent for some zone does not hold up the
/// others; each answer is handed back on the loop. Used on the loop thread only.
class NameThreads {
 public:
    using Answer = std::function<void(core::Result<asio::ip::address>)>;

    NameThreads(asio::any_io_executor loop, Lookup lookup);
    ~NameThreads();

    /// `answer` is called later on the loop, or never after stop().
    void ask(std::string name, Answer answer);

    /// Ends the threads; one that is stuck in a lookup for more than a moment is left to end by itself.
    void stop();

 private:
    struct Shared;
    static void run(const std::shared_ptr<Shared>& shared);

    std::shared_ptr<Shared> shared_;
    std::vector<std::thread> threads_;
};

}  // namespace rounds::probes
