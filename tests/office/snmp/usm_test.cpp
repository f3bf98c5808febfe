// SNMPv3, asked by the other side of the same standard: what Rounds asks with.
#include <chrono>
#include <ostream>

#include <gmock/gmock.h>

#include "probes/snmp/usm_peer.hpp"
#include "tests/office/snmp/talk.hpp"

namespace rounds::simulator {
namespace {

using namespace std::chrono_literals;
using core::Oid;
using core::SnmpAuth;
using core::SnmpPriv;
using core::SnmpTrouble;
using probes::UsmPeer;

const Oid sys_name({1, 3, 6, 1, 2, 1, 1, 5, 0});
const auto agent_address = asio::ip::make_address("10.1.0.1");

core::SnmpCredentials credentials(SnmpAuth auth, SnmpPriv priv) {
    core::SnmpCredentials made;
    made.version = core::SnmpVersion::v3;
    made.user = "rounds";
    made.auth = auth;
    made.auth_password = "maplesyrup-auth";
    made.priv = priv;
    made.priv_password = "maplesyrup-priv";
    return made;
}

std::string script(SnmpAuth auth, SnmpPriv priv, const std::string& more = {}) {
    std::string user = "user: rounds";
    if (auth != SnmpAuth::none)
        user += ", auth: " + std::string(word(auth)) + ", auth_password: maplesyrup-auth";
    if (priv != SnmpPriv::none)
        user += ", priv: " + std::string(word(priv)) + ", priv_password: maplesyrup-priv";
    return "devices: [{name: sw, address: 10.1.0.1, snmp: {kind: switch, v3: {" + user + more +
           "}}}]\nevents: [{at: 1s, device: sw, restart: true}]\n";
}

/// Somebody who asks, with a memory of the engine.
class Asking {
 public:
    explicit Asking(Talk& talk) : talk_(talk) {}

    /// Asks until there is an answer or a trouble; empty when the agent is silent or teaches without end.
    std::optional<std::variant<Talk::Told, SnmpTrouble>> ask(const core::SnmpCredentials& by) {
        for (int lessons = 0; lessons < 5; ++lessons) {
            const core::SteadyTime at{talk_.now};
            auto sealed = peer_.seal(passwords_, by, {.names = {sys_name}}, ++id_, 7, at);
            if (!sealed) return std::nullopt;
            const auto told = talk_.office().tell(agent_address, *sealed, talk_.now);
            if (!told) return std::nullopt;
            auto opened = peer_.open(passwords_, by, told->message, at);
            if (const auto* came = std::get_if<UsmPeer::Told>(&opened))
                return Talk::told(came->answer);
            if (auto* trouble = std::get_if<SnmpTrouble>(&opened)) return *trouble;
            if (std::holds_alternative<UsmPeer::Nonsense>(opened)) return std::nullopt;
            ++learned_;
        }
        return std::nullopt;
    }

    std::string name(const core::SnmpCredentials& by) {
        const auto got = ask(by);
        const auto* answer = got ? std::get_if<Talk::Told>(&*got) : nullptr;
        if (answer == nullptr || answer->variables.empty()) return "(none)";
        const auto* bytes = answer->variables.front().value.bytes();
        return bytes != nullptr ? *bytes : "(no text)";
    }

    std::optional<SnmpTrouble> trouble(const core::SnmpCredentials& by) {
        const auto got = ask(by);
        const auto* trouble = got ? std::get_if<SnmpTrouble>(&*got) : nullptr;
        return trouble != nullptr ? std::optional{*trouble} : std::nullopt;
    }

    /// How often the agent has told its engine's ID or time instead of answering.
    [[nodiscard]] int learned() const { return learned_; }
    bool other_extension(const core::SnmpCredentials& by) { return peer_.try_other_extension(by); }

