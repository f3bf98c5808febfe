// The raw sockets through which the office hears and answers.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include <netinet/in.h>

#include "core/result.hpp"
#include "ports/asio.hpp"
#include "tests/simulator/descriptor.hpp"
#include "tests/simulator/inbox.hpp"

namespace rounds::simulator {

enum class Family { v4, v6 };

/// An ICMP message as it arrived; the bytes live until the next receive().
struct EchoRequest {
    asio::ip::address asked;  ///< The office's address that it was sent to.
    sockaddr_in6 from{};      ///< Who asks (for v4 the address alone, in a sockaddr_in).
    std::span<const std::uint8_t> message;
};

/// An answer ready to leave.
struct EchoAnswer {
    Family family = Family::v4;
    asio::ip::address from;
    sockaddr_in6 to{};
    std::vector<std::uint8_t> message;
};

/// One raw ICMP socket; hears echo requests to every address of the namespace.
class EchoSocket {
 public:
    /// Error no_permission, saying what would allow it, or unavailable with the system's reason.
    [[nodiscard]] static core::Result<EchoSocket> open(Family family);

    [[nodiscard]] int descriptor() const { return descriptor_.number(); }

    /// A batch of what has arrived, at most 64; empty when nothing has.
    std::span<const EchoRequest> receive();

    /// Sends all, from the addresses they name. Returns how many the kernel took.
    std::size_t send(std::span<const EchoAnswer> answers);

 private:
    static constexpr std::size_t batch = 64;
    static constexpr std::size_t largest = 65'535;  // loopback carries it in one packet

    EchoSocket(Family family, Descriptor descriptor);
    std::size_t send_batch(std::span<const EchoAnswer> answers);

    Family family_;
    Descriptor descriptor_;
    Inbox inbox_;
    std::vector<EchoRequest> received_;
};

}  // namespace rounds::simulator
