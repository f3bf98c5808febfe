// From a password to the keys for one engine (RFC 3414 §2.6, appendix A.2).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/snmp.hpp"
#include "probes/snmp/secret.hpp"

namespace rounds::probes {

/// How a key that the digest leaves too short for AES-192 and AES-256 is made longer. Cisco and most makers do it
/// one way (draft-reeder), net-snmp's "AES-256" the other (draft-blumenthal); an agent does not say which.
enum class KeyExtension { reeder, blumenthal };

/// Localised: for one user of one engine.
struct UsmKeys {
    Secret auth;
    Secret priv;  ///< DES: also the pre-IV.
};

/// Master keys by password, each computed once: a password is hashed over a megabyte (some milliseconds).
class PasswordKeys {
 public:
    PasswordKeys() = default;
    PasswordKeys(const PasswordKeys&) = delete;
    PasswordKeys& operator=(const PasswordKeys&) = delete;
    ~PasswordKeys() { forget(); }

    /// Empty when the password has less than 8 characters. Valid until the next call.
    const Secret* master(core::SnmpAuth auth, const std::string& password);

 private:
    struct Entry {
        core::SnmpAuth auth;
        std::string password;
        Secret key;
    };
    void forget();
    std::vector<std::unique_ptr<Entry>> entries_;
};

/// Does this combination need its key made longer? Then Reeder's way costs another password's worth per engine.
[[nodiscard]] bool needs_extension(core::SnmpAuth auth, core::SnmpPriv priv);

/// Keys of the credentials' user at this engine; empty when a password is too short.
[[nodiscard]] std::optional<UsmKeys> localised(PasswordKeys& passwords,
                                               const core::SnmpCredentials& credentials,
                                               ByteView engine_id, KeyExtension extension);

}  // namespace rounds::probes
