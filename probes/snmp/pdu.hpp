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

/// Views into what it was read from: a poll reads thousands of variables, and whoever asked knows where each belongs.
struct Answer {
    enum class Kind : std::uint8_t { response = 0xa2, report = 0xa8 };
    Kind kind = Kind::response;
    std::int64_t request_id = 0;
    ErrorStatus status = ErrorStatus::none;
    std::int64_t index = 0;  ///< Of the variable the status is about, from 1; 0: of none.
    std::size_t count = 0;   ///< Of its variables.
    ByteView list;           ///< The variables; each is whole, and its name an OID.
};

/// One variable as it lies in an answer.
struct VariableView {
    ByteView name;  ///< See read_oid(), which can read it.
    BerReader::Item value;
};

/// Reads the variables of an answer one after another.
class VariableReader {
 public:
    explicit VariableReader(const Answer& answer) : rest_(answer.list) {}
    /// False at the end (and at what is no variable: read_pdu() takes no answer with such).
    bool next(VariableView& variable) { return next_short(variable) || next_long(variable); }
    [[nodiscard]] bool over() const { return rest_.empty(); }

 private:
    /// Almost every variable is of less than 128 bytes: then its three headers are of two bytes each.
    bool next_short(VariableView& variable) {
        constexpr std::size_t headers = 6;
        const std::uint8_t* const at = rest_.data();
        if (rest_.size() < headers || at[0] != ber::sequence || at[2] != ber::oid) return false;
        const std::size_t whole = at[1], name = at[3];
        if (whole >= 0x80 || whole + 2 > rest_.size() || name + headers > whole + 2) return false;
        const std::size_t value = at[5 + name];
        if (value + name + headers > whole + 2) return false;
        variable.name = rest_.subspan(4, name);
        variable.value = {at[4 + name], rest_.subspan(headers + name, value)};
        rest_ = rest_.subspan(whole + 2);
        return true;
    }
    bool next_long(VariableView& variable);

    ByteView rest_;
};

void write_pdu(BerWriter& writer, const Question& question, std::int32_t request_id);

/// Empty when it is cut, no response and no report, or a name is no OID.
[[nodiscard]] std::optional<Answer> read_pdu(BerReader::Item item);

}  // namespace rounds::probes
