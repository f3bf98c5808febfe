// ICMP echo as bytes (RFC 792, RFC 4443).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace rounds::simulator {

/// Makes the ICMPv4 echo reply to an ICMPv4 message (without its IP header); empty when that is not
/// a whole echo request with a right checksum.
[[nodiscard]] std::vector<std::uint8_t> reply_v4(std::span<const std::uint8_t> request);

/// The same for ICMPv6. The checksum is left to the kernel, which knows both addresses.
[[nodiscard]] std::vector<std::uint8_t> reply_v6(std::span<const std::uint8_t> request);

/// The internet checksum (RFC 1071) in host order; 0 over a message whose own checksum is right.
[[nodiscard]] std::uint16_t internet_checksum(std::span<const std::uint8_t> bytes);

}  // namespace rounds::simulator
