// Which of the office's many addresses a packet was sent to, and which one an answer leaves from.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include <netinet/in.h>
#include <sys/socket.h>

#include "ports/asio.hpp"

namespace rounds::simulator {

/// Room for what the kernel says beside a packet (IP_PKTINFO, IPV6_PKTINFO).
using PacketControl = std::array<std::uint8_t, CMSG_SPACE(sizeof(in6_pktinfo))>;

/// Empty when the kernel did not say.
[[nodiscard]] std::optional<asio::ip::address> asked_address(msghdr& header);

/// Tells the kernel. `control` lives as long as the header.
void leave_from(const asio::ip::address& address, PacketControl& control, msghdr& header);

}  // namespace rounds::simulator
