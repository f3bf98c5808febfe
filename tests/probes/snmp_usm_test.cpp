// SNMPv3's keys against the standard's own examples, and an engine that lies.
#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include "probes/snmp/usm_peer.hpp"
#include "tests/probes/snmp_agent.hpp"

namespace rounds::probes {
namespace {

using core::SnmpAuth;
using core::SnmpCredentials;
using core::SnmpPriv;
using core::SnmpTrouble;

std::string hex(ByteView bytes) {
    return fmt::format("{:02x}", fmt::join(bytes, ""));
}

SnmpCredentials credentials(SnmpAuth auth, SnmpPriv priv) {
    SnmpCredentials made;
    made.name = "core";
    made.version = core::SnmpVersion::v3;
    made.user = "rounds";
    made.auth = auth;
    made.auth_password = "maplesyrup";
    made.priv = priv;
    made.priv_password = "maplesyrup";
    return made;
}

const Bytes engine_id{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2};

// RFC 3414 A.3.1 and A.3.2.
TEST(SnmpKeys, AreThoseOfTheStandardsExamples) {
    PasswordKeys passwords;
    EXPECT_EQ(hex(passwords.master(SnmpAuth::md5, "maplesyrup")->bytes()),
              "9faf3283884e92834ebc9847d8edd963");
    EXPECT_EQ(hex(passwords.master(SnmpAuth::sha1, "maplesyrup")->bytes()),
              "9fb5cc0381497b3793528939ff788d5d79145211");
    const auto md5 = localised(passwords, credentials(SnmpAuth::md5, SnmpPriv::des), engine_id,
                               KeyExtension::reeder);
    EXPECT_EQ(hex(md5->auth.bytes()), "526f5eed9fcce26f8964c2930787d82b");
    EXPECT_EQ(hex(md5->priv.bytes()), "526f5eed9fcce26f8964c2930787d82b");
    const auto sha1 = localised(passwords, credentials(SnmpAuth::sha1, SnmpPriv::none), engine_id,
                                KeyExtension::reeder);
    EXPECT_EQ(hex(sha1->auth.bytes()), "6695febc9288e36282235fc7151f128497b38f3f");
    EXPECT_TRUE(sha1->priv.empty());
}

TEST(SnmpKeys, AreNotMadeOfShortPasswordsAndMadeOnceOfLongOnes) {
    PasswordKeys passwords;
    EXPECT_EQ(passwords.master(SnmpAuth::sha1, "seven77"), nullptr);
    const Secret* first = passwords.master(SnmpAuth::sha1, "eight888");
    EXPECT_EQ(passwords.master(SnmpAuth::sha1, "eight888"), first);
    EXPECT_NE(hex(passwords.master(SnmpAuth::sha256, "eight888")->bytes()), hex(first->bytes()));
    for (int i = 0; i < 200; ++i)
        EXPECT_NE(passwords.master(SnmpAuth::md5, fmt::format("password-{}", i)), nullptr);
}

TEST(SnmpKeys, ShortOnesAreMadeLongerInTwoWays) {
    PasswordKeys passwords;
    const auto wanted = credentials(SnmpAuth::sha1, SnmpPriv::aes256);
    const auto reeder = localised(passwords, wanted, engine_id, KeyExtension::reeder);
    const auto blumenthal = localised(passwords, wanted, engine_id, KeyExtension::blumenthal);
    ASSERT_TRUE(reeder && blumenthal);
    EXPECT_EQ(reeder->priv.bytes().size(), 32U);
    EXPECT_EQ(blumenthal->priv.bytes().size(), 32U);
    EXPECT_EQ(hex(reeder->priv.bytes().first(20)), hex(blumenthal->priv.bytes().first(20)));
    EXPECT_NE(hex(reeder->priv.bytes()), hex(blumenthal->priv.bytes()));
    EXPECT_FALSE(needs_extension(SnmpAuth::sha256, SnmpPriv::aes256));
    EXPECT_FALSE(needs_extension(SnmpAuth::md5, SnmpPriv::aes128));
    EXPECT_TRUE(needs_extension(SnmpAuth::sha224, SnmpPriv::aes256));
}

TEST(SnmpCipher, WhatIsEncryptedComesBack) {
    const Bytes key(32, 0x5a), plain{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    const EngineTime at{7, 1'000};
    for (const auto priv : {SnmpPriv::des, SnmpPriv::aes128, SnmpPriv::aes192, SnmpPriv::aes256}) {
        const Salt salt = salt_of(priv, at, 0x0102030405060708);
        const Bytes cipher = encrypted(priv, key, at, salt, plain);
        ASSERT_GE(cipher.size(), plain.size()) << word(priv);
        EXPECT_FALSE(std::equal(plain.begin(), plain.end(), cipher.begin()));
        auto back = decrypted(priv, key, at, salt, cipher);
        ASSERT_TRUE(back && back->size() >= plain.size());
        back->resize(plain.size());
        EXPECT_EQ(*back, plain) << word(priv);
        EXPECT_FALSE(decrypted(priv, key, at, Bytes(7), cipher)) << "a salt of 7 bytes";
        EXPECT_FALSE(decrypted(priv, Bytes(8), at, salt, cipher)) << "a key of 8 bytes";
        EXPECT_FALSE(decrypted(priv, key, at, salt, Bytes{}));
    }
    EXPECT_FALSE(decrypted(SnmpPriv::des, key, at, Bytes(8), Bytes(9))) << "no whole block";
}

/// The other side: an engine that says what it is told to.
class Peer : public testing::Test {
 protected:
    static Bytes scoped(const core::Oid& name, std::uint8_t kind = 0xa8, std::int64_t id = 9) {
        BerWriter writer;
        writer.nested(ber::sequence, [&] {
            writer.octets(engine_id);
            writer.octets(std::string_view{});
            writer.nested(kind, [&] {
                for (const std::int64_t value : {id, std::int64_t{0}, std::int64_t{0}})
                    writer.integer(value);
                writer.nested(ber::sequence, [&] { writer.raw(wire({name, number(1)})); });
            });
        });
        return writer.take();
    }
    Bytes said(std::uint8_t flags, EngineTime time, const Bytes& data,
               const Bytes& engine = engine_id) {
        const auto keys = localised(passwords, whom, engine_id, KeyExtension::reeder);
        const Bytes zeros((flags & V3Message::auth_flag) != 0 ? digest_size(whom.auth) : 0);
        const Salt salt = salt_of(whom.priv, time, 4);
        V3Message message{.id = 5,
                          .flags = flags,
                          .engine_id = engine,
                          .time = time,
                          .user = whom.user,
                          .digest = zeros,
                          .data = data};
        Bytes cipher;
        if (message.encrypted()) {
            cipher = encrypted(whom.priv, keys->priv.bytes(), time, salt, data);
            message.salt = salt;
            message.data = cipher;
        }
        Bytes datagram = write_v3(message);
        if (message.authenticated()) {
            const Bytes digest = digest_of(whom.auth, keys->auth.bytes(), datagram);
            const auto place = read_v3(datagram)->digest.data() - datagram.data();
            std::copy(digest.begin(), digest.end(), datagram.begin() + place);
        }
        return datagram;
    }
    UsmPeer::Opened hear(const Bytes& datagram) {
        return peer.open(passwords, whom, datagram, now);
    }
    Bytes ask() {
        const Question question{.names = {sys_name}};
        return peer.seal(passwords, whom, question, 5, 9, now).value();
    }
    void meet() {
        const auto met = hear(said(0, {3, 100}, scoped(unknown_engine)));
        ASSERT_TRUE(std::holds_alternative<UsmPeer::Learned>(met));
    }
    template <class T>
    static bool is(const UsmPeer::Opened& opened) {
        return std::holds_alternative<T>(opened);
    }

    static constexpr std::uint8_t signed_ = 1, secret = 3;
    const core::Oid sys_name = oid("1.3.6.1.2.1.1.5.0");
    const core::Oid unknown_engine = oid("1.3.6.1.6.3.15.1.1.4.0");
    const core::Oid not_in_window = oid("1.3.6.1.6.3.15.1.1.2.0");
    PasswordKeys passwords;
    SnmpCredentials whom = credentials(SnmpAuth::sha256, SnmpPriv::aes128);
    UsmPeer peer;
    core::SteadyTime now{std::chrono::hours{1}};
};

TEST_F(Peer, IsDiscoveredFirst) {
    const Bytes first = ask();
    const auto discovery = read_v3(first);
    ASSERT_TRUE(discovery);
    EXPECT_TRUE(discovery->engine_id.empty());
    EXPECT_TRUE(discovery->user.empty());
    EXPECT_EQ(discovery->flags, V3Message::report_flag);
    meet();
    EXPECT_TRUE(peer.known());
    EXPECT_EQ(peer.time_at(now + std::chrono::seconds{42}), (EngineTime{3, 142}));
}

TEST_F(Peer, IsAskedWithDigestAndCipher) {
    meet();
    const Bytes datagram = ask();
    const auto message = read_v3(datagram);
    ASSERT_TRUE(message);
    EXPECT_EQ(message->flags, V3Message::report_flag | secret);
    EXPECT_EQ(message->user, "rounds");
    EXPECT_EQ(message->time, (EngineTime{3, 100}));
    EXPECT_TRUE(std::ranges::equal(message->engine_id, engine_id));
    const auto keys = localised(passwords, whom, engine_id, KeyExtension::reeder);
    const auto plain =
        decrypted(whom.priv, keys->priv.bytes(), message->time, message->salt, message->data);
    ASSERT_TRUE(plain);
    const Question question{.names = {sys_name}};
    EXPECT_EQ(*plain, write_scoped(engine_id, "", question, 9));
    Bytes zeroed = datagram;
    const auto place = zeroed.begin() + (message->digest.data() - datagram.data());
    std::fill_n(place, message->digest.size(), std::uint8_t{0});
    EXPECT_TRUE(
        std::ranges::equal(message->digest, digest_of(whom.auth, keys->auth.bytes(), zeroed)));
    EXPECT_NE(ask(), datagram) << "no salt twice";
}

TEST_F(Peer, IsBelievedWhenItsAnswerIsGenuine) {
    meet();
    const auto opened = hear(said(secret, {3, 105}, scoped(sys_name, 0xa2)));
    ASSERT_TRUE(is<UsmPeer::Told>(opened));
    EXPECT_EQ(std::get<UsmPeer::Told>(opened).answer.request_id, 9);
    EXPECT_EQ(peer.time_at(now), (EngineTime{3, 105}));
    EXPECT_TRUE(peer.privacy_proven(whom));
}

TEST_F(Peer, IsNotBelievedWhenAnyBitIsChanged) {
    meet();
    const Bytes genuine = said(secret, {3, 105}, scoped(sys_name, 0xa2));
    for (std::size_t at = 0; at < genuine.size(); ++at) {
        Bytes changed = genuine;
        changed[at] ^= 0x04;
        EXPECT_FALSE(is<UsmPeer::Told>(hear(changed))) << "byte " << at;
    }
}

TEST_F(Peer, IsNotBelievedAtALowerLevel) {
    meet();
    EXPECT_TRUE(is<UsmPeer::Nonsense>(hear(said(0, {3, 105}, scoped(sys_name, 0xa2)))));
    EXPECT_TRUE(is<UsmPeer::Nonsense>(hear(said(signed_, {3, 105}, scoped(sys_name, 0xa2)))));
}

TEST_F(Peer, IsNotBelievedInAnothersName) {
    meet();
    Bytes other = engine_id;
    other.back() = 3;
    EXPECT_TRUE(is<UsmPeer::Nonsense>(hear(said(secret, {3, 105}, scoped(sys_name, 0xa2), other))));
}

TEST_F(Peer, TellsItsTimeWhenOursIsWrong) {
    meet();
    EXPECT_TRUE(is<UsmPeer::Learned>(hear(said(signed_, {9, 5}, scoped(not_in_window)))));
    EXPECT_EQ(peer.time_at(now), (EngineTime{9, 5}));
    const Bytes again = ask();
    EXPECT_EQ(read_v3(again)->time, (EngineTime{9, 5}));
    EXPECT_TRUE(is<UsmPeer::Learned>(hear(said(signed_, {1, 2}, scoped(not_in_window)))))
        << "boots that go back: a replaced memory card";
    EXPECT_EQ(peer.time_at(now), (EngineTime{1, 2}));
}

TEST_F(Peer, ThatRepeatsATimeWeHaveIsInTrouble) {
    meet();
    const auto opened = hear(said(0, {3, 100}, scoped(not_in_window)));
    ASSERT_TRUE(is<SnmpTrouble>(opened));
    EXPECT_EQ(std::get<SnmpTrouble>(opened), SnmpTrouble::not_in_time_window);
}

TEST_F(Peer, MayBecomeAnotherEngine) {
    meet();
    EXPECT_TRUE(is<UsmPeer::Nonsense>(hear(said(0, {3, 100}, scoped(unknown_engine)))))
        << "the same again";
    const Bytes other(17, 0x80);
    EXPECT_TRUE(is<UsmPeer::Learned>(hear(said(0, {1, 1}, scoped(unknown_engine), other))));
    const Bytes again = ask();
    EXPECT_TRUE(std::ranges::equal(read_v3(again)->engine_id, other));
    const Bytes endless(65, 0x80);
    EXPECT_TRUE(is<UsmPeer::Nonsense>(hear(said(0, {1, 1}, scoped(unknown_engine), endless))));
    EXPECT_TRUE(is<UsmPeer::Nonsense>(hear(said(0, {1, 1}, scoped(unknown_engine), {}))));
}

struct ReportCase {
    std::string name;
    std::string counter;
    SnmpTrouble trouble;
    friend void PrintTo(const ReportCase& c, std::ostream* out) { *out << c.name; }
};
class PeerReport : public Peer, public testing::WithParamInterface<ReportCase> {};

TEST_P(PeerReport, IsATroubleAPersonUnderstands) {
    meet();
    const auto opened = hear(said(0, {3, 100}, scoped(oid(GetParam().counter))));
    ASSERT_TRUE(is<SnmpTrouble>(opened));
    EXPECT_EQ(std::get<SnmpTrouble>(opened), GetParam().trouble);
}

INSTANTIATE_TEST_SUITE_P(
    Snmp, PeerReport,
    testing::Values(
        ReportCase{"UnsupportedSecLevels", "1.3.6.1.6.3.15.1.1.1.0", SnmpTrouble::wrong_level},
        ReportCase{"UnknownUserNames", "1.3.6.1.6.3.15.1.1.3.0", SnmpTrouble::unknown_user},
        ReportCase{"WrongDigests", "1.3.6.1.6.3.15.1.1.5.0", SnmpTrouble::wrong_password},
        ReportCase{"DecryptionErrors", "1.3.6.1.6.3.15.1.1.6.0", SnmpTrouble::wrong_password},
        ReportCase{"UnavailableContexts", "1.3.6.1.6.3.12.1.4.0", SnmpTrouble::unknown_context},
        ReportCase{"UnknownContexts", "1.3.6.1.6.3.12.1.5.0", SnmpTrouble::unknown_context},
        ReportCase{"UnknownSecurityModels", "1.3.6.1.6.3.11.2.1.1.0", SnmpTrouble::refused},
        ReportCase{"SomethingElse", "1.3.6.1.6.3.15.1.1", SnmpTrouble::refused}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace rounds::probes
