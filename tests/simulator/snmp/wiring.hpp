// Which device stands behind which port.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "tests/simulator/script.hpp"

namespace rounds::simulator {

/// From `behind` and the number of ports alone: the way up is at a device's last port, what is behind it at the
/// ports from the first on; where they do not suffice, several devices share one (an unmanaged switch).
class Wiring {
 public:
    struct End {
        unsigned port = 0;
        std::size_t device = 0;
    };

    explicit Wiring(const Script& script);

    /// Who is at the other end of its ports, by port, then by device.
    [[nodiscard]] std::span<const End> neighbours(std::size_t device) const {
        return neighbours_[device];
    }
    /// Those of them that speak LLDP.
    [[nodiscard]] std::span<const End> talkers(std::size_t device) const {
        return talkers_[device];
    }
    /// The first at this port; null when nobody is there.
    [[nodiscard]] const End* at_port(std::size_t device, unsigned port) const;
    /// Everybody whom it reaches below, by device, with the port on that way; a switch also the firewalls above it,
    /// with which everybody talks.
    [[nodiscard]] std::span<const End> reached(std::size_t device) const {
        return reached_[device];
    }
    /// At which port of the other one is this one? 0 when they are not connected.
    [[nodiscard]] unsigned port_towards(std::size_t one, std::size_t other) const;

 private:
    void learn_of_gateways(const Script& script);

    std::vector<std::vector<End>> neighbours_, talkers_, reached_;
};

[[nodiscard]] SnmpKind kind_of(const Device& device);

}  // namespace rounds::simulator
