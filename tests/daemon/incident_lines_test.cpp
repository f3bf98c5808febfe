// Incidents on a terminal, and reading the API's JSON.
#include "daemon/cli/incident_lines.hpp"

#include <gmock/gmock.h>

#include "core/time_format.hpp"
#include "daemon/cli/table.hpp"
#include "daemon/inquiries.hpp"

namespace rounds::daemon {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

const core::Locale english{core::Language::english}, chinese{core::Language::chinese};

const Json incident = Json::parse(R"json({
    "id": "GZ-20261124-0007", "item": "reachability", "severity": 2, "state": "acknowledged",
    "subject": {"kind": "device", "id": "IT-1", "name": "sw-3f"}, "acknowledged_by": "王工",
    "summary": {"text": "ping 无应答"}, "began": "2026-11-24T02:11:40.250Z", "flapping": true,
    "suppressed": {"count": 3, "devices": [{"id": "pc-1", "name": "财务-1"}, {"id": "pc-2", "name": "财务-2"}]}})json");

TEST(IncidentTable, ARowForEach) {
    EXPECT_EQ(
        incident_table(Json::array({incident}), english),
        "INCIDENT          SEV  STATE         SINCE                 DEVICE  BY    WHAT IS WRONG\n"
        "GZ-20261124-0007  2    acknowledged  2026-11-24 02:11 UTC  sw-3f   王工  ping 无应答\n");
    EXPECT_THAT(incident_table(Json::array({incident}), chinese), HasSubstr("二级  已认领"));
}

TEST(IncidentTable, WhatALaterVersionSaysIsShownAsItIs) {
    const Json other = Json::parse(
        R"({"id": 7, "severity": 9, "state": "delegated", "subject": {"kind": "building", "id": "B-1"}, "began": "soon"})");
    EXPECT_THAT(incident_table(Json::array({other, "nonsense", nullptr}), english),
                HasSubstr("delegated         B-1"));
    EXPECT_NE(incident_text(Json(), Json(), english), "");
}

TEST(IncidentText, EverythingThatHappened) {
    const Json events = Json::parse(R"json([
        {"type": "incident.opened", "timestamp": "2026-11-24T02:12:00Z", "reason": {"text": "no answer"}},
        {"type": "incident.commented", "timestamp": "2026-11-24T03:00:00Z", "actor": "wang", "comment": "one\ntwo"}])json");
    EXPECT_EQ(incident_text(incident, events, english),
              "GZ-20261124-0007  2  acknowledged  sw-3f\n"
              "  ping 无应答\n"
              "  it is unstable (flapping)\n"
              "  3 devices unreachable through it: 财务-1, 财务-2\n"
              "  2026-11-24 02:12 UTC  opened        no answer\n"
              "  2026-11-24 03:00 UTC  commented     wang\n"
              "      one\n"
              "      two\n");
}

TEST(IncidentText, HostileTextIsInert) {
    const std::string hostile = "\x1b]0;x\x07\r\xe2\x80\xae";
    Json evil = incident;
    evil["id"] = evil["state"] = evil["instance"] = evil["acknowledged_by"] = hostile;
    evil["subject"]["name"] = evil["summary"]["text"] = hostile;
    evil["suppressed"]["devices"][0]["name"] = hostile;
    const Json events = Json::array({{{"type", hostile},
                                      {"timestamp", hostile},
                                      {"actor", hostile},
                                      {"comment", hostile},
                                      {"reason", {{"text", hostile}}}}});
    const auto text =
        incident_text(evil, events, english) + incident_table(Json::array({evil}), english);
    for (const char* bad : {"\x1b", "\x07", "\r", "\xe2\x80\xae"})
        EXPECT_THAT(text, Not(HasSubstr(bad)));
    EXPECT_THAT(text, HasSubstr("\\x1b]0;x"));
}

TEST(Table, WideCharactersTakeTwoColumns) {
    EXPECT_EQ(table({{"设备", "x"}, {"a", "y"}, {"", ""}}), "设备  x\na     y\n\n");
    EXPECT_EQ(table({}), "");
}

TEST(TimeIn, IsWhatRfc3339Wrote) {
    for (const std::int64_t ms :
         {0LL, 1'795'486'300'250LL, 1'795'486'300'000LL, 951'782'399'001LL}) {
        const Json object{{"at", core::rfc3339(core::from_ms(ms))}};
        EXPECT_EQ(time_in(object, "at"), core::from_ms(ms)) << object;
    }
    for (const char* wrong : {"", "2026-11-24", "2026-11-24T", "2026-02-30T01:02:03Z", "today"})
        EXPECT_EQ(time_in(Json{{"at", wrong}}, "at"), std::nullopt) << wrong;
    EXPECT_EQ(time_in(Json{{"at", 5}}, "at"), std::nullopt);
    EXPECT_EQ(time_in(Json(), "at"), std::nullopt);
}

TEST(TargetOf, TakesPathAndQueryApart) {
    const auto target = target_of("/v1//incidents/GZ%2d1?state=open&locale=zh-CN&x&=&y=a%20b%");
    EXPECT_THAT(target.path, ElementsAre("v1", "incidents", "GZ-1"));
    EXPECT_THAT(target.query, ElementsAre(Pair("state", "open"), Pair("locale", "zh-CN"),
                                          Pair("x", ""), Pair("", ""), Pair("y", "a b%")));
    EXPECT_EQ(target.value("locale"), "zh-CN");
    EXPECT_EQ(target.value("none"), "");
    EXPECT_THAT(target_of("").path, IsEmpty());
    EXPECT_THAT(target_of("?").query, IsEmpty());
    EXPECT_THAT(target_of("/%zz%").path, ElementsAre("%zz%"));
}

}  // namespace
}  // namespace rounds::daemon
