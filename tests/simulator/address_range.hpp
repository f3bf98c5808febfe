// Addresses one after another.
#pragma once

#include <cstdint>
#include <optional>

#include "ports/asio.hpp"

namespace rounds::simulator {

/// The address `steps` after this one; empty when the family ends before.
[[nodiscard]] inline std::optional<asio::ip::address> further(const asio::ip::address& address,
                                                              std::uint64_t steps) {
    if (address.is_v4()) {
        const std::uint64_t sum = address.to_v4().to_uint() + steps;
        if (sum > 0xffffffffU) return std::nullopt;
        return asio::ip::address_v4{static_cast<unsigned>(sum)};
    }
    auto bytes = address.to_v6().to_bytes();
    for (std::size_t i = bytes.size(); i-- > 0 && steps > 0;) {
        steps += bytes[i];
        bytes[i] = static_cast<unsigned char>(steps & 0xff);
        steps >>= 8;
    }
    if (steps > 0) return std::nullopt;
    return asio::ip::address_v6{bytes};
}

}  // namespace rounds::simulator
