// One device as its MIBs see it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tests/simulator/script.hpp"
#include "tests/simulator/snmp/manner.hpp"
#include "tests/simulator/snmp/wiring.hpp"

namespace rounds::simulator {

/// A device at a moment. All of it outlives the subject.
struct Subject {
    const Script& script;
    std::size_t number;  ///< Of the device.
    const SnmpDescription& description;
    const SnmpState& state;
    const Wiring& wiring;
    core::Microseconds now;         ///< Of the time line.
    std::string_view context = {};  ///< Of SNMPv3.

    [[nodiscard]] const Device& device() const { return script.devices[number]; }
    [[nodiscard]] const std::string& name() const { return device().name; }
    /// Since the agent started.
    [[nodiscard]] core::Microseconds age() const { return now - state.started; }
    [[nodiscard]] std::uint32_t engine_time() const {
        return static_cast<std::uint32_t>(age().count() / 1'000'000);
    }
    /// Something made up: always the same for this device and this `what`.
    [[nodiscard]] std::uint64_t chance(std::uint64_t what) const;
};

/// What has gathered in a time at so much a second.
[[nodiscard]] std::uint64_t gathered(std::uint64_t per_second, core::Microseconds time);

/// A share that sways around its middle, at most by a fifth of it, within a minute or so.
[[nodiscard]] double swaying(const Subject& subject, double middle, std::uint64_t what);

/// Six bytes, locally administered; ascending with the device's number, then with the port. Port 0: the device's own.
[[nodiscard]] std::string mac_of(std::size_t device, unsigned port = 0);
/// Such as "EX26000123".
[[nodiscard]] std::string serial_of(const Subject& subject);

}  // namespace rounds::simulator
