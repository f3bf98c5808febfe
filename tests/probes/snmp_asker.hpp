// The SNMP engine under test on a loop of its own.
#pragma once

#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include "probes/snmp/engine.hpp"

namespace rounds::probes {

/// The clock of the machine.
class RealClock final : public ports::Clock {
 public:
    core::WallTime wall() const override {
        return std::chrono::floor<core::Duration>(std::chrono::system_clock::now());
    }
    core::SteadyTime now() const override { return std::chrono::steady_clock::now(); }
    asio::awaitable<void> sleep_until(core::SteadyTime when) override {
        asio::steady_timer timer{co_await asio::this_coro::executor, when};
        co_await timer.async_wait(asio::use_awaitable);
    }
};

class SnmpAsker {
 public:
    template <class T>
    struct Asked {
        std::optional<core::Result<T>> result;
        std::exception_ptr thrown;
        asio::cancellation_signal cancel;
        [[nodiscard]] bool ended() const { return result || thrown; }
    };

    static ports::SnmpAgent agent(std::uint16_t port, core::SnmpVersion version,
                                  const char* address = "127.0.0.1") {
        core::SnmpCredentials credentials;
        credentials.version = version;
        credentials.port = port;
        credentials.community = "public";
        return agent(credentials, address);
    }
    static ports::SnmpAgent agent(core::SnmpCredentials credentials,
                                  const char* address = "127.0.0.1") {
        return {.address = asio::ip::make_address(address),
                .credentials = std::make_shared<const core::SnmpCredentials>(credentials),
                .plan = {.timeout = core::Duration{2'000}}};
    }
    /// Far away: a test that waits for it has failed.
    [[nodiscard]] core::SteadyTime later() const { return clock.now() + std::chrono::seconds{60}; }

    auto start_get(ports::SnmpAgent agent, std::vector<core::Oid> names,
                   std::optional<core::SteadyTime> deadline = {}) {
        return start<ports::SnmpAnswer>(
            engine->get(std::move(agent), std::move(names), deadline.value_or(later())));
    }
    auto start_walk(ports::SnmpAgent agent, std::vector<core::Oid> columns,
                    ports::SnmpBounds bounds = {}) {
        return start<ports::SnmpTable>(engine->walk(std::move(agent), std::move(columns), bounds));
    }
    template <class T>
    core::Result<T> wait_for(const std::shared_ptr<Asked<T>>& asked) {
        while (!asked->ended()) {
            if (loop.run_one() == 0) throw std::logic_error{"the loop has ended before the ask"};
        }
        if (asked->thrown) std::rethrow_exception(asked->thrown);
        return *asked->result;
    }
    ports::SnmpAnswer get(ports::SnmpAgent agent, std::vector<core::Oid> names,
                          std::optional<core::SteadyTime> deadline = {}) {
        return wait_for(start_get(std::move(agent), std::move(names), deadline)).value();
    }
    ports::SnmpTable walk(ports::SnmpAgent agent, std::vector<core::Oid> columns,
                          ports::SnmpBounds bounds = {}) {
        return wait_for(start_walk(std::move(agent), std::move(columns), bounds)).value();
    }
    /// The values, or a failed test.
    std::vector<core::SnmpVariable> values(ports::SnmpAgent agent, std::vector<core::Oid> names) {
        return std::get<0>(get(std::move(agent), std::move(names)));
    }
    core::SnmpTrouble trouble(ports::SnmpAgent agent, std::vector<core::Oid> names) {
        return std::get<core::SnmpTrouble>(get(std::move(agent), std::move(names)));
    }

    asio::io_context loop;
    RealClock clock;
    std::unique_ptr<SnmpEngine> engine = std::make_unique<SnmpEngine>(loop.get_executor(), clock);

 private:
    template <class T>
    std::shared_ptr<Asked<T>> start(asio::awaitable<core::Result<T>> ask) {
        loop.restart();
        const auto asked = std::make_shared<Asked<T>>();
        asio::co_spawn(
            loop, std::move(ask),
            asio::bind_cancellation_slot(
                asked->cancel.slot(), [asked](std::exception_ptr thrown, core::Result<T> result) {
                    asked->thrown = thrown;
                    if (!thrown) asked->result = std::move(result);
                }));
        return asked;
    }
};

}  // namespace rounds::probes
