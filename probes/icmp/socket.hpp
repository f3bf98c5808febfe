// One ICMP socket for all targets of one IP version.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include <boost/asio/ip/icmp.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <sys/socket.h>

#include "core/result.hpp"
#include "ports/asio.hpp"
#include "probes/departure.hpp"
#include "probes/icmp/packet.hpp"
#include "probes/icmp/trouble.hpp"

namespace rounds::probes {

/// A moment of the clock that the kernel stamps packets with (CLOCK_REALTIME; may be set by
/// people).
using StampTime = std::chrono::sys_time<std::chrono::nanoseconds>;

/// Requests that leave in one system call, each taken to leave at its share of the time that the call takes. More of them
/// would cost hardly less each, and be wrong by more when the call is interrupted.
inline constexpr std::size_t send_batch = 8;
static_assert(send_batch <= most_leaving);

/// Non-blocking. Asks for ICMP errors (IP_RECVERR), because without that the kernel hides its own
/// full queues from raw sockets and the packets it dropped would pass for lost ones.
class IcmpSocket {
 public:
    static constexpr std::size_t receive_batch = 32;

    struct Outgoing {
        asio::ip::icmp::endpoint to;
        EchoBytes bytes{};
    };
    struct Received {
        asio::ip::address from;
        std::optional<StampTime> arrived;  ///< The kernel's receive time stamp.
        std::span<const std::byte> bytes;  ///< Valid until the next receive().
    };
    /// SOCK_DGRAM first, SOCK_RAW else. Errors: no_permission, and unavailable when this machine
    /// does not speak that version; both say how to mend it.
    static core::Result<IcmpSocket> open(asio::any_io_executor executor, IpVersion version);

    [[nodiscard]] bool raw() const { return raw_; }
    [[nodiscard]] IpVersion version() const { return version_; }
    [[nodiscard]] Framing framing() const;
    /// The identifier its requests carry; on a datagram socket the kernel's choice.
    [[nodiscard]] std::uint16_t identifier() const { return identifier_; }
    /// What the kernel granted, in bytes of its own bookkeeping.
    [[nodiscard]] int receive_buffer() const { return receive_buffer_; }
    /// Small packets that surely fit the receive buffer while nobody reads.
    [[nodiscard]] int receive_capacity() const;
    /// To wait on; reading and writing is done by send() and receive().
    [[nodiscard]] asio::posix::stream_descriptor& descriptor() { return descriptor_; }

    /// At most `send_batch` packets. For the error see hindrance_of().
    Departure send(std::span<const Outgoing> packets);
    /// The packets that wait, up to a batch: fewer when no more do.
    std::span<const Received> receive();

 private:
    struct Slots;
    struct SlotsDeleter {
        void operator()(Slots* slots) const;
    };

    IcmpSocket(asio::posix::stream_descriptor descriptor, IpVersion version, bool raw);
    void prepare();
    bool forget_errors();
    std::span<const Received> take(std::size_t count);

    asio::posix::stream_descriptor descriptor_;
    IpVersion version_;
    bool raw_;
    std::uint16_t identifier_ = 0;
    int receive_buffer_ = 0;
    std::unique_ptr<Slots, SlotsDeleter> slots_;
};

}  // namespace rounds::probes
