#include "core/check_item.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rounds::core {
namespace {

using testing::IsEmpty;

const WallTime at = from_ms(1'795'000'000'000);

Facts processors(std::vector<double> percents) {
    Facts facts;
    for (const double percent : percents) facts.processors.push_back({"CPU", percent});
    return facts;
}
Facts memory(MemoryFacts row) {
    Facts facts;
    facts.memory = {std::move(row)};
    return facts;
}
Facts disk(std::string type, double percent, bool exempt = false) {
    Facts facts;
    facts.storage = {{.descr = "/data",
                      .type = std::move(type),
                      .size_bytes = {},
                      .used_bytes = {},
                      .percent = percent,
                      .exempt = exempt}};
    return facts;
}
Facts toner(std::optional<double> percent, std::optional<LevelState> state = std::nullopt) {
    Facts facts;
    facts.supplies = {{.descr = "Black Toner",
                       .type = "toner",
                       .color = "black",
                       .percent = percent,
                       .state = state}};
    return facts;
}
Facts tray(double percent) {
    Facts facts;
    facts.trays = {{.descr = "Tray 2", .percent = percent, .state = {}}};
    return facts;
}
Facts sensor(SensorFacts sensor) {
    Facts facts;
    facts.sensors = {std::move(sensor)};
    return facts;
}
Facts state(std::string item, std::string word, Verdict severity) {
    Facts facts;
    facts.states = {{.descr = "PSU 1",
                     .value = 1,
                     .state = std::move(word),
                     .severity = severity,
                     .item = std::move(item)}};
    return facts;
}
Facts port(std::string admin, std::string oper, bool neighbor) {
    Facts facts;
    InterfaceFacts one;
    one.index = 24;
    one.name = "GE0/0/24";
    one.admin_status = std::move(admin);
    one.oper_status = std::move(oper);
    facts.interfaces = {one};
    if (neighbor) facts.neighbors = {{"GE0/0/24", "core-1", "GE1/0/3", "lldp"}};
    return facts;
}

SensorFacts optical(double dbm) {
    return {.kind = "dbm",
            .descr = "Rx",
            .value = dbm,
            .unit = "dBm",
            .low_critical = {},
            .low_warning = -20,
            .high_warning = {},
            .high_critical = {}};
}
Facts of_ups(Facts facts) {
    facts.device.device_class = DeviceClass::ups;
    return facts;
}

struct Case {
    std::string name;
    Facts facts;
    std::string item;  ///< Empty: nothing is judged.
    Verdict verdict = Verdict::ok;
    std::string sentence;  ///< In English; empty when ok.
    ItemRules rules = {};
    friend void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }
};
class JudgeTest : public testing::TestWithParam<Case> {};

TEST_P(JudgeTest, Finds) {
    const auto& [name, facts, item, verdict, sentence, rules] = GetParam();
    auto findings = judge(facts, rules, at);
    // That there is paper goes without saying; PaperIsAnItemOfItsOwnWithPatience says it.
    std::erase_if(findings, [](const auto& one) { return one.item == "paper"; });
    if (item.empty()) {
        EXPECT_THAT(findings, IsEmpty());
        return;
    }
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].item, item);
    EXPECT_EQ(findings[0].verdict, verdict);
    EXPECT_EQ(findings[0].message ? render(*findings[0].message, {}) : "", sentence);
    EXPECT_EQ(findings[0].evidence_at, at);
}

ItemRules limit(std::string item, std::optional<double> warning, std::optional<double> critical) {
    ItemRules rules;
    rules.limits.emplace(std::move(item), Limits<double>{.warning = warning, .critical = critical});
    return rules;
}
ItemRules said_of_port(PortRule rule) {
    ItemRules rules;
    rules.ports.push_back(std::move(rule));
    return rules;
}
ItemRules named(std::string port) {
    return said_of_port({.port = std::move(port)});
}
ItemRules ignoring(std::string item) {
    ItemRules rules;
    rules.ignored.insert(std::move(item));
    return rules;
}
MemoryFacts ram(double percent, std::string kind = "system") {
    return {.descr = "RAM",
            .kind = std::move(kind),
            .total_bytes = {},
            .used_bytes = {},
            .percent = percent};
}
SensorFacts reading(std::string kind, double value, std::string unit = "C") {
    return {.kind = std::move(kind),
            .descr = "Inlet",
            .value = value,
            .unit = std::move(unit),
            .low_critical = {},
            .low_warning = {},
            .high_warning = {},
            .high_critical = {}};
}
SensorFacts limited(double value) {
    auto sensor = reading("temperature", value);
    sensor.low_warning = 5;
    sensor.high_warning = 40;
    sensor.high_critical = 50;
    return sensor;
}

