#include "tests/simulator/snmp/manner_reader.hpp"

#include <chrono>
#include <ostream>

#include <gmock/gmock.h>

#include "tests/simulator/script_reader.hpp"

namespace rounds::simulator {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(SnmpReader, ReadsAnAgentWithItsUserAndFaults) {
    const auto read = read_script(R"(snmp_port: 1161
devices:
  - name: sw
    address: 10.1.0.1
    snmp:
      kind: switch
      community: office
      v3: {user: rounds, auth: SHA-256, auth_password: maplesyrup, priv: AES-128, priv_password: maplesyrup2}
      ports: 48
      temperature: 44
      port_down: 7
      fault: {slow: 2s, loss: 10%, silent_after: 9, answers_from: 10.1.9.9, garbage: true}
)",
                                  "office.yaml");
    ASSERT_THAT(read.problems, IsEmpty());
    EXPECT_EQ(read.script.snmp_port, 1161);
    const auto& agent = *read.script.devices.at(0).snmp;
    EXPECT_EQ(agent.kind, SnmpKind::switch_);
    EXPECT_EQ(agent.ports, 48U);
    EXPECT_THAT(agent.users, ElementsAre(SnmpUser{.name = "rounds",
                                                  .auth = core::SnmpAuth::sha256,
                                                  .auth_password = "maplesyrup",
                                                  .priv = core::SnmpPriv::aes128,
                                                  .priv_password = "maplesyrup2"}));
    EXPECT_EQ(agent.engine, "");
    EXPECT_THAT(agent.contexts, IsEmpty());
    EXPECT_EQ(agent.begin.community, "office");
    EXPECT_EQ(agent.begin.temperature, 44U);
    EXPECT_EQ(agent.begin.port_down, 7U);
    EXPECT_EQ(agent.begin.fault, (SnmpFault{.slow = 2s,
                                            .loss = 0.1,
                                            .silent_after = 9,
                                            .answers_from = asio::ip::make_address("10.1.9.9"),
                                            .garbage = true}));
}

TEST(SnmpReader, ReadsSeveralUsersAClonedEngineAndContexts) {
    const auto read = read_script(R"(devices:
  - name: sw
    address: 10.1.0.1
    snmp:
      kind: switch
      v3: [{user: plain}, {user: old, auth: MD5, auth_password: maplesyrup}]
      engine: series-7
      contexts: [vlan-7, vlan-9]
)",
                                  "office.yaml");
    ASSERT_THAT(read.problems, IsEmpty());
    const auto& agent = *read.script.devices.at(0).snmp;
    EXPECT_THAT(agent.users,
                ElementsAre(SnmpUser{.name = "plain"}, SnmpUser{.name = "old",
                                                                .auth = core::SnmpAuth::md5,
                                                                .auth_password = "maplesyrup"}));
    EXPECT_EQ(agent.engine, "series-7");
    EXPECT_THAT(agent.contexts, ElementsAre("vlan-7", "vlan-9"));
}

TEST(SnmpReader, PortsComeFromTheKind) {
    const auto read = read_script(R"(devices:
  - {name: a, address: 10.1.0.1, snmp: {kind: switch}}
  - {name: b, address: 10.1.0.2, snmp: {kind: printer}}
  - {name: c, address: 10.1.0.3}
)",
                                  "office.yaml");
    ASSERT_THAT(read.problems, IsEmpty());
    EXPECT_EQ(read.script.devices[0].snmp->ports, 24U);
    EXPECT_EQ(read.script.devices[1].snmp->ports, 1U);
    EXPECT_EQ(read.script.devices[2].snmp, nullptr);
}

struct Mistake {
    std::string name, line, said;
    friend void PrintTo(const Mistake& it, std::ostream* out) { *out << it.name; }
};
class SnmpMistakeTest : public testing::TestWithParam<Mistake> {};

TEST_P(SnmpMistakeTest, IsSaidWithItsLine) {
    const auto read = read_script(
        "devices:\n  - {name: pc, address: 10.1.0.2}\n  - {name: sw, address: 10.1.0.1, snmp: "
        "{kind: "
        "switch}}\n" +
            GetParam().line + "\n",
        "office.yaml");
    EXPECT_THAT(read.problems, ElementsAre(HasSubstr(GetParam().said)));
}

std::string agent(const std::string& manner) {
    return "  - {name: it, address: 10.1.0.3, snmp: {" + manner + "}}";
}
std::string event(const std::string& what) {
    return "events:\n  - {at: 1s, " + what + "}";
}

