#include "probes/snmp/usm_keys.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "probes/snmp/usm_crypto.hpp"
#include "probes/snmp/usm_types.hpp"

namespace rounds::probes {

namespace {

constexpr std::size_t longest_key = 64;  // SHA-512's
constexpr std::size_t most_passwords = 64;
constexpr std::size_t shortest_password = 8;  // RFC 3414 §11.2

using KeyBuffer = std::array<u_char, longest_key>;

/// Takes the first `size` bytes and leaves none.
Secret taken(KeyBuffer& buffer, std::size_t size) {
    Secret secret{ByteView(buffer).first(std::min(size, buffer.size()))};
    ::explicit_bzero(buffer.data(), buffer.size());
    return secret;
}

/// net-snmp writes to standard error when a call fails, unless told not to.
void keep_net_snmp_quiet() {
    static const bool quiet = [] {
        snmp_disable_log();
        return true;
    }();
    static_cast<void>(quiet);
}

std::optional<Secret> localised_key(core::SnmpAuth auth, const Secret& master, ByteView engine_id) {
    const UsmAlgorithm algorithm = algorithm_of(auth);
    KeyBuffer buffer{};
    std::size_t size = buffer.size();
    const int done =
        generate_kul(algorithm.name, static_cast<unsigned>(algorithm.size), engine_id.data(),
                     static_cast<unsigned>(engine_id.size()), master.bytes().data(),
                     master.bytes().size(), buffer.data(), &size);
    if (done != SNMPERR_SUCCESS) return std::nullopt;
    return taken(buffer, size);
}

std::optional<Secret> extended(const core::SnmpCredentials& credentials, const Secret& key,
                               ByteView engine_id, KeyExtension extension) {
    const UsmAlgorithm hash = algorithm_of(credentials.auth);
    const UsmAlgorithm cipher = algorithm_of(credentials.priv, extension == KeyExtension::reeder);
    // net-snmp may take the buffer for another one.
    std::size_t size = key.bytes().size();
    auto* buffer = static_cast<u_char*>(std::calloc(1, longest_key));
    if (buffer == nullptr) return std::nullopt;
    std::copy(key.bytes().begin(), key.bytes().end(), buffer);
    const int done = netsnmp_extend_kul(
        static_cast<unsigned>(key_size(credentials.priv)), hash.name,
        static_cast<unsigned>(hash.size), cipher.type, const_cast<u_char*>(engine_id.data()),
        static_cast<unsigned>(engine_id.size()), &buffer, &size, longest_key);
    std::optional<Secret> longer;
    if (done == SNMPERR_SUCCESS && size >= key_size(credentials.priv))
        longer.emplace(ByteView(buffer, key_size(credentials.priv)));
    if (buffer != nullptr) ::explicit_bzero(buffer, std::min(size, longest_key));
    std::free(buffer);
    return longer;
}

}  // namespace

const Secret* PasswordKeys::master(core::SnmpAuth auth, const std::string& password) {
    if (auth == core::SnmpAuth::none || password.size() < shortest_password) return nullptr;
    const auto known = std::find_if(entries_.begin(), entries_.end(), [&](const auto& entry) {
        return entry->auth == auth && entry->password == password;
    });
    if (known != entries_.end()) return &(*known)->key;

    keep_net_snmp_quiet();
    const UsmAlgorithm algorithm = algorithm_of(auth);
    KeyBuffer buffer{};
    std::size_t size = buffer.size();
    const int done = generate_Ku(algorithm.name, static_cast<unsigned>(algorithm.size),
                                 reinterpret_cast<const u_char*>(password.data()), password.size(),
                                 buffer.data(), &size);
    if (done != SNMPERR_SUCCESS) return nullptr;
    if (entries_.size() >= most_passwords) forget();  // passwords of configurations long gone
    entries_.push_back(std::make_unique<Entry>(Entry{auth, password, taken(buffer, size)}));
    return &entries_.back()->key;
}

void PasswordKeys::forget() {
    for (const auto& entry : entries_)
        ::explicit_bzero(entry->password.data(), entry->password.size());
    entries_.clear();
}

bool needs_extension(core::SnmpAuth auth, core::SnmpPriv priv) {
    const std::size_t digest = [auth]() -> std::size_t {
        switch (auth) {
            case core::SnmpAuth::none: return 0;
            case core::SnmpAuth::md5: return 16;
            case core::SnmpAuth::sha1: return 20;
            case core::SnmpAuth::sha224: return 28;
            case core::SnmpAuth::sha256: return 32;
            case core::SnmpAuth::sha384: return 48;
            case core::SnmpAuth::sha512: return 64;
        }
        return 0;
    }();
    return digest < key_size(priv);
}

std::optional<UsmKeys> localised(PasswordKeys& passwords, const core::SnmpCredentials& credentials,
                                 ByteView engine_id, KeyExtension extension) {
    UsmKeys keys;
    if (credentials.auth == core::SnmpAuth::none) return keys;
    const Secret* master = passwords.master(credentials.auth, credentials.auth_password);
    if (master == nullptr) return std::nullopt;
    auto auth = localised_key(credentials.auth, *master, engine_id);
    if (!auth) return std::nullopt;
    keys.auth = std::move(*auth);
    if (credentials.priv == core::SnmpPriv::none) return keys;

    // RFC 3826 §1.2: the privacy key comes from its password by the digest of authentication.
    master = passwords.master(credentials.auth, credentials.priv_password);
    if (master == nullptr) return std::nullopt;
    auto priv = localised_key(credentials.auth, *master, engine_id);
    if (priv && needs_extension(credentials.auth, credentials.priv))
        priv = extended(credentials, *priv, engine_id, extension);
    if (!priv) return std::nullopt;
    keys.priv = std::move(*priv);
    return keys;
}

}  // namespace rounds::probes
