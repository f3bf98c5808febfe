// From a YAML file to a Script, or to every mistake in it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "tests/simulator/script.hpp"

namespace rounds::simulator {

/// What reading gave.
struct ScriptRead {
    Script script;                      ///< Whole only when there are no problems.
    std::vector<std::string> problems;  ///< "office.yaml:12: …", in the order of the file.
};

/// Reads a script's text. `file` is its name in problems.
///
///     seed: 7                                   # of the dice; 1 unless said
///     networks: [10.1.0.0/16]                   # addresses nobody has are silent
///     snmp_port: 161                            # of all agents; 161 unless said
///     defaults: {latency: 400us, jitter: 100us} # for devices that do not say
///     devices:
///       - {name: core-1, address: 10.1.0.1}
///       - {name: sw-3f, address: [10.1.3.1, "fd00:1::31"], behind: core-1, loss: 0.5%}
///       - {name: mfp-3f, address: 10.1.3.50, behind: sw-3f, snmp: {kind: printer, toner: 40%}}
///       - {name: pc-3f, address: 10.1.3.101, count: 40, behind: sw-3f}   # pc-3f-1 to pc-3f-40
///     events:
///       - {at: 40s, device: sw-3f, silent: true}
///       - {at: 70s, device: sw-3f, silent: false, latency: 2ms, duplicates: 1%}
///       - {at: 80s, device: mfp-3f, toner: 8%}
///     repeat: 120s                              # the events again at 160s, 190s, 280s …
///
/// What `snmp` says, and what events change of it: snmp/manner_reader.hpp. `behind` names a device written above. An
/// event may name a counted line for all its devices.
[[nodiscard]] ScriptRead read_script(const std::string& text, const std::string& file);

/// Reads a file; that it cannot be read is a problem too.
[[nodiscard]] ScriptRead load_script(const std::filesystem::path& file);

/// "10.1.0.0/16" or a bare address; error invalid_input.
[[nodiscard]] core::Result<Network> network_of(std::string_view text);

}  // namespace rounds::simulator
