// ICMP and ICMPv6 echo on the wire (RFC 792, RFC 4443): building requests, reading whatever comes
// back. Pure; every byte that is read may have been written by an attacker.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace rounds::probes {

enum class IpVersion { v4, v6 };

/// What makes a request ours. It travels in the payload and comes back in the reply, so a reply is
/// known by 64 bits of number and not by ICMP's 16-bit sequence: any count of requests may be on
/// their way.
struct EchoTag {
    std::uint64_t cookie = 0;  ///< Random, one per engine.
    std::uint64_t number = 0;  ///< The request's number within the engine.
    friend bool operator==(const EchoTag&, const EchoTag&) = default;
};

/// One request. On a datagram socket the kernel sets an identifier of its own.
struct EchoRequest {
    IpVersion version = IpVersion::v4;
    std::uint16_t identifier = 0;
    std::uint16_t sequence = 0;  ///< For people who read captures; nothing is matched by it.
    EchoTag tag;
    friend bool operator==(const EchoRequest&, const EchoRequest&) = default;
};

/// Header and 56 bytes of payload, as ping sends.
inline constexpr std::size_t echo_size = 64;
using EchoBytes = std::array<std::byte, echo_size>;

/// The request with its checksum (RFC 1071). ICMPv6's checksum stays zero: it covers the addresses,
/// and the kernel fills it in on every ICMPv6 socket.
[[nodiscard]] EchoBytes build(const EchoRequest& request);

/// What stands before the ICMP header in what a socket hands over.
enum class Framing { bare, ipv4_header };  ///< IPv4 raw sockets deliver the IP header too.

/// What was received.
struct Reading {
    enum class Kind {
        ours,      ///< An echo reply to a request with our cookie.
        others,    ///< Well formed, but nothing of ours: another program's ping, another ICMP type.
        nonsense,  ///< Cut short, wrong checksum, or our identifier with a payload that we never
                   ///< sent.
    };
    Kind kind = Kind::nonsense;
    std::uint64_t number = 0;  ///< Of the request; only when ours.
    friend bool operator==(const Reading&, const Reading&) = default;
};

/// Reads one received packet. `cookie` and `identifier` are the engine's own.
[[nodiscard]] Reading read_reply(std::span<const std::byte> bytes, IpVersion version,
                                 Framing framing, std::uint64_t cookie, std::uint16_t identifier);

/// The Internet checksum (RFC 1071) in host order: 0 over data that contains its own right
/// checksum.
[[nodiscard]] std::uint16_t internet_checksum(std::span<const std::byte> bytes);

}  // namespace rounds::probes
