// SNMP's values on the wire. Pure.
#pragma once

#include "core/snmp.hpp"
#include "probes/snmp/ber.hpp"

namespace rounds::probes {

/// What a variable's value says. What does not decode (an INTEGER without bytes, an IpAddress of 16, a tag
/// nobody knows) is null: one broken object must not cost the answers beside it.
[[nodiscard]] core::SnmpValue read_value(BerReader::Item item);

}  // namespace rounds::probes
