// net-snmp's numbers for USM's algorithms. Included by the .cpp of this room alone.
#pragma once

#include <net-snmp/net-snmp-config.h>
// This one comes first.
#include <net-snmp/net-snmp-includes.h>

#include "core/snmp.hpp"

namespace rounds::probes {

struct UsmAlgorithm {
    oid* name = nullptr;
    std::size_t size = 0;
    int type = 0;
};

[[nodiscard]] inline UsmAlgorithm algorithm_of(core::SnmpAuth auth) {
    UsmAlgorithm algorithm;
    switch (auth) {
        case core::SnmpAuth::none: algorithm.type = NETSNMP_USMAUTH_NOAUTH; break;
        case core::SnmpAuth::md5: algorithm.type = NETSNMP_USMAUTH_HMACMD5; break;
        case core::SnmpAuth::sha1: algorithm.type = NETSNMP_USMAUTH_HMACSHA1; break;
        case core::SnmpAuth::sha224: algorithm.type = NETSNMP_USMAUTH_HMAC128SHA224; break;
        case core::SnmpAuth::sha256: algorithm.type = NETSNMP_USMAUTH_HMAC192SHA256; break;
        case core::SnmpAuth::sha384: algorithm.type = NETSNMP_USMAUTH_HMAC256SHA384; break;
        case core::SnmpAuth::sha512: algorithm.type = NETSNMP_USMAUTH_HMAC384SHA512; break;
    }
    algorithm.name = sc_get_auth_oid(algorithm.type, &algorithm.size);
    return algorithm;
}

/// `cisco`: with Reeder's key extension.
[[nodiscard]] inline UsmAlgorithm algorithm_of(core::SnmpPriv priv, bool cisco = false) {
    UsmAlgorithm algorithm;
    switch (priv) {
        case core::SnmpPriv::none: algorithm.type = USM_CREATE_USER_PRIV_NONE; break;
        case core::SnmpPriv::des: algorithm.type = USM_CREATE_USER_PRIV_DES; break;
        case core::SnmpPriv::aes128: algorithm.type = USM_CREATE_USER_PRIV_AES; break;
        case core::SnmpPriv::aes192:
            algorithm.type =
                cisco ? USM_CREATE_USER_PRIV_AES192_CISCO : USM_CREATE_USER_PRIV_AES192;
            break;
        case core::SnmpPriv::aes256:
            algorithm.type =
                cisco ? USM_CREATE_USER_PRIV_AES256_CISCO : USM_CREATE_USER_PRIV_AES256;
            break;
    }
    algorithm.name = sc_get_priv_oid(algorithm.type, &algorithm.size);
    return algorithm;
}

}  // namespace rounds::probes
