// Datagrams of SNMPv3 with USM (RFC 3412 §6, RFC 3414 §2.4): their parts, without any key. Pure.
#pragma once

#include <string_view>

#include "probes/snmp/pdu.hpp"
#include "probes/snmp/usm_crypto.hpp"

namespace rounds::probes {

/// Views into the datagram it was read from, or into what is to be written.
struct V3Message {
    static constexpr std::uint8_t auth_flag = 1, priv_flag = 2, report_flag = 4;

    std::int64_t id = 0;  ///< msgID
    std::uint8_t flags = 0;
    ByteView engine_id;  ///< Authoritative; empty in a discovery.
    EngineTime time;
    std::string_view user;
    ByteView digest;  ///< msgAuthenticationParameters
    ByteView salt;    ///< msgPrivacyParameters
    ByteView data;    ///< The scoped PDU as BER; with priv_flag its ciphertext.

    [[nodiscard]] bool authenticated() const { return (flags & auth_flag) != 0; }
    [[nodiscard]] bool encrypted() const { return (flags & priv_flag) != 0; }
};

/// Empty when it is cut, of another version or another security model, or its flags are impossible.
[[nodiscard]] std::optional<V3Message> read_v3(ByteView datagram);
[[nodiscard]] Bytes write_v3(const V3Message& message);

[[nodiscard]] Bytes write_scoped(ByteView engine_id, std::string_view context,
                                 const Question& question, std::int32_t request_id);
/// Bytes after it are padding.
[[nodiscard]] std::optional<Answer> read_scoped(ByteView scoped);

}  // namespace rounds::probes
