#include "probes/snmp/pdu.hpp"

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

bool VariableReader::next_long(VariableView& variable) {
    BerReader list(rest_);
    const auto pair = list.next(ber::sequence);
    if (!pair) return false;
    BerReader reader(*pair);
    const auto name = reader.next(ber::oid);
    const auto value = reader.next();
    if (!name || !value) return false;
    variable = {*name, *value};
    rest_ = list.rest();
    return true;
}

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
    answer.list = *list;
    VariableReader variables(answer);
    for (VariableView variable; !variables.over(); ++answer.count) {
        if (!variables.next(variable) || !is_oid(variable.name)) return std::nullopt;
    }
    return answer;
}

}  // namespace rounds::probes
