// What devices told becomes who is where.
#include "daemon/cli/sightings.hpp"

#include <list>

#include <gmock/gmock.h>

namespace rounds::daemon {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

MATCHER_P3(CableIs, from, port, to, "") {
    return arg.from.value == from && arg.port == port && arg.to.value == to;
}

class SightingsOf : public testing::Test {
 protected:
    ToldDevice& add(const std::string& name, const std::string& address) {
        core::Device device;
        device.id = {name};
        device.name = name;
        told.push_back({.device = &devices.emplace_back(device),
                        .address = address,
                        .facts = &facts.emplace_back(),
                        .tables = {}});
        return told.back();
    }
    core::Facts& facts_of(const std::string& name) {
        for (std::size_t i = 0; i < told.size(); ++i)
            if (told[i].device->name == name)
                return *std::next(facts.begin(), static_cast<long>(i));
        throw std::logic_error("no " + name);
    }
    void port(const std::string& device, std::int64_t index, const std::string& name,
              const std::string& mac = {}) {
        core::InterfaceFacts one;
        one.index = index;
        one.name = name;
        one.descr = "Port " + name;
        one.mac = mac;
        facts_of(device).interfaces.push_back(one);
    }
    core::Sightings all() { return sightings_of(told, own, gateways); }

    std::list<core::Device> devices;
    std::list<core::Facts> facts;
    std::vector<ToldDevice> told;
    probes::OwnAddresses own;
    std::vector<std::string> gateways;
};

TEST_F(SightingsOf, ADeviceIsWhoseAddressesItTellsAndTheArpTablesSay) {
    add("core", "10.1.0.1").tables.owners = {{"10.1.3.50", "00:00:74:00:00:50"}};
    add("printer", "10.1.3.50");
    add("pc", "10.1.3.60");
    own.owners = {{"10.1.3.60", "00:1c:42:00:00:60"}};
    port("core", 1, "Gi1", "00:0c:29:00:00:01");
    EXPECT_THAT(all().macs, UnorderedElementsAre(
                                Pair(core::DeviceId{"core"}, ElementsAre("00:0c:29:00:00:01")),
                                Pair(core::DeviceId{"printer"}, ElementsAre("00:00:74:00:00:50")),
                                Pair(core::DeviceId{"pc"}, ElementsAre("00:1c:42:00:00:60"))));
}

TEST_F(SightingsOf, ASwitchSendsFromAnAddressThatNoPortOfItsHas) {
    add("sw", "10.1.0.2").tables.own = {"00:0c:29:00:00:02", "00:00:5e:00:01:01"};
    EXPECT_THAT(all().macs,
                ElementsAre(Pair(core::DeviceId{"sw"}, ElementsAre("00:0c:29:00:00:02"))));
}

TEST_F(SightingsOf, AddressesOfSeveralOrOfNobodySayNothing) {
    for (const char* name : {"core-1", "core-2"}) {
        add(name, "");
        port(name, 1, "Vlan1", "00:00:0c:07:ac:01");  // HSRP: both have it
        port(name, 2, "Vrrp", "00:00:5e:00:01:07");   // RFC 9568
        port(name, 3, "Null", "00:00:00:00:00:00");
        port(name, 4, "Group", "01:80:c2:00:00:00");
    }
    EXPECT_THAT(all().macs, IsEmpty());
}

TEST_F(SightingsOf, PortsAreCalledByTheirNames) {
    auto& sw = add("sw", "10.1.0.2");
    sw.tables.learned = {{"02:00:00:00:00:07", {7}}, {"02:00:00:00:00:08", {99}}};
    port("sw", 7, "Gi0/7");
    const auto views = all().views;
    ASSERT_EQ(views.size(), 1U);
    EXPECT_THAT(views[0].ports, ElementsAre(Pair("02:00:00:00:00:07", ElementsAre("Gi0/7"))))
        << "99 is no interface that it told of";
}

TEST_F(SightingsOf, ACableHasTwoEndsAndDevicesAreKnownByTheirNames) {
    add("sw-3f", "");
    add("core", "");
    facts_of("core").device.sys_name = "CORE-1.example.com";
    port("sw-3f", 24, "Gi0/24");
    port("core", 3, "Te1/3");
    facts_of("sw-3f").neighbors = {{"Port Gi0/24", "core-1", "Te1/3", "lldp"},
                                   {"Gi0/9", "a stranger", "eth0", "lldp"}};
    EXPECT_THAT(all().cables, UnorderedElementsAre(CableIs("sw-3f", "Gi0/24", "core"),
                                                   CableIs("core", "Te1/3", "sw-3f")));
}

TEST_F(SightingsOf, APortThatTheOtherDoesNotHaveIsNoEnd) {
    add("ap", "");
    add("sw", "");
    facts_of("ap").neighbors = {{"", "sw", "00:11:22:33:44:55", "lldp"}};
    EXPECT_THAT(all().cables, IsEmpty());
}

TEST_F(SightingsOf, APortsNameCountsBeforeWhatPeopleWroteOnIt) {
    add("sw", "");
    add("ap", "");
    port("sw", 3, "3");
    facts_of("sw").interfaces.back().alias = "24";  // the wall socket
    port("sw", 24, "24");
    port("sw", 25, "25");
    facts_of("sw").interfaces.back().alias = "spare";
    port("sw", 26, "26");
    facts_of("sw").interfaces.back().alias = "spare";
    facts_of("sw").neighbors = {{"24", "ap", "", "lldp"}, {"spare", "ap", "", "lldp"}};
    EXPECT_THAT(all().cables, ElementsAre(CableIs("sw", "24", "ap")));
}

TEST_F(SightingsOf, PortsOfOneNameAreToldApart) {
    auto& sw = add("sw", "");
    sw.tables.learned = {{"02:00:00:00:00:07", {7}}, {"02:00:00:00:00:08", {8}}};
    port("sw", 7, "Ethernet Port");
    port("sw", 8, "Ethernet Port");
    EXPECT_THAT(all().views.at(0).ports,
                ElementsAre(Pair("02:00:00:00:00:07", ElementsAre("Ethernet Port #7")),
                            Pair("02:00:00:00:00:08", ElementsAre("Ethernet Port #8"))));
}

TEST_F(SightingsOf, AddressesAreNoHostNames) {
    add("10.1.3.1", "");
    add("sw", "");
    port("sw", 1, "Gi1");
    facts_of("sw").neighbors = {{"Gi1", "10.1.7.20", "", "cdp"}};
    EXPECT_THAT(all().cables, IsEmpty());
    facts_of("sw").neighbors = {{"Gi1", "10.1.3.1", "", "cdp"}};
    EXPECT_THAT(all().cables, ElementsAre(CableIs("sw", "Gi1", "10.1.3.1")));
}

TEST_F(SightingsOf, OneDeviceThatIsInTheArchiveTwiceIsOne) {
    add("stack", "10.1.0.2").tables.learned = {{"02:00:00:00:00:07", {1}}};
    port("stack", 1, "Gi1", "00:0c:29:00:00:02");
    add("stack, unit 2", "10.1.0.2").tables.learned = {{"02:00:00:00:00:07", {1}}};
    port("stack, unit 2", 1, "Gi1", "00:0c:29:00:00:02");
    EXPECT_THAT(all().macs, ElementsAre(Pair(core::DeviceId{"stack"}, testing::SizeIs(1))));
    EXPECT_EQ(all().views.size(), 1U);
}

TEST_F(SightingsOf, WhatADeviceTellsOfItselfCountsBeforeArpTables) {
    add("firewall", "10.1.0.254");
    port("firewall", 1, "eth0", "00:0c:29:00:00:fe");
    add("vpn host", "10.1.9.9");  // for which the firewall answers (proxy ARP)
    own.owners = {{"10.1.9.9", "00:0c:29:00:00:fe"}, {"10.1.0.254", "00:0c:29:00:00:fe"}};
    EXPECT_THAT(all().macs, ElementsAre(Pair(core::DeviceId{"firewall"}, testing::SizeIs(1))));
}

TEST_F(SightingsOf, AGatewayIsKnownByItsAddressInTheArpTable) {
    own.owners = {{"10.1.0.254", "00:0c:29:00:00:01"}};
    gateways = {"10.1.0.254"};
    add("firewall", "10.9.9.9");  // archived by another of its addresses
    port("firewall", 1, "lan", "00:0c:29:00:00:01");
    port("firewall", 2, "floor 3", "00:0c:29:00:00:02");
    EXPECT_THAT(all().gateways, ElementsAre("00:0c:29:00:00:01", "00:0c:29:00:00:02"));
}

TEST_F(SightingsOf, TwoOfAName) {
    add("sw", "");
    add("ap-1", "");
    add("ap-2", "");
    facts_of("ap-1").device.sys_name = facts_of("ap-2").device.sys_name = "ap";
    facts_of("sw").neighbors = {{"Gi0/1", "ap", "", "lldp"}};
    EXPECT_THAT(all().cables, IsEmpty());
}

TEST_F(SightingsOf, RoundsIsWhereThisMachineIsOrItsGateway) {
    own.macs = {"02:00:00:00:00:aa"};
    own.owners = {{"10.1.0.254", "02:00:00:00:00:fe"}};
    gateways = {"10.1.0.254", "10.1.0.1"};
    add("core", "10.1.0.1");
    port("core", 1, "Vlan1", "02:00:00:00:00:01");
    EXPECT_THAT(all().rounds, ElementsAre("02:00:00:00:00:aa"));
    EXPECT_THAT(all().gateways, ElementsAre("02:00:00:00:00:01", "02:00:00:00:00:fe"));
}

}  // namespace
}  // namespace rounds::daemon
