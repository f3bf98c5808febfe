// The engine under test on a loop of its own.
#pragma once

#include <exception>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include "probes/icmp/engine.hpp"

namespace rounds::probes {

using EchoResult = core::Result<core::EchoStats>;

/// Asks, and what became of them.
class Pinger {
 public:
    struct Asked {
        std::optional<EchoResult> result;
        std::exception_ptr thrown;
        asio::cancellation_signal cancel;
        [[nodiscard]] bool ended() const { return result || thrown; }
        [[nodiscard]] core::EchoStats stats() const { return result.value().value(); }
    };
    using AskedPtr = std::shared_ptr<Asked>;

    /// A plan that loses no time: `packets` 1 ms apart.
    static core::EchoPlan quick(int packets, core::Duration timeout = core::Duration{5'000}) {
        return {.packets = packets, .spacing = core::Duration{1}, .timeout = timeout};
    }

    AskedPtr start(const std::string& address, core::EchoPlan plan) {
        loop.restart();
        const auto asked = std::make_shared<Asked>();
        asio::co_spawn(
            loop, engine->ask(asio::ip::make_address(address), plan),
            asio::bind_cancellation_slot(asked->cancel.slot(),
                                         [asked](std::exception_ptr thrown, EchoResult result) {
                                             asked->thrown = thrown;
                                             if (!thrown) asked->result = std::move(result);
                                         }));
        return asked;
    }
    /// Runs the loop until the ask has ended.
    void wait_for(const AskedPtr& asked) {
        while (!asked->ended()) {
            if (loop.run_one() == 0) throw std::logic_error{"the loop has ended before the ask"};
        }
    }
    EchoResult ask(const std::string& address, core::EchoPlan plan) {
        const auto asked = start(address, plan);
        wait_for(asked);
        if (asked->thrown) std::rethrow_exception(asked->thrown);
        return *asked->result;
    }

    asio::io_context loop;
    std::unique_ptr<IcmpEngine> engine = std::make_unique<IcmpEngine>(loop.get_executor());
};

}  // namespace rounds::probes
