// What agents of every kind tell, asked through whole datagrams.
#include <chrono>
#include <set>

#include <gmock/gmock.h>

#include "tests/office/snmp/talk.hpp"

namespace rounds::simulator {
namespace {

using namespace std::chrono_literals;
using core::Oid;
using Type = core::SnmpValue::Type;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* floor_office = R"(
devices:
  - {name: core-1, address: 10.1.0.1, snmp: {kind: switch, ports: 24}}
  - {name: fw-1, address: 10.1.0.254, behind: core-1, snmp: {kind: firewall}}
  - {name: sw-3f, address: 10.1.3.1, behind: core-1, snmp: {kind: switch, ports: 8}}
  - {name: mfp-3f, address: 10.1.3.50, behind: sw-3f, snmp: {kind: printer, toner: 8%, paper: 50%}}
  - {name: pc-3f, address: 10.1.3.101, count: 2, behind: sw-3f}
events:
)";

class KindTest : public testing::TestWithParam<const char*> {
 protected:
    Talk talk_{std::string("devices:\n  - {name: it, address: 10.1.0.1, snmp: {kind: ") +
               GetParam() +
               "}}\n  - {name: other, address: 10.1.0.2, behind: it, snmp: {kind: switch}}\n"};
};

TEST_P(KindTest, IsWalkedInAscendingOrderToItsEnd) {
    const auto all = talk_.walk("10.1.0.1");
    EXPECT_GT(all.size(), 40U);
    EXPECT_LT(all.size(), 2000U);
    const auto after = talk_.ask(
        "10.1.0.1", {.kind = probes::Question::Kind::get_next, .names = {all.back().name}});
    ASSERT_TRUE(after);
    EXPECT_EQ(after->variables.at(0).value.type, Type::end_of_mib_view);
}

TEST_P(KindTest, GetTellsWhatTheWalkTells) {
    for (const auto& variable : talk_.walk("10.1.0.1"))
        EXPECT_EQ(talk_.get("10.1.0.1", variable.name.text()), variable.value)
            << variable.name.text();
}

TEST_P(KindTest, GetbulkBringsTheSameAsGetnext) {
    const auto all = talk_.walk("10.1.0.1");
    std::vector<core::SnmpVariable> bulk;
    Oid last({1});
    while (bulk.empty() || bulk.back().value.type != Type::end_of_mib_view) {
        const auto answer = talk_.ask(
            "10.1.0.1",
            {.kind = probes::Question::Kind::get_bulk, .repetitions = 40, .names = {last}});
        ASSERT_TRUE(answer && !answer->variables.empty());
        last = answer->variables.back().name;
        bulk.insert(bulk.end(), answer->variables.begin(), answer->variables.end());
    }
    while (!bulk.empty() && !bulk.back().value.present()) bulk.pop_back();
    EXPECT_EQ(bulk, all);
}

TEST_P(KindTest, V1HearsNoCounter64) {
    const auto all = talk_.walk("10.1.0.1");
    talk_.version = core::SnmpVersion::v1;
    std::vector<core::SnmpVariable> without;
    for (const auto& variable : all)
        if (variable.value.type != Type::counter64) without.push_back(variable);
    EXPECT_EQ(talk_.walk("10.1.0.1"), without);
}

TEST_P(KindTest, NamesThatDoNotExistAreSaidToBeSo) {
    EXPECT_EQ(talk_.get("10.1.0.1", "1.3.6.1.2.1.1.5.1").type, Type::no_such_instance);
    EXPECT_EQ(talk_.get("10.1.0.1", "1.3.6.1.2.1.1.5").type, Type::no_such_instance);
    EXPECT_EQ(talk_.get("10.1.0.1", "1.3.6.1.2.1.1.77.0").type, Type::no_such_object);
    EXPECT_EQ(talk_.get("10.1.0.1", "1.3.6.1.4.1.9.1.0").type, Type::no_such_object);
    EXPECT_EQ(talk_.get("10.1.0.1", "1.2").type, Type::no_such_object);
}

INSTANTIATE_TEST_SUITE_P(Kinds, KindTest,
                         testing::Values("switch", "firewall", "access-point", "printer", "ups",
                                         "nas", "server", "pc"),
                         [](const auto& test) {
                             std::string name = test.param;
                             std::erase(name, '-');
                             return name;
                         });

TEST(Agent, TellsItsNameAndHowLongItRuns) {
    Talk talk("devices: [{name: sw, address: 10.1.0.1, snmp: {kind: switch, days_up: 2}}]");
    talk.now = 1500ms;
    EXPECT_EQ(talk.text("10.1.0.1", "1.3.6.1.2.1.1.5.0"), "sw");
    EXPECT_EQ(talk.number("10.1.0.1", "1.3.6.1.2.1.1.3.0"), 2 * 8'640'000 + 150);
    EXPECT_EQ(talk.number("10.1.0.1", "1.3.6.1.6.3.10.2.1.3.0"), 2 * 86'400 + 1);
}

TEST(Agent, UptimeWrapsAfter497Days) {
    Talk talk("devices: [{name: sw, address: 10.1.0.1, snmp: {kind: switch, days_up: 500}}]");
    EXPECT_EQ(talk.number("10.1.0.1", "1.3.6.1.2.1.1.3.0"), 500LL * 8'640'000 - (1LL << 32));
    EXPECT_EQ(talk.number("10.1.0.1", "1.3.6.1.6.3.10.2.1.3.0"), 500 * 86'400);
}

TEST(Agent, CountersRiseSteadilyAndTheNarrowOnesAreTheWideOnesModulo32Bits) {
    Talk talk(floor_office + std::string("  []"));
    const std::string wide = "1.3.6.1.2.1.31.1.1.1.6.1", narrow = "1.3.6.1.2.1.2.2.1.10.1";
    const auto first = talk.number("10.1.0.1", wide);
    talk.now = 10s;
    const auto second = talk.number("10.1.0.1", wide);
    talk.now = 20s;
    const auto third = talk.number("10.1.0.1", wide);
    EXPECT_GT(second, first);
    EXPECT_NEAR(static_cast<double>(third - second), static_cast<double>(second - first), 2);
    bool wrapped = false;
    for (std::int64_t last = 0; talk.now < 24h && !wrapped; talk.now += 60s) {
        const auto value = talk.number("10.1.0.1", narrow);
        ASSERT_EQ(value, talk.number("10.1.0.1", wide) & 0xffffffff);
        wrapped = value < last;
        last = value;
    }
    EXPECT_TRUE(wrapped);
}

TEST(Agent, APortThatIsDownCountsNothingAndDoesNotCatchUp) {
    Talk talk(floor_office + std::string(R"(  - {at: 10s, device: sw-3f, port_down: 1}
  - {at: 40s, device: sw-3f, port_up: 1}
)"));
    const std::string status = "1.3.6.1.2.1.2.2.1.8.1", octets = "1.3.6.1.2.1.31.1.1.1.6.1";
    const auto begin = talk.number("10.1.3.1", octets);
    talk.now = 10s;
    const auto before = talk.number("10.1.3.1", octets);
    talk.office().step();
    talk.now = 30s;
    EXPECT_EQ(talk.number("10.1.3.1", status), 2);
    EXPECT_EQ(talk.number("10.1.3.1", octets), before);
    talk.now = 40s;
    talk.office().step();
    EXPECT_EQ(talk.number("10.1.3.1", status), 1);
    EXPECT_EQ(talk.number("10.1.3.1", octets), before);
    talk.now = 50s;
    EXPECT_NEAR(static_cast<double>(talk.number("10.1.3.1", octets) - before),
                static_cast<double>(before - begin), 2);
}

TEST(Agent, ARestartBeginsAgainWithEverythingButThePages) {
    Talk talk(floor_office + std::string(R"(  - {at: 60s, device: mfp-3f, restart: true})"));
    talk.now = 60s;
    const auto pages = talk.number("10.1.3.50", "1.3.6.1.2.1.43.10.2.1.4.1.1");
    const auto boots = talk.number("10.1.3.50", "1.3.6.1.6.3.10.2.1.2.0");
    EXPECT_EQ(talk.office().step(), "mfp-3f restarts");
    talk.now = 63s;
    EXPECT_EQ(talk.number("10.1.3.50", "1.3.6.1.2.1.1.3.0"), 300);
    EXPECT_EQ(talk.number("10.1.3.50", "1.3.6.1.6.3.10.2.1.2.0"), boots + 1);
    EXPECT_LT(talk.number("10.1.3.50", "1.3.6.1.2.1.31.1.1.1.6.1"), 3 * 4'010'000);
    EXPECT_GE(talk.number("10.1.3.50", "1.3.6.1.2.1.43.10.2.1.4.1.1"), pages);
}

TEST(Agent, TonerFallsWithThePagesAndThePanelSaysWhenLittleIsLeft) {
    Talk talk(floor_office + std::string("  - {at: 1h, device: mfp-3f, toner: 4%}"));
    const std::string level = "1.3.6.1.2.1.43.11.1.1.9.1.1", panel = "1.3.6.1.2.1.43.16.5.1.2.1.1";
    EXPECT_EQ(talk.number("10.1.3.50", level), 8);
    EXPECT_EQ(talk.text("10.1.3.50", panel), "Ready");
    talk.now = 45min;  // 90 pages of 6000
    EXPECT_EQ(talk.number("10.1.3.50", level), 7);
    talk.now = 1h;
    EXPECT_EQ(talk.office().step(), "mfp-3f has 4 % of black toner left");
    EXPECT_EQ(talk.number("10.1.3.50", level), 4);
    EXPECT_EQ(talk.text("10.1.3.50", panel), "Black toner is low");
    EXPECT_EQ(talk.text("10.1.3.50", "1.3.6.1.2.1.25.3.5.1.2.1"), std::string("\x20\0", 2));
    EXPECT_EQ(talk.text("10.1.3.50", "1.3.6.1.2.1.43.18.1.1.8.1.1"), "Black toner is low");
    talk.now = 24h;
    EXPECT_EQ(talk.number("10.1.3.50", level), 0);
    EXPECT_THAT(talk.text("10.1.3.50", panel), HasSubstr("empty"));
}

TEST(Agent, PaperIsInTheTrays) {
    Talk talk(floor_office + std::string("  - {at: 1s, device: mfp-3f, paper: 0%}"));
    EXPECT_EQ(talk.number("10.1.3.50", "1.3.6.1.2.1.43.8.2.1.10.1.2"), 250);
    talk.office().step();
    EXPECT_EQ(talk.number("10.1.3.50", "1.3.6.1.2.1.43.8.2.1.10.1.2"), 0);
    EXPECT_EQ(talk.text("10.1.3.50", "1.3.6.1.2.1.43.16.5.1.2.1.1"), "Load paper");
}

TEST(Agent, ABatteryEmptiesAndFillsAgain) {
    Talk talk(R"(
devices: [{name: ups-1, address: 10.1.0.30, snmp: {kind: ups}}]
events:
  - {at: 1m, device: ups-1, on_battery: true}
  - {at: 28m, device: ups-1, on_battery: false}
)");
    const std::string charge = "1.3.6.1.2.1.33.1.2.4.0", source = "1.3.6.1.2.1.33.1.4.1.0";
    const std::string alarms = "1.3.6.1.2.1.33.1.6.1.0", battery = "1.3.6.1.2.1.33.1.2.1.0";
    EXPECT_EQ(talk.number("10.1.0.30", source), 3);
    EXPECT_EQ(talk.number("10.1.0.30", alarms), 0);
    EXPECT_EQ(talk.office().step(), "ups-1 runs on battery");
    talk.now = 16min;
    EXPECT_EQ(talk.number("10.1.0.30", source), 5);
    EXPECT_EQ(talk.number("10.1.0.30", charge), 50);
    EXPECT_EQ(talk.number("10.1.0.30", "1.3.6.1.2.1.33.1.2.3.0"), 15);
    EXPECT_EQ(talk.number("10.1.0.30", alarms), 1);
    EXPECT_EQ(talk.number("10.1.0.30", battery), 2);
    talk.now = 28min;
    EXPECT_EQ(talk.number("10.1.0.30", charge), 10);
    EXPECT_EQ(talk.number("10.1.0.30", battery), 3);
    EXPECT_EQ(talk.number("10.1.0.30", alarms), 2);
    talk.office().step();
    EXPECT_EQ(talk.number("10.1.0.30", source), 3);
    talk.now = 6h;
    EXPECT_EQ(talk.number("10.1.0.30", charge), 100);
}

/// lldpRemSysName of all its neighbours, by port.
std::vector<std::string> neighbours_of(Talk& talk, const std::string& address) {
    const Oid column = Oid::parse("1.0.8802.1.1.2.1.4.1.1.9").value();
    std::vector<std::string> names;
    for (const auto& variable : talk.walk(address))
        if (variable.name.within(column)) names.push_back(*variable.value.bytes());
    return names;
}

TEST(Agent, SwitchesKnowWhoIsAboveAndBelowThem) {
    Talk talk(floor_office + std::string("  []"));
    EXPECT_THAT(neighbours_of(talk, "10.1.0.1"), ElementsAre("fw-1", "sw-3f"));
    EXPECT_THAT(neighbours_of(talk, "10.1.3.1"), ElementsAre("core-1"));
    // Port 2 of core-1, whose other end is the last port of sw-3f.
    EXPECT_EQ(talk.text("10.1.0.1", "1.0.8802.1.1.2.1.4.1.1.7.0.2.3"), "GE1/0/8");
    EXPECT_EQ(talk.text("10.1.3.1", "1.0.8802.1.1.2.1.4.1.1.7.0.8.1"), "GE1/0/2");
    EXPECT_EQ(talk.text("10.1.0.1", "1.3.6.1.2.1.31.1.1.1.18.2"), "to sw-3f");
}

TEST(Agent, SwitchesHaveLearnedTheAddressesBelowThem) {
    Talk talk(floor_office + std::string("  []"));
    const Oid column = Oid::parse("1.3.6.1.2.1.17.4.3.1.2").value();
    const auto ports = [&](const std::string& address) {
        std::vector<std::int64_t> all;
        for (const auto& variable : talk.walk(address))
            if (variable.name.within(column)) all.push_back(*variable.value.integer());
        return all;
    };
    EXPECT_THAT(ports("10.1.0.1"), ElementsAre(1, 2, 2, 2, 2))
        << "fw-1, then all of the third floor";
    EXPECT_THAT(ports("10.1.3.1"), ElementsAre(8, 1, 2, 3))
        << "the firewall, with which all talk, the printer and two PCs";
}

TEST(Agent, MoreDevicesThanPortsShareThem) {
    Talk talk(R"(devices:
  - {name: sw, address: 10.1.0.1, snmp: {kind: switch, ports: 3}}
  - {name: ap, address: 10.1.0.10, count: 5, behind: sw, snmp: {kind: access-point}}
)");
    EXPECT_THAT(neighbours_of(talk, "10.1.0.1"),
                ElementsAre("ap-1", "ap-3", "ap-5", "ap-2", "ap-4"));
}

TEST(Agent, HostsTellTheirMemoryDisksAndLoad) {
    Talk talk(R"(
devices: [{name: nas, address: 10.1.0.20, snmp: {kind: nas, disk: 91%, memory: 25%, load: 50%}}]
)");
    const auto size = talk.number("10.1.0.20", "1.3.6.1.2.1.25.2.3.1.5.4");
    const auto used = talk.number("10.1.0.20", "1.3.6.1.2.1.25.2.3.1.6.4");
    EXPECT_EQ(talk.text("10.1.0.20", "1.3.6.1.2.1.25.2.3.1.3.4"), "/data");
    EXPECT_NEAR(static_cast<double>(used) / static_cast<double>(size), 0.91, 0.001);
    const auto load = talk.number("10.1.0.20", "1.3.6.1.2.1.25.3.3.1.2.196608");
    EXPECT_GE(load, 40);
    EXPECT_LE(load, 60);
    const auto real = talk.number("10.1.0.20", "1.3.6.1.4.1.2021.4.5.0");
    EXPECT_NEAR(static_cast<double>(talk.number("10.1.0.20", "1.3.6.1.4.1.2021.4.6.0")) /
                    static_cast<double>(real),
                0.75, 0.001);
}

TEST(Agent, EachDeviceOfALineHasItsOwnSerialAndTraffic) {
    Talk talk("devices: [{name: sw, address: 10.1.0.1, count: 3, snmp: {kind: switch}}]");
    std::set<std::string> serials;
    std::set<std::int64_t> octets;
    for (const auto* address : {"10.1.0.1", "10.1.0.2", "10.1.0.3"}) {
        serials.insert(talk.text(address, "1.3.6.1.2.1.47.1.1.1.1.11.1"));
        octets.insert(talk.number(address, "1.3.6.1.2.1.31.1.1.1.6.1"));
    }
    EXPECT_EQ(serials.size(), 3U);
    EXPECT_EQ(octets.size(), 3U);
    EXPECT_THAT(*serials.begin(), StartsWith("EX26"));
    const auto& devices = talk.office().script().devices;
    EXPECT_EQ(devices[0].snmp, devices[2].snmp) << "they share one description";
}

TEST(Agent, IsReachedByNothingButItsCommunity) {
    Talk talk(R"(
devices: [{name: sw, address: 10.1.0.1, snmp: {kind: switch, community: office}}]
events:
  - {at: 1s, device: sw, community: other}
  - {at: 2s, device: sw, community: ""}
)");
    const auto hears = [&](const std::string& community) {
        talk.community = community;
        return talk.get("10.1.0.1", "1.3.6.1.2.1.1.5.0").present();
    };
    EXPECT_TRUE(hears("office"));
    EXPECT_FALSE(hears("public"));
    EXPECT_FALSE(hears("offic"));
    EXPECT_EQ(talk.office().step(), "sw has another community");
    EXPECT_FALSE(hears("office"));
    EXPECT_TRUE(hears("other"));
    talk.office().step();
    EXPECT_FALSE(hears("other"));
    EXPECT_FALSE(hears(""));
}

TEST(Agent, IsSilentWithItsDeviceAndBehindASilentSwitch) {
    Talk talk(floor_office + std::string("  - {at: 1s, device: sw-3f, silent: true}"));
    EXPECT_TRUE(talk.get("10.1.3.50", "1.3.6.1.2.1.1.5.0").present());
    EXPECT_FALSE(talk.get("10.1.3.101", "1.3.6.1.2.1.1.5.0").present()) << "it has no agent";
    talk.office().step();
    EXPECT_FALSE(talk.get("10.1.3.1", "1.3.6.1.2.1.1.5.0").present());
    EXPECT_FALSE(talk.get("10.1.3.50", "1.3.6.1.2.1.1.5.0").present());
    EXPECT_TRUE(talk.get("10.1.0.1", "1.3.6.1.2.1.1.5.0").present());
}

}  // namespace
}  // namespace rounds::simulator
