#include "daemon/hook_tester.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/at_end.hpp"
#include "core/text.hpp"
#include "daemon/hooks/payload.hpp"
#include "daemon/hooks/policy.hpp"
#include "daemon/hooks/webhook.hpp"

namespace rounds::daemon {

using core::Error;

HookTester::HookTester(ports::HookPort& port, ports::Clock& clock, asio::any_io_executor loop,
                       Log log)
    : port_(port), clock_(clock), log_(std::move(log)), tasks_(loop), told_(loop) {}

/// The request is made on a task of its own: whoever waits for it, on a connection, cannot be cancelled.
asio::awaitable<core::Result<HookTest>> HookTester::test(std::shared_ptr<const config::Setup> setup,
                                                         std::string name) {
    const auto hook = std::ranges::find(setup->hooks, name, &core::Hook::name);
    if (hook == setup->hooks.end()) {
        co_return Error{Error::Kind::not_found,
                        fmt::format("there is no hook \"{}\"", core::printable(name, 60))};
    }
    if (testing_) {
        co_return Error{Error::Kind::busy, "a hook is being tested: try again in a minute"};
    }
    testing_ = true;
    const core::AtEnd done([this] { testing_ = false; });
    result_.reset();
    if (!stopped_) tasks_.spawn(tell(setup, *hook));
    while (!result_ && !stopped_) co_await told_.wait();
    if (!result_) co_return Error{Error::Kind::unavailable, "the daemon is ending"};
    co_return *result_;
}

asio::awaitable<void> HookTester::tell(std::shared_ptr<const config::Setup> setup,
                                       core::Hook hook) {
    const auto began = clock_.now();
    const core::EventId id{uuids_.next(clock_.wall())};
    HookTest made;
    auto body = hooks::test_body(id, clock_.wall(), setup->site, setup->locale());
    auto request = hooks::webhook_request(hook, id, std::move(body), clock_.wall());
    if (request) {
        const auto reply = co_await port_.post(*std::move(request));
        made.status = reply.status;
        made.why_not = hooks::why_not(reply);
    } else {
        made.why_not = core::Message{.id = core::MessageId::hook_bad_secret};
    }
    made.took = std::chrono::duration_cast<core::Microseconds>(clock_.now() - began);
    log_->info("hook tested: hook={} url={} event={} status={} reason={}", hook.name,
               core::origin(hook.url), id.value, made.status,
               made.why_not ? core::render(*made.why_not, {}) : "none");
    result_ = std::move(made);
    told_.notify();
}

void HookTester::stop() {
    stopped_ = true;
    tasks_.cancel();
    told_.notify();
}

asio::awaitable<void> HookTester::join() {
    co_await tasks_.join();
}

}  // namespace rounds::daemon