INSTANTIATE_TEST_SUITE_P(
    Hosts, JudgeTest,
    testing::Values(
        Case{"NothingTold", {}, ""}, Case{"IdleProcessor", processors({3}), "cpu"},
        Case{"ManyProcessorsAreOne", processors({100, 0, 0, 0}), "cpu"},
        Case{"BusyProcessor", processors({90}), "cpu", Verdict::warning, "CPU 90% busy, limit 85%"},
        Case{"AtTheLimitIsReached", processors({85}), "cpu", Verdict::warning,
             "CPU 85% busy, limit 85%"},
        Case{"FullProcessor", processors({99, 97}), "cpu", Verdict::critical,
             "CPU 98% busy, limit 95%"},
        Case{"OwnLimit", processors({90}), "cpu", Verdict::ok, "", limit("cpu", 95, std::nullopt)},
        Case{"LimitTakenAway",
             processors({100}),
             "",
             {},
             "",
             limit("cpu", std::nullopt, std::nullopt)},
        Case{"Memory", memory(ram(98)), "memory", Verdict::critical, "memory 98% used, limit 97%"},
        Case{"SwapIsNotMemory", memory(ram(99, "swap")), ""},
        Case{"CacheIsNotMemory", memory(ram(99, "cached")), ""},
        Case{"Disk", disk("fixed-disk", 86), "storage", Verdict::warning,
             "/data: 86% used, limit 85%"},
        Case{"NetworkDisk", disk("network-disk", 12), "storage"},
        Case{"RamDiskDoesNotFillUp", disk("ram-disk", 100), ""},
        Case{"FlashIsFullFromTheFactory", disk("flash-memory", 100), ""},
        Case{"ReadOnlyIsFull", disk("fixed-disk", 100, true), ""}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Printers, JudgeTest,
    testing::Values(Case{"Toner", toner(60), "supplies"},
                    Case{"LowToner", toner(15), "supplies", Verdict::warning,
                         "Black Toner: 15% left, limit 15%"},
                    Case{"NoToner", toner(0), "supplies", Verdict::critical,
                         "Black Toner: 0% left, limit 1%"},
                    Case{"TonerOfUnknownLevel", toner(std::nullopt, LevelState::unknown), ""},
                    Case{"Tray", tray(25), "trays"},
                    Case{"EmptyTray", tray(0), "trays", Verdict::warning, "Tray 2: empty"},
                    Case{"PrinterWell", state("printer", "normal", Verdict::ok), "printer"},
                    Case{"PaperJam", state("printer", "jammed", Verdict::critical), "printer",
                         Verdict::critical, "paper jam"}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Environment, JudgeTest,
    testing::Values(Case{"TemperatureWithoutLimits", sensor(reading("temperature", 80)), ""},
                    Case{"TemperatureOfTheProfile", sensor(reading("temperature", 80)),
                         "temperature", Verdict::critical, "Inlet: 80 °C, limit 75 °C",
                         limit("temperature", 60, 75)},
                    Case{"WithinItsOwnLimits", sensor(limited(20)), "temperature"},
                    Case{"OverItsOwnLimit", sensor(limited(41)), "temperature", Verdict::warning,
                         "Inlet: 41 C, upper limit 40 C"},
                    Case{"FarOverItsOwnLimit", sensor(limited(50)), "temperature",
                         Verdict::critical, "Inlet: 50 C, upper limit 50 C"},
                    Case{"UnderItsOwnLimit", sensor(limited(4)), "temperature", Verdict::warning,
                         "Inlet: 4 C, lower limit 5 C"},
                    Case{"NoLightAtAll", sensor(optical(-40)), ""},
                    Case{"TooLittleLight", sensor(optical(-21)), "sensor", Verdict::warning,
                         "Rx: -21 dBm, lower limit -20 dBm"},
                    Case{"VoltageIsOnlyShown", sensor(reading("voltage", 12, "V")), ""},
                    Case{"LoadOfSomethingElse", sensor(reading("load", 99, "%")), ""},
                    Case{"Load", of_ups(sensor(reading("load", 81, "%"))), "ups-load",
                         Verdict::warning, "UPS load 81%, limit 80%"},
                    Case{"Charge", sensor(reading("charge", 19, "%")), "ups-charge",
                         Verdict::critical, "battery charge 19%, limit 20%"},
                    Case{"Runtime", sensor(reading("runtime", 8, "min")), "ups-runtime",
                         Verdict::warning, "8 min left on battery, limit 10 min"},
                    Case{"RuntimeNotMeasured", sensor(reading("runtime", 0, "min")), ""},
                    Case{"PowerSupply", state("power-supply", "failed", Verdict::critical),
                         "power-supply", Verdict::critical, "PSU 1: failed"},
                    Case{"OnBattery", state("ups-source", "battery", Verdict::critical),
                         "ups-source", Verdict::critical, "mains power lost, running on battery"},
                    Case{"ReplaceBattery", state("ups-alarm", "batteryBad", Verdict::critical),
                         "ups-alarm", Verdict::critical, "replace the battery"},
                    Case{"AStateOfNoItemIsOnlyShown", state("", "failed", Verdict::critical), ""}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Ports, JudgeTest,
    testing::Values(
        Case{"AnAccessPortMayGoDown", port("up", "down", false), ""},
        Case{"PortWithNeighbor", port("up", "up", true), "port-status"},
        Case{"NeighborsPortDown", port("up", "down", true), "port-status", Verdict::critical,
             "port GE0/0/24 is down"},
        Case{"NamedPortDown", port("up", "lowerLayerDown", false), "port-status", Verdict::critical,
             "port GE0/0/24 is down", named("GE0/0/24")},
        Case{"PortByNumber", port("up", "up", false), "port-status", Verdict::ok, "", named("24")},
        Case{"NamedPortShutDown", port("down", "down", false), "port-status", Verdict::warning,
             "port GE0/0/24 is shut down by its configuration", named("24")},
        Case{"AStandbyPortWaits", port("up", "dormant", true), "port-status"},
        Case{"ANeighborsPortThatNobodyMinds", port("up", "down", true), "", Verdict::ok, "",
             said_of_port({.port = "24", .monitored = false})},
        Case{"OnlyItsStatusIsIgnored", port("up", "down", true), "", Verdict::ok, "",
             said_of_port({.port = "GE0/0/24", .ignored = {"port-status"}})},
        Case{"AnotherPortIsIgnored", port("up", "down", true), "port-status", Verdict::critical,
             "port GE0/0/24 is down", said_of_port({.port = "GE0/0/23", .monitored = false})}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Ignored, JudgeTest,
    testing::Values(Case{"AMeasure", toner(3), "", Verdict::ok, "", ignoring("supplies")},
                    Case{"AState", state("ups-source", "battery", Verdict::critical), "",
                         Verdict::ok, "", ignoring("ups-source")},
                    Case{"EveryPort", port("up", "down", true), "", Verdict::ok, "",
                         ignoring("port-status")},
                    Case{"AnotherItem", toner(3), "supplies", Verdict::warning,
                         "Black Toner: 3% left, limit 15%", ignoring("trays")}),
    [](const auto& test) { return test.param.name; });

TEST(Judge, ASensorsOwnLimitsAreIgnoredWithItsItem) {
    Facts facts;
    facts.sensors = {reading("temperature", 90, "C"), reading("fanspeed", 10, "rpm")};
    for (auto& sensor : facts.sensors) sensor.high_critical = 5;
    EXPECT_EQ(judge(facts, {}, at).size(), 2U);
    EXPECT_EQ(judge(facts, ignoring("temperature"), at).size(), 1U);
    EXPECT_EQ(judge(facts, ignoring("sensor"), at).at(0).item, "temperature");
}

TEST(ItemWords, AreEachNamedOnceAndHoldThoseWithLimitsAndThoseOfPorts) {
    const std::set<std::string_view> words(item_words().begin(), item_words().end());
    EXPECT_EQ(words.size(), item_words().size());
    for (const auto part : {limited_item_words(), port_item_words()})
        for (const auto word : part) EXPECT_TRUE(words.contains(word)) << word;
    for (const auto word : link_item_words()) EXPECT_FALSE(words.contains(word)) << word;
}

TEST(Judge, OfSeveralStatesTheWorstSpeaks) {
    Facts facts = state("printer", "lowToner", Verdict::warning);
    facts.states.push_back({.descr = "PSU 1",
                            .value = 5,
                            .state = "jammed",
                            .severity = Verdict::critical,
                            .item = "printer"});
    facts.states.push_back({.descr = "PSU 1",
                            .value = 7,
                            .state = "x",
                            .severity = Verdict::unknown,
                            .item = "printer"});
    const auto findings = judge(facts, {}, at);
    ASSERT_EQ(findings.size(), 2U);  // and paper
    EXPECT_EQ(render(*findings[0].message, {}), "paper jam");
}

/// "printer warning toner low, paper ok": what is said of a printer's states.
std::string printer_says(std::initializer_list<std::pair<const char*, Verdict>> states) {
    Facts facts;
    for (const auto& [name, verdict] : states)
        facts.states.push_back(
            {.descr = "Printer", .state = name, .severity = verdict, .item = "printer"});
    std::string all;
    for (const auto& finding : judge(facts, {}, at)) {
        EXPECT_EQ(finding.patience, finding.item == "paper" ? paper_patience : Duration{0});
        all += (all.empty() ? "" : ", ") + finding.item + " " + std::string(word(finding.verdict));
        if (finding.message) all += " " + render(*finding.message, {});
    }
    return all;
}

TEST(Judge, PaperIsAnItemOfItsOwnWithPatience) {
    EXPECT_EQ(judge(tray(0), {}, at).at(0).patience, paper_patience);
    constexpr auto warning = Verdict::warning;
    EXPECT_EQ(printer_says({{"ok", Verdict::ok}}), "printer ok, paper ok");
    EXPECT_EQ(printer_says({{"noPaper", warning}}), "printer ok, paper warning out of paper");
    EXPECT_EQ(printer_says({{"noPaper", warning}, {"lowToner", warning}}),
              "printer warning toner low, paper warning out of paper");
    EXPECT_EQ(printer_says({{"jammed", Verdict::critical}, {"noPaper", warning}}),
              "printer critical paper jam, paper warning out of paper");
    Facts other = state("hardware", "noPaper", warning);
    EXPECT_EQ(judge(other, {}, at).at(0).patience, Duration{0}) << "of no printer";
    Facts own = state("paper", "empty", warning);
    ASSERT_EQ(judge(own, {}, at).size(), 1U);
    EXPECT_EQ(judge(own, {}, at).at(0).patience, paper_patience) << "as a profile says";
}

TEST(Judge, NoTimeLeftCountsOnBattery) {
    Facts facts = state("ups-source", "battery", Verdict::critical);
    facts.sensors = {reading("runtime", 0, "min")};
    const auto findings = judge(facts, {}, at);
    ASSERT_EQ(findings.size(), 2U);
    EXPECT_EQ(findings[0].item, "ups-runtime");
    EXPECT_EQ(findings[0].verdict, Verdict::critical);
}

TEST(Judge, AlwaysNamesTheLimit) {
    const auto findings = judge(processors({50}), {}, at);
    EXPECT_EQ(findings.at(0).threshold, 85.0);
    EXPECT_EQ(findings.at(0).value, 50.0);
    EXPECT_EQ(findings.at(0).unit, "%");
}

TEST(Judge, SpeaksChinese) {
    const auto findings = judge(toner(3), {}, at);
    EXPECT_EQ(render(*findings.at(0).message, {.language = Language::chinese}),
              "Black Toner：剩余 3%，阈值 15%");
}

TEST(Judge, PortsWithNeighborsAreNamedOnce) {
    Facts facts = port("up", "up", true);
    facts.neighbors.push_back({"GE0/0/24", "ap-7", "eth0", "lldp"});
    EXPECT_EQ(ports_with_neighbors(facts), std::vector<std::string>{"GE0/0/24"});
}

TEST(DefaultLimits, WarnBeforeTheyAreCritical) {
    for (const auto item : limited_item_words()) {
        const auto limits = default_limits(item);
        EXPECT_TRUE(!limits.warning || limits.warning != limits.critical) << item;
    }
    EXPECT_EQ(default_limits("no such item"), Limits<double>{});
}

}  // namespace
}  // namespace rounds::core
