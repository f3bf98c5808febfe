#include "probes/snmp/message.hpp"

namespace rounds::probes {

namespace {

std::int64_t number_of(core::SnmpVersion version) {
    switch (version) {
        case core::SnmpVersion::v1: return 0;
        case core::SnmpVersion::v2c: return 1;
        case core::SnmpVersion::v3: return 3;
    }
    return 1;
}

}  // namespace

Bytes write_message(core::SnmpVersion version, std::string_view community, const Question& question,
                    std::int32_t request_id) {
    BerWriter writer;
    writer.nested(ber::sequence, [&] {
        writer.integer(number_of(version));
        writer.octets(community);
        write_pdu(writer, question, request_id);
    });
    return writer.take();
}

std::optional<core::SnmpVersion> version_of(ByteView datagram) {
    const auto whole = BerReader(datagram).next(ber::sequence);
    if (!whole) return std::nullopt;
    const auto number = BerReader(*whole).next_integer();
    for (const auto version :
         {core::SnmpVersion::v1, core::SnmpVersion::v2c, core::SnmpVersion::v3}) {
        if (number == number_of(version)) return version;
    }
    return std::nullopt;
}

std::optional<Answer> read_message(ByteView datagram) {
    const auto whole = BerReader(datagram).next(ber::sequence);
    if (!whole) return std::nullopt;
    BerReader reader(*whole);
    const auto version = reader.next_integer();
    const auto community = reader.next(ber::octets);
    const auto pdu = reader.next();
    if (!version || *version < 0 || *version > 1 || !community || !pdu) return std::nullopt;
    return read_pdu(*pdu);
}

}  // namespace rounds::probes
