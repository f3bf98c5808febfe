// Contexts and several users of Debian's snmpd, which has a second one behind a context.
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/probes/snmp_agent.hpp"
#include "tests/probes/snmp_asker.hpp"
#include "tests/probes/snmp_daemon.hpp"

namespace rounds::probes {
namespace {

using core::SnmpAuth;
using core::SnmpCredentials;
using core::SnmpPriv;
using core::SnmpTrouble;

const core::Oid name = oid("1.3.6.1.2.1.1.5.0");

class SnmpdContext : public testing::Test {
 protected:
    void SetUp() override {
        if (!SnmpDaemon::installed()) GTEST_SKIP() << "snmpd is not installed";
        inner.emplace("sysName the-inner\n");
        outer.emplace(
            fmt::format("sysName the-outer\n"
                        "createUser new SHA-256 \"{0}\" AES-128 \"{0}\"\n"
                        "createUser old MD5 \"{0}\" DES \"{0}\"\n"
                        "createUser long SHA \"{0}\" AES-256 \"{0}\"\n"
                        "view all included .1\n"
                        "rouser new priv -V all\nrouser new priv -V all vlan-7\n"
                        "rouser old priv -V all\nrouser old priv -V all vlan-7\n"
                        "rouser long priv -V all\n"
                        "proxy -Cn vlan-7 -v2c -c public 127.0.0.1:{1} .1.3.6.1.2.1.1\n",
                        password, inner->port()));
    }
    ports::SnmpAgent agent(const char* user, SnmpAuth auth, SnmpPriv priv,
                           const std::string& context = {}) const {
        SnmpCredentials credentials;
        credentials.version = core::SnmpVersion::v3;
        credentials.port = outer->port();
        credentials.user = user;
        credentials.auth = auth;
        credentials.auth_password = credentials.priv_password = password;
        credentials.priv = priv;
        credentials.context = context;
        return SnmpAsker::agent(credentials);
    }
    ports::SnmpAgent by_new(const std::string& context = {}) const {
        return agent("new", SnmpAuth::sha256, SnmpPriv::aes128, context);
    }
    ports::SnmpAgent by_old(const std::string& context = {}) const {
        return agent("old", SnmpAuth::md5, SnmpPriv::des, context);
    }
    /// All at the same time.
    std::vector<std::string> names(const std::vector<ports::SnmpAgent>& agents) {
        std::vector<std::shared_ptr<SnmpAsker::Asked<ports::SnmpAnswer>>> asked;
        for (const auto& one : agents) asked.push_back(asker.start_get(one, {name}));
        std::vector<std::string> said;
        for (const auto& one : asked) {
            const auto answer = asker.wait_for(one).value();
            const auto* values = std::get_if<0>(&answer);
            said.push_back(values != nullptr ? *values->at(0).value.bytes() : "(trouble)");
        }
        return said;
    }

    static constexpr const char* password = "maple syrup";
    std::optional<SnmpDaemon> inner, outer;
    SnmpAsker asker;
};

TEST_F(SnmpdContext, LeadsToOtherValues) {
    const std::vector<std::string> expected{"the-inner", "the-outer", "the-outer", "the-inner"};
    for (int round = 0; round < 3; ++round) {
        EXPECT_EQ(names({by_new("vlan-7"), by_new(), by_old(), by_old("vlan-7")}), expected);
    }
    EXPECT_EQ(asker.engine->counters().resent, 0U);
    const auto table = asker.walk(by_new("vlan-7"), {oid("1.3.6.1.2.1.1.5")});
    EXPECT_EQ(table.end, ports::SnmpTable::End::whole);
    ASSERT_EQ(table.columns.at(0).size(), 1U);
    EXPECT_EQ(table.columns[0][0].value, octets("the-inner"));
}

TEST_F(SnmpdContext, ThatIsUnknownIsNamed) {
    // snmpd says nothing to it.
    auto unknown = by_new("vlan-8");
    unknown.plan = {.timeout = core::Duration{200}, .retries = 0};
    for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(asker.trouble(unknown, {name}), SnmpTrouble::unknown_context);
        EXPECT_EQ(names({by_new("vlan-7"), by_new()}),
                  (std::vector<std::string>{"the-inner", "the-outer"}));
    }
}

TEST_F(SnmpdContext, ThatIsUnknownIsNamedToAUserWithALongKeyToo) {
    auto unknown = agent("long", SnmpAuth::sha1, SnmpPriv::aes256, "vlan-8");
    unknown.plan = {.timeout = core::Duration{200}, .retries = 2};
    EXPECT_EQ(asker.trouble(unknown, {name}), SnmpTrouble::unknown_context);
}

TEST_F(SnmpdContext, ThatHasAnsweredIsNotAskedAboutWhenTheAgentIsGone) {
    auto known = by_new("vlan-7");
    EXPECT_EQ(names({known}), std::vector<std::string>{"the-inner"});
    inner.reset();  // what is behind the context does not answer; snmpd does
    known.plan = {.timeout = core::Duration{200}, .retries = 0};
    const auto sent = asker.engine->counters().sent;
    EXPECT_EQ(asker.trouble(known, {name}), SnmpTrouble::timeout);
    EXPECT_EQ(asker.engine->counters().sent, sent + 1);
}

TEST_F(SnmpdContext, AUserWithALongKeyIsAnsweredBesideOneWithout) {
    auto by_long = agent("long", SnmpAuth::sha1, SnmpPriv::aes256);
    by_long.plan.timeout = core::Duration{300};
    const std::vector<std::string> expected{"the-outer", "the-outer"};
    EXPECT_EQ(names({by_new(), by_long}), expected);
    const auto resent = asker.engine->counters().resent;
    EXPECT_EQ(names({by_new(), by_long}), expected);
    EXPECT_EQ(asker.engine->counters().resent, resent);
}

}  // namespace
}  // namespace rounds::probes