 private:
    Talk& talk_;
    probes::PasswordKeys passwords_;
    UsmPeer peer_;
    std::int32_t id_ = 0;
    int learned_ = 0;
};

struct Level {
    std::string name;
    SnmpAuth auth = SnmpAuth::none;
    SnmpPriv priv = SnmpPriv::none;
    std::string more;
    friend void PrintTo(const Level& it, std::ostream* out) { *out << it.name; }
};
class LevelTest : public testing::TestWithParam<Level> {};

TEST_P(LevelTest, IsAnsweredAfterDiscovery) {
    Talk talk(script(GetParam().auth, GetParam().priv, GetParam().more));
    Asking asking(talk);
    EXPECT_EQ(asking.name(credentials(GetParam().auth, GetParam().priv)), "sw");
    talk.now = 100h;
    EXPECT_EQ(asking.name(credentials(GetParam().auth, GetParam().priv)), "sw");
}

INSTANTIATE_TEST_SUITE_P(Levels, LevelTest,
                         testing::Values(Level{.name = "None"}, Level{"Md5", SnmpAuth::md5},
                                         Level{"Md5Des", SnmpAuth::md5, SnmpPriv::des},
                                         Level{"Sha1Aes128", SnmpAuth::sha1, SnmpPriv::aes128},
                                         Level{"Sha224", SnmpAuth::sha224},
                                         Level{"Sha256Aes128", SnmpAuth::sha256, SnmpPriv::aes128},
                                         Level{"Sha256Aes256", SnmpAuth::sha256, SnmpPriv::aes256},
                                         Level{"Sha384Aes192", SnmpAuth::sha384, SnmpPriv::aes192},
                                         Level{"Sha512Aes256", SnmpAuth::sha512, SnmpPriv::aes256},
                                         Level{"Sha1Aes256Cisco", SnmpAuth::sha1, SnmpPriv::aes256,
                                               ", cisco_keys: true"}),
                         [](const auto& test) { return test.param.name; });

TEST(Usm, ShortDigestsMakeTheirKeysLongerAsNetSnmpDoes) {
    Talk talk(script(SnmpAuth::sha1, SnmpPriv::aes256));
    Asking asking(talk);
    const auto by = credentials(SnmpAuth::sha1, SnmpPriv::aes256);
    EXPECT_EQ(asking.name(by), "(none)") << "Cisco's way is tried first";
    ASSERT_TRUE(asking.other_extension(by));
    EXPECT_EQ(asking.name(by), "sw");
}

TEST(Usm, SaysWhatIsWrongWithTheCredentials) {
    Talk talk(script(SnmpAuth::sha256, SnmpPriv::aes128));
    const auto right = credentials(SnmpAuth::sha256, SnmpPriv::aes128);
    auto user = right, password = right, privacy = right;
    user.user = "nobody";
    password.auth_password = "not-the-password";
    privacy.priv_password = "not-the-password";
    EXPECT_EQ(Asking(talk).trouble(user), SnmpTrouble::unknown_user);
    EXPECT_EQ(Asking(talk).trouble(password), SnmpTrouble::wrong_password);
    EXPECT_EQ(Asking(talk).ask(privacy), std::nullopt) << "what cannot be decrypted is dropped";
}

TEST(Usm, AUserIsHeardAtNoOtherLevelThanHisOwn) {
    Talk signed_only(script(SnmpAuth::sha256, SnmpPriv::none));
    EXPECT_EQ(Asking(signed_only).trouble(credentials(SnmpAuth::sha256, SnmpPriv::aes128)),
              SnmpTrouble::wrong_level);
    Talk encrypted(script(SnmpAuth::sha256, SnmpPriv::aes128));
    Asking asking(encrypted);
    const auto got = asking.ask(credentials(SnmpAuth::sha256, SnmpPriv::none));
    ASSERT_TRUE(got && std::holds_alternative<Talk::Told>(*got));
    EXPECT_EQ(std::get<Talk::Told>(*got).status, probes::ErrorStatus::authorization);
}

TEST(Usm, AForeignContextIsUnknown) {
    Talk talk(script(SnmpAuth::sha256, SnmpPriv::aes128));
    auto by = credentials(SnmpAuth::sha256, SnmpPriv::aes128);
    by.context = "vlan-7";
    EXPECT_EQ(Asking(talk).trouble(by), SnmpTrouble::unknown_context);
}

TEST(Usm, ARestartedEngineTeachesItsTimeAgain) {
    Talk talk(script(SnmpAuth::sha256, SnmpPriv::aes128));
    Asking asking(talk);
    const auto by = credentials(SnmpAuth::sha256, SnmpPriv::aes128);
    ASSERT_EQ(asking.name(by), "sw");
    const int before = asking.learned();
    EXPECT_GE(before, 1) << "the engine's ID";
    talk.now = 10s;
    EXPECT_EQ(asking.name(by), "sw");
    EXPECT_EQ(asking.learned(), before) << "its time is known";
    talk.office().step(talk.now);
    EXPECT_EQ(asking.name(by), "sw");
    EXPECT_EQ(asking.learned(), before + 1) << "other boots are outside the time window";
}

TEST(Usm, AnAgentWithoutAUserKnowsNobody) {
    Talk talk("devices: [{name: sw, address: 10.1.0.1, snmp: {kind: switch}}]");
    EXPECT_EQ(Asking(talk).trouble(credentials(SnmpAuth::sha256, SnmpPriv::aes128)),
              SnmpTrouble::unknown_user);
}

}  // namespace
}  // namespace rounds::simulator
