// Digests and ciphers of USM (RFC 3414, RFC 3826, RFC 7860), by net-snmp.
#pragma once

#include <array>
#include <optional>

#include "core/snmp.hpp"
#include "probes/snmp/ber.hpp"

namespace rounds::probes {

/// Bytes of msgAuthenticationParameters; 0 for none.
[[nodiscard]] std::size_t digest_size(core::SnmpAuth auth);
/// Of a whole message whose msgAuthenticationParameters are zeros. Empty when net-snmp refuses.
[[nodiscard]] Bytes digest_of(core::SnmpAuth auth, ByteView key, ByteView message);

/// Bytes a localised privacy key has.
[[nodiscard]] std::size_t key_size(core::SnmpPriv priv);

using Salt = std::array<std::uint8_t, 8>;  ///< msgPrivacyParameters
/// What the IV is made of, with the salt.
struct EngineTime {
    std::uint32_t boots = 0;
    std::uint32_t seconds = 0;
    friend bool operator==(const EngineTime&, const EngineTime&) = default;
};
/// Never the same twice for one key: `count` must not be. DES wants the boots in it.
[[nodiscard]] Salt salt_of(core::SnmpPriv priv, EngineTime at, std::uint64_t count);
/// DES pads with zeros to whole blocks. Empty when net-snmp refuses.
[[nodiscard]] Bytes encrypted(core::SnmpPriv priv, ByteView key, EngineTime at, const Salt& salt,
                              ByteView plain);
/// Empty when it cannot be a ciphertext. A wrong key gives nonsense, not emptiness.
[[nodiscard]] std::optional<Bytes> decrypted(core::SnmpPriv priv, ByteView key, EngineTime at,
                                             ByteView salt, ByteView cipher);

}  // namespace rounds::probes
