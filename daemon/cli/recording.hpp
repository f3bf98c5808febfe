// A device's answers from a file, for trying profiles without the device.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "core/snmp.hpp"

namespace rounds::daemon {

/// Everything an agent answers, by name.
using Recording = std::map<core::Oid, core::SnmpValue>;

/// Reads either of two formats, told apart by their content:
///   what `snmpwalk -On` (or -one) prints       .1.3.6.1.2.1.1.5.0 = STRING: "core-1"
///   snmprec, `OID|TAG|VALUE` a line            1.3.6.1.2.1.1.5.0|4|core-1; 4x and others with x: in hexadecimal digits
/// Lines that are neither are passed over when others can be read (walks come with warnings). Error invalid_input when
/// nothing can be read, or names stand where numbers should.
[[nodiscard]] core::Result<Recording> read_recording(std::string_view text);

}  // namespace rounds::daemon
