// Whole reports of offices whose truth is known.
#include "reports/day_report.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/reports/reading.hpp"

namespace rounds::reports {
namespace {

using core::DeviceClass;
using core::Message;
using core::MessageId;
using core::Overall;
using core::State;
using core::Verdict;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto from = "2026-11-23 08:30", until = "2026-11-24 08:30";

std::vector<std::string> keys(const Document& document) {
    std::vector<std::string> found;
    for (const Section& section : document.sections) found.push_back(section.key);
    return found;
}

TEST(DayReportTest, TheDeadSwitchAsItWas) {
    const Story story = dead_switch();
    const Document document = document_of(story);
    EXPECT_THAT(keys(document),
                ElementsAre("overview", "troubles", "network_devices", "links", "printers",
                            "terminals", "power", "servers", "other_devices", "annex", "sign_off"));
    EXPECT_EQ(headline(document).overall, Overall::mostly_normal);
    EXPECT_EQ(count_of(figure(document, "due")), 69);
    EXPECT_EQ(count_of(figure(document, "missed")), 1);
    EXPECT_EQ(count_of(figure(document, "new")), 1);
    EXPECT_EQ(count_of(figure(document, "open")), 0);
    // Six devices for nine hours, of which two were away for 53 minutes.
    EXPECT_DOUBLE_EQ(ratio_of(figure(document, "network_availability_ratio")),
                     1 - 106.0 / (6 * 9 * 60));
    EXPECT_THAT(said(document, story),
                ElementsAre("sw-2f (二楼弱电间) 40% packet loss (limit 20%), owner 王工",
                            "sw-3f (三楼弱电间) no answer 11-23 10:12–11:05 (53 min), recovered, "
                            "48 devices behind it "
                            "unreachable (市场部, 财务部 and 1 more department)",
                            "Internet and leased lines are all right (2 links)",
                            "1 device was not inspected; the reasons are in the annex"));
    const Table& network = table(document, "network_devices");
    EXPECT_EQ(network.rows.size(), 6U);
    EXPECT_DOUBLE_EQ(ratio_of(content(network, "sw-3f", "availability_ratio")),
                     1 - 53.0 / (24 * 60));
    EXPECT_NEAR(ratio_of(content(network, "sw-3f", "loss_ratio")), 53.0 / (24 * 60), 0.001);
    EXPECT_THAT(table(document, "troubles").rows, ::testing::SizeIs(2));
}

TEST(DayReportTest, AllWellSaysSo) {
    Story story(from, until);
    story.working_hours("2026-11-23 09:00", "2026-11-23 18:00");
    story.device("core-1", DeviceClass::switch_);
    story.link("出口-1");
    const Document document = document_of(story);
    EXPECT_EQ(headline(document).overall, Overall::normal);
    EXPECT_THAT(said(document, story),
                ElementsAre("All devices inspected are all right",
                            "Internet and leased lines are all right (1 link)"));
    EXPECT_TRUE(table(document, "troubles").rows.empty());
    EXPECT_EQ(ratio_of(figure(document, "network_availability_ratio")), 1.0);
}

TEST(DayReportTest, AnEmptyOfficeHasNoSectionThatDoesNotApply) {
    const Story story(from, until);
    const Document document = document_of(story);
    EXPECT_THAT(keys(document), ElementsAre("overview", "troubles", "annex", "sign_off"));
    EXPECT_EQ(headline(document).title.id, MessageId::report_overall_nothing);
    EXPECT_THAT(said(document, story),
                ElementsAre("The archive has no device that is to be inspected",
                            "No internet link is set up, so its state is not known"));
    EXPECT_EQ(figure(document, "network_availability_ratio"), Content{Absent{}});
}

TEST(DayReportTest, OnePrinterIsAnOffice) {
    Story story(from, until);
    story.device("mfp", DeviceClass::printer);
    const Document document = document_of(story);
    EXPECT_THAT(keys(document),
                ElementsAre("overview", "troubles", "printers", "annex", "sign_off"));
    EXPECT_EQ(table(document, "printers").rows.size(), 1U);
}

TEST(DayReportTest, OtherDevicesSayWhatTheyAre) {
    Story story(from, until);
    story.device("cam", DeviceClass::camera);
    EXPECT_EQ(content(table(document_of(story), "other_devices"), "cam", "device.class"),
              (Content{Labelled{std::string{"camera"}, {MessageId::report_class_camera}}}));
}

TEST(DayReportTest, AWeekendIsOnePeriod) {
    Story story("2026-11-20 08:30", "2026-11-23 08:30");
    story.working_hours("2026-11-20 09:00", "2026-11-20 18:00");
    story.device("sw", DeviceClass::switch_).owner = "王工";
    story.state("sw", State::down, "2026-11-22 02:10", "2026-11-22 08:10");
    const Document document = document_of(story);
    EXPECT_EQ(ratio_of(figure(document, "network_availability_ratio")), 1.0);  // it was a Sunday
    EXPECT_DOUBLE_EQ(
        ratio_of(content(table(document, "network_devices"), "sw", "availability_ratio")),
        66.0 / 72);
    const auto& strip =
        std::get<Strip>(content(table(document, "network_devices"), "sw", "states"));
    EXPECT_EQ(strip.whole.length(), std::chrono::hours{72});
    EXPECT_EQ(strip.parts.size(), 3U);
    EXPECT_THAT(said(document, story), Contains("sw no answer 11-22 02:10–08:10 (6 h), recovered"));
}

TEST(DayReportTest, AGapOverMidnightIsSaidAndNoDowntime) {
    Story story(from, until);
    story.device("sw", DeviceClass::switch_);
    story.state("sw", State::down, "2026-11-23 21:00", "2026-11-24 02:00");
    story.gap(core::Gap::Cause::not_running, "2026-11-23 22:00", "2026-11-24 01:10");
    const Document document = document_of(story);
    EXPECT_THAT(said(document, story),
                Contains("Rounds was not running 11-23 22:00 – 11-24 01:10 (3 h 10 min): no "
                         "data, not counted as downtime"));
    const double measured = 24 * 60 - 190, down = 60 + 50;
    EXPECT_DOUBLE_EQ(
        ratio_of(content(table(document, "network_devices"), "sw", "availability_ratio")),
        1 - down / measured);
    EXPECT_EQ(cell(table(document, "troubles"), 0, "duration_seconds").content,
              Content{core::Value{core::Duration{std::chrono::minutes{110}}}});
}

TEST(DayReportTest, SeveralGapsAreSummedUp) {
    Story story(from, until);
    story.device("sw", DeviceClass::switch_);
    story.gap(core::Gap::Cause::not_running, "2026-11-23 10:00", "2026-11-23 11:00");
    story.gap(core::Gap::Cause::not_running, "2026-11-23 12:00", "2026-11-23 12:30");
    EXPECT_THAT(
        said(document_of(story), story),
        Contains(
            "Rounds was not running 2 times, 1 h 30 min in all: no data, not counted as downtime"));
}

TEST(DayReportTest, BlindMeansNothingIsKnown) {
    Story story(from, until);
    story.device("sw", DeviceClass::switch_).conclusion = {Verdict::missed,
                                                           Message{MessageId::reason_blind}};
    story.device("pc", DeviceClass::pc).conclusion = {Verdict::missed,
                                                      Message{MessageId::reason_blind}};
    story.link("出口-1").conclusion = {Verdict::missed, Message{MessageId::reason_blind}};
    story.gap(core::Gap::Cause::blind, "2026-11-24 07:00", "2026-11-24 09:00");
    const Document document = document_of(story);
    EXPECT_EQ(headline(document).overall, Overall::mostly_normal);
    EXPECT_THAT(
        said(document, story),
        ElementsAre(
            "No device could be inspected; nothing is known of the network",
            "Internet and leased lines could not be checked (1 of 1)",
            "2 devices were not inspected; the reasons are in the annex",
            "Rounds itself had no network 11-24 07:00–08:30 (1 h 30 min): no data, not counted as "
            "downtime"));
    EXPECT_EQ(table(document, "missed").rows.size(), 2U);
    EXPECT_EQ(cell(table(document, "missed"), 0, "reason").content,
              Content{Message{MessageId::reason_blind}});
}

TEST(DayReportTest, PcsThatAreOffAreNoFault) {
    Story story(from, until);
    for (const char* name : {"pc-1", "pc-2", "pc-3"}) {
        story.device(name, DeviceClass::pc).department = "财务部";
        story.lasting(name, State::off, "2026-11-23 18:30");
    }
    story.device("pc-4", DeviceClass::pc);  // no department
    story.lasting("pc-3", State::off, "2026-11-09 18:30");
    story.find("pc-3").absent_working_days = 10;
    const Document document = document_of(story);
    EXPECT_EQ(headline(document).overall, Overall::normal);
    const Table& departments = table(document, "departments");
    EXPECT_EQ(count_of(content(departments, "财务部", "registered")), 3);
    EXPECT_EQ(count_of(content(departments, "财务部", "seen")), 2);
    EXPECT_EQ(count_of(content(departments, "财务部", "on")), 0);
    EXPECT_EQ(count_of(content(departments, "财务部", "off")), 3);
    EXPECT_EQ(count_of(content(departments, "财务部", "absent")), 1);
    EXPECT_TRUE(departments.rows.back().total);
    EXPECT_EQ(count_of(departments.rows.back().cells[column(departments, "registered")].content),
              4);
    ASSERT_EQ(table(document, "absent").rows.size(), 1U);
    EXPECT_EQ(count_of(cell(table(document, "absent"), 0, "working_days").content), 10);
}

TEST(DayReportTest, APcBackAfterDaysIsNotListed) {
    Story story(from, until);
    story.device("pc", DeviceClass::pc).absent_working_days =
        9;  // as it stood when it was found on
    EXPECT_TRUE(table(document_of(story), "absent").rows.empty());
}

TEST(DayReportTest, InternetDownComesFirst) {
    Story story(from, until);
    story.device("fw", DeviceClass::firewall);
    core::LinkResult& link = story.link("出口-1");
    link.carrier = "电信", link.fault_phone = "10000", link.dns_asked = true;
    story.lasting("link:出口-1", State::down, "2026-11-24 07:41");
    story.link("出口-2");
    const Document document = document_of(story);
    EXPECT_EQ(headline(document).overall, Overall::abnormal);
    EXPECT_EQ(headline(document).title,
              (Message{MessageId::report_overall_abnormal, {{"count", std::int64_t{1}}}}));
    const auto sentences = said(document, story);
    EXPECT_EQ(sentences.at(0), "Internet and leased lines: 1 of 2 is down");
    EXPECT_EQ(sentences.at(1),
              "出口-1 no answer since 11-24 07:41 (50 min so far), carrier 电信, report to 10000");
    EXPECT_THAT(sentences, Not(Contains("All devices inspected are all right")));
    const Table& links = table(document, "links");
    EXPECT_EQ(count_of(content(links, "出口-1", "outages")), 1);
    EXPECT_EQ(row(links, "出口-1").cells.at(column(links, "outages")).also.at(0),
              Content{core::Value{core::Duration{std::chrono::minutes{49}}}});
    EXPECT_EQ(content(links, "出口-1", "dns_seconds"),
              Content{Message{MessageId::report_dns_failed}});
}

TEST(DayReportTest, ACriticalLinkMakesTheDayAbnormalThoughItIsNoDevice) {
    Story story(from, until);
    story.device("fw", DeviceClass::firewall);
    story.link("出口-1").conclusion = {Verdict::critical, Message{MessageId::reason_loss}};
    const Document document = document_of(story);
    EXPECT_EQ(headline(document).overall, Overall::abnormal);
    EXPECT_EQ(count_of(figure(document, "critical")), 0);
    EXPECT_EQ(count_of(figure(document, "due")), 1);
}

struct Bandwidth {
    std::string name;
    std::int64_t bps;
    std::string english, chinese;
};

class BandwidthTest : public ::testing::TestWithParam<Bandwidth> {};

TEST_P(BandwidthTest, IsShownInItsUnit) {
    Story story(from, until);
    story.link("出口").bandwidth_bps = GetParam().bps;
    const Document document = document_of(story);
    const Content& shown_as = content(table(document, "links"), "出口", "link.bandwidth_bps");
    EXPECT_EQ(std::get<Labelled>(shown_as).value, core::Value{GetParam().bps});
    EXPECT_EQ(shown(shown_as, {core::Language::english}), GetParam().english);
    EXPECT_EQ(shown(shown_as, {core::Language::chinese}), GetParam().chinese);
}

INSTANTIATE_TEST_SUITE_P(Links, BandwidthTest,
                         ::testing::Values(Bandwidth{"Kilo", 512'000, "512 kb/s", "512 K"},
                                           Bandwidth{"Mega", 200'000'000, "200 Mb/s", "200 M"},
                                           Bandwidth{"Fraction", 2'500'000'000, "2.5 Gb/s",
                                                     "2.5 G"},
                                           Bandwidth{"Giga", 10'000'000'000, "10 Gb/s", "10 G"}),
                         [](const auto& one) { return one.param.name; });

TEST(DayReportTest, ALateRoundSaysSoAndOneByHandDoesNot) {
    Story story(from, until);
    story.device("sw", DeviceClass::switch_);
    story.round().began = story.round().finished = at("2026-11-24 09:12");
    EXPECT_THAT(said(document_of(story), story),
                Contains("This round was due 11-24 08:30 and began 11-24 09:12: made up late"));
    story.round().by_hand = true;
    EXPECT_THAT(said(document_of(story), story), Not(Contains(HasSubstr("made up late"))));
}

TEST(DayReportTest, MoreThanFiveTroublesPointToTheTable) {
    Story story(from, until);
    for (int i = 0; i < 8; ++i) {
        const std::string name = "sw-" + std::to_string(i);
        story.device(name, DeviceClass::switch_);
        story.lasting(name, State::down, "2026-11-24 08:00");
    }
    const Document document = document_of(story);
    EXPECT_EQ(table(document, "troubles").rows.size(), 8U);
    EXPECT_EQ(said(document, story).at(5), "3 more under “What is wrong”");
}

TEST(DayReportTest, TheReasonStandsUnderTheVerdictElseWhatHappened) {
    Story story(from, until);
    story.device("core", DeviceClass::switch_);
    story.device("leaf", DeviceClass::switch_);
    story.state("core", State::down, "2026-11-23 10:00", "2026-11-23 10:20");
    story.state("core", State::down, "2026-11-23 12:00", "2026-11-23 12:20");
    story.state("leaf", State::suppressed, "2026-11-23 10:00", "2026-11-23 10:20", "core");
    const Document document = document_of(story);
    const Table& network = table(document, "network_devices");
    const core::Locale english{core::Language::english, &story.zone()};
    const auto below = [&](const std::string& name) {
        return shown(row(network, name).cells.at(column(network, "verdict")).under.at(0), english);
    };
    EXPECT_EQ(below("core"), "unreachable 2 times, 40 min");
    EXPECT_EQ(below("leaf"), "behind core 11-23 10:00–10:20");
}

TEST(DayReportTest, WhatEndedAsThePeriodBeganIsNoOutageOfIt) {
    Story story(from, until);
    story.link("出口-1");
    story.device("sw", DeviceClass::switch_);
    core::DayRecord record = story.record();
    for (const char* subject : {"link:出口-1", "sw"})
        record.intervals.insert(
            record.intervals.begin(),
            {{subject}, State::down, {}, {}, at("2026-11-23 07:00"), at("2026-11-23 08:30")});
    const Document document = day_report(record, story.zone());
    EXPECT_EQ(count_of(content(table(document, "links"), "出口-1", "outages")), 0);
    EXPECT_EQ(cell(table(document, "network_devices"), 0, "verdict").under.at(0),
              Content{Absent{}});
}

TEST(DayReportTest, OffNeedsNoReason) {
    Story story(from, until);
    story.device("mfp", DeviceClass::printer);
    story.lasting("mfp", State::off, "2026-11-23 18:30");
    story.find("mfp").conclusion.reason = Message{MessageId::reason_off};
    const Document document = document_of(story);
    const Cell& verdict = cell(table(document, "printers"), 0, "verdict");
    EXPECT_EQ(verdict.content, Content{Verdict::off});
    EXPECT_EQ(verdict.under.at(0), Content{Absent{}});
}

TEST(DayReportTest, TheHeadNamesDayWeekdayAndHand) {
    Story story(from, until);
    story.round().by_hand = true;
    const Document document = document_of(story);
    const core::Locale chinese{core::Language::chinese, &story.zone()};
    std::vector<std::string> lines;
    for (const HeadLine& line : document.head)
        lines.push_back(render(line.title, chinese) + " " + render(line.text, chinese));
    EXPECT_THAT(lines,
                ElementsAre("报告编号 RX-20261124-01", "巡检日期 2026-11-24 星期二",
                            "班次 早巡 08:30（手动发起）", "范围 0 台设备", "方式 自动（ICMP）",
                            "数据时段 11-23 08:30 – 11-24 08:30", "完成时间 08:30"));
}

TEST(DayReportTest, ADayOfTwentyFiveHours) {
    Story story("2026-10-24 08:30", "2026-10-25 08:30", berlin());
    story.device("sw", DeviceClass::switch_);
    // The clock shows 02:30 twice; this outage is from the first to an hour and a half later.
    story.state("sw", State::down, "2026-10-25 02:30", "2026-10-25 03:00");
    const Document document = document_of(story);
    EXPECT_DOUBLE_EQ(
        ratio_of(content(table(document, "network_devices"), "sw", "availability_ratio")),
        1 - 1.5 / 25);
    EXPECT_THAT(said(document, story),
                Contains("sw no answer 10-25 02:30–03:00 (1 h 30 min), recovered"));
}

TEST(DayReportTest, NobodySignsForAPerson) {
    const Story story(from, until);
    const Document document = document_of(story);
    const auto& lines = block<SignOff>(document, [](const SignOff&) { return true; }).lines;
    ASSERT_EQ(lines.size(), 4U);
    EXPECT_EQ(lines[0].remark, Message{MessageId::report_sign_automatic});
    for (std::size_t i = 1; i < lines.size(); ++i) EXPECT_EQ(lines[i].remark, std::nullopt);
}

TEST(DayReportTest, EveryRowHasACellForEachColumn) {
    for (const Story& story : {dead_switch(), full_day(), bad_morning(), hostile()}) {
        for (const Section& section : document_of(story).sections) {
            for (const Block& one : section.blocks) {
                const auto* found = std::get_if<Table>(&one);
                if (found == nullptr) continue;
                for (const Row& line : found->rows)
                    EXPECT_EQ(line.cells.size(), found->columns.size()) << found->key;
            }
        }
    }
}

}  // namespace
}  // namespace rounds::reports
