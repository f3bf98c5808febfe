// The agent's side of USM (RFC 3414 §3.2): messages are opened, or answered with a report.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>

#include "probes/snmp/usm_keys.hpp"
#include "tests/simulator/snmp/request.hpp"
#include "tests/simulator/snmp/subject.hpp"

namespace rounds::simulator {

/// All agents of an office. Keys are made once per user of a device, a password is hashed once per office.
class UsmEngine {
 public:
    /// A request that its user may make, and what sealing the answer needs.
    struct Opened {
        SnmpRequest request;
        std::int64_t message_id = 0;
        std::uint8_t flags = 0;
        std::string context;
        const SnmpUser* user = nullptr;  ///< Of the subject's description.
        bool may = true;  ///< False: below the user's level; the answer is an authorizationError.
    };
    /// Nothing: silence, as at a message that is no SNMP or cannot be decrypted. Bytes: the report.
    using Result = std::variant<std::monostate, probes::Bytes, Opened>;

    Result open(const Subject& subject, probes::ByteView datagram);
    probes::Bytes seal(const Subject& subject, const Opened& opened, const SnmpReply& reply);

 private:
    const probes::UsmKeys* keys_of(const Subject& subject, const SnmpUser& user);
    probes::Bytes report(const Subject& subject, std::int64_t message_id, std::int64_t request_id,
                         const char* counter, const SnmpUser* signed_for = nullptr);

    probes::PasswordKeys passwords_;
    /// By device, then by user.
    std::unordered_map<std::size_t, std::map<std::string, probes::UsmKeys>> keys_;
    std::uint64_t salts_ = 0;
};

}  // namespace rounds::simulator
