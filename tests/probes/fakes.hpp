// The ports as a probe's test wants them.
#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "core/result.hpp"
#include "ports/clock.hpp"
#include "ports/echo_port.hpp"
#include "ports/resolver_port.hpp"

namespace rounds::probes {

using Address = asio::ip::address;

/// Stands still until it is moved.
class StillClock final : public ports::Clock {
 public:
    core::WallTime wall() const override { return core::from_ms(1'795'000'000'000) + passed; }
    core::SteadyTime now() const override { return core::SteadyTime{passed}; }
    asio::awaitable<void> sleep_until(core::SteadyTime) override {
        throw std::logic_error{"nobody sleeps here"};
    }

    core::Duration passed{0};
};

/// Answers by address; who is not in the script keeps silent. Each ask takes some turns of the loop.
class ScriptedEcho final : public ports::EchoPort {
 public:
    asio::awaitable<core::Result<core::EchoStats>> ask(Address address,
                                                       core::EchoPlan plan) override {
        ++under_way;
        most_at_once = std::max(most_at_once, under_way);
        plans.push_back(plan);
        for (int turn = 0; turn < 5; ++turn) co_await asio::post(asio::use_awaitable);
        if (stuck) co_await wait_for_cancellation();
        --under_way;
        const auto found = script.find(address.to_string());
        if (found != script.end()) co_return found->second;
        core::EchoStats silence;
        silence.sent = plan.packets;
        co_return silence;
    }

    std::map<std::string, core::Result<core::EchoStats>> script;
    std::vector<core::EchoPlan> plans;
    bool stuck = false;
    int under_way = 0, most_at_once = 0, cancelled = 0;

 private:
    asio::awaitable<void> wait_for_cancellation() {
        asio::steady_timer never{co_await asio::this_coro::executor, core::SteadyTime::max()};
        try {
            co_await never.async_wait(asio::use_awaitable);
        } catch (...) {
            ++cancelled;
            throw;
        }
    }
};

/// Knows the names of its book, and addresses; asking afresh takes `afresh_takes` of the clock's time.
class BookResolver final : public ports::ResolverPort {
 public:
    explicit BookResolver(StillClock& clock) : clock_(clock) {}

    asio::awaitable<core::Result<Address>> resolve(std::string name) override {
        boost::system::error_code error;
        const auto literal = asio::ip::make_address(name, error);
        if (!error) co_return literal;
        const auto found = book.find(name);
        if (found != book.end()) co_return found->second;
        co_return core::Error{core::Error::Kind::not_found, "no such name"};
    }
    asio::awaitable<core::Result<Address>> resolve_afresh(std::string name) override {
        clock_.passed += afresh_takes;
        return resolve(std::move(name));
    }

    std::map<std::string, core::Result<Address>> book;
    core::Duration afresh_takes{12};

 private:
    StillClock& clock_;
};

}  // namespace rounds::probes
