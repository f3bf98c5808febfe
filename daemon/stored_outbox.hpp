// The outbox in state.db, as the Deliverer sees it.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "config/setup.hpp"
#include "daemon/deliverer.hpp"
#include "daemon/recorder.hpp"
#include "ports/clock.hpp"

namespace rounds::daemon {

/// Loop thread; the store is asked on its own.
class StoredOutbox final : public Outbox {
 public:
    /// What is told is written in the words of this setup.
    StoredOutbox(std::shared_ptr<const config::Setup> setup, Recorder& recorder);

    /// What waits for hooks that the setup does not have is parked: nobody would carry it, and what waits keeps
    /// its incident from being forgotten. Tried until it is done, with all that was handed in before this setup
    /// counted: on a full disk that is committed, and then waits, only when there is room again.
    asio::awaitable<void> park_left_over(ports::Clock& clock, Log log);

    asio::awaitable<core::Result<DueDeliveries>> due(std::string hook, core::WallTime now,
                                                     std::size_t limit) override;
    asio::awaitable<bool> settle(std::string hook, core::EventId event, hooks::Attempt attempt,
                                 hooks::Next next) override;
    asio::awaitable<bool> hasten(std::string hook, core::WallTime now) override;

 private:
    asio::awaitable<core::Result<void>> park_those_recorded(core::WallTime now, Log log);

    std::shared_ptr<const config::Setup> setup_;
    Recorder& recorder_;
    /// By hook and event: the numbers of deliveries handed out and not settled.
    std::map<std::pair<std::string, core::EventId>, std::int64_t> numbers_;
};

}  // namespace rounds::daemon
