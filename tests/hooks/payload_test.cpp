#include "daemon/hooks/payload.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/text.hpp"
#include "core/time_zone.hpp"
#include "tests/hooks/told.hpp"

namespace rounds::hooks {
namespace {

using Json = nlohmann::json;

class PayloadTest : public ::testing::Test {
 protected:
    [[nodiscard]] std::string body() const {
        return incident_body(told, office, "上海总部", locale);
    }
    [[nodiscard]] Json as_json() const { return Json::parse(body()); }

    core::Office office = told_office();
    core::Locale locale{core::Language::chinese};
    Told told = told_opening();
};

TEST_F(PayloadTest, OpeningSaysWhoWhatWhereAndSinceWhen) {
    const Json expected = Json::parse(R"json({
      "version": 1, "id": "01936f2a-5d40-7c3a-8a51-3f0c9d2e7b10", "type": "incident.opened",
      "timestamp": "2026-11-24T02:12:00Z",
      "data": {
        "site": "上海总部", "locale": "zh-CN", "number": 1,
        "incident": {
          "id": "GZ-20261124-0007",
          "subject": {"kind": "device", "id": "IT-2021-007", "name": "sw-3f", "address": "10.1.3.1",
                      "class": "switch", "location": "三楼弱电间", "department": "信息部", "owner": "王工"},
          "item": "reachability", "severity": 2, "state": "open", "verdict": "critical",
          "summary": {"text": "ping 无应答（5 个包）", "id": "reason.no_answer", "with": {"sent": 5}},
          "began": "2026-11-24T02:11:40Z", "opened": "2026-11-24T02:12:00Z", "flapping": false,
          "suppressed": {"count": 3, "devices": [
            {"id": "pc-1", "name": "财务-1"}, {"id": "pc-2", "name": "财务-2"}, {"id": "pc-3", "name": "财务-3"}]}
        }}})json");
    EXPECT_EQ(as_json(), expected);
}

TEST_F(PayloadTest, TheSameEventIsTheSameBytes) {
    const std::string first = body();
    told = told_opening();
    EXPECT_EQ(body(), first);
}

TEST_F(PayloadTest, EnglishSiteIsToldInEnglish) {
    locale.language = core::Language::english;
    const Json data = as_json()["data"];
    EXPECT_EQ(data["locale"], "en");
    EXPECT_EQ(data["incident"]["summary"]["text"], "no answer to ping (5 packets)");
}

TEST_F(PayloadTest, APersonsDeedNamesThePersonAndKeepsTheLines) {
    told.event.kind = core::IncidentEvent::Kind::acknowledged;
    told.event.number = 2;
    told.event.actor = "王工";
    told.event.comment = "去看了\r\n电源坏了";
    told.incident.state = core::IncidentState::acknowledged;
    told.incident.acknowledged = noon_ish + 18min;
    told.incident.acknowledged_by = "王工";
    const Json all = as_json();
    EXPECT_EQ(all["type"], "incident.acknowledged");
    EXPECT_EQ(all["data"]["actor"], "王工");
    EXPECT_EQ(all["data"]["number"], 2);
    EXPECT_EQ(all["data"]["comment"], "去看了\n电源坏了");
    EXPECT_EQ(all["data"]["incident"]["acknowledged"], "2026-11-24T02:30:00Z");
    EXPECT_EQ(all["data"]["incident"]["acknowledged_by"], "王工");
    EXPECT_FALSE(all["data"]["incident"].contains("resolved"));
}

TEST_F(PayloadTest, ResolvingGivesItsReasonWithUnits) {
    told.event.kind = core::IncidentEvent::Kind::resolved;
    told.event.reason = core::Message{
        .id = core::MessageId::reason_round_trip,
        .with = {{"value", core::Microseconds{1500}}, {"limit", core::Microseconds{200'000}}}};
    told.incident.recovered = noon_ish + 50min;
    told.incident.resolved = noon_ish + 53min;
    const Json data = as_json()["data"];
    EXPECT_EQ(data["reason"]["with"], (Json{{"value", 0.0015}, {"limit", 0.2}}));
    EXPECT_EQ(data["incident"]["recovered"], "2026-11-24T03:02:00Z");
    EXPECT_EQ(data["incident"]["resolved"], "2026-11-24T03:05:00Z");
}

TEST_F(PayloadTest, EveryKindOfParameterIsANumberATextOrATime) {
    told.incident.summary.with = {{"text", std::string("a\x1b[31m")},
                                  {"whole", std::int64_t{-3}},
                                  {"real", 0.5},
                                  {"none", std::numeric_limits<double>::quiet_NaN()},
                                  {"share", core::Ratio{0.2}},
                                  {"span", core::Duration{90'500}},
                                  {"at", noon_ish}};
    const Json with = as_json()["data"]["incident"]["summary"]["with"];
    EXPECT_EQ(with,
              Json::parse(R"json({"text": "a\\x1b[31m", "whole": -3, "real": 0.5, "none": null,
        "share": 0.2, "span": 90.5, "at": "2026-11-24T02:12:00Z"})json"));
}

TEST_F(PayloadTest, ALinkIsToldWithItsCarrier) {
    told.incident.condition.subject = core::subject_of_link("出口-1");
    EXPECT_EQ(as_json()["data"]["incident"]["subject"],
              Json::parse(R"json({"kind": "link", "id": "link:出口-1", "name": "出口-1",
                                  "carrier": "电信", "fault_phone": "10000"})json"));
}

TEST_F(PayloadTest, RoundsItselfHasNoId) {
    told.incident.condition = {{}, "sight", ""};
    EXPECT_EQ(as_json()["data"]["incident"]["subject"], (Json{{"kind", "rounds"}}));
}

TEST_F(PayloadTest, WhatLeftTheArchiveKeepsItsName) {
    told.incident.condition.subject = {"IT-1999-001"};
    told.incident.name = "old-switch";
    told.incident.suppressed = {{"IT-1999-002"}};
    const Json incident = as_json()["data"]["incident"];
    EXPECT_EQ(incident["subject"],
              (Json{{"kind", "device"}, {"id", "IT-1999-001"}, {"name", "old-switch"}}));
    EXPECT_EQ(incident["suppressed"]["devices"][0]["name"], "IT-1999-002");
}

TEST_F(PayloadTest, ManySuppressedAreCountedAndFiftyNamed) {
    told.incident.suppressed.clear();
    for (int i = 1; i <= 60; ++i) told.incident.suppressed.push_back({"pc-" + std::to_string(i)});
    const Json suppressed = as_json()["data"]["incident"]["suppressed"];
    EXPECT_EQ(suppressed["count"], 60);
    EXPECT_EQ(suppressed["devices"].size(), most_suppressed);
}

TEST_F(PayloadTest, ItsPartsAreTheSameByThemselves) {
    told.event.actor = "li";
    told.event.comment = "two\nlines";
    told.event.reason = told.incident.summary;
    const Json body = as_json();
    EXPECT_EQ(Json::parse(incident_text(told.incident, office, locale)), body["data"]["incident"]);
    EXPECT_EQ(Json::parse(message_text(*told.event.reason, locale)), body["data"]["reason"]);
    const Json event = Json::parse(event_text(told.event, locale));
    for (const char* key : {"id", "type", "timestamp"}) EXPECT_EQ(event[key], body[key]) << key;
    for (const char* key : {"number", "actor", "reason", "comment"})
        EXPECT_EQ(event[key], body["data"][key]) << key;
}

TEST_F(PayloadTest, HostileTextIsInertAndBounded) {
    const std::string hostile =
        "\x1b[2J\n\"}],\xff\xfe<script>\xe2\x80\xae" + std::string(100'000, '\x01');
    core::Device& device = office.devices.front();
    device.name = device.address = device.location = device.department = hostile;
    office.people[{"wang"}].name = hostile;
    for (core::Device& one : office.devices) one.name = hostile;
    told.event.actor = told.event.comment = hostile;
    told.incident.condition.instance = told.incident.condition.item = hostile;
    told.incident.acknowledged_by = hostile;
    told.incident.summary = {.id = core::MessageId::reason_behind, .with = {{"through", hostile}}};
    told.event.reason = told.incident.summary;
    for (int i = 1; i <= 60; ++i) told.incident.suppressed.push_back({"pc-" + std::to_string(i)});

    const std::string text = body();
    EXPECT_LT(text.size(), 64U * 1024U);
    EXPECT_TRUE(core::is_utf8(text));
    EXPECT_EQ(text.find('\n'), std::string::npos);
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_EQ(text.find("\xe2\x80\xae"), std::string::npos);
    const Json data = Json::parse(text)["data"];
    EXPECT_TRUE(data["actor"].get<std::string>().starts_with("\\x1b[2J\\n\"}],"));
    EXPECT_EQ(data["incident"]["severity"], 2);
}

TEST_F(PayloadTest, ALongCommentOfManyLinesIsCut) {
    for (int i = 0; i < 10'000; ++i) told.event.comment += "x\n";
    const auto comment = as_json()["data"]["comment"].get<std::string>();
    EXPECT_LE(comment.size(), 4100U);
    EXPECT_TRUE(comment.ends_with("x\n…"));
}

}  // namespace
}  // namespace rounds::hooks
