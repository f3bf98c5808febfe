// What the system's refusals mean, and how to mend them. Pure.
#pragma once

#include "core/result.hpp"
#include "ports/asio.hpp"
#include "probes/icmp/packet.hpp"

namespace rounds::probes {

/// Why neither kind of socket could be had, from the two errno: no_permission where permission is what
/// lacks, else unavailable.
[[nodiscard]] core::Error no_socket(IpVersion version, int datagram_error, int raw_error);

/// What a failed sending asks for.
enum class Hindrance {
    socket_full,   ///< Our own share of the queues: wait until the socket is writable.
    machine_full,  ///< The interface's queue or the neighbour table: try again later.
    lasting,       ///< Trying again changes nothing.
};
[[nodiscard]] Hindrance hindrance_of(int error);

/// Why a request could not leave for an address, from the errno of sending; the kinds are EchoPort's.
[[nodiscard]] core::Error not_sent(const asio::ip::address& address, int error);

}  // namespace rounds::probes
