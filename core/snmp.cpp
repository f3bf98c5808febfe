#include "core/snmp.hpp"

#include <array>
#include <cmath>
#include <utility>

#include "core/words.hpp"

namespace rounds::core {

namespace {

constexpr std::array<Word<SnmpVersion>, 3> version_words{
    {{SnmpVersion::v1, "v1"}, {SnmpVersion::v2c, "v2c"}, {SnmpVersion::v3, "v3"}}};

constexpr std::array<Word<SnmpAuth>, 8> auth_words{{{SnmpAuth::none, "none"},
                                                    {SnmpAuth::md5, "MD5"},
                                                    {SnmpAuth::sha1, "SHA-1"},
                                                    {SnmpAuth::sha1, "SHA"},
                                                    {SnmpAuth::sha224, "SHA-224"},
                                                    {SnmpAuth::sha256, "SHA-256"},
                                                    {SnmpAuth::sha384, "SHA-384"},
                                                    {SnmpAuth::sha512, "SHA-512"}}};

constexpr std::array<Word<SnmpPriv>, 6> priv_words{{{SnmpPriv::none, "none"},
                                                    {SnmpPriv::des, "DES"},
                                                    {SnmpPriv::aes128, "AES-128"},
                                                    {SnmpPriv::aes128, "AES"},
                                                    {SnmpPriv::aes192, "AES-192"},
                                                    {SnmpPriv::aes256, "AES-256"}}};

using Type = SnmpValue::Type;
constexpr std::array<Word<Type>, 14> type_words{{{Type::null, "NULL"},
                                                 {Type::integer, "INTEGER"},
                                                 {Type::octets, "OCTET STRING"},
                                                 {Type::oid, "OBJECT IDENTIFIER"},
                                                 {Type::ip_address, "IpAddress"},
                                                 {Type::counter32, "Counter32"},
                                                 {Type::gauge32, "Gauge32"},
                                                 {Type::time_ticks, "TimeTicks"},
                                                 {Type::opaque, "Opaque"},
                                                 {Type::counter64, "Counter64"},
                                                 {Type::real, "Float"},
                                                 {Type::no_such_object, "noSuchObject"},
                                                 {Type::no_such_instance, "noSuchInstance"},
                                                 {Type::end_of_mib_view, "endOfMibView"}}};

MessageId id_of(SnmpTrouble trouble) {
    switch (trouble) {
        case SnmpTrouble::timeout: return MessageId::reason_snmp_timeout;
        case SnmpTrouble::other_address: return MessageId::reason_snmp_other_address;
        case SnmpTrouble::unknown_user: return MessageId::reason_snmp_unknown_user;
        case SnmpTrouble::wrong_password: return MessageId::reason_snmp_wrong_password;
        case SnmpTrouble::wrong_level: return MessageId::reason_snmp_wrong_level;
        case SnmpTrouble::not_in_time_window: return MessageId::reason_snmp_not_in_time_window;
        case SnmpTrouble::unknown_context: return MessageId::reason_snmp_unknown_context;
        case SnmpTrouble::no_access: return MessageId::reason_snmp_no_access;
        case SnmpTrouble::refused: return MessageId::reason_snmp_refused;
        case SnmpTrouble::nonsense: return MessageId::reason_snmp_nonsense;
        case SnmpTrouble::port_closed: return MessageId::reason_snmp_port_closed;
    }
    return MessageId::reason_snmp_nonsense;
}

}  // namespace

std::optional<std::int64_t> SnmpValue::integer() const {
    if (const auto* value = std::get_if<std::int64_t>(&content)) return *value;
    if (const auto* value = std::get_if<std::uint64_t>(&content)) {
        if (std::in_range<std::int64_t>(*value)) return static_cast<std::int64_t>(*value);
        return std::nullopt;
    }
    if (const auto* value = std::get_if<double>(&content)) {
        if (std::abs(*value) < 9e18) return static_cast<std::int64_t>(*value);
    }
    return std::nullopt;
}

std::optional<double> SnmpValue::number() const {
    if (const auto* value = std::get_if<std::int64_t>(&content)) return static_cast<double>(*value);
    if (const auto* value = std::get_if<std::uint64_t>(&content))
        return static_cast<double>(*value);
    if (const auto* value = std::get_if<double>(&content)) return *value;
    return std::nullopt;
}

std::string_view word(SnmpValue::Type type) {
    return word_in(type_words, type);
}

std::string_view word(SnmpVersion version) {
    return word_in(version_words, version);
}
std::optional<SnmpVersion> snmp_version_of(std::string_view word) {
    return value_in<SnmpVersion>(version_words, word);
}

std::string_view word(SnmpAuth auth) {
    return word_in(auth_words, auth);
}
std::optional<SnmpAuth> snmp_auth_of(std::string_view word) {
    return value_in<SnmpAuth>(auth_words, word);
}

std::string_view word(SnmpPriv priv) {
    return word_in(priv_words, priv);
}
std::optional<SnmpPriv> snmp_priv_of(std::string_view word) {
    return value_in<SnmpPriv>(priv_words, word);
}

Message message_of(SnmpTrouble trouble) {
    return {id_of(trouble)};
}

}  // namespace rounds::core
