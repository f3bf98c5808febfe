// Trying a hook out.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "config/setup.hpp"
#include "core/message.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "daemon/system/event.hpp"
#include "daemon/system/log.hpp"
#include "daemon/system/task_group.hpp"
#include "daemon/system/uuid.hpp"
#include "ports/clock.hpp"
#include "ports/hook_port.hpp"

namespace rounds::daemon {

/// What came of a test message.
struct HookTest {
    int status = 0;  ///< Of the receiver's answer, HTTP; 0: none came.
    core::Microseconds took{0};
    std::optional<core::Message> why_not;  ///< Empty: the receiver took it.
};

/// Loop thread. What is told of incidents is no concern of it: a test passes by all that waits, is kept nowhere
/// and made once.
class HookTester {
 public:
    /// The references outlive join().
    HookTester(ports::HookPort& port, ports::Clock& clock, asio::any_io_executor loop, Log log);

    /// One clearly marked message to this hook of the setup, now. Errors: not_found (no such hook), busy (another
    /// test is under way), unavailable (the daemon is ending).
    asio::awaitable<core::Result<HookTest>> test(std::shared_ptr<const config::Setup> setup,
                                                 std::string name);

    /// The test under way is given up, and no other begun.
    void stop();
    /// After stop().
    asio::awaitable<void> join();

 private:
    asio::awaitable<void> tell(std::shared_ptr<const config::Setup> setup, core::Hook hook);

    ports::HookPort& port_;
    ports::Clock& clock_;
    Log log_;
    Uuids uuids_;
    TaskGroup tasks_;
    Event told_;                      ///< The test under way is made, or given up.
    std::optional<HookTest> result_;  ///< Of the test under way.
    bool testing_ = false;
    bool stopped_ = false;
};

}  // namespace rounds::daemon
