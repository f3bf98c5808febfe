// What SNMP agents say, and how they are asked.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/message.hpp"
#include "core/oid.hpp"
#include "core/time.hpp"

namespace rounds::core {

/// One value with its SMI type (RFC 2578 §7.1); the last three say that there is none (RFC 3416 §3).
struct SnmpValue {
    enum class Type {
        null,  ///< Also: an agent's answer that decodes to nothing.
        integer,
        octets,
        oid,
        ip_address,  ///< Four octets.
        counter32,
        gauge32,     ///< Also Unsigned32.
        time_ticks,  ///< Hundredths of a second.
        opaque,
        counter64,
        real,  ///< Float or double inside an Opaque (net-snmp).
        no_such_object,
        no_such_instance,
        end_of_mib_view,
    };
    Type type = Type::null;
    /// INTEGER is signed; counters, gauges and ticks are unsigned; octets, opaque and addresses are bytes.
    std::variant<std::monostate, std::int64_t, std::uint64_t, double, std::string, Oid> content;

    /// Is there a value at all?
    [[nodiscard]] bool present() const { return type != Type::null && type < Type::no_such_object; }
    /// Is it an integer, a counter, a gauge or ticks?
    [[nodiscard]] bool is_whole() const { return content.index() == 1 || content.index() == 2; }
    /// Any kind of number (a real one rounded toward zero); empty for text, OIDs and what does not fit.
    [[nodiscard]] std::optional<std::int64_t> integer() const;
    /// Any kind of number as it is.
    [[nodiscard]] std::optional<double> number() const;
    /// The bytes of octets, an opaque or an address; null for other types.
    [[nodiscard]] const std::string* bytes() const { return std::get_if<std::string>(&content); }
    [[nodiscard]] const Oid* oid() const { return std::get_if<Oid>(&content); }

    friend bool operator==(const SnmpValue&, const SnmpValue&) = default;
};

/// The type's SMI name: "INTEGER", "Counter64", "noSuchObject" …
[[nodiscard]] std::string_view word(SnmpValue::Type type);

struct SnmpVariable {
    Oid name;
    SnmpValue value;
    friend bool operator==(const SnmpVariable&, const SnmpVariable&) = default;
};

enum class SnmpVersion { v1, v2c, v3 };
[[nodiscard]] std::string_view word(SnmpVersion version);  ///< "v1", "v2c", "v3"
[[nodiscard]] std::optional<SnmpVersion> snmp_version_of(std::string_view word);

/// Of USM (RFC 3414, RFC 7860).
enum class SnmpAuth { none, md5, sha1, sha224, sha256, sha384, sha512 };
[[nodiscard]] std::string_view word(SnmpAuth auth);  ///< "none", "MD5", "SHA-1", "SHA-256" …
[[nodiscard]] std::optional<SnmpAuth> snmp_auth_of(std::string_view word);  ///< Also "SHA".

/// RFC 3414 DES, RFC 3826 AES-128; AES-192 and AES-256 with Cisco's ("reeder") key extension as net-snmp has it.
enum class SnmpPriv { none, des, aes128, aes192, aes256 };
[[nodiscard]] std::string_view word(SnmpPriv priv);  ///< "none", "DES", "AES-128" …
[[nodiscard]] std::optional<SnmpPriv> snmp_priv_of(std::string_view word);  ///< Also "AES".

/// How an agent lets itself be asked: one entry under `credentials`. Holds secrets: never logged, never shown.
struct SnmpCredentials {
    std::string name;  ///< As configured.
    SnmpVersion version = SnmpVersion::v2c;
    std::uint16_t port = 161;
    std::string community;  ///< v1, v2c.
    std::string user;       ///< v3, 1 to 32 bytes.
    SnmpAuth auth = SnmpAuth::none;
    std::string auth_password;  ///< At least 8 characters.
    SnmpPriv priv = SnmpPriv::none;
    std::string priv_password;  ///< At least 8 characters.
    std::string context;        ///< v3; usually empty.
    friend bool operator==(const SnmpCredentials&, const SnmpCredentials&) = default;
};

/// Patience with one request.
struct SnmpPlan {
    Duration timeout{2000};    ///< For each answer.
    int retries = 2;           ///< Further requests after the first.
    int max_repetitions = 20;  ///< Rows asked at once in a walk; 1 to 100.
    bool any_source = false;   ///< Take answers that come from another address.
    friend bool operator==(const SnmpPlan&, const SnmpPlan&) = default;
};

/// Why an agent that was asked gave no usable answer. What kept *us* from asking is an Error.
enum class SnmpTrouble {
    timeout,         ///< Silent, or (v1, v2c) the community is wrong: an agent does not say which.
    other_address,   ///< Answers only from another address than was asked.
    unknown_user,    ///< usmStatsUnknownUserNames
    wrong_password,  ///< usmStatsWrongDigests; or the privacy password (usmStatsDecryptionErrors).
    wrong_level,     ///< usmStatsUnsupportedSecLevels; or the user may not at this level.
    not_in_time_window,  ///< usmStatsNotInTimeWindows, again after synchronising.
    unknown_context,     ///< snmpUnknownContexts
    no_access,           ///< authorizationError, noAccess
    refused,             ///< Another error-status; `status` has it.
    nonsense,            ///< Undecodable, of another request, wrong names.
    port_closed,         ///< ICMP port unreachable: no agent there.
};

/// The trouble as a sentence ("reason.snmp_timeout" …), with what its parameters need.
[[nodiscard]] Message message_of(SnmpTrouble trouble);

}  // namespace rounds::core
