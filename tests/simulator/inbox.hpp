// What a socket has received, a batch at a time.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include <netinet/in.h>
#include <sys/socket.h>

#include "tests/simulator/packet_info.hpp"

namespace rounds::simulator {

class Inbox {
 public:
    static constexpr std::size_t batch = 64;

    /// The bytes live until the next receive().
    struct Packet {
        std::span<const std::uint8_t> bytes;
        sockaddr_in6 from{};  ///< For v4 a sockaddr_in.
        msghdr* header;       ///< With what the kernel said beside it: see asked_address().
    };

    /// `largest`: so many bytes of a packet are taken, the rest is cut off.
    explicit Inbox(std::size_t largest) : largest_(largest), buffer_(batch * largest) {}

    /// What has arrived, at most `batch`; empty when nothing has. Does not wait.
    std::span<const Packet> receive(int descriptor);

 private:
    std::size_t largest_;
    std::vector<std::uint8_t> buffer_;
    std::array<mmsghdr, batch> headers_{};
    std::array<iovec, batch> parts_{};
    std::array<sockaddr_in6, batch> peers_{};
    std::array<PacketControl, batch> controls_{};
    std::vector<Packet> packets_;
};

}  // namespace rounds::simulator
