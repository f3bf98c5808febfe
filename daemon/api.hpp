// What the daemon answers on its socket: docs/api.md.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "config/setup.hpp"
#include "core/incident_rules.hpp"
#include "core/result.hpp"
#include "daemon/hook_tester.hpp"
#include "daemon/incident_keeper.hpp"
#include "daemon/inquiries.hpp"
#include "daemon/recorder.hpp"
#include "daemon/self_watch.hpp"
#include "daemon/system/event.hpp"
#include "daemon/system/log.hpp"
#include "daemon/web/server.hpp"
#include "ports/clock.hpp"

namespace rounds::daemon {

/// The doors through which the API reaches the daemon.
struct ApiDoors {
    std::function<std::shared_ptr<const config::Setup>()> setup;
    std::function<IncidentKeeper&()> incidents;
    /// Commits, and tells the hooks.
    std::function<asio::awaitable<core::Result<void>>(store::Changes)> record;
    /// Ends when the configuration was read anew. Error invalid_input: it was refused.
    std::function<asio::awaitable<core::Result<void>>()> reload;
    /// Something is due in the outbox.
    std::function<void()> wake_hooks;
    /// Tells a hook of the present setup a test message: see HookTester.
    std::function<asio::awaitable<core::Result<HookTest>>(std::string)> test_hook;
    std::function<SelfStatus()> self;
};

/// Loop thread. Whoever waits for an answer is not cancelled.
class Api {
 public:
    /// The references outlive every answer.
    Api(ApiDoors doors, Recorder& recorder, ports::Clock& clock, asio::any_io_executor loop,
        Log log);

    asio::awaitable<web::Response> answer(web::Request request);

 private:
    asio::awaitable<web::Response> get(Target target);
    asio::awaitable<web::Response> get_self();
    asio::awaitable<web::Response> post(Target target, std::string body);
    asio::awaitable<web::Response> report(std::string body);
    asio::awaitable<web::Response> act(core::IncidentId id, core::IncidentAction action);
    asio::awaitable<web::Response> recorded(store::Changes changes);
    asio::awaitable<web::Response> act_alone(core::IncidentId id, core::IncidentAction action);
    asio::awaitable<core::Result<core::IncidentMemory>> find(core::IncidentId id);
    asio::awaitable<web::Response> reload();
    asio::awaitable<web::Response> replay(std::string body);
    asio::awaitable<web::Response> test_hook(Target target, std::string body);

    ApiDoors doors_;
    Recorder& recorder_;
    ports::Clock& clock_;
    Log log_;
    Event acted_;  ///< An action is done: the next may begin.
    bool acting_ = false;
};

}  // namespace rounds::daemon
