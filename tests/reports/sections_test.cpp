// The sections that SNMP fills.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "reports/render.hpp"
#include "tests/reports/reading.hpp"

namespace rounds::reports {
namespace {

using core::DeviceClass;
using core::Language;
using core::Message;
using core::MessageId;
using core::Verdict;
using nlohmann::json;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

constexpr auto from = "2026-11-23 08:30", until = "2026-11-24 08:30";

std::vector<std::string> keys(const Table& table) {
    std::vector<std::string> found;
    for (const Column& column : table.columns) found.push_back(column.key);
    return found;
}

std::string shown_in(const Table& table, const std::string& name, const std::string& key) {
    return shown(row(table, name).cells.at(column(table, key)), {Language::english, &shanghai()});
}

std::vector<std::string> below(const Table& table, const std::string& name,
                               const std::string& key) {
    return shown_under(row(table, name).cells.at(column(table, key)),
                       {Language::english, &shanghai()});
}

std::string method(const Document& document) {
    for (const HeadLine& line : document.head) {
        if (line.key == "method") return render(line.text, {Language::chinese});
    }
    return {};
}

TEST(SectionsTest, TheFullDayHasThemAll) {
    const Document document = document_of(full_day());
    std::vector<std::string> found;
    for (const Section& section : document.sections) found.push_back(section.key);
    EXPECT_THAT(found,
                ElementsAre("overview", "troubles", "network_devices", "links", "printers",
                            "terminals", "power", "servers", "other_devices", "annex", "sign_off"));
    EXPECT_EQ(method(document), "自动（ICMP、SNMP）");
    EXPECT_EQ(method(document_of(dead_switch())), "自动（ICMP）");
}

TEST(SectionsTest, NetworkDevicesTellWhatTheyMeasure) {
    const Document document = document_of(full_day());
    const Table& network = table(document, "network_devices");
    EXPECT_EQ(shown_in(network, "core-1", "cpu_ratio"), "12%");
    EXPECT_EQ(shown_in(network, "core-1", "memory_ratio"), "41%");
    EXPECT_EQ(shown_in(network, "core-1", "temperature_celsius"), "38 °C");
    EXPECT_EQ(shown_in(network, "core-1", "power_fans"), "OK");
    EXPECT_EQ(shown_in(network, "core-1", "port_faults"), "None");
    EXPECT_EQ(shown_in(network, "core-1", "uptime_seconds"), "42 d 3 h");
    EXPECT_EQ(shown_in(network, "sw-3f", "power_fans"), "Power 1: failed");
    EXPECT_EQ(shown_in(network, "sw-3f", "port_faults"), "port GE0/0/2 is down");
    EXPECT_EQ(shown_in(network, "ap-3f-01", "cpu_ratio"), "—");
    EXPECT_THAT(below(network, "sw-3f", "verdict"), ElementsAre("Power 1: failed", "1 more"));
    EXPECT_THAT(keys(network), Not(Contains("fan_rpm")));
}

TEST(SectionsTest, AColumnThatNoDeviceFillsIsLeftOut) {
    Story story(from, until);
    story.device("sw", DeviceClass::switch_);
    story.facts("sw").processors = {{"CPU", 7}};
    EXPECT_THAT(keys(table(document_of(story), "network_devices")),
                AllOf(Contains("cpu_ratio"), Not(Contains("memory_ratio")),
                      Not(Contains("temperature_celsius")), Not(Contains("power_fans")),
                      Not(Contains("port_faults")), Not(Contains("uptime_seconds"))));
}

TEST(SectionsTest, FanSpeedSpeaksWhereNoStateDoes) {
    Story story(from, until);
    story.device("sw", DeviceClass::switch_);
    story.facts("sw").sensors = {{"fanspeed", "Fan 1", 4100, "rpm", {}, {}, {}, {}},
                                 {"fanspeed", "Fan 2", 3900, "rpm", {}, {}, {}, {}}};
    EXPECT_EQ(shown_in(table(document_of(story), "network_devices"), "sw", "fan_rpm"),
              "3900 r/min");
}

TEST(SectionsTest, ManyPortsAreCountedAndTheFirstNamed) {
    Story story(from, until);
    story.device("sw", DeviceClass::switch_);
    core::Facts& facts = story.facts("sw");
    for (int i = 1; i <= 5; ++i) {
        core::InterfaceFacts port;
        port.index = i, port.name = "ge" + std::to_string(i), port.oper_status = "down";
        facts.interfaces.push_back(port);
        facts.neighbors.push_back({port.name, "other", "1", "lldp"});
    }
    story.judged("sw");
    const Document document = document_of(story);
    const Table& network = table(document, "network_devices");
    EXPECT_EQ(shown_in(network, "sw", "port_faults"), "5 ports");
    EXPECT_THAT(below(network, "sw", "port_faults"), ElementsAre("ge1", "ge2", "ge3"));
    const json report = json::parse(to_json(document, {Language::english}));
    EXPECT_EQ(report["network_devices"][0]["port_faults"], 5);
    EXPECT_EQ(report["network_devices"][0]["findings_more"], 4);
}

TEST(SectionsTest, PrintersShowWhatIsLeft) {
    const Document document = document_of(full_day());
    const Table& printers = table(document, "printers");
    EXPECT_EQ(shown_in(printers, "mfp-3f", "supplies.black"), "62% / 8% / 41% / 55%");
    EXPECT_EQ(shown_in(printers, "mfp-3f", "trays.1"), "85% / 0%");
    EXPECT_EQ(shown_in(printers, "mfp-3f", "page_count"), "184220");
    EXPECT_EQ(shown_in(printers, "mfp-3f", "printer_state"), "paper low");
    EXPECT_EQ(shown_in(printers, "mfp-3f", "console_text"), "Load paper in Tray 2 / A4 plain");
    EXPECT_THAT(below(printers, "mfp-3f", "console_text"), ElementsAre("Tray 2 empty"));
    EXPECT_EQ(shown_in(printers, "prn-2f", "supplies.black"), "some left");
    EXPECT_EQ(shown_in(printers, "prn-2f", "printer_state"), "OK");
}

struct Colours {
    std::string name;
    std::vector<core::SupplyFacts> supplies;
    std::string shown;
};

class ColoursTest : public ::testing::TestWithParam<Colours> {};

TEST_P(ColoursTest, AreBlackCyanMagentaYellow) {
    Story story(from, until);
    story.device("mfp", DeviceClass::printer);
    story.facts("mfp").supplies = GetParam().supplies;
    story.facts("mfp").page_count = 1;
    const Document document = document_of(story);
    const Table& printers = table(document, "printers");
    const auto columns = keys(printers);
    const bool there = std::ranges::find(columns, "supplies.black") != columns.end();
    EXPECT_EQ(there ? shown_in(printers, "mfp", "supplies.black") : "", GetParam().shown);
}

INSTANTIATE_TEST_SUITE_P(
    Printers, ColoursTest,
    ::testing::Values(
        Colours{"None", {}, ""}, Colours{"WasteIsNoColour", {{"Waste", "waste", "", 5.0, {}}}, ""},
        Colours{
            "TheOnlyOneIsBlackWhateverItsName", {{"Cartridge 85A", "toner", "", 40.0, {}}}, "40%"},
        Colours{"InAnyOrder",
                {{"Y", "toner", "yellow", 4.0, {}},
                 {"M", "toner", "magenta", 3.0, {}},
                 {"C", "toner", "Cyan", 2.0, {}},
                 {"K", "toner", "black", 1.0, {}}},
                "1% / 2% / 3% / 4%"},
        Colours{"ByNameWhereNoColourIsTold",
                {{"青色碳粉", "toner", "", 20.0, {}}, {"黑色碳粉", "toner", "unknown", 10.0, {}}},
                "10% / 20% / — / —"},
        Colours{"OfTwoOfAColourTheEmptiest",
                {{"Black 1", "ink", "black", 80.0, {}}, {"Black 2", "ink", "black", 9.0, {}}},
                "9%"},
        Colours{"AWordBesideAnAmount",
                {{"Black", "toner", "black", {}, core::LevelState::unknown},
                 {"Cyan", "toner", "cyan", 50.0, {}}},
                "unknown / 50% / — / —"}),
    [](const auto& one) { return one.param.name; });

TEST(SectionsTest, UpsOnBattery) {
    const Document document = document_of(full_day());
    const Table& power = table(document, "power");
    EXPECT_EQ(shown_in(power, "ups-1", "mains"), "mains power lost, running on battery");
    EXPECT_EQ(shown_in(power, "ups-1", "load_ratio"), "41%");
    EXPECT_EQ(shown_in(power, "ups-1", "charge_ratio"), "83%");
    EXPECT_EQ(shown_in(power, "ups-1", "runtime_seconds"), "38 min");
    EXPECT_EQ(shown_in(power, "ups-1", "temperature_celsius"), "24.5 °C");
}

struct Runtime {
    std::string name;
    Verdict source;
    double minutes;
    std::string shown;
};

class RuntimeTest : public ::testing::TestWithParam<Runtime> {};

TEST_P(RuntimeTest, NothingIsShownForWhatIsNotMeasured) {
    Story story(from, until);
    story.device("ups", DeviceClass::ups);
    core::Facts& facts = story.facts("ups");
    facts.states = {{"Output source", 3, "normal", GetParam().source, "ups-source"}};
    facts.sensors = {{"runtime", "left", GetParam().minutes, "min", {}, {}, {}, {}},
                     {"load", "1", 10, "%", {}, {}, {}, {}}};
    const Document document = document_of(story);
    const Table& power = table(document, "power");
    const auto columns = keys(power);
    const bool there = std::ranges::find(columns, "runtime_seconds") != columns.end();
    EXPECT_EQ(there ? shown_in(power, "ups", "runtime_seconds") : "", GetParam().shown);
}

INSTANTIATE_TEST_SUITE_P(Power, RuntimeTest,
                         ::testing::Values(Runtime{"OnMains", Verdict::ok, 45, "45 min"},
                                           Runtime{"NotMeasured", Verdict::ok, 0, ""},
                                           Runtime{"ReallyNone", Verdict::critical, 0, "0 s"},
                                           Runtime{"Nonsense", Verdict::ok, 1e300, ""},
                                           Runtime{"Negative", Verdict::critical, -5, ""}),
                         [](const auto& one) { return one.param.name; });

TEST(SectionsTest, StorageByItsFullestVolume) {
    const Document document = document_of(full_day());
    const Table& servers = table(document, "servers");
    EXPECT_EQ(shown_in(servers, "nas-1", "storage_ratio"), "88%");
    EXPECT_THAT(below(servers, "nas-1", "storage_ratio"), ElementsAre("/volume1"));
    EXPECT_EQ(shown_in(servers, "nas-1", "cpu_ratio"), "30%");
    EXPECT_EQ(shown_in(servers, "nas-1", "memory_ratio"), "64%");
}

TEST(SectionsTest, ServersShowTheirDisksTheWorstFirst) {
    Story story(from, until);
    story.device("nas", DeviceClass::nas);
    story.device("pve", DeviceClass::hypervisor);
    story.facts("nas").states = {{"Disk 1", 1, "normal", Verdict::ok, "disk"},
                                 {"Volume 1", 11, "degraded", Verdict::warning, "disk"},
                                 {"Disk 2", 5, "crashed", Verdict::critical, "disk"}};
    story.facts("pve").states = {{"Disk 1", 1, "normal", Verdict::ok, "disk"}};
    const Document document = document_of(story);
    const Table& servers = table(document, "servers");
    EXPECT_EQ(shown_in(servers, "nas", "disks"), "Disk 2: crashed");
    EXPECT_THAT(below(servers, "nas", "disks"), ElementsAre("Volume 1: degraded"));
    EXPECT_EQ(shown_in(servers, "pve", "disks"), "OK");
}

TEST(SectionsTest, WithoutSnmpPingSpeaks) {
    Story story(from, until);
    story.device("mfp", DeviceClass::printer);
    const Document document = document_of(story);
    EXPECT_THAT(keys(table(document, "printers")),
                AllOf(Contains("availability_ratio"), Contains("states"),
                      Not(Contains("printer_state")), Not(Contains("supplies.black"))));
    EXPECT_EQ(find_section(document, "printers")->remark, Message{MessageId::report_other_remark});
    EXPECT_EQ(find_section(document, "annex")->blocks.size(), 7U);  // what was missed, six notes
}

TEST(SectionsTest, TheAnnexSaysWhoseSnmpGaveNothingAndWhy) {
    const Document document = document_of(full_day());
    const Table& silent = table(document, "snmp_silent");
    ASSERT_EQ(silent.rows.size(), 1U);
    EXPECT_EQ(shown_in(silent, "wlc-1", "reason"), "SNMP password wrong");
}

TEST(SectionsTest, TheAnnexHasTheLimitsOfWhatOccurs) {
    const Document document = document_of(full_day());
    const Table& limits = table(document, "limits");
    std::vector<std::string> items, warnings;
    for (std::size_t i = 0; i < limits.rows.size(); ++i) {
        items.push_back(shown(cell(limits, i, "item"), {Language::english}));
        warnings.push_back(shown(cell(limits, i, "warning"), {Language::english}));
    }
    EXPECT_THAT(items, ElementsAre("CPU", "CPU", "memory", "storage", "temperature", "supplies",
                                   "paper trays", "UPS load", "battery charge", "runtime left",
                                   "port errors", "port discards", "link utilisation"));
    EXPECT_THAT(warnings, ElementsAre("≥ 85%", "≥ 70%", "≥ 90%", "≥ 80%", "—", "≤ 15%", "≤ 0%",
                                      "≥ 80%", "≤ 50%", "≤ 10 min", "≥ 1%", "≥ 5%", "≥ 90%"));
}

TEST(SectionsTest, JsonHasTheFiguresAsNumbers) {
    const Story story = full_day();
    const json report =
        json::parse(to_json(document_of(story), {Language::english, &story.zone()}));
    const json& core = report["network_devices"][0];
    EXPECT_DOUBLE_EQ(core["cpu_ratio"].get<double>(), 0.12);
    EXPECT_EQ(core["temperature_celsius"], 38);
    EXPECT_EQ(core["power_fans"], "ok");
    EXPECT_EQ(core["port_faults"], 0);
    EXPECT_EQ(core["uptime_seconds"], (42 * 24 + 3) * 3600);
    const json& printer = report["printers"][0];
    EXPECT_DOUBLE_EQ(printer["supplies"]["cyan"].get<double>(), 0.08);
    EXPECT_EQ(printer["trays"]["2"], 0);
    EXPECT_EQ(report["printers"][1]["supplies"]["black"], "some-remaining");
    EXPECT_EQ(report["power"][0]["mains"], "battery");
    EXPECT_EQ(report["power"][0]["runtime_seconds"], 38 * 60);
    EXPECT_EQ(report["servers"][0]["storage_descr"], "/volume1");
    EXPECT_EQ(report["limits"][0]["item"], "cpu");
    const json& dead = report["troubles"][2];
    EXPECT_EQ(dead["incident"], "GZ-20261123-001");
    EXPECT_EQ(dead["state"], "resolved");
    EXPECT_EQ(dead["handler"], "王工");
}

}  // namespace
}  // namespace rounds::reports
