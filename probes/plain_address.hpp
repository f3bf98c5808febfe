// Addresses as what they are.
#pragma once

#include "ports/asio.hpp"

namespace rounds::probes {

/// ::ffff:10.0.0.1 (RFC 4291 §2.5.5.2) as 10.0.0.1; any other as it is.
[[nodiscard]] inline asio::ip::address plain(asio::ip::address address) {
    if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address;
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
}

}  // namespace rounds::probes
