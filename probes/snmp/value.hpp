// SNMP's values on the wire. Pure.
#pragma once

#include "core/snmp.hpp"
#include "probes/snmp/ber.hpp"

namespace rounds::probes {

/// Reads what a variable's value says into `value`, which is null. What does not decode (an INTEGER without bytes, an IpAddress of 16, a tag
/// nobody knows) is null: one broken object must not cost the answers beside it.
void read_value(BerReader::Item item, core::SnmpValue& value);
[[nodiscard]] inline core::SnmpValue read_value(BerReader::Item item) {
    core::SnmpValue value;
    read_value(item, value);
    return value;
}
/// Does it say that there is no value: noSuchObject, noSuchInstance, endOfMibView (RFC 3416 §3)?
[[nodiscard]] bool is_exception(BerReader::Item item);

}  // namespace rounds::probes
