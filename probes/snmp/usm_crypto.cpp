#include "probes/snmp/usm_crypto.hpp"

#include <algorithm>

#include "probes/snmp/usm_types.hpp"

namespace rounds::probes {

namespace {

constexpr std::size_t des_block = 8;

void put(std::uint8_t* at, std::uint32_t number) {
    for (int shift = 24; shift >= 0; shift -= 8) *at++ = static_cast<std::uint8_t>(number >> shift);
}

struct Iv {
    std::array<std::uint8_t, 16> bytes{};
    unsigned size = 16;
};

/// RFC 3414 §8.1.1.1: the pre-IV in the key's second half, xor the salt. RFC 3826 §3.1.2.1: boots, time, salt.
Iv iv_of(core::SnmpPriv priv, ByteView key, EngineTime at, ByteView salt) {
    Iv iv;
    if (priv == core::SnmpPriv::des) {
        iv.size = 8;
        for (std::size_t i = 0; i < 8; ++i) iv.bytes[i] = key[8 + i] ^ salt[i];
        return iv;
    }
    put(iv.bytes.data(), at.boots);
    put(iv.bytes.data() + 4, at.seconds);
    std::copy(salt.begin(), salt.end(), iv.bytes.begin() + 8);
    return iv;
}

u_char* without_const(ByteView bytes) {  // net-snmp's prototypes know no const
    return const_cast<u_char*>(bytes.data());
}

}  // namespace

std::size_t digest_size(core::SnmpAuth auth) {
    if (auth == core::SnmpAuth::none) return 0;
    return static_cast<std::size_t>(std::max(0, sc_get_auth_maclen(algorithm_of(auth).type)));
}

Bytes digest_of(core::SnmpAuth auth, ByteView key, ByteView message) {
    const UsmAlgorithm algorithm = algorithm_of(auth);
    Bytes digest(digest_size(auth));
    std::size_t size = digest.size();
    if (key.empty() || digest.empty()) return {};
    const int done = sc_generate_keyed_hash(
        algorithm.name, algorithm.size, key.data(), static_cast<unsigned>(key.size()),
        message.data(), static_cast<unsigned>(message.size()), digest.data(), &size);
    return done == SNMPERR_SUCCESS && size == digest.size() ? digest : Bytes{};
}

std::size_t key_size(core::SnmpPriv priv) {
    switch (priv) {
        case core::SnmpPriv::none: return 0;
        case core::SnmpPriv::des:
        case core::SnmpPriv::aes128: return 16;
        case core::SnmpPriv::aes192: return 24;
        case core::SnmpPriv::aes256: return 32;
    }
    return 0;
}

Salt salt_of(core::SnmpPriv priv, EngineTime at, std::uint64_t count) {
    Salt salt{};
    put(salt.data(),
        priv == core::SnmpPriv::des ? at.boots : static_cast<std::uint32_t>(count >> 32));
    put(salt.data() + 4, static_cast<std::uint32_t>(count));
    return salt;
}

Bytes encrypted(core::SnmpPriv priv, ByteView key, EngineTime at, const Salt& salt,
                ByteView plain) {
    if (key.size() < key_size(priv) || key.empty()) return {};
    const UsmAlgorithm algorithm = algorithm_of(priv);
    Iv iv = iv_of(priv, key, at, salt);
    Bytes padded(plain.begin(), plain.end());
    if (priv == core::SnmpPriv::des)
        padded.resize((padded.size() + des_block - 1) / des_block * des_block);
    Bytes cipher(padded.size() + 16);
    std::size_t size = cipher.size();
    const int done =
        sc_encrypt(algorithm.name, algorithm.size, without_const(key),
                   static_cast<unsigned>(key_size(priv)), iv.bytes.data(), iv.size, padded.data(),
                   static_cast<unsigned>(padded.size()), cipher.data(), &size);
    if (done != SNMPERR_SUCCESS || size > cipher.size()) return {};
    cipher.resize(size);
    return cipher;
}

std::optional<Bytes> decrypted(core::SnmpPriv priv, ByteView key, EngineTime at, ByteView salt,
                               ByteView cipher) {
    if (key.size() < key_size(priv) || key.empty() || salt.size() != 8 || cipher.empty())
        return std::nullopt;
    if (priv == core::SnmpPriv::des && cipher.size() % des_block != 0) return std::nullopt;
    const UsmAlgorithm algorithm = algorithm_of(priv);
    Iv iv = iv_of(priv, key, at, salt);
    Bytes plain(cipher.size() + 16);
    std::size_t size = plain.size();
    const int done = sc_decrypt(algorithm.name, algorithm.size, without_const(key),
                                static_cast<unsigned>(key_size(priv)), iv.bytes.data(), iv.size,
                                without_const(cipher), static_cast<unsigned>(cipher.size()),
                                plain.data(), &size);
    if (done != SNMPERR_SUCCESS || size > plain.size()) return std::nullopt;
    plain.resize(size);
    return plain;
}

}  // namespace rounds::probes
