// One UDP socket for all agents of one IP version.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <boost/asio/ip/udp.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include "core/result.hpp"
#include "ports/asio.hpp"
#include "probes/departure.hpp"
#include "probes/snmp/ber.hpp"

namespace rounds::probes {

using Endpoint = asio::ip::udp::endpoint;

/// Non-blocking, on a port of the kernel's choice. Asks for ICMP errors (IP_RECVERR): without a connection the
/// kernel would keep "port unreachable" to itself.
class UdpSocket {
 public:
    static constexpr std::size_t send_batch = most_leaving;
    static constexpr std::size_t receive_batch = 16;

    struct Outgoing {
        Endpoint to;
        ByteView bytes;
    };
    struct Received {
        Endpoint from;
        ByteView bytes;  ///< Valid until the next receive().
    };

    /// Errors: no_permission, unavailable (this machine does not speak that version).
    static core::Result<UdpSocket> open(asio::any_io_executor executor, bool v6);

    /// To wait on; reading and writing is done by send() and receive().
    [[nodiscard]] asio::posix::stream_descriptor& descriptor() { return descriptor_; }

    /// At most `send_batch` datagrams.
    Departure send(std::span<const Outgoing> datagrams);
    /// The datagrams that wait, up to a batch: fewer when no more do.
    std::span<const Received> receive();
    /// Whom "port unreachable" was said of since the last call.
    std::vector<Endpoint> closed_ports();

 private:
    struct Slots;
    struct SlotsDeleter {
        void operator()(Slots* slots) const;
    };

    explicit UdpSocket(asio::posix::stream_descriptor descriptor);
    void read_errors();
    std::span<const Received> take(std::size_t count);

    asio::posix::stream_descriptor descriptor_;
    std::unique_ptr<Slots, SlotsDeleter> slots_;
    std::vector<Endpoint> closed_;
};

/// Why a datagram could not leave for an address, from errno: no_permission or unavailable, and how to mend it.
[[nodiscard]] core::Error datagram_not_sent(const asio::ip::address& address, int error);

}  // namespace rounds::probes
