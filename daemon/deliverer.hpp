// Carries what waits in the outbox to the hooks.
#pragma once

#include <functional>
#include <list>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/hook.hpp"
#include "core/incident.hpp"
#include "core/result.hpp"
#include "daemon/hooks/policy.hpp"
#include "daemon/system/event.hpp"
#include "daemon/system/log.hpp"
#include "daemon/system/task_group.hpp"
#include "ports/clock.hpp"
#include "ports/hook_port.hpp"

namespace rounds::daemon {

/// One event for one hook, as it waits.
struct Delivery {
    core::EventId event;
    core::IncidentId incident;
    std::string body;
    int attempts = 0;                     ///< Made so far; since the replay, after one.
    std::optional<core::WallTime> first;  ///< When the first of them was made; empty: none yet.
};

/// What one hook is to be told now.
struct DueDeliveries {
    std::vector<Delivery> deliveries;
    std::optional<core::WallTime>
        next;  ///< When the next of those left out is due; empty: none waits.
};

/// The outbox, as deliverers see it: committed deliveries only. Loop thread.
class Outbox {
 public:
    virtual ~Outbox() = default;

    /// Of each incident the oldest delivery that is neither delivered nor parked (later ones wait behind
    /// it); of these the ones due at `now`, and those put off for more than two hours, for then the clock
    /// was set back. The longest due first, at most `limit`.
    virtual asio::awaitable<core::Result<DueDeliveries>> due(std::string hook, core::WallTime now,
                                                             std::size_t limit) = 0;

    /// Keeps what became of an attempt. True when it is committed; else it is asked for again.
    virtual asio::awaitable<bool> settle(std::string hook, core::EventId event,
                                         hooks::Attempt attempt, hooks::Next next) = 0;

    /// All that the hook is to be told and that was put off is due now: the hook is back. False when it
    /// could not be committed; then each comes at its own time.
    virtual asio::awaitable<bool> hasten(std::string hook, core::WallTime now) = 0;
};

/// Loop thread. At least once, in order per incident; a hook's trouble is its own. Made anew when the
/// configuration changes: what is under way then is told again.
class Deliverer {
 public:
    /// Requests that one hook gets at the same time; one, while it is in trouble.
    static constexpr std::size_t most_at_once = 4;
    /// So many failures in a row, of whatever incidents, are a hook in trouble. The first delivery that
    /// comes through ends it, and makes everything that waits due.
    static constexpr int trouble_after = 3;

    /// `random` gives numbers in [0, 1). The references outlive the Deliverer, the Deliverer run().
    Deliverer(std::vector<core::Hook> hooks, Outbox& outbox, ports::HookPort& port,
              ports::Clock& clock, asio::any_io_executor loop, std::function<double()> random,
              Log log);

    /// Delivers until cancelled.
    asio::awaitable<void> run();

    /// There is something new in the outbox, or something was replayed.
    void wake();

    /// From here on nothing is begun. Cancel run() after it.
    void stop() { stopping_ = true; }

 private:
    struct Channel {
        Channel(core::Hook the_hook, asio::any_io_executor loop)
            : hook(std::move(the_hook)), changed(std::move(loop)) {}
        core::Hook hook;
        Event changed;
        bool news = true;  ///< Something changed since the outbox was last asked.
        std::set<core::EventId> under_way;
        std::optional<core::SteadyTime> alarm;
        int failures = 0;  ///< In a row.
        bool outbox_failed = false;

        [[nodiscard]] std::size_t most() const {
            return failures >= trouble_after ? 1 : most_at_once;
        }
    };

    asio::awaitable<void> serve(Channel& channel);
    asio::awaitable<void> begin_due(Channel& channel);
    asio::awaitable<void> tell(Channel& channel, Delivery delivery);
    asio::awaitable<hooks::Next> make_attempt(Channel& channel, const Delivery& delivery,
                                              hooks::Attempt& attempt);
    asio::awaitable<void> ring(Channel& channel, core::SteadyTime when);
    void set_alarm(Channel& channel, core::Duration pause);
    bool learn(Channel& channel, const Delivery& delivery, const hooks::Next& next);
    static void notify(Channel& channel);

    Outbox& outbox_;
    ports::HookPort& port_;
    ports::Clock& clock_;
    std::function<double()> random_;
    Log log_;
    std::list<Channel> channels_;
    TaskGroup tasks_;
    bool stopping_ = false;
};

}  // namespace rounds::daemon
