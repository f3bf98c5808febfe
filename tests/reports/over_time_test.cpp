// What was measured over the data period, what is forecast, and by which limits was judged.
#include "reports/over_time.hpp"

#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "reports/render.hpp"
#include "tests/reports/reading.hpp"

namespace rounds::reports {
namespace {

using core::DeviceClass;
using core::Language;
using core::MessageId;
using nlohmann::json;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr auto from = "2026-11-23 08:30", until = "2026-11-24 08:30";
const core::Locale english{Language::english, &shanghai()};
const core::Locale chinese{Language::chinese, &shanghai()};

const Cell& cell_of(const Table& table, const std::string& name, const std::string& key) {
    return row(table, name).cells.at(column(table, key));
}
bool has_column(const Table& table, const std::string& key) {
    return std::ranges::any_of(table.columns, [&](const Column& one) { return one.key == key; });
}
std::vector<std::string> notes(const Document& document) {
    std::vector<std::string> keys;
    for (const Block& one : find_section(document, "annex")->blocks) {
        if (const auto* note = std::get_if<Note>(&one)) keys.push_back(note->key);
    }
    return keys;
}

TEST(OverTimeTest, AverageAndMaximumStandBelowTheValueOfTheRound) {
    const Document document = document_of(full_day());
    const Table& network = table(document, "network_devices");
    const Cell& cpu = cell_of(network, "fw-1", "cpu_ratio");
    EXPECT_EQ(shown(cpu, english), "23%");
    EXPECT_THAT(shown_under(cpu, english), ElementsAre("avg. 26.4%", "max. 92.4%"));
    EXPECT_THAT(shown_under(cpu, chinese), ElementsAre("平均 26.4%", "最大 92.4%"));
    EXPECT_THAT(shown_under(cell_of(network, "fw-1", "temperature_celsius"), chinese),
                ElementsAre("平均 43.1 °C", "最大 46.4 °C"));  // of the hottest of two sensors
    EXPECT_THAT(shown_under(cell_of(network, "ap-3f-01", "cpu_ratio"), english), IsEmpty());
    EXPECT_THAT(shown_under(cell_of(table(document, "servers"), "nas-1", "cpu_ratio"), english),
                ElementsAre("avg. 17.5%", "max. 96%"));
    EXPECT_THAT(notes(document), Contains("over_time"));
}

TEST(OverTimeTest, WhatADeviceToldEarlierIsShownThoughItIsDownNow) {
    Story story(from, until);
    story.device("sw", DeviceClass::switch_);
    story.measured("sw", "cpu", "", 10, 30);
    const Document document = document_of(story);
    const Cell& cpu = cell_of(table(document, "network_devices"), "sw", "cpu_ratio");
    EXPECT_EQ(shown(cpu, english), "—");
    EXPECT_THAT(shown_under(cpu, english), ElementsAre("avg. 10%", "max. 30%"));
}

TEST(OverTimeTest, WithoutSamplesNothingOfThemIsSaid) {
    Story story = full_day();
    story.measurements() = {};
    const Document document = document_of(story);
    EXPECT_THAT(notes(document), Not(Contains("over_time")));
    EXPECT_THAT(notes(document), Not(Contains("forecast")));
    EXPECT_FALSE(has_column(table(document, "printers"), "pages_in_period"));
    EXPECT_FALSE(has_column(table(document, "printers"), "supply_days_left"));
    EXPECT_FALSE(has_column(table(document, "servers"), "storage_days_left"));
    EXPECT_FALSE(has_column(table(document, "links"), "in_p95_bps"));
    EXPECT_EQ(find_section(document, "links")->remark,
              core::Message{MessageId::report_links_remark});
    const Table& network = table(document, "network_devices");
    EXPECT_THAT(shown_under(cell_of(network, "fw-1", "cpu_ratio"), english), IsEmpty());
}

TEST(OverTimeTest, NumbersThatAreNoneAreNotShown) {
    Story story(from, until);
    story.device("sw", DeviceClass::switch_);
    story.facts("sw").processors = {{"CPU", 7}};
    story.measured("sw", "cpu", "", std::numeric_limits<double>::infinity(), 1e300);
    story.measured("sw", "cpu", "", 3, std::numeric_limits<double>::quiet_NaN());
    const Document document = document_of(story);
    EXPECT_THAT(
        shown_under(cell_of(table(document, "network_devices"), "sw", "cpu_ratio"), english),
        IsEmpty());
}

TEST(OverTimeTest, InTextTheSmallLinesAreNamed) {
    Story story(from, until);
    story.device("sw", DeviceClass::switch_);
    story.facts("sw").processors = {{"CPU", 7}};
    story.measured("sw", "cpu", "", 10, 30);
    EXPECT_THAT(to_text(document_of(story), chinese), HasSubstr("CPU 平均 10% / 最大 30%"));
}

TEST(OverTimeTest, PrintersTellTheirPagesAndHowLongTheyLast) {
    const Document document = document_of(full_day());
    const Table& printers = table(document, "printers");
    EXPECT_EQ(shown(cell_of(printers, "mfp-3f", "pages_in_period"), english), "412");
    EXPECT_EQ(shown(cell_of(printers, "prn-2f", "pages_in_period"), english), "0");
    const Cell& left = cell_of(printers, "mfp-3f", "supply_days_left");
    EXPECT_EQ(shown(left, english), "3");  // 8 percent at 2 a day, an hour ago
    EXPECT_THAT(shown_under(left, chinese), ElementsAre("Toner Cyan 最先用尽"));
    EXPECT_EQ(shown(cell_of(printers, "prn-2f", "supply_days_left"), english), "—");
    const Cell& full = cell_of(table(document, "servers"), "nas-1", "storage_days_left");
    EXPECT_EQ(shown(full, english), "29");
    EXPECT_THAT(shown_under(full, english), ElementsAre("/volume1 first"));
    EXPECT_THAT(notes(document), Contains("forecast"));
}

TEST(OverTimeTest, WhereNothingHasATrendThereIsNoForecast) {
    Story story(from, until);
    story.device("mfp", DeviceClass::printer);
    story.facts("mfp").page_count = 100;
    story.course("mfp", "supplies", "Black", {60, 50, 40});
    story.course("mfp", "supplies", "Cyan", {60, 60, 60, 60, 60});
    const Document document = document_of(story);
    EXPECT_FALSE(has_column(table(document, "printers"), "supply_days_left"));
    EXPECT_THAT(notes(document), Not(Contains("forecast")));
}

TEST(OverTimeTest, LinksTellHowMuchOfThemIsInUse) {
    const Document document = document_of(full_day());
    const Table& links = table(document, "links");
    EXPECT_EQ(shown(cell_of(links, "出口-1", "in_p95_bps"), english), "61.3% / 92%");
    EXPECT_EQ(shown(cell_of(links, "专线-苏州", "in_p95_bps"), english), "—");
    Story story(from, until);
    story.link("leased");
    story.measured("link:leased", "link-out", "", 1'000'000, 2'000'000);
    const Document other = document_of(story);
    EXPECT_EQ(shown(cell_of(table(other, "links"), "leased", "out_p95_bps"), english),
              "1.5 / 2 Mb/s");
    EXPECT_FALSE(has_column(table(other, "links"), "in_p95_bps"));
}

TEST(OverTimeTest, JsonHasTheFiguresAsNumbers) {
    const Story story = full_day();
    const json report = json::parse(to_json(document_of(story), english));
    const json& firewall = report["network_devices"][1];
    EXPECT_DOUBLE_EQ(firewall["cpu_ratio"].get<double>(), 0.23);
    EXPECT_DOUBLE_EQ(firewall["cpu_avg_ratio"].get<double>(), 0.264);
    EXPECT_DOUBLE_EQ(firewall["temperature_max_celsius"].get<double>(), 46.4);
    EXPECT_EQ(report["printers"][0]["pages_in_period"], 412);
    EXPECT_EQ(report["printers"][0]["supply_days_left"], 3);
    EXPECT_EQ(report["printers"][0]["supply_first_empty"], "Toner Cyan");
    EXPECT_FALSE(report["printers"][1].contains("supply_days_left"));
    EXPECT_EQ(report["links"][0]["in_max_bps"], 184'000'000);
    EXPECT_EQ(report["limits"][1]["item"], "cpu");
    EXPECT_EQ(report["limits"][1]["applies_to"], "fw-1 / sw-3f");
}

struct LimitRow {
    std::string item, warning, critical, devices;
    friend bool operator==(const LimitRow&, const LimitRow&) = default;
};
std::vector<LimitRow> limit_rows(const Story& story) {
    std::vector<LimitRow> rows;
    const Document document = document_of(story);
    const Table& limits = table(document, "limits");
    for (std::size_t i = 0; i < limits.rows.size(); ++i) {
        const auto words = [&](const char* key) { return shown(cell(limits, i, key), english); };
        rows.push_back({words("item"), words("warning"), words("critical"), words("applies_to")});
    }
    return rows;
}

Story offices(int count) {
    Story story(from, until);
    for (int i = 1; i <= count; ++i) {
        const std::string name = "srv-" + std::to_string(i);
        story.device(name, DeviceClass::server);
        story.facts(name).processors = {{"CPU", 7}};
    }
    return story;
}

TEST(LimitsTest, AreThoseByWhichWasJudged) {
    Story story = offices(2);
    EXPECT_THAT(limit_rows(story), ElementsAre(LimitRow{"CPU", "≥ 85%", "≥ 95%", "all"}));
    story.find("srv-2").limits["cpu"] = {.warning = 50, .critical = {}};
    EXPECT_THAT(limit_rows(story), ElementsAre(LimitRow{"CPU", "≥ 85%", "≥ 95%", "srv-1"},
                                               LimitRow{"CPU", "≥ 50%", "—", "srv-2"}));
    story.find("srv-1").limits["cpu"] = {.warning = 50, .critical = {}};
    EXPECT_THAT(limit_rows(story), ElementsAre(LimitRow{"CPU", "≥ 50%", "—", "all"}));
}

TEST(LimitsTest, ManyDevicesAreCounted) {
    Story story = offices(8);
    for (int i = 1; i <= 5; ++i)
        story.find("srv-" + std::to_string(i)).limits["cpu"] = {.warning = 50, .critical = 60};
    EXPECT_THAT(limit_rows(story),
                ElementsAre(LimitRow{"CPU", "≥ 85%", "≥ 95%", "all others"},
                            LimitRow{"CPU", "≥ 50%", "≥ 60%",
                                     "srv-1 / srv-2 / srv-3 and others (5 in all)"}));
}

TEST(LimitsTest, HaveTheUnitOfTheirItem) {
    Story story = offices(1);
    core::DeviceResult& server = story.find("srv-1");
    server.limits["temperature"] = {.warning = 35, .critical = 45};
    server.limits["port-errors"] = {.warning = 0.5, .critical = {}};
    EXPECT_THAT(limit_rows(story), Contains(LimitRow{"temperature", "≥ 35 °C", "≥ 45 °C", "all"}));
    EXPECT_THAT(limit_rows(story), Contains(LimitRow{"port errors", "≥ 0.5%", "—", "all"}));
}

TEST(LimitsTest, OfLossCountForWhoAnswers) {
    Story story(from, until);
    for (const char* name : {"sw", "nas", "silent"})
        story.device(name, DeviceClass::other).echo = core::EchoStats{.sent = 50, .received = 50};
    story.find("silent").echo->received = 0;
    EXPECT_THAT(limit_rows(story), ElementsAre(LimitRow{"packet loss", "≥ 20%", "≥ 60%", "all"}));
    story.find("sw").limits["loss"] = {};  // Not judged.
    EXPECT_THAT(limit_rows(story), ElementsAre(LimitRow{"packet loss", "≥ 20%", "≥ 60%", "all"}));
    story.find("sw").limits.clear();
    story.find("nas").limits["loss"] = {.warning = 5, .critical = 10};
    story.find("nas").limits["jitter"] = {.warning = 1.5, .critical = {}};
    EXPECT_THAT(limit_rows(story), ElementsAre(LimitRow{"packet loss", "≥ 20%", "≥ 60%", "sw"},
                                               LimitRow{"packet loss", "≥ 5%", "≥ 10%", "nas"},
                                               LimitRow{"jitter", "≥ 1.5 ms", "—", "all"}));
}

TEST(LimitsTest, OfLinksStandBesideThoseOfDevices) {
    Story story(from, until);
    story.device("sw", DeviceClass::other).echo = core::EchoStats{.sent = 50, .received = 50};
    auto& link = story.link("egress");
    link.echo = core::EchoStats{.sent = 50, .received = 50};
    link.limits["loss"] = {.warning = 5, .critical = 10};
    EXPECT_THAT(limit_rows(story), ElementsAre(LimitRow{"packet loss", "≥ 20%", "≥ 60%", "sw"},
                                               LimitRow{"packet loss", "≥ 5%", "≥ 10%", "egress"}));
    link.bandwidth_bps = 10'000'000;
    story.measured("link:egress", "link-in", "", 1e6, 2e6);
    EXPECT_THAT(limit_rows(story), Contains(LimitRow{"link utilisation", "≥ 90%", "—", "all"}));
    link.limits["utilisation"] = {};  // Not judged.
    for (const LimitRow& row : limit_rows(story)) EXPECT_EQ(row.item, "packet loss");
}

TEST(SelfTest, TheAnnexSaysHowRoundsKeptUp) {
    const auto note = [](const Story& story) {
        const Document document = document_of(story);
        for (const Block& block : find_section(document, "annex")->blocks) {
            const auto* found = std::get_if<Note>(&block);
            if (found != nullptr && found->key == "self") return core::render(found->text, english);
        }
        return std::string();
    };
    Story story(from, until);
    EXPECT_EQ(note(story), "") << "it was not measured";
    story.round().self =
        core::SelfReport{.since = at("2026-11-23 20:15"),
                         .ping = {.count = 400, .late = 2, .latest = core::Duration{2500}}};
    EXPECT_THAT(note(story), HasSubstr("400 looks since 11-23 20:15, 99.5% of them begun"));
    EXPECT_THAT(note(story), HasSubstr("the latest 2.5 s late"));
    story.round().self->snmp = {.count = 100, .late = 4};
    EXPECT_THAT(note(story), HasSubstr("did not keep up: of 500 looks since"));
}

TEST(PortFaultsTest, FaultyPacketsAreOneOfThem) {
    Story story(from, until);
    story.device("sw", DeviceClass::switch_);
    story.facts("sw").processors = {{"CPU", 7}};
    story.find("sw").findings.push_back({.item = "port-errors",
                                         .instance = "ge1",
                                         .verdict = core::Verdict::warning,
                                         .message = core::Message{MessageId::item_port_errors,
                                                                  {{"what", std::string{"ge1"}},
                                                                   {"value", core::Ratio{0.025}},
                                                                   {"limit", core::Ratio{0.01}}}}});
    const Document document = document_of(story);
    EXPECT_EQ(shown(cell_of(table(document, "network_devices"), "sw", "port_faults"), chinese),
              "端口 ge1：差错包占 2.5%，阈值 1%");
}

}  // namespace
}  // namespace rounds::reports
