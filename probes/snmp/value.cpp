#include "probes/snmp/value.hpp"

#include <bit>

namespace rounds::probes {

namespace {

using core::SnmpValue;
using Type = SnmpValue::Type;

/// The wire's tags (RFC 2578 §7, RFC 3416 §3).
enum Tag : std::uint8_t {
    bit_string = 0x03,
    ip_address = 0x40,
    counter32 = 0x41,
    gauge32 = 0x42,
    time_ticks = 0x43,
    opaque = 0x44,
    counter64 = 0x46,
    unsigned32 = 0x47,
    no_such_object = 0x80,
    no_such_instance = 0x81,
    end_of_mib_view = 0x82,
};

std::string text(ByteView bytes) {
    return {bytes.begin(), bytes.end()};
}

SnmpValue integer(ByteView content) {
    const auto value = read_integer(content);
    return value ? SnmpValue{Type::integer, *value} : SnmpValue{};
}

std::optional<std::uint64_t> unsigned_number(ByteView content) {
    if (content.empty()) return std::nullopt;
    while (content.size() > 1 && content[0] == 0) content = content.subspan(1);
    if (content.size() > 8) return std::nullopt;
    std::uint64_t value = 0;
    for (const std::uint8_t byte : content) value = value << 8 | byte;
    return value;
}

/// Agents that take the value for a signed one send it without the leading zero, or sign-extended.
SnmpValue unsigned32_of(Type type, ByteView content) {
    const auto value = unsigned_number(content);
    if (!value) return {};
    const std::uint64_t above = *value >> 32;
    const bool extended = above != 0 && content[0] == 0xff &&
                          read_integer(content).value_or(0) >= std::int64_t{INT32_MIN};
    if (above != 0 && !extended) return {};
    return {type, *value & 0xffffffffU};
}

SnmpValue unsigned64_of(Type type, ByteView content) {
    const auto value = unsigned_number(content);
    return value ? SnmpValue{type, *value} : SnmpValue{};
}

/// net-snmp puts what SMI has no type for into an Opaque: 0x9f, a type, a length, the value.
SnmpValue opaque_of(ByteView content) {
    SnmpValue plain{Type::opaque, text(content)};
    if (content.size() < 3 || content[0] != 0x9f || content[2] != content.size() - 3) return plain;
    const ByteView inner = content.subspan(3);
    switch (content[1]) {
        case 0x78: {
            if (inner.size() != 4) return plain;
            const auto bits = static_cast<std::uint32_t>(unsigned_number(inner).value_or(0));
            return {Type::real, double{std::bit_cast<float>(bits)}};
        }
        case 0x79: {
            if (inner.size() != 8) return plain;
            return {Type::real, std::bit_cast<double>(unsigned_number(inner).value_or(0))};
        }
        case 0x76:
        case 0x7b: return unsigned64_of(Type::counter64, inner);
        case 0x7a: return integer(inner);
        default: return plain;
    }
}

}  // namespace

SnmpValue read_value(BerReader::Item item) {
    switch (item.tag) {
        case ber::integer: return integer(item.content);
        case bit_string:
        case ber::octets: return {Type::octets, text(item.content)};
        case ber::oid: {
            auto oid = read_oid(item.content);
            return oid ? SnmpValue{Type::oid, std::move(*oid)} : SnmpValue{};
        }
        case ip_address:
            return item.content.size() == 4 ? SnmpValue{Type::ip_address, text(item.content)}
                                            : SnmpValue{};
        case counter32: return unsigned32_of(Type::counter32, item.content);
        case gauge32:
        case unsigned32: return unsigned32_of(Type::gauge32, item.content);
        case time_ticks: return unsigned32_of(Type::time_ticks, item.content);
        case opaque: return opaque_of(item.content);
        case counter64: return unsigned64_of(Type::counter64, item.content);
        case no_such_object: return {Type::no_such_object, {}};
        case no_such_instance: return {Type::no_such_instance, {}};
        case end_of_mib_view: return {Type::end_of_mib_view, {}};
        default: return {};
    }
}

}  // namespace rounds::probes
