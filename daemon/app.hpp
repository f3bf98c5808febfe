// The daemon, put together.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "config/load.hpp"
#include "daemon/api.hpp"
#include "daemon/deliverer.hpp"
#include "daemon/hook_tester.hpp"
#include "daemon/incident_keeper.hpp"
#include "daemon/poller.hpp"
#include "daemon/recorder.hpp"
#include "daemon/round_keeper.hpp"
#include "daemon/sample_keeper.hpp"
#include "daemon/self_watch.hpp"
#include "daemon/snmp_poller.hpp"
#include "daemon/system/event.hpp"
#include "daemon/system/log.hpp"

namespace rounds::daemon {

/// The edges of the world, handed in: real ones in production, scripted ones in tests.
struct World {
    ports::Clock& clock;
    ports::EchoPort& echo;
    ports::ResolverPort& resolver;
    ports::SnmpPort& snmp;
    ports::HookPort& hooks;
    Sight::Gateways gateways;
};

/// Where work is done. In tests all three may be the loop.
struct Threads {
    asio::any_io_executor loop;
    asio::any_io_executor store;
    asio::any_io_executor render;
};

struct AppOptions {
    bool round_now = false;                          ///< Make a round at once.
    bool once = false;                               ///< … and end after it.
    Progress progress;                               ///< Of that round.
    std::function<void(const MadeRound&)> on_round;  ///< When that round is made.
    std::function<config::Loaded()> reload;          ///< Reads the configuration anew (SIGHUP).
    std::filesystem::path socket;                    ///< Where the API listens; empty: nowhere.
};

/// Loop thread.
class App {
 public:
    /// `setup` with its profiles. `samples` empty: the daemon runs without.
    App(std::shared_ptr<const config::Setup> setup, store::StateStore store,
        std::optional<store::SampleStore> samples, World world, Threads threads, Log log,
        AppOptions options);

    /// Lives until end() is called (or, with `once`, until the round is made). An error: it could not begin, or
    /// the one round failed.
    asio::awaitable<core::Result<void>> live();

    void reload();  ///< All or nothing: on any mistake the old configuration stays.
    void end();

    /// What the API answers; while the App lives.
    asio::awaitable<web::Response> answer(web::Request request);

 private:
    asio::awaitable<core::Result<void>> begin();
    asio::awaitable<void> end_run();
    [[nodiscard]] ApiDoors doors();
    [[nodiscard]] SelfStatus self_status() const;
    [[nodiscard]] std::unique_ptr<web::Server> listen();
    asio::awaitable<core::Result<void>> reload_and_tell();
    asio::awaitable<void> live_with_setup();
    asio::awaitable<void> let_go(const Poller& poller, const SnmpPoller& snmp);
    asio::awaitable<void> round_now(RoundKeeper& keeper);
    asio::awaitable<void> give_signs_of_life();
    asio::awaitable<void> keep_incidents();
    asio::awaitable<core::Result<void>> record(store::Changes changes);
    asio::awaitable<void> pet_watchdog(const Poller& poller);
    asio::awaitable<void> read_configuration();
    void take(const config::Loaded& loaded);

    std::shared_ptr<const config::Setup> setup_;
    World world_;
    Threads threads_;
    Log log_;
    AppOptions options_;
    Recorder recorder_;
    SampleKeeper samples_;
    SelfWatch self_;
    Deliverer* deliverer_ = nullptr;           ///< The present one, while there is one.
    std::optional<IncidentKeeper> incidents_;  ///< From begin() on.
    HookTester tester_;
    Event asked_;     ///< To reload or to end.
    Event reloaded_;  ///< The configuration was read anew, or will not be.
    Api api_;
    Beliefs beliefs_;
    ItemMemory items_;
    core::WallTime first_started_{};  ///< Ever, with this state.
    core::WallTime started_{};        ///< This run.
    TrustedTime trust_{};
    core::SteadyTime last_sign_{};
    core::Result<void> outcome_{};
    std::string reload_refused_;         ///< Behind the status, as long as the last reload was.
    std::optional<bool> blind_ = false;  ///< Was the last Poller, when it ended? See there.
    core::Result<void> last_reload_{};   ///< What became of it; invalid_input: refused.
    int reloads_ = 0;                    ///< So many times the configuration was read anew.
    bool reading_ = false;               ///< It is being read.
    bool reload_asked_ = false;
    bool ending_ = false;
};

}  // namespace rounds::daemon
