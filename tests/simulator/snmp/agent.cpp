#include "tests/simulator/snmp/agent.hpp"

#include "probes/snmp/message.hpp"
#include "tests/simulator/snmp/answerer.hpp"

namespace rounds::simulator {

using probes::BerReader;
using probes::BerWriter;
using probes::Bytes;
using probes::ByteView;
namespace ber = probes::ber;

namespace {

/// Variables that fit beside the envelope into an Ethernet frame, as most agents keep to it …
constexpr std::size_t room_in_frame = 1400;
/// … but one value may be long.
constexpr std::size_t room_in_datagram = 60'000;
constexpr std::int64_t authorization_error = 16;

std::size_t room_for(const SnmpRequest& request) {
    return request.kind == SnmpRequest::Kind::get_bulk ? room_in_frame : room_in_datagram;
}

Bytes answer_by_community(const Subject& subject, core::SnmpVersion version, ByteView datagram) {
    const auto whole = BerReader(datagram).next(ber::sequence);
    if (!whole) return {};
    BerReader reader(*whole);
    const auto number = reader.next_integer();
    const auto community = reader.next(ber::octets);
    const auto pdu = reader.next();
    const auto& own = subject.state.community;
    if (!number || !community || !pdu || own.empty()) return {};
    if (std::string(community->begin(), community->end()) != own) return {};
    const auto request = read_request(*pdu);
    const bool bulk = request && request->kind == SnmpRequest::Kind::get_bulk;
    if (!request || (bulk && version == core::SnmpVersion::v1)) return {};
    BerWriter writer;
    writer.nested(ber::sequence, [&] {
        writer.integer(*number);
        writer.octets(*community);
        write_reply(writer, reply_to(subject, *request, version, room_for(*request)));
    });
    return writer.take();
}

}  // namespace

Bytes SnmpAgents::answer(const Subject& subject, SnmpState& state, ByteView datagram) {
    const auto& fault = state.fault;
    if (fault.silent_after && state.answered >= *fault.silent_after) return {};
    Bytes bytes = made(subject, datagram);
    if (bytes.empty()) return bytes;
    ++state.answered;
    if (fault.truncated) bytes.resize(bytes.size() * 2 / 3);
    return bytes;
}

Bytes SnmpAgents::made(const Subject& subject, ByteView datagram) {
    const auto version = probes::version_of(datagram);
    if (!version) return {};
    if (*version != core::SnmpVersion::v3) return answer_by_community(subject, *version, datagram);
    const auto result = engine_.open(subject, datagram);
    if (const auto* report = std::get_if<Bytes>(&result)) return *report;
    const auto* opened = std::get_if<UsmEngine::Opened>(&result);
    if (opened == nullptr) return {};
    const auto& request = opened->request;
    if (!opened->may) return engine_.seal(subject, *opened, refusal(request, authorization_error));
    Subject within = subject;
    within.context = opened->context;
    return engine_.seal(subject, *opened, reply_to(within, request, *version, room_for(request)));
}

}  // namespace rounds::simulator
