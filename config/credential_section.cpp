// How agents let themselves be asked: credentials, and polling.snmp.
#include <array>
#include <utility>

#include <fmt/format.h>

#include "config/secret.hpp"
#include "config/sections.hpp"
#include "config/values.hpp"
#include "core/text.hpp"

namespace rounds::config {

namespace {

using core::SnmpAuth;
using core::SnmpCredentials;
using core::SnmpPriv;
using core::SnmpVersion;
using namespace std::chrono_literals;

constexpr std::array<std::string_view, 3> version_words{"v1", "v2c", "v3"};
constexpr std::array<std::string_view, 7> auth_words{"none",    "MD5",     "SHA-1",  "SHA-224",
                                                     "SHA-256", "SHA-384", "SHA-512"};
constexpr std::array<std::string_view, 5> priv_words{"none", "DES", "AES-128", "AES-192",
                                                     "AES-256"};
/// RFC 3414 §11.2: shorter ones are too easily guessed; net-snmp refuses them.
constexpr std::size_t shortest_password = 8;

/// What keys of one version mean nothing to another.
void refuse(Section& keys, std::initializer_list<std::string_view> unfit, SnmpVersion version) {
    for (const auto key : unfit) {
        if (keys.any(key) == nullptr) continue;
        keys.problem(key, keys.place(key),
                     fmt::format("means nothing to SNMP {}; remove it", core::word(version)));
    }
}

/// The keys of one of the two: which protocol, and its password.
struct Protection {
    std::string_view protocol, password, file;
    bool used = false;
    bool misspelt = false;
};

void read_password(Section& keys, const Protection& with, const Node& node, Problems& problems,
                   std::string& password) {
    const bool told = node.find(with.password) != nullptr || node.find(with.file) != nullptr;
    const bool there = read_secret(keys, with.password, with.file, problems, password);
    if (with.misspelt) return;
    if (with.used && !told) {
        keys.problem(with.protocol, keys.place(with.protocol),
                     fmt::format("needs a password; write {} (or {})", with.file, with.password));
    } else if (!with.used && told) {
        problems.add(node.at, fmt::format("a password without a protocol; write {} beside it",
                                          with.protocol));
    } else if (there && password.size() < shortest_password) {
        problems.add(node.at,
                     fmt::format("the password for {} is too short; SNMP wants {} characters",
                                 with.protocol, shortest_password));
    }
}

void read_v3(Section& keys, const Node& node, Problems& problems, SnmpCredentials& credentials) {
    keys.required("user", credentials.user, line_of_text);
    const auto auths = one_of("a protocol of authentication", core::snmp_auth_of, auth_words);
    const auto privs = one_of("a protocol of privacy", core::snmp_priv_of, priv_words);
    const bool auth = keys.optional("auth", credentials.auth, auths);
    const bool priv = keys.optional("priv", credentials.priv, privs);
    keys.optional("context", credentials.context, line_of_text);
    if (credentials.user.size() > 32)
        keys.problem("user", keys.place("user"), "is longer than the 32 bytes that SNMP allows");
    // A protocol that is no word has its sentence already.
    read_password(keys,
                  {"auth", "auth_password", "auth_file", credentials.auth != SnmpAuth::none,
                   !auth && node.find("auth") != nullptr},
                  node, problems, credentials.auth_password);
    read_password(keys,
                  {"priv", "priv_password", "priv_file", credentials.priv != SnmpPriv::none,
                   !priv && node.find("priv") != nullptr},
                  node, problems, credentials.priv_password);
    if (credentials.priv != SnmpPriv::none && credentials.auth == SnmpAuth::none)
        keys.problem("priv", keys.place("priv"),
                     "needs auth: SNMP v3 has no privacy without authentication");
    refuse(keys, {"community", "community_file"}, SnmpVersion::v3);
}

void read_community(Section& keys, const Node& node, Problems& problems,
                    SnmpCredentials& credentials) {
    read_secret(keys, "community", "community_file", problems, credentials.community);
    if (node.find("community") == nullptr && node.find("community_file") == nullptr)
        problems.add(node.at, "credentials need a community: write community_file (or community)");
    refuse(keys,
           {"user", "auth", "auth_password", "auth_file", "priv", "priv_password", "priv_file",
            "context"},
           credentials.version);
}

}  // namespace

void read_credentials(std::span<const Entry> entries, Problems& problems, Draft& draft) {
    for (const auto& [name, at, value] : entries) {
        SnmpCredentials credentials{.name = name};
        Section keys(value, "credentials " + core::printable(name, 40), problems);
        keys.required("snmp", credentials.version,
                      one_of("a version of SNMP", core::snmp_version_of, version_words));
        int port = credentials.port;
        if (keys.optional("port", port, number(1, 65535)))
            credentials.port = static_cast<std::uint16_t>(port);
        if (credentials.version == SnmpVersion::v3) {
            read_v3(keys, value, problems, credentials);
        } else {
            read_community(keys, value, problems, credentials);
        }
        draft.credentials.push_back(
            {std::make_shared<const SnmpCredentials>(std::move(credentials)), at});
    }
}

void read_snmp(const Node& node, const std::string& title, Problems& problems, SnmpLayer& snmp) {
    Section keys(node, title, problems);
    keys.optional("interval", snmp.interval, duration(10s, 24h));
    keys.optional("timeout", snmp.timeout, duration(10ms, 60s));
    keys.optional("retries", snmp.retries, number(0, 10));
    keys.optional("max_repetitions", snmp.max_repetitions, number(1, 100));
    keys.optional("any_source", snmp.any_source, truth);
}

}  // namespace rounds::config
