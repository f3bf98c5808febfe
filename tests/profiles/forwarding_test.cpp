// Forwarding tables and ARP tables of agents, by the standard MIBs and for each VLAN.
#include <gmock/gmock.h>

#include "probes/forwarding_probe.hpp"
#include "tests/profiles/agent.hpp"

namespace rounds::probes {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using tests::integer;
using tests::octets;

const std::string base_port = "1.3.6.1.2.1.17.1.4.1.2.";
const std::string fdb = "1.3.6.1.2.1.17.4.3.1.";
const std::string vlan_fdb = "1.3.6.1.2.1.17.7.1.2.2.1.";
const std::string arp = "1.3.6.1.2.1.4.22.1.2.";
const std::string vlan_state = "1.3.6.1.4.1.9.9.46.1.3.1.1.2.1.";

class Forwarding : public AgentTest {
 protected:
    ForwardingTables read(core::SnmpCredentials credentials = {}) {
        const ports::SnmpAgent agent{
            asio::ip::make_address(address),
            std::make_shared<core::SnmpCredentials>(std::move(credentials)),
            {}};
        std::optional<ForwardingTables> tables;
        asio::co_spawn(loop, read_forwarding(agent, snmp, clock.now() + core::Duration{60'000}),
                       [&](std::exception_ptr thrown, ForwardingTables read) {
                           if (thrown) std::rethrow_exception(thrown);
                           tables = std::move(read);
                       });
        clock.run_until(clock.wall() + core::Duration{600'000}, [&] { return tables.has_value(); });
        return tables.value();
    }
    /// One address behind a bridge port; learned(3) unless said.
    void entry(const std::string& of, const std::string& table, const std::string& index, int port,
               int status = 3) {
        snmp.set(of, table + "2." + index, integer(port));
        snmp.set(of, table + "3." + index, integer(status));
    }
};

TEST_F(Forwarding, BridgePortsAreInterfaces) {
    introduce();
    set(base_port + "1", integer(10101));
    set(base_port + "2", integer(10102));
    entry(address, fdb, "0.27.33.60.77.94", 2);
    entry(address, fdb, "2.0.0.0.0.1", 1);
    entry(address, fdb, "2.0.0.0.0.2", 1, 4);  // self(4): the switch's own
    entry(address, fdb, "2.0.0.0.0.3", 99);    // of no port
    const auto tables = read();
    EXPECT_THAT(tables.learned, ElementsAre(Pair("00:1b:21:3c:4d:5e", ElementsAre(10102)),
                                            Pair("02:00:00:00:00:01", ElementsAre(10101))));
    EXPECT_THAT(tables.missing, IsEmpty());
}

TEST_F(Forwarding, WithoutBridgePortsTheirNumbersAreThoseOfInterfaces) {
    introduce();
    entry(address, fdb, "2.0.0.0.0.1", 7, 5);              // mgmt(5): port security
    snmp.set(address, fdb + "2.2.0.0.0.0.2", integer(8));  // without a status
    EXPECT_THAT(read().learned, ElementsAre(Pair("02:00:00:00:00:01", ElementsAre(7)),
                                            Pair("02:00:00:00:00:02", ElementsAre(8))));
}

TEST_F(Forwarding, WhatWasRefusedIsSaid) {
    introduce();
    snmp.break_table(address, vlan_fdb + "2", ports::SnmpTable::End::trouble,
                     core::SnmpTrouble::no_access);
    ASSERT_EQ(read().missing.size(), 1U);
}

TEST_F(Forwarding, ASwitchSaysFromWhichAddressItSends) {
    introduce();
    set("1.3.6.1.2.1.17.1.1.0", octets(std::string("\x02\x00\x00\x00\x00\x01", 6)));
    set("1.0.8802.1.1.2.1.3.1.0", integer(4));
    set("1.0.8802.1.1.2.1.3.2.0", octets(std::string("\x02\x00\x00\x00\x00\x02", 6)));
    EXPECT_THAT(read().own, ElementsAre("02:00:00:00:00:01", "02:00:00:00:00:02"));
    set("1.0.8802.1.1.2.1.3.1.0", integer(7));  // local(7): any octets
    EXPECT_THAT(read().own, ElementsAre("02:00:00:00:00:01"));
}

TEST_F(Forwarding, TheTableOfAllVlansComesFirst) {
    introduce();
    set(base_port + "1", integer(1));
    set(base_port + "2", integer(2));
    entry(address, vlan_fdb, "7.2.0.0.0.0.1", 1);
    entry(address, vlan_fdb, "8.2.0.0.0.0.1", 2);
    entry(address, fdb, "2.0.0.0.0.9", 1);
    EXPECT_THAT(read().learned, ElementsAre(Pair("02:00:00:00:00:01", ElementsAre(1, 2))));
}

TEST_F(Forwarding, ATableForEachVlanIsAskedByItsCommunity) {
    introduce();
    set(vlan_state + "1", integer(1));
    set(vlan_state + "12", integer(1));
    set(vlan_state + "13", integer(2));               // suspended
    for (const char* silent : {"3", "4", "5", "14"})  // no port is in them
        set(vlan_state + silent, integer(1));
    set(vlan_state + "1002", integer(1));  // FDDI
    snmp.set("10.1.3.1@12", base_port + "5", integer(10105));
    entry("10.1.3.1@12", fdb, "2.0.0.0.0.12", 5);
    snmp.set("10.1.3.1@13", base_port + "5", integer(10105));
    entry("10.1.3.1@13", fdb, "2.0.0.0.0.13", 5);
    snmp.set("10.1.3.1@1002", base_port + "5", integer(10105));
    entry("10.1.3.1@1002", fdb, "2.0.0.0.0.14", 5);
    set(arp + "3.10.1.3.50", octets(std::string("\x02\x00\x00\x00\x00\x0c", 6)));
    core::SnmpCredentials credentials;
    credentials.community = "public";
    const auto tables = read(credentials);
    EXPECT_THAT(tables.learned, ElementsAre(Pair("02:00:00:00:00:0c", ElementsAre(10105))));
    EXPECT_THAT(tables.owners, ElementsAre(Pair("10.1.3.50", "02:00:00:00:00:0c")))
        << "silent VLANs do not end the reading";
    EXPECT_THAT(tables.missing, IsEmpty());
}

TEST_F(Forwarding, InV3AVlanIsAContext) {
    introduce();
    set(vlan_state + "12", integer(1));
    snmp.set("10.1.3.1@vlan-12", base_port + "5", integer(10105));
    entry("10.1.3.1@vlan-12", fdb, "2.0.0.0.0.12", 5);
    core::SnmpCredentials credentials;
    credentials.version = core::SnmpVersion::v3;
    EXPECT_THAT(read(credentials).learned,
                ElementsAre(Pair("02:00:00:00:00:0c", ElementsAre(10105))));
}

TEST_F(Forwarding, WhoFallsSilentIsNotAskedToTheEnd) {
    introduce();
    snmp.silence(address, {clock.wall(), clock.wall() + core::Duration{600'000}});
    const auto tables = read();
    EXPECT_EQ(snmp.requests(), 4);
    EXPECT_EQ(tables.missing.size(), 3U);
    EXPECT_THAT(tables.learned, IsEmpty());
}

TEST_F(Forwarding, OddRowsAreLeftOut) {
    introduce();
    set(base_port + "1", integer(1));
    entry(address, fdb, "2.0.0", 1);                                             // no address
    entry(address, fdb, "258.0.0.0.0.1", 1);                                     // nor this
    entry(address, fdb, "2.0.0.0.0.1", 1, 2);                                    // invalid(2)
    set(arp + "3.10.1.3.50", octets("short"));                                   // no MAC
    set(arp + "10.1.3.51", octets(std::string("\x02\x00\x00\x00\x00\x01", 6)));  // no ifIndex
    const auto tables = read();
    EXPECT_THAT(tables.learned, IsEmpty());
    EXPECT_THAT(tables.owners, IsEmpty());
}

}  // namespace
}  // namespace rounds::probes
