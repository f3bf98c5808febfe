// The edge of ping.
#pragma once

#include "core/echo.hpp"
#include "core/result.hpp"
#include "ports/asio.hpp"

namespace rounds::ports {

/// ICMP and ICMPv6 echo. Used on the loop thread only; outlives every coroutine that uses it.
class EchoPort {
 public:
    virtual ~EchoPort() = default;

    /// Sends one burst and collects its replies; returns when all are in or the last has timed out.
    /// Silence is EchoStats with received == 0. Errors: no_permission (no ICMP socket of that family may be
    /// opened, or this machine's own firewall refuses), unavailable (this machine has no route to the address), busy
    /// (its own queues or neighbour table stayed full). Only packets that left count as sent.
    /// Cancellation as Clock::sleep_until.
    virtual asio::awaitable<core::Result<core::EchoStats>> ask(asio::ip::address address,
                                                               core::EchoPlan plan) = 0;
};

}  // namespace rounds::ports
