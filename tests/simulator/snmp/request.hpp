// The agent's side of a PDU (RFC 3416 §3): questions are read, answers written. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/snmp.hpp"
#include "probes/snmp/ber.hpp"

namespace rounds::simulator {

struct SnmpRequest {
    enum class Kind : std::uint8_t { get = 0xa0, get_next = 0xa1, set = 0xa3, get_bulk = 0xa5 };
    Kind kind = Kind::get;
    std::int64_t id = 0;
    std::int64_t non_repeaters = 0, repetitions = 0;  ///< Of get_bulk.
    std::vector<core::Oid> names;
    friend bool operator==(const SnmpRequest&, const SnmpRequest&) = default;
};

/// Empty when it is cut or nothing that an agent is asked.
[[nodiscard]] std::optional<SnmpRequest> read_request(probes::BerReader::Item item);

struct SnmpReply {
    std::uint8_t tag = 0xa2;  ///< Response; 0xa8: a report.
    std::int64_t id = 0;
    std::int64_t status = 0, index = 0;
    std::vector<core::SnmpVariable> variables;
};

void write_reply(probes::BerWriter& writer, const SnmpReply& reply);
/// As RFC 2578 §7 encodes it; null for what agents do not say (opaque, real).
void write_value(probes::BerWriter& writer, const core::SnmpValue& value);

}  // namespace rounds::simulator
