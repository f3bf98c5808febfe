// What is told fits docs/webhook.schema.json, and what does not fit is refused by it.
#include <fstream>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/hooks/told.hpp"
#include "tests/support/temp_folder.hpp"

namespace rounds::hooks {
namespace {

struct Judged {
    int status = 0;
    std::string said;
};

Judged judge(const std::vector<std::string>& bodies) {
    const tests::TempFolder folder;
    std::ofstream lines(folder / "bodies");
    for (const std::string& body : bodies) lines << body << '\n';
    lines.close();
    const std::string root = ROUNDS_SOURCE_DIR;
    const std::string command = "python3 '" + root + "/tests/hooks/validate.py' '" + root +
                                "/docs/webhook.schema.json' <'" + (folder / "bodies").string() +
                                "' >'" + (folder / "said").string() + "' 2>&1";
    const int status = std::system(command.c_str());
    return {status, tests::read_file(folder / "said")};
}

std::string body_of(const Told& told, core::Language language = core::Language::chinese) {
    return incident_body(told, told_office(), "上海总部", {.language = language});
}

/// Every kind of event, state, subject and verdict once, and everything optional both ways.
std::vector<std::string> many_bodies() {
    using Kind = core::IncidentEvent::Kind;
    using State = core::IncidentState;
    std::vector<std::string> bodies;
    for (int i = 0; i < 8; ++i) {
        Told told = told_opening();
        told.event.kind = static_cast<Kind>(i);
        told.event.number = i + 1;
        told.incident.state = static_cast<State>(i % 4);
        told.incident.severity = static_cast<core::Severity>(i % 4 + 1);
        told.incident.verdict = i % 2 == 0 ? core::Verdict::warning : core::Verdict::critical;
        told.incident.flapping = i % 3 == 0;
        if (i % 2 == 0) {
            told.event.actor = "王工\x1b";
            told.event.comment = std::string(5000, 'x') + "\n二";
            told.event.reason = core::Message{.id = core::MessageId::reason_off};
            told.event.at += 7ms;
            told.incident.condition.instance = "3";
            told.incident.acknowledged = told.incident.recovered = told.incident.resolved =
                noon_ish;
            told.incident.acknowledged_by = std::string(500, 'y');
        }
        if (i % 3 == 1) told.incident.condition.subject = {"link:出口-1"};
        if (i % 3 == 2) told.incident.condition.subject = {};
        told.incident.suppressed.resize(static_cast<std::size_t>(i) * 20, {"pc-1"});
        bodies.push_back(body_of(told, i < 4 ? core::Language::chinese : core::Language::english));
    }
    return bodies;
}

TEST(WebhookSchema, EveryKindOfBodyFits) {
    const auto judged = judge(many_bodies());
    EXPECT_EQ(judged.status, 0) << judged.said;
    EXPECT_EQ(judged.said, "8 bodies\n");
}

// The example of docs/webhook.md is what is told, but for the suppressed devices it leaves out.
TEST(WebhookSchema, TheDocumentsExampleIsTrue) {
    const std::string document = tests::read_file(ROUNDS_SOURCE_DIR "/docs/webhook.md");
    const auto begin = document.find("```json\n") + 8;
    auto example =
        nlohmann::json::parse(document.substr(begin, document.find("```", begin) - begin));
    auto told = nlohmann::json::parse(body_of(told_opening()));
    EXPECT_EQ(judge({example.dump()}).status, 0);
    const nlohmann::json::json_pointer named("/data/incident/suppressed/devices");
    EXPECT_EQ(example.at(named).front(), told.at(named).front());
    example.at(named) = told.at(named);
    EXPECT_EQ(example, told);
}

nlohmann::json a_test() {
    return nlohmann::json::parse(test_body({"01936f2a-5d40-7c3a-8a51-3f0c9d2e7b11"}, noon_ish,
                                           "上海总部", {.language = core::Language::chinese}));
}

TEST(WebhookSchema, ATestFitsAndIsTheDocumentsSecondExample) {
    EXPECT_EQ(judge({a_test().dump()}).said, "1 bodies\n");
    const std::string document = tests::read_file(ROUNDS_SOURCE_DIR "/docs/webhook.md");
    const auto begin = document.rfind("```json\n") + 8;
    EXPECT_EQ(nlohmann::json::parse(document.substr(begin, document.find("```", begin) - begin)),
              a_test());
}

TEST(WebhookSchema, ATestIsOfNoIncidentAndAnIncidentIsNoTest) {
    const auto told = nlohmann::json::parse(body_of(told_opening()));
    auto silent = a_test(), with_incident = a_test(), numbered = a_test(), renamed = told;
    auto incident_with_message = told;
    silent["data"].erase("message");
    with_incident["data"]["incident"] = told["data"]["incident"];
    numbered["data"]["number"] = 1;
    renamed["type"] = "test";
    incident_with_message["data"]["message"] = a_test()["data"]["message"];
    const auto judged = judge({silent.dump(), with_incident.dump(), numbered.dump(), renamed.dump(),
                               incident_with_message.dump()});
    for (int line = 1; line <= 5; ++line)
        EXPECT_NE(judged.said.find("\n" + std::to_string(line) + ": "), std::string::npos)
            << line << judged.said;
}

TEST(WebhookSchema, EveryRequiredNameIsMissed) {
    using Json = nlohmann::json;
    const Json whole = Json::parse(body_of(told_opening()));
    std::vector<std::string> bodies;
    for (const auto* const place : {"/version",
                                    "/id",
                                    "/type",
                                    "/timestamp",
                                    "/data",
                                    "/data/site",
                                    "/data/locale",
                                    "/data/number",
                                    "/data/incident",
                                    "/data/incident/id",
                                    "/data/incident/subject",
                                    "/data/incident/subject/id",
                                    "/data/incident/item",
                                    "/data/incident/severity",
                                    "/data/incident/state",
                                    "/data/incident/verdict",
                                    "/data/incident/summary/text",
                                    "/data/incident/summary/id",
                                    "/data/incident/began",
                                    "/data/incident/opened",
                                    "/data/incident/suppressed/count"}) {
        Json lacking = whole;
        const Json::json_pointer pointer(place);
        lacking.at(pointer.parent_pointer()).erase(pointer.back());
        bodies.push_back(lacking.dump());
    }
    const auto judged = judge(bodies);
    EXPECT_NE(judged.status, 0);
    for (std::size_t i = 1; i <= bodies.size(); ++i)
        EXPECT_NE(judged.said.find("\n" + std::to_string(i) + ": "), std::string::npos)
            << i << '\n'
            << judged.said;
}

TEST(WebhookSchema, WrongValuesAreRefused) {
    using Json = nlohmann::json;
    const std::vector<std::pair<const char*, Json>> wrong{
        {"/version", 2},
        {"/id", "01936f2a-5d40-4c3a-8a51-3f0c9d2e7b10"},
        {"/type", "incident.forgotten"},
        {"/timestamp", "2026-11-24T10:12:00+08:00"},
        {"/data/number", 0},
        {"/data/locale", "fr"},
        {"/data/incident/severity", 5},
        {"/data/incident/verdict", "ok"},
        {"/data/incident/subject/name", "a\x1b[2J"},
        {"/data/incident/summary/with", Json{{"list", Json::array()}}}};
    std::vector<std::string> bodies;
    for (const auto& [place, value] : wrong) {
        Json body = Json::parse(body_of(told_opening()));
        body.at(Json::json_pointer(place)) = value;
        bodies.push_back(body.dump());
    }
    const auto judged = judge(bodies);
    for (std::size_t i = 1; i <= bodies.size(); ++i)
        EXPECT_NE(judged.said.find("\n" + std::to_string(i) + ": "), std::string::npos)
            << wrong[i - 1].first << '\n'
            << judged.said;
}

}  // namespace
}  // namespace rounds::hooks
