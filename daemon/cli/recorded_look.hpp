// A look at a recording, as the daemon takes one at a device.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/message.hpp"
#include "core/profile.hpp"
#include "daemon/cli/recording.hpp"
#include "probes/snmp_probe.hpp"

namespace rounds::daemon {

/// What is read from it, with the answers it was read from. `profiles` is not null; `known` as look_by_snmp() has it.
[[nodiscard]] probes::SnmpObservation look_at(Recording recording,
                                              std::shared_ptr<const core::Profiles> profiles,
                                              std::optional<core::Standing> known = std::nullopt);

/// As in `rounds inspect --json`, less what only a living device has (addresses, ping, times); of several lines, for
/// people. `seen` has facts.
[[nodiscard]] std::string recorded_json(const probes::SnmpObservation& seen,
                                        const core::Profiles& profiles, const core::Locale& locale);

/// The same as one line for each fact: "sensors      class temperature · descr Mainboard · value 43.0".
[[nodiscard]] std::string recorded_lines(const probes::SnmpObservation& seen,
                                         const core::Profiles& profiles,
                                         const core::Locale& locale);

}  // namespace rounds::daemon
