// `ip route add local NETWORK dev lo`, without ip.
#pragma once

#include <cstdint>
#include <vector>

#include "tests/simulator/script.hpp"

namespace rounds::simulator {

/// Makes all addresses of the network local ones. False, with errno, when the kernel refuses; a
/// route that is there already is fine.
[[nodiscard]] bool add_local_route(const Network& network);

/// The address in network order, 4 or 16 bytes.
[[nodiscard]] std::vector<std::uint8_t> bytes_of(const asio::ip::address& address);

}  // namespace rounds::simulator
