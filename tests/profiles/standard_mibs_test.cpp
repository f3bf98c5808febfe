// The shipped modules against agents written from the MIBs.
#include <gmock/gmock.h>

#include "core/check_item.hpp"
#include "tests/profiles/agent.hpp"

namespace rounds::probes {
namespace {

using namespace std::string_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using tests::counter32;
using tests::counter64;
using tests::gauge32;
using tests::integer;
using tests::octets;
using tests::oid;
using tests::ticks;

class StandardMibs : public AgentTest {
 protected:
    void SetUp() override { introduce(); }
};

// ---- SNMPv2-MIB

TEST_F(StandardMibs, SystemGroup) {
    introduce("Example Switch\r\nVersion 5.170");
    set("1.3.6.1.2.1.1.3.0", ticks(360'000));
    set("1.3.6.1.2.1.1.4.0", octets("IT"));
    set("1.3.6.1.2.1.1.5.0", octets("sw-3f"));
    set("1.3.6.1.2.1.1.6.0", octets("\xc8\xfd\xc2\xa5"));  // 三楼 in GB2312
    const auto device = facts().device;
    EXPECT_EQ(device.sys_descr, "Example Switch Version 5.170");
    EXPECT_EQ(device.sys_object_id.text(), "1.3.6.1.4.1.32473.1");
    EXPECT_EQ(device.sys_name, "sw-3f");
    EXPECT_EQ(device.location, "三楼");
    EXPECT_EQ(device.contact, "IT");
    EXPECT_EQ(device.uptime, core::Duration{3'600'000});
    EXPECT_EQ(device.agent_uptime, core::Duration{3'600'000});
}

TEST_F(StandardMibs, UptimeGoesOnBehindTheWrap) {
    set("1.3.6.1.2.1.1.3.0", ticks(1000));
    set("1.3.6.1.6.3.10.2.1.3.0", integer(42'949'683));  // 2^32 hundredths and 10 seconds
    const auto device = facts().device;
    EXPECT_EQ(device.agent_uptime, core::Duration{10'000});
    EXPECT_EQ(device.uptime, core::Duration{42'949'683'000});
}

TEST_F(StandardMibs, WhatIsNotToldIsAbsent) {
    const auto told = facts();
    core::Facts expected;
    expected.device.sys_descr = "Any device";
    expected.device.sys_object_id = core::Oid::parse("1.3.6.1.4.1.32473.1").value();
    EXPECT_EQ(told, expected);
}

// ---- IF-MIB

const std::string if_entry = "1.3.6.1.2.1.2.2.1";
const std::string if_x_entry = "1.3.6.1.2.1.31.1.1.1";

TEST_F(StandardMibs, Interface) {
    row(if_entry, "3",
        {{2, octets("GigabitEthernet0/0/3")},
         {3, integer(6)},
         {5, gauge32(1'000'000'000)},
         {6, octets("\x00\x1b\x21\x3c\x4d\x5e"s)},
         {7, integer(1)},
         {8, integer(2)},
         {10, counter32(1)},
         {11, counter32(8)},
         {13, counter32(2)},
         {14, counter32(3)},
         {16, counter32(4)},
         {17, counter32(9)},
         {19, counter32(5)},
         {20, counter32(6)}});
    row(if_x_entry, "3",
        {{1, octets("GE0/0/3")},
         {2, counter32(1)},
         {6, counter64(std::uint64_t{1} << 40)},
         {7, counter64(std::uint64_t{1} << 36)},
         {8, counter64(31)},
         {9, counter64(32)},
         {10, counter64(7)},
         {11, counter64(6)},
         {12, counter64(33)},
         {13, counter64(34)},
         {15, gauge32(1000)},
         {18, octets("to core")},
         {19, ticks(500)}});
    const auto told = facts().interfaces;
    core::InterfaceFacts expected{.index = 3,
                                  .name = "GE0/0/3",
                                  .descr = "GigabitEthernet0/0/3",
                                  .alias = "to core",
                                  .type = "ethernetCsmacd",
                                  .admin_status = "up",
                                  .oper_status = "down",
                                  .speed_bps = 1'000'000'000,
                                  .mac = "00:1b:21:3c:4d:5e",
                                  .in_octets = std::uint64_t{1} << 40,
                                  .out_octets = 7,
                                  .in_packets = std::uint64_t{1} << 36,
                                  .out_packets = 6,
                                  .in_multicast = 31,
                                  .out_multicast = 33,
                                  .in_broadcast = 32,
                                  .out_broadcast = 34,
                                  .wide = true,
                                  .in_errors = 3,
                                  .out_errors = 6,
                                  .in_discards = 2,
                                  .out_discards = 5,
                                  .discontinuity = core::Duration{5000}};
    EXPECT_THAT(told, ElementsAre(expected));
}

TEST_F(StandardMibs, InterfaceOfAnAgentWithoutIfXTable) {
    row(if_entry, "1",
        {{2, octets("eth0")}, {5, gauge32(100'000'000)}, {10, counter32(99)}, {11, counter32(9)}});
    const auto port = facts().interfaces.at(0);
    EXPECT_EQ(port.name, "eth0");
    EXPECT_EQ(port.speed_bps, 100'000'000);
    EXPECT_EQ(port.in_octets, 99U);
    EXPECT_EQ(port.in_packets, 9U);
    EXPECT_EQ(port.out_packets, std::nullopt);
    EXPECT_FALSE(port.wide);
    EXPECT_EQ(port.out_octets, std::nullopt);
}

TEST_F(StandardMibs, SpeedsBeyondThirtyTwoBits) {
    row(if_entry, "1", {{2, octets("ten")}, {5, gauge32(4'294'967'295)}});
    row(if_x_entry, "1", {{15, gauge32(10'000)}});
    EXPECT_EQ(facts().interfaces.at(0).speed_bps, 10'000'000'000);
}

TEST_F(StandardMibs, SpeedsBelowOneMegabit) {
    row(if_entry, "1", {{2, octets("line")}, {5, gauge32(64'000)}});
    row(if_x_entry, "1", {{15, gauge32(0)}});
    EXPECT_EQ(facts().interfaces.at(0).speed_bps, 64'000);
}

TEST_F(StandardMibs, WideCountersThatStandStillAtZeroAreNotBelieved) {
    row(if_entry, "1", {{2, octets("a")}, {10, counter32(77)}, {16, counter32(88)}});
    row(if_x_entry, "1", {{6, counter64(0)}, {10, counter64(0)}});
    const auto port = facts().interfaces.at(0);
    EXPECT_EQ(port.in_octets, 77U);
    EXPECT_EQ(port.out_octets, 88U);
    EXPECT_FALSE(port.wide);
}

TEST_F(StandardMibs, OddInterfaces) {
    row(if_entry, "0",
        {{2, octets("")},
         {3, integer(999)},
         {6, octets(std::string(6, '\0'))},
         {8, integer(42)},
         {10, integer(-1)}});
    const auto port = facts().interfaces.at(0);
    EXPECT_EQ(port.index, 0);
    EXPECT_EQ(port.type, "999");
    EXPECT_EQ(port.mac, "");
    EXPECT_EQ(port.oper_status, "");
    EXPECT_EQ(port.in_octets, 4'294'967'295U);
}

// ---- ENTITY-MIB and ENTITY-SENSOR-MIB

const std::string entity_entry = "1.3.6.1.2.1.47.1.1.1.1";
const std::string sensor_entry = "1.3.6.1.2.1.99.1.1.1";

TEST_F(StandardMibs, ChassisTellsWhoItIs) {
    row(entity_entry, "1", {{5, integer(11)}, {7, octets("Stack")}});
    row(entity_entry, "2",
        {{5, integer(3)},
         {10, octets("V200R021")},
         {11, octets("SN0042")},
         {12, octets("Example Networks")},
         {13, octets("X-48P")}});
    row(entity_entry, "3", {{5, integer(9)}, {11, octets("card")}, {13, octets("LPU")}});
    const auto device = facts().device;
    EXPECT_EQ(device.vendor, "Example Networks");
    EXPECT_EQ(device.model, "X-48P");
    EXPECT_EQ(device.serial, "SN0042");
    EXPECT_EQ(device.version, "V200R021");
}

TEST_F(StandardMibs, UnitsOfAStackAndTheirModulesAreToldApart) {
    row(entity_entry, "1", {{5, integer(11)}, {7, octets("Stack")}, {11, octets("")}});
    for (const char* unit : {"1", "2"}) {
        const std::string number(unit);
        row(entity_entry, number + "01",
            {{2, octets("X-48P switch")},
             {5, integer(3)},
             {7, octets("Unit " + number)},
             {9, octets("Boot 2")},
             {10, octets("V7")},
             {11, octets("SN-" + number)},
             {13, octets("X-48P")}});
    }
    row(entity_entry, "103",
        {{2, octets("Power 600 W")}, {5, integer(6)}, {9, octets("B1")}, {11, octets("PS-9")}});
    row(entity_entry, "104", {{2, octets("Fan")}, {5, integer(7)}, {11, octets("N/A")}});
    row(entity_entry, "105", {{2, octets("No class")}, {11, octets("N-1")}, {13, octets("N/A")}});
    EXPECT_THAT(facts().components,
                ElementsAre(core::ComponentFacts{"chassis", "Unit 1", "X-48P", "SN-1", "V7"},
                            core::ComponentFacts{"power-supply", "Power 600 W", "", "PS-9", "B1"},
                            core::ComponentFacts{"other", "No class", "", "N-1", ""},
                            core::ComponentFacts{"chassis", "Unit 2", "X-48P", "SN-2", "V7"}));
    EXPECT_EQ(facts().device.serial, "SN-1");
}

TEST_F(StandardMibs, OnlyPortsInTroubleTellOfTheirPower) {
    const std::string ports = "1.3.6.1.2.1.105.1.1.1";
    row(ports, "1.1", {{3, integer(1)}, {6, integer(3)}});  // feeds
    row(ports, "1.2", {{3, integer(1)}, {6, integer(2)}});  // searches
    row(ports, "1.3", {{3, integer(1)}, {6, integer(4)}});
    row(ports, "1.4", {{3, integer(2)}, {6, integer(4)}});  // switched off by a person
    const auto told = facts().states;
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].descr, "PoE port 1/3");
    EXPECT_EQ(told[0].severity, core::Verdict::warning);
    EXPECT_EQ(told[0].item, "hardware");
}

TEST_F(StandardMibs, SensorsInTheirUnits) {
    row(entity_entry, "10", {{2, octets("Temperature sensor")}, {7, octets("Inlet")}});
    row(sensor_entry, "10",
        {{1, integer(8)}, {2, integer(9)}, {3, integer(1)}, {4, integer(235)}, {5, integer(1)}});
    row(sensor_entry, "11",
        {{1, integer(4)}, {2, integer(8)}, {3, integer(0)}, {4, integer(12'062)}, {5, integer(1)}});
    const auto told = facts().sensors;
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0].kind, "temperature");
    EXPECT_EQ(told[0].descr, "Inlet");
    EXPECT_DOUBLE_EQ(told[0].value, 23.5);
    EXPECT_EQ(told[0].unit, "C");
    EXPECT_EQ(told[1].descr, "Sensor 11");
    EXPECT_NEAR(told[1].value, 12.062, 1e-9);
    EXPECT_EQ(told[1].unit, "V");
}

TEST_F(StandardMibs, ASensorThatCannotBeIsNotShown) {
    row(sensor_entry, "1",
        {{1, integer(8)}, {2, integer(9)}, {3, integer(0)}, {4, integer(65'535)}, {5, integer(1)}});
    row(sensor_entry, "2",
        {{1, integer(8)},
         {2, integer(9)},
         {3, integer(0)},
         {4, integer(20)},
         {5, integer(3)}});  // nonoperational
    row(sensor_entry, "3",
        {{1, integer(12)},
         {2, integer(9)},
         {3, integer(0)},
         {4, integer(1)},
         {5, integer(1)}});  // truthvalue
    EXPECT_THAT(facts().sensors, IsEmpty());
}

// ---- HOST-RESOURCES-MIB and UCD-SNMP-MIB

const std::string storage_entry = "1.3.6.1.2.1.25.2.3.1";
const std::string storage_types = "1.3.6.1.2.1.25.2.1.";

class Hosts : public StandardMibs {
 protected:
    void storage(const std::string& index, int type, const std::string& descr, int unit,
                 std::int64_t size, std::int64_t used) {
        row(storage_entry, index,
            {{2, oid(storage_types + std::to_string(type))},
             {3, octets(descr)},
             {4, integer(unit)},
             {5, integer(size)},
             {6, integer(used)}});
    }
};

TEST_F(Hosts, Disk) {
    storage("31", 4, "/", 4096, 1000, 250);
    const core::StorageFacts expected{.descr = "/",
                                      .type = "fixed-disk",
                                      .size_bytes = 4'096'000,
                                      .used_bytes = 1'024'000,
                                      .percent = 25.0,
                                      .exempt = false};
    EXPECT_THAT(facts().storage, ElementsAre(expected));
}

TEST_F(Hosts, DiskBeyondTwoToTheThirtyFirstUnits) {
    storage("31", 4, "/volume1", 4096, -1'294'967'296, -2'000'000'000);
    const auto disk = facts().storage.at(0);
    EXPECT_EQ(disk.size_bytes, 3'000'000'000 * 4096);
    EXPECT_EQ(disk.used_bytes, 2'294'967'296 * 4096);
}

TEST_F(Hosts, ReadOnlyFileSystemsAreExempt) {
    storage("5", 4, "/usr", 1024, 100, 100);
    row("1.3.6.1.2.1.25.3.8.1", "9", {{5, integer(2)}, {7, integer(5)}});
    EXPECT_TRUE(facts().storage.at(0).exempt);
}

TEST_F(Hosts, WhatIsNoDisk) {
    storage("1", 7, "/cdrom", 2048, 100, 100);
    storage("2", 4, "/proc", 1024, 10, 0);
    storage("3", 2, "RAM", 1024, 1000, 500);
    storage("4", 4, "/empty", 1024, 0, 0);
    EXPECT_THAT(facts().storage, IsEmpty());
}

TEST_F(Hosts, CacheIsNotUsedMemory) {
    storage("1", 2, "Physical memory", 1024, 1000, 900);
    storage("6", 1, "Memory buffers", 1024, 1000, 100);
    storage("7", 1, "Cached memory", 1024, 500, 500);
    storage("10", 3, "Swap space", 1024, 200, 20);
    const auto told = facts().memory;
    ASSERT_EQ(told.size(), 4U);
    EXPECT_EQ(told[0].kind, "system");
    EXPECT_EQ(told[0].used_bytes, 300 * 1024);
    EXPECT_EQ(told[0].percent, 30.0);
    EXPECT_EQ(told[1].kind, "swap");
    EXPECT_EQ(told[1].percent, 10.0);
    EXPECT_EQ(told[2].kind, "buffers");
    EXPECT_EQ(told[2].percent, 10.0);
    EXPECT_EQ(told[3].total_bytes, 1000 * 1024);
    EXPECT_EQ(told[3].percent, 50.0);
}

TEST_F(Hosts, Processors) {
    row("1.3.6.1.2.1.25.3.3.1", "196608", {{2, integer(7)}});
    row("1.3.6.1.2.1.25.3.3.1", "196609", {{2, integer(93)}});
    row("1.3.6.1.2.1.25.3.3.1", "196610", {{2, integer(255)}});  // Cannot be.
    row("1.3.6.1.2.1.25.3.2.1", "196608",
        {{3, octets("GenuineIntel: Intel(R) Atom(TM) CPU C3558")}});
    EXPECT_THAT(facts().processors, ElementsAre(core::ProcessorFacts{"Intel Atom C3558", 7},
                                                core::ProcessorFacts{"Processor", 93}));
}

class Ucd : public Hosts {
 protected:
    void SetUp() override {
        introduce();
        set("1.3.6.1.4.1.2021.4.5.0", integer(1000));
        set("1.3.6.1.4.1.2021.4.6.0", integer(400));
        set("1.3.6.1.4.1.2021.4.14.0", integer(100));
        set("1.3.6.1.4.1.2021.4.15.0", integer(300));
        set("1.3.6.1.4.1.2021.11.11.0", integer(88));
        row("1.3.6.1.4.1.2021.9.1", "1",
            {{2, octets("/data")},
             {6, integer(2000)},
             {7, integer(900)},
             {8, integer(1000)},
             {9, integer(53)}});
    }
};

TEST_F(Ucd, TellsWhereHostResourcesDoNot) {
    const auto told = facts();
    ASSERT_EQ(told.memory.size(), 3U);
    EXPECT_EQ(told.memory[0].descr, "Physical memory");
    EXPECT_EQ(told.memory[0].total_bytes, 1000 * 1024);
    EXPECT_EQ(told.memory[0].used_bytes, 200 * 1024);
    EXPECT_THAT(told.processors, ElementsAre(core::ProcessorFacts{"CPU", 12}));
    ASSERT_EQ(told.storage.size(), 1U);
    EXPECT_EQ(told.storage[0].percent, 55.0) << "what is kept for root counts as used";
}

TEST_F(Ucd, IsSilentWhereHostResourcesTell) {
    storage("1", 2, "Physical memory", 1024, 1000, 900);
    storage("31", 4, "/", 4096, 1000, 250);
    row("1.3.6.1.2.1.25.3.3.1", "1", {{2, integer(7)}});
    const auto told = facts();
    EXPECT_EQ(told.memory.size(), 1U);
    EXPECT_EQ(told.storage.size(), 1U);
    EXPECT_EQ(told.processors.size(), 1U);
}

// ---- UPS-MIB

class Ups : public StandardMibs {
 protected:
    void SetUp() override {
        introduce();
        set("1.3.6.1.2.1.33.1.1.1.0", octets("Example Power"));
        set("1.3.6.1.2.1.33.1.1.2.0", octets("UPS 3000"));
        set("1.3.6.1.2.1.33.1.2.1.0", integer(2));
        set("1.3.6.1.2.1.33.1.2.3.0", integer(42));
        set("1.3.6.1.2.1.33.1.2.4.0", integer(97));
        set("1.3.6.1.2.1.33.1.2.5.0", integer(546));
        set("1.3.6.1.2.1.33.1.4.1.0", integer(3));
        row("1.3.6.1.2.1.33.1.3.3.1", "1", {{2, integer(499)}, {3, integer(229)}});
        row("1.3.6.1.2.1.33.1.4.4.1", "1", {{2, integer(230)}, {5, integer(31)}});
    }
    double sensor(const std::string& kind, const std::string& descr) {
        for (const auto& one : facts().sensors) {
            if (one.kind == kind && one.descr == descr) return one.value;
        }
        ADD_FAILURE() << "no " << kind << " " << descr;
        return 0;
    }
    std::vector<std::string> wrong() {
        std::vector<std::string> sentences;
        for (const auto& finding : core::judge(facts(), {}, clock.wall())) {
            if (finding.message) sentences.push_back(core::render(*finding.message, {}));
        }
        return sentences;
    }
};

TEST_F(Ups, TellsWhoItIsAndHowItIs) {
    const auto device = facts().device;
    EXPECT_EQ(device.device_class, core::DeviceClass::ups);
    EXPECT_EQ(device.vendor, "Example Power");
    EXPECT_EQ(device.model, "UPS 3000");
    EXPECT_NEAR(sensor("voltage", "Battery"), 54.6, 1e-9);
    EXPECT_NEAR(sensor("frequency", "Input 1"), 49.9, 1e-9);
    EXPECT_EQ(sensor("runtime", "Time left on battery"), 42);
    EXPECT_EQ(sensor("load", "Output 1"), 31);
    EXPECT_THAT(wrong(), IsEmpty());
}

TEST_F(Ups, OnBattery) {
    set("1.3.6.1.2.1.33.1.4.1.0", integer(5));
    EXPECT_THAT(wrong(), ElementsAre("mains power lost, running on battery"));
}

TEST_F(Ups, Alarms) {
    set("1.3.6.1.2.1.33.1.6.2.1.2.1", oid("1.3.6.1.2.1.33.1.6.3.1"));
    EXPECT_THAT(wrong(), ElementsAre("replace the battery"));
    set("1.3.6.1.2.1.33.1.6.2.1.2.1", oid("1.3.6.1.4.1.32473.9"));  // A vendor's own.
    EXPECT_THAT(wrong(), IsEmpty());
}

// ---- LLDP-MIB and BRIDGE-MIB

const std::string remote_entry = "1.0.8802.1.1.2.1.4.1.1";
const std::string local_entry = "1.0.8802.1.1.2.1.3.7.1";

TEST_F(StandardMibs, Neighbors) {
    row(local_entry, "24", {{2, integer(5)}, {3, octets("GE0/0/24")}, {4, octets("uplink")}});
    row(local_entry, "7", {{2, integer(7)}, {3, octets("7")}, {4, octets("Port 7")}});
    row(remote_entry, "900.24.1",
        {{4, integer(4)},
         {5, octets("\x00\x1b\x21\x3c\x4d\x5e"s)},
         {6, integer(5)},
         {7, octets("GE1/0/3")},
         {9, octets("core-1")}});
    row(remote_entry, "950.7.2",
        {{4, integer(4)},
         {5, octets("\x00\x1b\x21\x00\x00\x07"s)},
         {6, integer(3)},
         {7, octets("\x00\x1b\x21\x00\x00\x07"s)}});
    row(remote_entry, "960.8.3", {{4, integer(5)}, {5, octets("\x01\x0a\x01\x03\x09"s)}});
    row(remote_entry, "970.9.4",
        {{4, integer(4)},
         {5, octets("\x00\x1b\x21\x00\x00\x09"s)},
         {10, octets(std::string(200, 'x'))}});
    EXPECT_THAT(facts().neighbors,
                ElementsAre(core::NeighborFacts{"GE0/0/24", "core-1", "GE1/0/3", "lldp"},
                            core::NeighborFacts{"9", "00:1b:21:00:00:09", "", "lldp"}))
        << "who tells neither a name nor a description is a network card or a phone";
}

TEST_F(StandardMibs, ABridgeIsASwitch) {
    set("1.3.6.1.2.1.17.1.2.0", integer(52));
    set("1.3.6.1.2.1.17.1.3.0", integer(2));
    EXPECT_EQ(facts().device.device_class, core::DeviceClass::switch_);
}

}  // namespace
}  // namespace rounds::probes
