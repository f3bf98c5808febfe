// What an agent replies to a request, whatever the version's envelope.
#pragma once

#include "core/snmp.hpp"
#include "tests/simulator/snmp/request.hpp"
#include "tests/simulator/snmp/subject.hpp"

namespace rounds::simulator {

/// The response (RFC 1157 §4.1, RFC 3416 §4.2) with the subject's faults in it. `room`: bytes that its variables may
/// take; GETBULK ends before, and GET is answered tooBig.
[[nodiscard]] SnmpReply reply_to(const Subject& subject, const SnmpRequest& request,
                                 core::SnmpVersion version, std::size_t room);

/// Refusing the whole request.
[[nodiscard]] SnmpReply refusal(const SnmpRequest& request, std::int64_t status,
                                std::int64_t index = 0);

/// What wrong_types and garbage make of a value.
[[nodiscard]] core::SnmpValue spoilt(core::SnmpVariable variable, const SnmpFault& fault);

}  // namespace rounds::simulator
