// Whole datagrams of SNMP v1 and v2c, and which version a datagram is of. Pure.
#pragma once

#include <string_view>

#include "probes/snmp/pdu.hpp"

namespace rounds::probes {

/// RFC 1157 §4 and RFC 1901 §3; never v3.
[[nodiscard]] Bytes write_message(core::SnmpVersion version, std::string_view community,
                                  const Question& question, std::int32_t request_id);

/// The version a datagram says it is of; empty when it is no SNMP.
[[nodiscard]] std::optional<core::SnmpVersion> version_of(ByteView datagram);

/// The answer in a v1 or v2c datagram. The community is not compared: it proves nothing that the source and the
/// request id do not, and agents exist that send another. Empty for anything else.
[[nodiscard]] std::optional<Answer> read_message(ByteView datagram);
std::optional<Answer> read_message(Bytes&& datagram) =
    delete;  // The answer would lie in what is gone.

}  // namespace rounds::probes
