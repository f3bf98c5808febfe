#include "tests/simulator/snmp/answerer.hpp"

#include <algorithm>
#include <bit>
#include <functional>

#include "tests/simulator/snmp/mib.hpp"

namespace rounds::simulator {

using core::SnmpValue;
using core::SnmpVariable;
using core::SnmpVersion;
using Type = SnmpValue::Type;

namespace {

// error-status, RFC 3416 §3
constexpr std::int64_t too_big = 1, no_such_name = 2, not_writable = 17;
constexpr std::int64_t most_repetitions = 1000;
constexpr std::size_t long_text = 32'000;

/// What an OID takes on the wire: seven bits of a number in a byte.
std::size_t size_of(const core::Oid& oid) {
    std::size_t size = 2;
    for (core::Oid::Part part : oid.parts())
        for (++size; part >= 0x80; part >>= 7) ++size;
    return size;
}

std::size_t size_of(const SnmpValue& value) {
    if (const auto* bytes = value.bytes()) return bytes->size();
    if (const auto* oid = value.oid()) return size_of(*oid);
    const auto* number = std::get_if<std::uint64_t>(&value.content);
    const auto* signed_number = std::get_if<std::int64_t>(&value.content);
    if (signed_number != nullptr && *signed_number < 0) return 8;
    if (number != nullptr) return std::bit_width(*number) / 8 + 1;
    if (signed_number == nullptr) return 12;  // a real number inside an Opaque
    return std::bit_width(static_cast<std::uint64_t>(*signed_number)) / 8 + 1;
}

/// What a variable takes on the wire; never less.
std::size_t size_of(const SnmpVariable& variable) {
    const std::size_t content = size_of(variable.name) + size_of(variable.value);
    const std::size_t headers = content < 120 ? 4 : 8;
    return headers + content;
}

class Answerer {
 public:
    Answerer(const Subject& subject, const SnmpRequest& request, SnmpVersion version,
             std::size_t room)
        : subject_(subject),
          request_(request),
          mib_(mib_of(subject.description.kind)),
          v1_(version == SnmpVersion::v1),
          room_(room) {
        reply_.id = request.id;
    }

    SnmpReply reply() {
        switch (request_.kind) {
            case SnmpRequest::Kind::get: return each(&Answerer::value);
            case SnmpRequest::Kind::get_next: return each(&Answerer::successor);
            case SnmpRequest::Kind::get_bulk: return bulk();
            case SnmpRequest::Kind::set: break;
        }
        return refusal(request_, v1_ ? no_such_name : not_writable, 1);
    }

 private:
    SnmpVariable value(const core::Oid& name) const {
        SnmpVariable found{name, mib_.get(subject_, name)};
        if (v1_ && found.value.type == Type::counter64) found.value.type = Type::no_such_object;
        return found;
    }

    SnmpVariable successor(const core::Oid& name) const {
        const auto& fault = subject_.state.fault;
        auto found = mib_.next(subject_, name,
                               {.loop = fault.loop, .endless = fault.endless, .counters64 = !v1_});
        return found ? std::move(*found) : SnmpVariable{name, {Type::end_of_mib_view, {}}};
    }

    /// False when there is no room for it.
    bool add(SnmpVariable variable) {
        if (variable.value.present()) variable.value = spoilt(variable, subject_.state.fault);
        const auto size = size_of(variable);
        if (size > room_) return false;
        room_ -= size;
        reply_.variables.push_back(std::move(variable));
        return true;
    }

    SnmpReply each(SnmpVariable (Answerer::*found)(const core::Oid&) const) {
        for (std::size_t i = 0; i < request_.names.size(); ++i) {
            auto variable = (this->*found)(request_.names[i]);
            if (v1_ && !variable.value.present())
                return refusal(request_, no_such_name, static_cast<std::int64_t>(i) + 1);
            if (!add(std::move(variable))) return refusal(request_, too_big);
        }
        return std::move(reply_);
    }

    SnmpReply bulk() {
        auto names = request_.names;
        const auto single = static_cast<std::size_t>(std::clamp<std::int64_t>(
            request_.non_repeaters, 0, static_cast<std::int64_t>(names.size())));
        for (std::size_t i = 0; i < single; ++i)
            if (!add(successor(names[i]))) return std::move(reply_);
        names.erase(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(single));
        const auto rows = std::clamp<std::int64_t>(request_.repetitions, 0, most_repetitions);
        for (std::int64_t row = 0; row < rows && !names.empty(); ++row) {
            bool more = false;
            for (auto& name : names) {
                auto variable = successor(name);
                more = more || variable.value.type != Type::end_of_mib_view;
                name = variable.name;
                if (!add(std::move(variable))) return std::move(reply_);
            }
            if (!more) break;
        }
        return std::move(reply_);
    }

    const Subject& subject_;
    const SnmpRequest& request_;
    const Mib& mib_;
    bool v1_;
    std::size_t room_;
    SnmpReply reply_;
};

/// One of four kinds of text that no standard allows, the same for the same name.
std::string garbage(const core::Oid& name) {
    switch (std::hash<std::string>{}(name.text()) % 4) {
        case 0: return std::string("\x1b[31mred\x07\x00\r\n\x9b", 13);
        case 1: return "\xc3\x28\xe2\x82\xf0\x9f\x98\xed\xa0\x80";
        case 2: return "=cmd|' /C calc'!A0 <script>alert(1)</script>";
        default: return std::string(long_text, 'A');
    }
}

/// Not a hardware address, nor bits: those a reader may take for what they are.
bool is_text(const SnmpValue& value) {
    const auto* bytes = value.type == Type::octets ? value.bytes() : nullptr;
    return bytes != nullptr &&
           std::all_of(bytes->begin(), bytes->end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

}  // namespace

SnmpReply reply_to(const Subject& subject, const SnmpRequest& request, SnmpVersion version,
                   std::size_t room) {
    return Answerer(subject, request, version, room).reply();
}

SnmpReply refusal(const SnmpRequest& request, std::int64_t status, std::int64_t index) {
    SnmpReply reply{.id = request.id, .status = status, .index = index};
    for (const auto& name : request.names) reply.variables.push_back({name, {}});
    return reply;
}

SnmpValue spoilt(SnmpVariable variable, const SnmpFault& fault) {
    if (fault.wrong_types) {
        if (is_text(variable.value) || variable.value.type == Type::oid)
            return {Type::integer, std::int64_t{-1}};
        return {Type::octets, std::string("many")};
    }
    if (fault.garbage && is_text(variable.value)) return {Type::octets, garbage(variable.name)};
    return std::move(variable.value);
}

}  // namespace rounds::simulator
