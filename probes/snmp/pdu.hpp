// The part of an SNMP message that asks or answers (RFC 3416 §3). Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/snmp.hpp"
#include "probes/snmp/ber.hpp"

namespace rounds::probes {

/// error-status, as far as a reader meets it.
enum class ErrorStatus : std::int64_t {
    none = 0,
    too_big = 1,
    no_such_name = 2,
    general = 5,
    no_access = 6,
    authorization = 16,
};

struct Question {
    enum class Kind : std::uint8_t { get = 0xa0, get_next = 0xa1, get_bulk = 0xa5 };
    Kind kind = Kind::get;
    int repetitions = 0;  ///< get_bulk: rows; no name is a non-repeater.
    std::vector<core::Oid> names;
    friend bool operator==(const Question&, const Question&) = default;
};

struct Answer {
    enum class Kind : std::uint8_t { response = 0xa2, report = 0xa8 };
    Kind kind = Kind::response;
    std::int64_t request_id = 0;
    ErrorStatus status = ErrorStatus::none;
    std::int64_t index = 0;  ///< Of the variable the status is about, from 1; 0: of none.
    std::vector<core::SnmpVariable> variables;
};

void write_pdu(BerWriter& writer, const Question& question, std::int32_t request_id);

/// Empty when it is cut, no response and no report, or a name is no OID.
[[nodiscard]] std::optional<Answer> read_pdu(BerReader::Item item);

}  // namespace rounds::probes