INSTANTIATE_TEST_SUITE_P(
    SnmpReader, SnmpMistakeTest,
    testing::Values(
        Mistake{"NoKind", agent("ports: 2"), "office.yaml:4: kind: every agent needs one"},
        Mistake{"Kind", agent("kind: toaster"), "kind: \"toaster\" is no kind of device"},
        Mistake{"Ports", agent("kind: switch, ports: 0"), "ports: \"0\" is no port from 1 to 1000"},
        Mistake{"PortDown", agent("kind: ups, port_down: 2"), "port_down: it has no such port"},
        Mistake{"Toner", agent("kind: printer, toner: much"), "toner: \"much\" is not a share"},
        Mistake{"Unknown", agent("kind: ups, colour: red"), "an agent has no key \"colour\""},
        Mistake{"Auth", agent("kind: pc, v3: {user: a, auth: SHA-3, auth_password: maplesyrup}"),
                "auth: \"SHA-3\" is none of"},
        Mistake{"Short", agent("kind: pc, v3: {user: a, auth: MD5, auth_password: short}"),
                "at least 8 characters"},
        Mistake{"NoPassword", agent("kind: pc, v3: {user: a, auth: MD5}"),
                "auth_password: a password is needed"},
        Mistake{"PrivAlone", agent("kind: pc, v3: {user: a, priv: DES, priv_password: maplesyrup}"),
                "priv: there is no privacy without authentication"},
        Mistake{"TwoUsers", agent("kind: pc, v3: [{user: a}, {user: a}]"),
                "v3: user a stands there twice"},
        Mistake{"Fault", agent("kind: pc, fault: {explode: true}"),
                "a fault has no key \"explode\""},
        Mistake{"From", agent("kind: pc, fault: {answers_from: moon}"), "no IPv4 or IPv6 address"},
        Mistake{"NoAgent", event("device: pc, restart: true"), "device: pc has no agent (snmp)"},
        Mistake{"NoPort", event("device: sw, port_up: 25"), "device: sw has no port 25"},
        Mistake{"Nothing", event("device: sw"), "device: an event changes something"},
        Mistake{"UdpPort", "snmp_port: 70000", "snmp_port: \"70000\" is no port from 1 to 65535"}),
    [](const auto& test) { return test.param.name; });

struct Said {
    std::string name, event, words;
    friend void PrintTo(const Said& it, std::ostream* out) { *out << it.name; }
};
class SaidTest : public testing::TestWithParam<Said> {};

TEST_P(SaidTest, TellsWhatHappens) {
    const auto read =
        read_script("devices:\n  - {name: it, address: 10.1.0.1, snmp: {kind: ups}}\n" +
                        event(GetParam().event),
                    "office.yaml");
    ASSERT_THAT(read.problems, IsEmpty());
    EXPECT_THAT(words(read.script.events.at(0).snmp), ElementsAre(GetParam().words));
}

INSTANTIATE_TEST_SUITE_P(
    SnmpReader, SaidTest,
    testing::Values(Said{"Toner", "device: it, toner: 8%", "has 8 % of black toner left"},
                    Said{"Yellow", "device: it, yellow: 8%", "has 8 % of yellow toner left"},
                    Said{"Paper", "device: it, paper: 0%", "has 0 % of paper left"},
                    Said{"Battery", "device: it, on_battery: true", "runs on battery"},
                    Said{"Mains", "device: it, on_battery: false", "has mains again"},
                    Said{"Charge", "device: it, charge: 40%", "has a charge of 40 %"},
                    Said{"Load", "device: it, load: 95%", "is loaded by 95 %"},
                    Said{"Disk", "device: it, disk: 91%", "uses 91 % of its disks"},
                    Said{"Memory", "device: it, memory: 60%", "uses 60 % of its memory"},
                    Said{"Warm", "device: it, temperature: 71", "warms to 71 C"},
                    Said{"Port", "device: it, port_down: 1", "loses port 1"},
                    Said{"PortUp", "device: it, port_up: 1", "has port 1 again"},
                    Said{"Restart", "device: it, restart: true", "restarts"},
                    Said{"Community", "device: it, community: x", "has another community"},
                    Said{"Ill", "device: it, fault: {slow: 1s}", "answers SNMP badly"},
                    Said{"Well", "device: it, fault: {}", "answers SNMP well"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace rounds::simulator
