// The UDP sockets at which all agents of the office are asked.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <netinet/in.h>

#include "core/result.hpp"
#include "ports/asio.hpp"
#include "tests/simulator/descriptor.hpp"
#include "tests/simulator/echo_socket.hpp"
#include "tests/simulator/inbox.hpp"

namespace rounds::simulator {

/// A datagram as it arrived; the bytes live until the next receive().
struct AgentRequest {
    asio::ip::address asked;
    sockaddr_in6 from{};  ///< For v4 a sockaddr_in.
    std::span<const std::uint8_t> message;
};

/// One UDP socket on every address of a family.
class AgentSocket {
 public:
    /// Error no_permission (a port below 1024), or unavailable with the system's reason.
    [[nodiscard]] static core::Result<AgentSocket> open(Family family, std::uint16_t port);

    [[nodiscard]] int descriptor() const { return descriptor_.number(); }

    /// A batch of what has arrived, at most 64; empty when nothing has.
    std::span<const AgentRequest> receive();

    /// Sends it from the address it names. False when the kernel did not take it.
    bool send(const EchoAnswer& answer);

 private:
    static constexpr std::size_t largest = 4096;  // of a question

    AgentSocket(Family family, Descriptor descriptor);

    Family family_;
    Descriptor descriptor_;
    Inbox inbox_;
    std::vector<AgentRequest> received_;
};

}  // namespace rounds::simulator
