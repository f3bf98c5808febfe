// The engine against Debian's snmpd: all versions, every v3 combination, every refusal.
#include "tests/probes/snmp_daemon.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/probes/snmp_agent.hpp"
#include "tests/probes/snmp_asker.hpp"

namespace rounds::probes {
namespace {

using core::SnmpAuth;
using core::SnmpCredentials;
using core::SnmpPriv;
using core::SnmpTrouble;
using core::SnmpVersion;
using Type = core::SnmpValue::Type;

const core::Oid name = oid("1.3.6.1.2.1.1.5.0"), boots = oid("1.3.6.1.6.3.10.2.1.2.0");
constexpr const char* auth_password = "a long password";
constexpr const char* priv_password = "another password";
constexpr const char* office_name = "sysName the-office\n";

class SnmpDaemonTest : public testing::Test {
 protected:
    void SetUp() override {
        if (!SnmpDaemon::installed()) GTEST_SKIP() << "snmpd is not installed";
    }
    static SnmpCredentials user(const SnmpDaemon& daemon, SnmpAuth auth, SnmpPriv priv) {
        SnmpCredentials credentials;
        credentials.name = "office";
        credentials.version = SnmpVersion::v3;
        credentials.port = daemon.port();
        credentials.user = "rounds";
        credentials.auth = auth;
        credentials.auth_password = auth_password;
        credentials.priv = priv;
        credentials.priv_password = priv_password;
        return credentials;
    }
    /// snmpd.conf for one user.
    static std::string knows(SnmpAuth auth, SnmpPriv priv) {
        std::string create = "createUser rounds";
        if (auth != SnmpAuth::none)
            create += fmt::format(" {} \"{}\"", word(auth) == "SHA-1" ? "SHA" : word(auth),
                                  auth_password);
        if (priv != SnmpPriv::none) create += fmt::format(" {} \"{}\"", word(priv), priv_password);
        const auto* const level = auth == SnmpAuth::none   ? "noauth"
                                  : priv == SnmpPriv::none ? "auth"
                                                           : "priv";
        return fmt::format("{}{}\nrouser rounds {}\n", office_name, create, level);
    }
    static ports::SnmpAgent hurried(const SnmpCredentials& credentials, int timeout_ms = 300) {
        auto agent = SnmpAsker::agent(credentials);
        agent.plan.timeout = core::Duration{timeout_ms};
        agent.plan.retries = 1;
        return agent;
    }
    void expect_name(const ports::SnmpAgent& agent) {
        const auto values = asker.values(agent, {name});
        ASSERT_EQ(values.size(), 1U);
        EXPECT_EQ(values[0].value, octets("the-office"));
    }

