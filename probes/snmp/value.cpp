#include "probes/snmp/value.hpp"

#include <bit>
#include <utility>

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

template <class Content>
void set(SnmpValue& value, Type type, Content content) {
    value.type = type;
    value.content.emplace<Content>(std::move(content));
}

void put_integer(ByteView content, SnmpValue& value) {
    if (const auto number = read_integer(content)) set(value, Type::integer, *number);
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
void put_unsigned32(Type type, ByteView content, SnmpValue& value) {
    const auto number = unsigned_number(content);
    if (!number) return;
    const std::uint64_t above = *number >> 32;
    const bool extended = above != 0 && content[0] == 0xff &&
                          read_integer(content).value_or(0) >= std::int64_t{INT32_MIN};
    if (above == 0 || extended) set(value, type, *number & 0xffffffffU);
}

void put_unsigned64(Type type, ByteView content, SnmpValue& value) {
    if (const auto number = unsigned_number(content)) set(value, type, *number);
}

/// net-snmp puts what SMI has no type for into an Opaque: 0x9f, a type, a length, the value.
void put_opaque(ByteView content, SnmpValue& value) {
    const bool typed =
        content.size() >= 3 && content[0] == 0x9f && content[2] == content.size() - 3;
    const ByteView inner = typed ? content.subspan(3) : ByteView{};
    const std::uint8_t what = typed ? content[1] : 0;
    if (what == 0x78 && inner.size() == 4) {
        const auto bits = static_cast<std::uint32_t>(unsigned_number(inner).value_or(0));
        set(value, Type::real, double{std::bit_cast<float>(bits)});
    } else if (what == 0x79 && inner.size() == 8) {
        set(value, Type::real, std::bit_cast<double>(unsigned_number(inner).value_or(0)));
    } else if (what == 0x76 || what == 0x7b) {
        put_unsigned64(Type::counter64, inner, value);
    } else if (what == 0x7a) {
        put_integer(inner, value);
    } else {
        set(value, Type::opaque, text(content));
    }
}

}  // namespace

bool is_exception(BerReader::Item item) {
    return item.tag >= no_such_object && item.tag <= end_of_mib_view;
}

void read_value(BerReader::Item item, SnmpValue& value) {
    switch (item.tag) {
        case ber::integer: return put_integer(item.content, value);
        case bit_string:
        case ber::octets: return set(value, Type::octets, text(item.content));
        case ber::oid:
            if (auto oid = read_oid(item.content)) set(value, Type::oid, *std::move(oid));
            return;
        case ip_address:
            if (item.content.size() == 4) set(value, Type::ip_address, text(item.content));
            return;
        case counter32: return put_unsigned32(Type::counter32, item.content, value);
        case gauge32:
        case unsigned32: return put_unsigned32(Type::gauge32, item.content, value);
        case time_ticks: return put_unsigned32(Type::time_ticks, item.content, value);
        case opaque: return put_opaque(item.content, value);
        case counter64: return put_unsigned64(Type::counter64, item.content, value);
        case no_such_object: value.type = Type::no_such_object; return;
        case no_such_instance: value.type = Type::no_such_instance; return;
        case end_of_mib_view: value.type = Type::end_of_mib_view; return;
        default: return;
    }
}

}  // namespace rounds::probes
