// The network namespace in which the office stands.
#pragma once

#include <vector>

#include "core/result.hpp"
#include "tests/simulator/script.hpp"

namespace rounds::simulator {

/// Moves this process, which must not have threads yet, into a network namespace of its own: as
/// root, or as an ordinary user who becomes root of a user namespace with it. Error no_permission
/// when the system allows neither.
[[nodiscard]] core::Result<void> enter_fresh_network();

/// Makes the network namespace of this process an office: loopback up, every address of `networks`
/// local to it (AnyIP), the kernel's own echo answers off, unprivileged ping allowed. Refused with
/// invalid_input when another interface than loopback is up, for then it is the machine's own
/// network.
[[nodiscard]] core::Result<void> furnish(const std::vector<Network>& networks);

/// The networks of the script, and each device's address that lies in none of them.
[[nodiscard]] std::vector<Network> networks_of(const Script& script);

/// Is the address one of the network's?
[[nodiscard]] bool contains(const Network& network, const asio::ip::address& address);

}  // namespace rounds::simulator
