#include "core/snmp.hpp"

#include <set>

#include <gtest/gtest.h>

namespace rounds::core {
namespace {

using Type = SnmpValue::Type;

TEST(SnmpValue, NumbersOfAnyKindAreIntegers) {
    EXPECT_EQ((SnmpValue{Type::integer, std::int64_t{-2}}.integer()), -2);
    EXPECT_EQ((SnmpValue{Type::counter32, std::uint64_t{7}}.integer()), 7);
    EXPECT_EQ((SnmpValue{Type::real, -21.9}.integer()), -21);
    EXPECT_EQ((SnmpValue{Type::real, 1e300}.integer()), std::nullopt);
    EXPECT_EQ((SnmpValue{Type::counter64, std::uint64_t{1} << 63}.integer()), std::nullopt);
    EXPECT_EQ((SnmpValue{Type::counter64, std::uint64_t{1} << 63}.number()), 9223372036854775808.0);
    EXPECT_EQ((SnmpValue{Type::octets, std::string("7")}.integer()), std::nullopt);
    EXPECT_EQ((SnmpValue{Type::oid, Oid()}.number()), std::nullopt);
}

TEST(SnmpValue, SaysWhetherThereIsOne) {
    EXPECT_TRUE((SnmpValue{Type::octets, std::string()}.present()));
    EXPECT_TRUE((SnmpValue{Type::real, 0.0}.present()));
    for (const auto none :
         {Type::null, Type::no_such_object, Type::no_such_instance, Type::end_of_mib_view})
        EXPECT_FALSE((SnmpValue{none, {}}.present())) << word(none);
}

TEST(Snmp, WordsReadBack) {
    for (const auto auth : {SnmpAuth::none, SnmpAuth::md5, SnmpAuth::sha1, SnmpAuth::sha224,
                            SnmpAuth::sha256, SnmpAuth::sha384, SnmpAuth::sha512})
        EXPECT_EQ(snmp_auth_of(word(auth)), auth);
    for (const auto priv :
         {SnmpPriv::none, SnmpPriv::des, SnmpPriv::aes128, SnmpPriv::aes192, SnmpPriv::aes256})
        EXPECT_EQ(snmp_priv_of(word(priv)), priv);
    for (const auto version : {SnmpVersion::v1, SnmpVersion::v2c, SnmpVersion::v3})
        EXPECT_EQ(snmp_version_of(word(version)), version);
    EXPECT_EQ(snmp_auth_of("SHA"), SnmpAuth::sha1);
    EXPECT_EQ(snmp_priv_of("AES"), SnmpPriv::aes128);
    EXPECT_EQ(snmp_auth_of("sha"), std::nullopt);
}

TEST(Snmp, EveryTroubleHasASentenceOfItsOwn) {
    std::set<std::string> sentences;
    for (int i = 0; i <= static_cast<int>(SnmpTrouble::port_closed); ++i) {
        for (const auto language : {Language::english, Language::chinese})
            sentences.insert(render(message_of(static_cast<SnmpTrouble>(i)), {language}));
    }
    EXPECT_EQ(sentences.size(), 22u);
}

}  // namespace
}  // namespace rounds::core
