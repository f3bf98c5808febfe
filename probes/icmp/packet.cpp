#include "probes/icmp/packet.hpp"

#include <algorithm>
#include <optional>

namespace rounds::probes {

namespace {

// Offsets within the ICMP message.
constexpr std::size_t type_at = 0, code_at = 1, checksum_at = 2, identifier_at = 4, sequence_at = 6;
constexpr std::size_t cookie_at = 8, number_at = 16, seal_at = 24, tag_end = 32;
constexpr std::size_t header_size = 8;

constexpr int request_type(IpVersion version) {
    return version == IpVersion::v4 ? 8 : 128;
}
constexpr int reply_type(IpVersion version) {
    return version == IpVersion::v4 ? 0 : 129;
}

template <class Number>
void put(std::span<std::byte> bytes, std::size_t at, Number value) {
    for (std::size_t i = 0; i < sizeof(Number); ++i) {
        const auto shift = 8 * (sizeof(Number) - 1 - i);
        bytes[at + i] = static_cast<std::byte>(value >> shift);
    }
}

template <class Number>
Number get(std::span<const std::byte> bytes, std::size_t at) {
    std::uint64_t value = 0;
    for (const std::byte byte : bytes.subspan(at, sizeof(Number))) {
        value = value << 8 | std::to_integer<std::uint64_t>(byte);
    }
    return static_cast<Number>(value);
}

/// splitmix64's finaliser: every bit of the input moves about half of the output's.
constexpr std::uint64_t mixed(std::uint64_t value) {
    value += 0x9e3779b97f4a7c15;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
    value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
    return value ^ (value >> 31);
}

/// Sixteen bits of checksum do not notice two swapped words; without the seal a damaged number
/// could pass for another request's.
constexpr std::uint64_t seal_of(EchoTag tag) {
    return mixed(tag.cookie ^ mixed(tag.number));
}

/// The ICMP message within a raw IPv4 packet; empty when the IP header is not one.
std::optional<std::span<const std::byte>> behind_ipv4_header(std::span<const std::byte> bytes) {
    constexpr std::size_t shortest = 20, protocol_at = 9;
    constexpr int icmp = 1;
    if (bytes.size() < shortest) return std::nullopt;
    const auto first = std::to_integer<unsigned>(bytes[0]);
    const std::size_t length = std::size_t{first & 0x0fU} * 4;
    if (first >> 4 != 4 || length < shortest || length > bytes.size()) return std::nullopt;
    if (std::to_integer<int>(bytes[protocol_at]) != icmp) return std::nullopt;
    return bytes.subspan(length);
}

}  // namespace

std::uint16_t internet_checksum(std::span<const std::byte> bytes) {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        sum += get<std::uint16_t>(bytes, i);
        sum = (sum & 0xffff) + (sum >> 16);
    }
    if (bytes.size() % 2 != 0) sum += std::to_integer<std::uint32_t>(bytes.back()) << 8;
    sum = (sum & 0xffff) + (sum >> 16);
    return static_cast<std::uint16_t>(~sum);
}

EchoBytes build(const EchoRequest& request) {
    EchoBytes bytes{};
    const std::span<std::byte> message = bytes;
    bytes[type_at] = static_cast<std::byte>(request_type(request.version));
    put(message, identifier_at, request.identifier);
    put(message, sequence_at, request.sequence);
    put(message, cookie_at, request.tag.cookie);
    put(message, number_at, request.tag.number);
    put(message, seal_at, seal_of(request.tag));
    for (std::size_t i = tag_end; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(i);
    if (request.version == IpVersion::v4) put(message, checksum_at, internet_checksum(bytes));
    return bytes;
}

Reading read_reply(std::span<const std::byte> bytes, IpVersion version, Framing framing,
                   std::uint64_t cookie, std::uint16_t identifier) {
    constexpr Reading nonsense{Reading::Kind::nonsense, 0}, others{Reading::Kind::others, 0};
    const auto message = framing == Framing::ipv4_header ? behind_ipv4_header(bytes) : bytes;
    if (!message || message->size() < header_size) return nonsense;
    // The kernel has checked ICMPv6; on an IPv4 raw socket nobody has.
    if (version == IpVersion::v4 && internet_checksum(*message) != 0) return nonsense;
    if (std::to_integer<int>((*message)[type_at]) != reply_type(version)) return others;
    if ((*message)[code_at] != std::byte{0}) return nonsense;

    const bool our_identifier = get<std::uint16_t>(*message, identifier_at) == identifier;
    const Reading strange = our_identifier ? nonsense : others;
    if (message->size() < tag_end) return strange;
    const EchoTag tag{get<std::uint64_t>(*message, cookie_at),
                      get<std::uint64_t>(*message, number_at)};
    if (tag.cookie != cookie) return strange;
    if (get<std::uint64_t>(*message, seal_at) != seal_of(tag)) return nonsense;
    return {Reading::Kind::ours, tag.number};
}

}  // namespace rounds::probes
