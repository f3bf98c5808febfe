// Contexts: several devices within one, told apart by a name in the request (RFC 3411 §3.3.1).
#include <ostream>

#include <gmock/gmock.h>

#include "tests/office/snmp/v3_talk.hpp"

namespace rounds::simulator {
namespace {

using core::SnmpAuth;
using core::SnmpPriv;
using core::SnmpTrouble;
using testing::ElementsAre;

constexpr const char* address = "127.66.2.1";
const SnmpUser secret{.name = "rounds",
                      .auth = SnmpAuth::sha256,
                      .auth_password = "maplesyrup",
                      .priv = SnmpPriv::aes128,
                      .priv_password = "sugar-cane"};
const SnmpUser plain{.name = "plain"};

struct Whom {
    SnmpUser user;
    friend void PrintTo(const Whom& it, std::ostream* out) { *out << it.user.name; }
};
class ContextTest : public testing::TestWithParam<Whom> {
 protected:
    ports::SnmpAgent in(const std::string& context) {
        return talk.agent(address, GetParam().user, context);
    }
    V3Talk talk{
        fmt::format("devices: [{{name: sw, address: {}, snmp: {{kind: switch, v3: {}, "
                    "contexts: [vlan-7, vlan-9]}}}}]",
                    address, written(GetParam().user))};
};

TEST_P(ContextTest, EachHasItsOwnValuesAlsoAtTheSameTime) {
    const std::vector agents{in("vlan-7"), in(""), in("vlan-9"), in("vlan-7")};
    for (int round = 0; round < 3; ++round) {
        EXPECT_THAT(talk.names(agents), ElementsAre(Said{"sw/vlan-7"}, Said{"sw"},
                                                    Said{"sw/vlan-9"}, Said{"sw/vlan-7"}));
    }
    EXPECT_EQ(talk.office.discoveries(), 1U);
    EXPECT_EQ(talk.office.heard(), 1U + 3 * agents.size());
}

TEST_P(ContextTest, AnUnknownOneIsNamedAndSpoilsNoOther) {
    for (int round = 0; round < 2; ++round) {
        EXPECT_THAT(talk.names({in("vlan-8"), in("vlan-7"), in("vlan-70")}),
                    ElementsAre(Said{SnmpTrouble::unknown_context}, Said{"sw/vlan-7"},
                                Said{SnmpTrouble::unknown_context}));
    }
}

TEST_P(ContextTest, AWalkStaysInItsOwn) {
    const core::Oid group = core::Oid::parse("1.3.6.1.2.1.1.5").value();
    const auto one = talk.asker.start_walk(in("vlan-7"), {group});
    const auto other = talk.asker.start_walk(in("vlan-9"), {group});
    const auto first = talk.asker.wait_for(one).value();
    const auto second = talk.asker.wait_for(other).value();
    ASSERT_EQ(first.columns.at(0).size(), 1U);
    ASSERT_EQ(second.columns.at(0).size(), 1U);
    EXPECT_EQ(*first.columns[0][0].value.bytes(), "sw/vlan-7");
    EXPECT_EQ(*second.columns[0][0].value.bytes(), "sw/vlan-9");
}

INSTANTIATE_TEST_SUITE_P(Usm, ContextTest, testing::Values(Whom{secret}, Whom{plain}),
                         [](const auto& test) { return test.param.user.name; });

}  // namespace
}  // namespace rounds::simulator
