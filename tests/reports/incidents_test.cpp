// Incidents in the report: each once, with who has it and what was done.
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/troubles.hpp"
#include "tests/reports/reading.hpp"

namespace rounds::reports {
namespace {

using core::DeviceClass;
using core::IncidentEvent;
using core::Message;
using core::MessageId;
using core::Overall;
using core::Severity;
using core::State;
using core::Verdict;
using std::chrono::minutes;
using ::testing::Contains;
using ::testing::Not;

constexpr auto from = "2026-11-23 08:30", until = "2026-11-24 08:30";

Message silent(std::string_view since) {
    return {MessageId::reason_silent_since, {{"since", at(since)}}};
}

Story one_switch() {
    Story story(from, until);
    story.device("sw", DeviceClass::switch_).owner = "王工";
    return story;
}

std::string shown_in(const Document& document, std::size_t row, const std::string& key) {
    const core::Locale english{core::Language::english, &shanghai()};
    return shown(cell(table(document, "troubles"), row, key), english);
}

TEST(IncidentsTest, AnOutageWithAnIncidentIsListedOnce) {
    Story story = one_switch();
    story.device("ap", DeviceClass::access_point).department = "市场部";
    story.state("sw", State::down, "2026-11-23 10:12", "2026-11-23 11:05");
    story.state("ap", State::suppressed, "2026-11-23 10:12", "2026-11-23 11:05", "sw");
    auto& history = story.incident("sw", "reachability", "2026-11-23 10:12", Severity::second,
                                   silent("2026-11-23 10:12"));
    story.happened(history, IncidentEvent::Kind::acknowledged, "2026-11-23 10:30", "李文",
                   "在路上");
    story.happened(history, IncidentEvent::Kind::commented, "2026-11-23 10:50", "李文", "换了电源");
    history.incident.recovered = at("2026-11-23 11:05");
    story.happened(history, IncidentEvent::Kind::resolved, "2026-11-23 11:07");
    const Document document = document_of(story);
    ASSERT_EQ(table(document, "troubles").rows.size(), 1U);
    EXPECT_EQ(shown_in(document, 0, "found_at"), "11-23 10:12");
    EXPECT_EQ(shown_in(document, 0, "phenomenon"), "unreachable: no answer to ping");
    EXPECT_EQ(shown_in(document, 0, "severity"), "2");
    EXPECT_EQ(shown_in(document, 0, "behind"), "1 behind it unreachable");
    EXPECT_EQ(shown_in(document, 0, "measures"), "在路上 / 换了电源");
    EXPECT_EQ(shown_in(document, 0, "handler"), "李文");
    EXPECT_EQ(shown_in(document, 0, "recovered_at"), "11-23 11:05");
    EXPECT_EQ(shown_in(document, 0, "duration_seconds"), "53 min");
    EXPECT_EQ(shown_in(document, 0, "state"), "recovered");
    EXPECT_EQ(cell(table(document, "troubles"), 0, "state").under.at(1),
              (Content{core::Value{std::string{"GZ-20261123-001"}}}));
    EXPECT_EQ(count_of(figure(document, "new")), 1);
    EXPECT_EQ(count_of(figure(document, "recovered")), 1);
    EXPECT_EQ(count_of(figure(document, "open")), 0);
    EXPECT_EQ(headline(document).overall, Overall::normal);
}

TEST(IncidentsTest, AnIncidentThatOpenedAgainHasAllItsOutages) {
    Story story = one_switch();
    story.state("sw", State::down, "2026-11-23 10:00", "2026-11-23 10:10");
    story.state("sw", State::down, "2026-11-23 10:30", "2026-11-23 10:40");
    story.state("sw", State::down, "2026-11-23 20:00", "2026-11-23 20:10");  // nobody's
    auto& history = story.incident("sw", "reachability", "2026-11-23 10:00", Severity::third,
                                   silent("2026-11-23 10:00"));
    history.incident.recovered = at("2026-11-23 10:40");
    story.happened(history, IncidentEvent::Kind::resolved, "2026-11-23 10:42");
    const Document document = document_of(story);
    ASSERT_EQ(table(document, "troubles").rows.size(), 2U);
    EXPECT_EQ(shown_in(document, 0, "duration_seconds"), "40 min");
    EXPECT_EQ(shown_in(document, 1, "found_at"), "11-23 20:00");
}

TEST(IncidentsTest, NobodyWroteSoThereIsNoColumnForIt) {
    Story story = one_switch();
    story.lasting("sw", State::down, "2026-11-24 08:00");
    const Document document = document_of(story);
    EXPECT_THROW((void)column(table(document, "troubles"), "measures"), std::out_of_range);
    EXPECT_EQ(shown_in(document, 0, "handler"), "—");  // being responsible is not having it
}

TEST(IncidentsTest, AFindingThatIsKeptIsNoRowOfItsOwnAndAnotherIs) {
    Story story(from, until);
    story.device("mfp", DeviceClass::printer);
    core::Facts& facts = story.facts("mfp");
    facts.supplies = {{"Cyan", "toner", "cyan", 8.0, {}}};
    facts.trays = {{"Tray 2", 0.0, {}}};
    story.judged("mfp");
    story.incident_of("mfp", "supplies", "2026-11-23 16:40");
    const Document document = document_of(story);
    ASSERT_EQ(table(document, "troubles").rows.size(), 2U);
    EXPECT_EQ(shown_in(document, 0, "phenomenon"), "Cyan: 8% left, limit 15%");
    EXPECT_EQ(shown_in(document, 0, "state"), "not in hand");
    EXPECT_EQ(shown_in(document, 0, "severity"), "4");
    EXPECT_EQ(shown_in(document, 1, "phenomenon"), "Tray 2: empty");
    EXPECT_EQ(shown_in(document, 1, "state"), "seen at this round");
    EXPECT_EQ(count_of(figure(document, "open")), 1);
    EXPECT_THAT(said(document, story),
                Contains("mfp Cyan: 8% left, limit 15%, since 11-23 16:40 (15 h 51 min so far), no "
                         "owner named"));
}

TEST(IncidentsTest, WhatALinkLosesIsListedOnce) {
    Story story(from, until);
    core::LinkResult& link = story.link("出口");
    const auto says = [&](const char* item, MessageId why) {
        link.findings.push_back(
            {.item = item, .verdict = Verdict::warning, .message = Message{why}});
        link.conclusion = {Verdict::warning, link.findings.front().message};
    };
    says("loss", MessageId::reason_loss);
    const auto rows = [&] { return table(document_of(story), "troubles").rows.size(); };
    EXPECT_EQ(rows(), 1U) << "found by the round alone";
    story.incident(core::subject_of_link("出口").value, "loss", "2026-11-24 07:00", Severity::third,
                   Message{MessageId::reason_loss});
    EXPECT_EQ(rows(), 1U) << "kept by an incident";
    says("dns", MessageId::reason_dns_failed);
    EXPECT_EQ(rows(), 2U) << "something else, although it is not the reason of the verdict";
}

TEST(IncidentsTest, WhatAPersonResolvedWhileItIsWrongIsNotAllWell) {
    Story story(from, until);
    story.device("ups", DeviceClass::ups);
    story.facts("ups").states = {{"Output source", 5, "battery", Verdict::critical, "ups-source"}};
    story.judged("ups");
    auto& history = story.incident_of("ups", "ups-source", "2026-11-23 20:00");
    story.happened(history, IncidentEvent::Kind::resolved, "2026-11-23 21:00", "王工", "已知");
    const Document document = document_of(story);
    ASSERT_EQ(table(document, "troubles").rows.size(), 1U);
    EXPECT_EQ(shown_in(document, 0, "state"), "resolved by hand");
    EXPECT_EQ(shown_in(document, 0, "recovered_at"), "—");
    EXPECT_THAT(said(document, story), Not(Contains("All devices inspected are all right")));
    EXPECT_EQ(headline(document).title,
              (Message{MessageId::report_overall_abnormal, {{"count", std::int64_t{1}}}}));
}

TEST(IncidentsTest, BlindnessIsRoundsOwn) {
    Story story = one_switch();
    auto& history = story.incident("", "blindness", "2026-11-24 08:00", Severity::first,
                                   {MessageId::incident_blind});
    history.incident.name.clear();
    const Document document = document_of(story);
    EXPECT_EQ(shown_in(document, 0, "device.name"), "Rounds itself");
    EXPECT_EQ(headline(document).overall, Overall::abnormal);
    EXPECT_THAT(said(document, story),
                Contains("Rounds itself has no network: the gateway and all anchors are silent, "
                         "since 11-24 08:00 (31 min so far)"));
}

TEST(IncidentsTest, OneOfADeviceThatIsGoneKeepsItsName) {
    Story story = one_switch();
    auto& history = story.incident("A-0017", "cpu", "2026-11-23 12:00", Severity::third,
                                   {MessageId::reason_not_watched});
    history.incident.name = "old-sw";
    history.incident.recovered = at("2026-11-23 12:30");
    story.happened(history, IncidentEvent::Kind::resolved, "2026-11-23 12:30");
    EXPECT_EQ(shown_in(document_of(story), 0, "device.name"), "old-sw");
}

TEST(IncidentsTest, InMaintenanceIsNobodysTroubleWhileItLasts) {
    Story story = one_switch();
    story.find("sw").conclusion = {Verdict::maintenance, std::nullopt};
    story.incident("sw", "reachability", "2026-11-24 08:00", Severity::first,
                   silent("2026-11-24 08:00"));
    const Document document = document_of(story);
    EXPECT_TRUE(table(document, "troubles").rows.empty());
    EXPECT_EQ(headline(document).overall, Overall::normal);
}

TEST(IncidentsTest, OpenedAfterItsFirstBadLookIsNewsOfTheDayItOpened) {
    Story story = one_switch();
    story.lasting("sw", State::down, "2026-11-23 08:29");
    auto& history = story.incident("sw", "reachability", "2026-11-23 08:29", Severity::third,
                                   silent("2026-11-23 08:29"));
    history.incident.opened = at("2026-11-23 08:31");
    EXPECT_EQ(count_of(figure(document_of(story), "new")), 1);
}

struct Weight {
    std::string name;
    Severity severity;
    Overall overall;
};

class OpenIncidentTest : public ::testing::TestWithParam<Weight> {};

// Also when every device is well again at the moment of the round.
TEST_P(OpenIncidentTest, WeighsByItsSeverity) {
    Story story = one_switch();
    auto& history = story.incident("sw", "reachability", "2026-11-24 08:00", GetParam().severity,
                                   silent("2026-11-24 08:00"));
    history.incident.recovered = at("2026-11-24 08:29");
    const Document document = document_of(story);
    EXPECT_EQ(headline(document).overall, GetParam().overall);
    EXPECT_EQ(shown_in(document, 0, "state"), "well, watched");
    EXPECT_EQ(count_of(figure(document, "open")), 1);
    EXPECT_THAT(said(document, story),
                Contains("sw no answer 11-24 08:00–08:29 (29 min), recovered, owner 王工"));
}

INSTANTIATE_TEST_SUITE_P(Incidents, OpenIncidentTest,
                         ::testing::Values(Weight{"First", Severity::first, Overall::abnormal},
                                           Weight{"Second", Severity::second, Overall::abnormal},
                                           Weight{"Third", Severity::third, Overall::mostly_normal},
                                           Weight{"Fourth", Severity::fourth,
                                                  Overall::mostly_normal}),
                         [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace rounds::reports
