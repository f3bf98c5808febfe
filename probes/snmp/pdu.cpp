#include "probes/snmp/pdu.hpp"

#include "probes/snmp/value.hpp"

namespace rounds::probes {

void write_pdu(BerWriter& writer, const Question& question, std::int32_t request_id) {
    writer.nested(static_cast<std::uint8_t>(question.kind), [&] {
        const bool bulk = question.kind == Question::Kind::get_bulk;
        writer.integer(request_id);
        writer.integer(0);
        writer.integer(bulk ? question.repetitions : 0);
        writer.nested(ber::sequence, [&] {
            for (const core::Oid& name : question.names) {
                writer.nested(ber::sequence, [&] {
                    writer.oid(name);
                    writer.null();
                });
            }
        });
    });
}

namespace {

/// Appends the next one; false when it is cut or its name is no OID.
bool read_variable(BerReader& list, std::vector<core::SnmpVariable>& variables) {
    const auto pair = list.next(ber::sequence);
    if (!pair) return false;
    BerReader reader(*pair);
    const auto name = reader.next(ber::oid);
    if (!name) return false;
    auto oid = read_oid(*name);
    const auto value = reader.next();
    if (!oid || !value) return false;
    variables.emplace_back(std::move(*oid), read_value(*value));
    return true;
}

}  // namespace

std::optional<Answer> read_pdu(BerReader::Item item) {
    Answer answer;
    answer.kind = static_cast<Answer::Kind>(item.tag);
    if (answer.kind != Answer::Kind::response && answer.kind != Answer::Kind::report)
        return std::nullopt;
    BerReader reader(item.content);
    const auto id = reader.next_integer();
    const auto status = reader.next_integer();
    const auto index = reader.next_integer();
    const auto list = reader.next(ber::sequence);
    if (!id || !status || !index || !list) return std::nullopt;
    answer.request_id = *id;
    answer.status = static_cast<ErrorStatus>(*status);
    answer.index = *index;
    constexpr std::size_t usual_variable = 16;  // bytes
    answer.variables.reserve(list->size() / usual_variable);
    BerReader variables(*list);
    while (!variables.empty()) {
        if (!read_variable(variables, answer.variables)) return std::nullopt;
    }
    return answer;
}

}  // namespace rounds::probes
