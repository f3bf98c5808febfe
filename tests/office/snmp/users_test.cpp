// One agent, several users: each is answered by its own keys, and nobody's mistake is another's trouble.
#include <ostream>

#include <fmt/ranges.h>
#include <gmock/gmock.h>

#include "tests/office/snmp/v3_talk.hpp"

namespace rounds::simulator {
namespace {

using core::SnmpAuth;
using core::SnmpPriv;
using core::SnmpTrouble;
using testing::Each;
using testing::ElementsAre;

constexpr const char* address = "127.66.0.1";

SnmpUser user(const std::string& name, SnmpAuth auth, SnmpPriv priv, bool cisco_keys = false) {
    return {.name = name,
            .auth = auth,
            .auth_password = auth == SnmpAuth::none ? "" : "signs as " + name,
            .priv = priv,
            .priv_password = priv == SnmpPriv::none ? "" : "hides as " + name,
            .cisco_keys = cisco_keys};
}

std::string script(const std::vector<SnmpUser>& users) {
    std::vector<std::string> texts;
    for (const auto& one : users) texts.push_back(written(one));
    return fmt::format("devices: [{{name: sw, address: {}, snmp: {{kind: switch, v3: [{}]}}}}]",
                       address, fmt::join(texts, ", "));
}

struct Two {
    std::string name;
    SnmpUser one, other;
    friend void PrintTo(const Two& it, std::ostream* out) { *out << it.name; }
};
class TwoUsers : public testing::TestWithParam<Two> {};

TEST_P(TwoUsers, AreBothAnsweredAtTheSameTime) {
    const auto& [name, one, other] = GetParam();
    V3Talk talk(script({one, other}));
    // Long keys are tried one way, then the other: by silence.
    const std::vector agents{V3Talk::hurried(talk.agent(address, one), 200, 4),
                             V3Talk::hurried(talk.agent(address, other), 200, 4)};
    EXPECT_THAT(talk.names(agents), ElementsAre(Said{"sw"}, Said{"sw"}));
    EXPECT_EQ(talk.office.discoveries(), 1U) << "the engine is the same for both";
    const auto learned = talk.asker.engine->counters().resent;
    const auto heard = talk.office.heard();
    for (std::size_t round = 1; round <= 3; ++round) {
        EXPECT_THAT(talk.names(agents), ElementsAre(Said{"sw"}, Said{"sw"}));
        EXPECT_EQ(talk.office.heard(), heard + 2 * round) << "all that is to be known is known";
    }
    EXPECT_EQ(talk.asker.engine->counters().resent, learned);
}

INSTANTIATE_TEST_SUITE_P(
    Usm, TwoUsers,
    testing::Values(Two{"OfOtherProtocols", user("new", SnmpAuth::sha256, SnmpPriv::aes128),
                        user("old", SnmpAuth::md5, SnmpPriv::des)},
                    Two{"OfOtherPasswordsAlone", user("a", SnmpAuth::sha1, SnmpPriv::aes128),
                        user("b", SnmpAuth::sha1, SnmpPriv::aes128)},
                    Two{"OfOtherLevels", user("secret", SnmpAuth::sha512, SnmpPriv::aes256),
                        user("signed", SnmpAuth::sha224, SnmpPriv::none)},
                    Two{"OneWithoutPassword", user("secret", SnmpAuth::sha384, SnmpPriv::aes192),
                        user("plain", SnmpAuth::none, SnmpPriv::none)},
                    Two{"OneWithALongKey", user("short", SnmpAuth::sha256, SnmpPriv::aes128),
                        user("long", SnmpAuth::sha1, SnmpPriv::aes256)},
                    Two{"WithLongKeysOfBothKinds",
                        user("cisco", SnmpAuth::sha1, SnmpPriv::aes256, true),
                        user("long", SnmpAuth::sha1, SnmpPriv::aes256)}),
    [](const auto& test) { return test.param.name; });

struct Mistake {
    std::string name;
    SnmpUser right, wrong;
    SnmpTrouble trouble;
    /// How often it asks in vain before the agent is believed to say nothing to it; 0: is told what is wrong.
    std::uint64_t in_vain = 0;
    friend void PrintTo(const Mistake& it, std::ostream* out) { *out << it.name; }
};
class MistakenUser : public testing::TestWithParam<Mistake> {
 protected:
    ports::SnmpAgent wrong() {
        auto agent = talk.agent(address, GetParam().wrong);
        const auto in_vain = static_cast<int>(GetParam().in_vain);
        return in_vain > 0 ? V3Talk::hurried(agent, 100, in_vain - 1) : agent;
    }
    V3Talk talk{script({GetParam().right, user("other", SnmpAuth::sha256, SnmpPriv::none)})};
    ports::SnmpAgent right = talk.agent(address, GetParam().right);
};

TEST_P(MistakenUser, IsNotTheOthersTrouble) {
    const Said trouble = GetParam().trouble;
    EXPECT_THAT(talk.names({wrong(), right}), ElementsAre(trouble, Said{"sw"}));
    EXPECT_THAT(talk.names({right, wrong(), right}), ElementsAre(Said{"sw"}, trouble, Said{"sw"}));
    const auto in_vain = GetParam().in_vain;
    EXPECT_EQ(talk.asker.engine->counters().resent, in_vain > 0 ? 2 * (in_vain - 1) : 0)
        << "who is right is answered at the first time of asking";
    EXPECT_EQ(talk.office.discoveries(), 1U);
}

TEST_P(MistakenUser, DoesNotSpoilTheOthersWalk) {
    const std::vector<core::Oid> columns{core::Oid::parse("1.3.6.1.2.1.2.2.1.2").value()};
    const auto bad = talk.asker.start_walk(wrong(), columns);
    const auto good = talk.asker.start_walk(right, columns);
    const auto refused = talk.asker.wait_for(bad).value();
    const auto table = talk.asker.wait_for(good).value();
    EXPECT_EQ(refused.end, ports::SnmpTable::End::trouble);
    EXPECT_EQ(refused.trouble, GetParam().trouble);
    EXPECT_EQ(table.end, ports::SnmpTable::End::whole);
    EXPECT_EQ(table.columns.at(0).size(), 24U);
}

SnmpUser with(SnmpUser user, const char* auth_password, const char* priv_password) {
    user.auth_password = auth_password;
    user.priv_password = priv_password;
    return user;
}
const SnmpUser rounds = user("rounds", SnmpAuth::sha256, SnmpPriv::aes128);
const SnmpUser cisco = user("rounds", SnmpAuth::sha1, SnmpPriv::aes256, true);

INSTANTIATE_TEST_SUITE_P(
    Usm, MistakenUser,
    testing::Values(
        Mistake{"WithAWrongPassword", rounds, with(rounds, "not the password", "hides as rounds"),
                SnmpTrouble::wrong_password},
        Mistake{"WithAWrongPrivacyPassword", rounds,
                with(rounds, "signs as rounds", "not the password"), SnmpTrouble::wrong_password,
                true},
        Mistake{"WithAWrongLongKey", cisco, with(cisco, "signs as rounds", "not the password"),
                SnmpTrouble::wrong_password, 2},
        Mistake{"WhomTheAgentDoesNotKnow", rounds,
                user("nobody", SnmpAuth::sha256, SnmpPriv::aes128), SnmpTrouble::unknown_user},
        Mistake{"WhoHasNoPrivacy", rounds, user("other", SnmpAuth::sha256, SnmpPriv::aes128),
                SnmpTrouble::wrong_level}),
    [](const auto& test) { return test.param.name; });

TEST(Users, ManyOfOneAgentAreAllRemembered) {
    std::vector<SnmpUser> users;
    for (const auto auth : {SnmpAuth::md5, SnmpAuth::sha1, SnmpAuth::sha256, SnmpAuth::sha512})
        for (const auto priv : {SnmpPriv::des, SnmpPriv::aes128})
            users.push_back(user(fmt::format("user-{}", users.size()), auth, priv));
    users.push_back(user("long", SnmpAuth::sha1, SnmpPriv::aes192));
    V3Talk talk(script(users));
    std::vector<ports::SnmpAgent> agents;
    for (const auto& one : users)
        agents.push_back(V3Talk::hurried(talk.agent(address, one), 200, 4));
    EXPECT_THAT(talk.names(agents), Each(Said{"sw"}));
    const auto resent = talk.asker.engine->counters().resent;
    for (int round = 0; round < 3; ++round) EXPECT_THAT(talk.names(agents), Each(Said{"sw"}));
    EXPECT_EQ(talk.asker.engine->counters().resent, resent) << "the long key's kind was forgotten";
    EXPECT_EQ(talk.office.discoveries(), 1U);
}

}  // namespace
}  // namespace rounds::simulator
