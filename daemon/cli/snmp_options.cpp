#include "daemon/cli/snmp_options.hpp"

#include <fmt/format.h>

#include "config/secret.hpp"
#include "core/text.hpp"

namespace rounds::daemon {

namespace {

using core::Error;
using core::SnmpCredentials;
using Found = core::Result<std::shared_ptr<const SnmpCredentials>>;

Error wrong(std::string sentence) {
    return {Error::Kind::invalid_input, std::move(sentence)};
}

Found named(const std::string& name, const config::Setup& setup) {
    for (const auto& credentials : setup.credentials) {
        if (credentials->name == name) return credentials;
    }
    return wrong(fmt::format("no credentials are called \"{}\" in the configuration",
                             core::printable(name, 40)));
}

/// A protocol and its password's file: both or neither.
core::Result<std::string> password(const std::optional<std::string>& protocol,
                                   std::string_view option,
                                   const std::optional<std::filesystem::path>& file) {
    if (protocol.has_value() != file.has_value())
        return wrong(fmt::format("{0} and {0}-file go together", option));
    if (!file) return std::string();
    auto secret = config::read_secret_file(*file);
    if (!secret) return secret.error().within(file->string());
    if (secret->size() < 8)
        return wrong(fmt::format("{}: SNMP wants 8 characters", file->string()));
    return secret;
}

Found of_user(const SnmpOptions& options) {
    SnmpCredentials v3{
        .name = "command line", .version = core::SnmpVersion::v3, .user = *options.user};
    const auto auth = core::snmp_auth_of(options.auth.value_or("none"));
    if (!auth) return wrong("--v3-auth is one of MD5, SHA-1, SHA-224, SHA-256, SHA-384, SHA-512");
    const auto priv = core::snmp_priv_of(options.priv.value_or("none"));
    if (!priv) return wrong("--v3-priv is one of DES, AES-128, AES-192, AES-256");
    if (options.priv && !options.auth) return wrong("--v3-priv needs --v3-auth");
    v3.auth = *auth;
    v3.priv = *priv;
    auto auth_password = password(options.auth, "--v3-auth", options.auth_file);
    if (!auth_password) return auth_password.error();
    auto priv_password = password(options.priv, "--v3-priv", options.priv_file);
    if (!priv_password) return priv_password.error();
    v3.auth_password = std::move(*auth_password);
    v3.priv_password = std::move(*priv_password);
    v3.port = static_cast<std::uint16_t>(options.port);
    return std::make_shared<const SnmpCredentials>(std::move(v3));
}

}  // namespace

Found credentials_of(const SnmpOptions& options, const config::Setup& setup) {
    if (options.credentials) return named(*options.credentials, setup);
    if (options.user) return of_user(options);
    if (!options.community) return std::shared_ptr<const SnmpCredentials>();
    return std::make_shared<const SnmpCredentials>(
        SnmpCredentials{.name = "command line",
                        .port = static_cast<std::uint16_t>(options.port),
                        .community = *options.community});
}

}  // namespace rounds::daemon
