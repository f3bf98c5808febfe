#include "tests/simulator/snmp/request.hpp"

namespace rounds::simulator {

using probes::BerReader;
using probes::BerWriter;
using Type = core::SnmpValue::Type;
namespace ber = probes::ber;

std::optional<SnmpRequest> read_request(BerReader::Item item) {
    SnmpRequest request;
    request.kind = static_cast<SnmpRequest::Kind>(item.tag);
    switch (request.kind) {
        case SnmpRequest::Kind::get:
        case SnmpRequest::Kind::get_next:
        case SnmpRequest::Kind::set:
        case SnmpRequest::Kind::get_bulk: break;
        default: return std::nullopt;
    }
    BerReader reader(item.content);
    const auto id = reader.next_integer();
    const auto first = reader.next_integer();
    const auto second = reader.next_integer();
    const auto list = reader.next(ber::sequence);
    if (!id || !first || !second || !list) return std::nullopt;
    request.id = *id;
    request.non_repeaters = *first;
    request.repetitions = *second;
    for (BerReader names(*list); !names.empty();) {
        const auto pair = names.next(ber::sequence);
        if (!pair) return std::nullopt;
        const auto name = BerReader(*pair).next(ber::oid);
        auto oid = name ? probes::read_oid(*name) : std::nullopt;
        if (!oid) return std::nullopt;
        request.names.push_back(std::move(*oid));
    }
    return request;
}

namespace {

/// Unsigned numbers have a sign bit on the wire, too.
void unsigned_number(BerWriter& writer, std::uint8_t tag, const core::SnmpValue& value) {
    const auto* number = std::get_if<std::uint64_t>(&value.content);
    const std::uint64_t whole = number != nullptr ? *number : 0;
    std::size_t size = 1;
    while (size < 9 && (size < 8 ? whole >> (size * 8 - 1) : whole >> 63) != 0) ++size;
    writer.nested(tag, [&] {
        for (std::size_t i = size; i-- > 0;) {
            const std::uint8_t byte =
                i == 8 ? std::uint8_t{0} : static_cast<std::uint8_t>(whole >> i * 8);
            writer.raw(probes::ByteView(&byte, 1));
        }
    });
}

void text(BerWriter& writer, std::uint8_t tag, const core::SnmpValue& value) {
    const auto* bytes = value.bytes();
    writer.nested(tag, [&] {
        if (bytes == nullptr) return;
        writer.raw({reinterpret_cast<const std::uint8_t*>(bytes->data()), bytes->size()});
    });
}

}  // namespace

void write_value(BerWriter& writer, const core::SnmpValue& value) {
    switch (value.type) {
        case Type::integer: return writer.integer(value.integer().value_or(0));
        case Type::octets: return text(writer, ber::octets, value);
        case Type::ip_address: return text(writer, 0x40, value);
        case Type::oid: return writer.oid(value.oid() != nullptr ? *value.oid() : core::Oid{});
        case Type::counter32: return unsigned_number(writer, 0x41, value);
        case Type::gauge32: return unsigned_number(writer, 0x42, value);
        case Type::time_ticks: return unsigned_number(writer, 0x43, value);
        case Type::counter64: return unsigned_number(writer, 0x46, value);
        case Type::no_such_object: return writer.nested(0x80, [] {});
        case Type::no_such_instance: return writer.nested(0x81, [] {});
        case Type::end_of_mib_view: return writer.nested(0x82, [] {});
        case Type::null:
        case Type::opaque:
        case Type::real: return writer.null();
    }
}

void write_reply(BerWriter& writer, const SnmpReply& reply) {
    writer.nested(reply.tag, [&] {
        writer.integer(reply.id);
        writer.integer(reply.status);
        writer.integer(reply.index);
        writer.nested(ber::sequence, [&] {
            for (const auto& variable : reply.variables) {
                writer.nested(ber::sequence, [&] {
                    writer.oid(variable.name);
                    write_value(writer, variable.value);
                });
            }
        });
    });
}

}  // namespace rounds::simulator
