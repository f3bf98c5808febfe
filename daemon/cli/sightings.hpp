// What devices told, put together to say where each of them hangs.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/attachment.hpp"
#include "core/facts.hpp"
#include "probes/forwarding_probe.hpp"
#include "probes/own_addresses.hpp"

namespace rounds::daemon {

/// One device of the archive and what it told.
struct ToldDevice {
    const core::Device* device = nullptr;  ///< Never null.
    std::string address;                   ///< As numbers; empty when its name does not resolve.
    const core::Facts* facts = nullptr;    ///< Null when it told nothing by SNMP.
    probes::ForwardingTables tables;
};

/// A MAC address that several devices have as theirs (VRRP, HSRP, clones) says nothing of where one of them is, and is
/// left out. `gateways` are addresses; who has one of them lies towards Rounds.
[[nodiscard]] core::Sightings sightings_of(std::span<const ToldDevice> told,
                                           const probes::OwnAddresses& own,
                                           std::span<const std::string> gateways);

}  // namespace rounds::daemon