    SnmpAsker asker;
};

struct Combination {
    SnmpAuth auth = SnmpAuth::none;
    SnmpPriv priv = SnmpPriv::none;
    friend void PrintTo(const Combination& c, std::ostream* out) {
        *out << word(c.auth) << "/" << word(c.priv);
    }
};
class SnmpV3 : public SnmpDaemonTest, public testing::WithParamInterface<Combination> {};

TEST_P(SnmpV3, ReadsWithTheRightPasswords) {
    const auto [auth, priv] = GetParam();
    const SnmpDaemon daemon{knows(auth, priv)};
    const auto agent = SnmpAsker::agent(user(daemon, auth, priv));
    expect_name(agent);
    expect_name(agent);  // the engine is known now
    const auto table = asker.walk(agent, {oid("1.3.6.1.2.1.2.2.1.1"), oid("1.3.6.1.2.1.2.2.1.2")});
    EXPECT_EQ(table.end, ports::SnmpTable::End::whole);
    EXPECT_GE(table.columns[0].size(), 1U);
    EXPECT_EQ(table.columns[0].size(), table.columns[1].size());
}

TEST_P(SnmpV3, NamesTheWrongPassword) {
    const auto [auth, priv] = GetParam();
    if (auth == SnmpAuth::none) GTEST_SKIP() << "nothing to be wrong";
    const SnmpDaemon daemon{knows(auth, priv)};
    SnmpCredentials wrong = user(daemon, auth, priv);
    wrong.auth_password = "something else";
    EXPECT_EQ(asker.trouble(SnmpAsker::agent(wrong), {name}), SnmpTrouble::wrong_password);
    if (priv != SnmpPriv::none) {
        wrong = user(daemon, auth, priv);
        wrong.priv_password = "something else";
        EXPECT_EQ(asker.trouble(hurried(wrong), {name}), SnmpTrouble::wrong_password);
    }
    expect_name(SnmpAsker::agent(user(daemon, auth, priv)));
}

std::vector<Combination> combinations() {
    std::vector<Combination> all{{}};
    for (const auto auth : {SnmpAuth::md5, SnmpAuth::sha1, SnmpAuth::sha224, SnmpAuth::sha256,
                            SnmpAuth::sha384, SnmpAuth::sha512}) {
        for (const auto priv :
             {SnmpPriv::none, SnmpPriv::des, SnmpPriv::aes128, SnmpPriv::aes192, SnmpPriv::aes256})
            all.push_back({auth, priv});
    }
    return all;
}
INSTANTIATE_TEST_SUITE_P(All, SnmpV3, testing::ValuesIn(combinations()), [](const auto& test) {
    std::string text = fmt::format("{}_{}", word(test.param.auth), word(test.param.priv));
    std::erase(text, '-');
    return text;
});

TEST_F(SnmpDaemonTest, CiscosKeyExtensionIsFoundToo) {
    const SnmpDaemon daemon{
        fmt::format("{}createUser rounds MD5 \"{}\" AES-256-C \"{}\"\nrouser rounds priv\n",
                    office_name, auth_password, priv_password)};
    expect_name(hurried(user(daemon, SnmpAuth::md5, SnmpPriv::aes256)));
}

TEST_F(SnmpDaemonTest, NamesTheUnknownUser) {
    const SnmpDaemon daemon{knows(SnmpAuth::sha1, SnmpPriv::aes128)};
    auto stranger = user(daemon, SnmpAuth::sha1, SnmpPriv::aes128);
    stranger.user = "nobody";
    EXPECT_EQ(asker.trouble(SnmpAsker::agent(stranger), {name}), SnmpTrouble::unknown_user);
}

TEST_F(SnmpDaemonTest, NamesTheWrongLevel) {
    const SnmpDaemon daemon{knows(SnmpAuth::sha256, SnmpPriv::none)};
    EXPECT_EQ(
        asker.trouble(SnmpAsker::agent(user(daemon, SnmpAuth::sha256, SnmpPriv::aes128)), {name}),
        SnmpTrouble::wrong_level)
        << "more than the user has";
    const SnmpDaemon private_one{knows(SnmpAuth::sha256, SnmpPriv::aes128)};
    EXPECT_EQ(asker.trouble(SnmpAsker::agent(user(private_one, SnmpAuth::sha256, SnmpPriv::none)),
                            {name}),
              SnmpTrouble::wrong_level)
        << "less than the user must";
}

TEST_F(SnmpDaemonTest, AShortPasswordIsOursToSay) {
    const SnmpDaemon daemon{knows(SnmpAuth::sha1, SnmpPriv::none)};
    auto credentials = user(daemon, SnmpAuth::sha1, SnmpPriv::none);
    credentials.auth_password = "short";
    const auto asked = asker.start_get(SnmpAsker::agent(credentials), {name});
    const auto result = asker.wait_for(asked);
    ASSERT_TRUE(result.has_error());
    EXPECT_EQ(result.error().kind, core::Error::Kind::invalid_input);
    EXPECT_EQ(result.error().message,
              "credentials office: a password of SNMPv3 has at least 8 characters");
}

TEST_F(SnmpDaemonTest, ARestartedAgentIsReadAtOnceAndItsBootsHaveGrown) {
    SnmpDaemon daemon{knows(SnmpAuth::sha256, SnmpPriv::aes128)};
    const auto agent = SnmpAsker::agent(user(daemon, SnmpAuth::sha256, SnmpPriv::aes128));
    const auto before = asker.values(agent, {boots})[0].value.integer();
    daemon.restart();
    const auto after = asker.values(agent, {boots})[0].value.integer();
    ASSERT_TRUE(before && after);
    EXPECT_GT(*after, *before);
    EXPECT_EQ(asker.engine->counters().resent, 0U) << "the agent tells its time; nothing is lost";
}

TEST_F(SnmpDaemonTest, AnAgentThatComesBackAsAnotherEngineIsReadAtOnce) {
    SnmpDaemon first{knows(SnmpAuth::sha1, SnmpPriv::aes128) + "engineID first-engine\n"};
    const auto agent = SnmpAsker::agent(user(first, SnmpAuth::sha1, SnmpPriv::aes128));
    expect_name(agent);
    first.reconfigure(knows(SnmpAuth::sha1, SnmpPriv::aes128) + "engineID second-engine\n");
    expect_name(agent);
}

TEST_F(SnmpDaemonTest, AWrongCommunityIsSilence) {
    const SnmpDaemon daemon{office_name};
    auto agent = SnmpAsker::agent(daemon.port(), SnmpVersion::v2c);
    auto wrong = *agent.credentials;
    wrong.community = "private";
    EXPECT_EQ(asker.trouble(hurried(wrong, 50), {name}), SnmpTrouble::timeout);
    expect_name(agent);
}

/// As snmpbulkwalk -On -Oq -Ot writes it.
std::string written(const core::SnmpVariable& variable) {
    const std::string start = "." + variable.name.text() + " ";
    if (const auto* bytes = variable.value.bytes()) {
        const bool text = std::all_of(bytes->begin(), bytes->end(),
                                      [](unsigned char c) { return c >= 0x20 && c < 0x7f; });
        if (text) return start + "\"" + *bytes + "\"";
        std::string hex;
        for (const unsigned char byte : *bytes) hex += fmt::format("{:02X} ", byte);
        return start + "\"" + hex + "\"";
    }
    if (const auto* value = variable.value.oid()) return start + "." + value->text();
    return start + fmt::format("{}", variable.value.integer().value());
}

class SnmpTables : public SnmpDaemonTest, public testing::WithParamInterface<SnmpVersion> {};

TEST_P(SnmpTables, AreWhatNetSnmpsOwnToolSays) {
    const SnmpDaemon daemon{office_name};
    const auto agent = SnmpAsker::agent(daemon.port(), GetParam());
    // What does not move of ifTable and hrStorageTable.
    std::vector<std::string> columns;
    for (const int column : {1, 2, 3, 4, 6})
        columns.push_back(fmt::format("1.3.6.1.2.1.2.2.1.{}", column));
    for (const int column : {1, 2, 3, 4})
        columns.push_back(fmt::format("1.3.6.1.2.1.25.2.3.1.{}", column));
    std::vector<core::Oid> roots;
    for (const auto& column : columns) roots.push_back(oid(column));
    const auto table = asker.walk(agent, roots);
    ASSERT_EQ(table.end, ports::SnmpTable::End::whole);
    ASSERT_EQ(table.columns.size(), columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
        std::vector<std::string> ours;
        for (const auto& variable : table.columns[i]) ours.push_back(written(variable));
        EXPECT_EQ(ours, daemon.bulkwalk(columns[i]));
        EXPECT_FALSE(ours.empty()) << columns[i];
    }
}
INSTANTIATE_TEST_SUITE_P(Versions, SnmpTables, testing::Values(SnmpVersion::v1, SnmpVersion::v2c),
                         [](const auto& test) { return std::string(word(test.param)); });

TEST_F(SnmpDaemonTest, MissingObjectsAreMissingInEveryVersion) {
    const SnmpDaemon daemon{office_name};
    for (const auto version : {SnmpVersion::v1, SnmpVersion::v2c}) {
        const auto values =
            asker.values(SnmpAsker::agent(daemon.port(), version),
                         {oid("1.3.6.1.2.1.1.5.7"), name, oid("1.3.6.1.4.1.99999.1.0")});
        ASSERT_EQ(values.size(), 3U);
        EXPECT_FALSE(values[0].value.present());
        EXPECT_EQ(values[1].value, octets("the-office"));
        EXPECT_FALSE(values[2].value.present());
    }
}

}  // namespace
}  // namespace rounds::probes
