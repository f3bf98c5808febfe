// Somebody on the network who answers pings as a test wants, truly or not.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include <boost/asio/ip/icmp.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include "core/time.hpp"
#include "ports/asio.hpp"
#include "probes/icmp/packet.hpp"

namespace rounds::probes {

/// Needs a namespace (raw sockets) whose kernel keeps silent. On the loop of the engine under test.
class Neighbour {
 public:
    using Bytes = std::vector<std::byte>;
    struct Request {
        asio::ip::address asker, asked;
        Bytes icmp;   ///< From its ICMP header on.
        int nth = 0;  ///< Of all that were heard, from 0.
    };
    struct Answer {
        asio::ip::address from;
        Bytes icmp;  ///< Sent as it is; see reply() and with_checksum().
        core::Duration after{0};
    };
    using Answers = std::function<std::vector<Answer>(const Request&)>;

    Neighbour(asio::any_io_executor loop, IpVersion version, Answers answers);
    ~Neighbour();

    /// Answers that left.
    [[nodiscard]] int answered() const;

 private:
    struct Inside;
    std::shared_ptr<Inside> inside_;
};

/// What an honest host answers.
[[nodiscard]] Neighbour::Bytes reply(const Neighbour::Request& request);
/// With the right checksum for an ICMPv4 message, after changes.
[[nodiscard]] Neighbour::Bytes with_checksum(Neighbour::Bytes icmp);

/// Sends an ICMP message under any address, as the Neighbour does. ICMPv6 gets its right checksum.
void send_from(const asio::ip::address& from, const asio::ip::address& to,
               const Neighbour::Bytes& icmp);
/// An IP packet around an ICMP message.
[[nodiscard]] Neighbour::Bytes ip_packet(const asio::ip::address& from, const asio::ip::address& to,
                                         const Neighbour::Bytes& icmp);

}  // namespace rounds::probes
