#include "probes/snmp/v3_message.hpp"

#include <utility>

namespace rounds::probes {

namespace {

constexpr std::int64_t version = 3, usm = 3;
constexpr std::int64_t largest_answer = 65'507;  // what IPv4 carries

std::string_view text(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

bool read_header(BerReader reader, V3Message& message) {
    const auto id = reader.next_integer();
    const auto size = reader.next_integer();
    const auto flags = reader.next(ber::octets);
    const auto model = reader.next_integer();
    if (!id || !size || !flags || flags->size() != 1 || model != usm) return false;
    message.id = *id;
    message.flags = flags->front();
    return message.authenticated() || !message.encrypted();
}

bool read_security(ByteView parameters, V3Message& message) {
    const auto whole = BerReader(parameters).next(ber::sequence);
    if (!whole) return false;
    BerReader reader(*whole);
    const auto engine_id = reader.next(ber::octets);
    const auto boots = reader.next_integer();
    const auto seconds = reader.next_integer();
    const auto user = reader.next(ber::octets);
    const auto digest = reader.next(ber::octets);
    const auto salt = reader.next(ber::octets);
    if (!engine_id || !boots || !seconds || !user || !digest || !salt) return false;
    if (!std::in_range<std::int32_t>(*boots) || !std::in_range<std::int32_t>(*seconds) ||
        *boots < 0 || *seconds < 0)
        return false;
    message.engine_id = *engine_id;
    message.time = {static_cast<std::uint32_t>(*boots), static_cast<std::uint32_t>(*seconds)};
    message.user = text(*user);
    message.digest = *digest;
    message.salt = *salt;
    return true;
}

}  // namespace

std::optional<V3Message> read_v3(ByteView datagram) {
    const auto whole = BerReader(datagram).next(ber::sequence);
    if (!whole) return std::nullopt;
    BerReader reader(*whole);
    if (reader.next_integer() != version) return std::nullopt;
    const auto header = reader.next(ber::sequence);
    V3Message message;
    if (!header || !read_header(BerReader(*header), message)) return std::nullopt;
    const auto parameters = reader.next(ber::octets);
    if (!parameters || !read_security(*parameters, message)) return std::nullopt;
    if (message.encrypted()) {
        const auto cipher = reader.next(ber::octets);
        if (!cipher) return std::nullopt;
        message.data = *cipher;
        return message;
    }
    const auto* start = parameters->data() + parameters->size();
    message.data = ByteView(start, whole->data() + whole->size());
    return message;
}

Bytes write_v3(const V3Message& message) {
    BerWriter security;
    security.nested(ber::sequence, [&] {
        security.octets(message.engine_id);
        security.integer(message.time.boots);
        security.integer(message.time.seconds);
        security.octets(message.user);
        security.octets(message.digest);
        security.octets(message.salt);
    });
    BerWriter writer;
    writer.nested(ber::sequence, [&] {
        writer.integer(version);
        writer.nested(ber::sequence, [&] {
            writer.integer(message.id);
            writer.integer(largest_answer);
            writer.octets(ByteView(&message.flags, 1));
            writer.integer(usm);
        });
        writer.octets(security.take());
        if (message.encrypted()) {
            writer.octets(message.data);
        } else {
            writer.raw(message.data);
        }
    });
    return writer.take();
}

Bytes write_scoped(ByteView engine_id, std::string_view context, const Question& question,
                   std::int32_t request_id) {
    BerWriter writer;
    writer.nested(ber::sequence, [&] {
        writer.octets(engine_id);
        writer.octets(context);
        write_pdu(writer, question, request_id);
    });
    return writer.take();
}

std::optional<Answer> read_scoped(ByteView scoped) {
    const auto whole = BerReader(scoped).next(ber::sequence);
    if (!whole) return std::nullopt;
    BerReader reader(*whole);
    const auto engine_id = reader.next(ber::octets);
    const auto context = reader.next(ber::octets);
    const auto pdu = reader.next();
    if (!engine_id || !context || !pdu) return std::nullopt;
    return read_pdu(*pdu);
}

}  // namespace rounds::probes
