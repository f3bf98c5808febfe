// The API of the whole daemon, in a fake office.
#include "daemon/api.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "tests/support/house.hpp"

namespace rounds::tests {
namespace {

using namespace std::chrono_literals;
using core::IncidentState;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Json = nlohmann::json;

const core::WallTime seven = std::chrono::sys_days(std::chrono::year(2026) / 11 / 24) + 7h;
const std::string office = R"yaml(
site: {name: Small office, locale: en, time_zone: UTC}
polling: {ping: {interval: 30s, packets: 5, timeout: 1s, down_after: 3, up_after: 2, retry_interval: 10s}}
incidents: {reopen_within: 10m}
devices:
  - {id: IT-1, name: core, address: 10.2.0.1, class: switch, severity: 1}
  - {name: desk, address: 10.2.0.2, class: phone, upstream: core}
hooks:
  - {name: tickets, type: webhook, url: "http://user:secret@tickets.example/token"}
)yaml";

/// 07:00 all is well; 07:10 the switch is silent, and comes back at 08:00.
class ApiTest : public ::testing::Test {
 protected:
    ApiTest() : house(office, seven) {
        house.office().add("10.2.0.1");
        house.office().add("10.2.0.2");
        house.office().hang("10.2.0.2", "10.2.0.1");
        house.office().silence("10.2.0.1", {seven + 10min, seven + 1h});
    }

    void live_until(core::Duration after_seven) {
        if (!house.running()) house.start();
        house.run_until(seven + after_seven);
    }

    /// Asks, and lets the daemon answer without time passing.
    web::Response ask(web::Request request) {
        std::optional<web::Response> answered;
        begin(std::move(request), answered);
        let_run([&] { return answered.has_value(); });
        return answered.value_or(web::Response{0, "no answer"});
    }
    void begin(web::Request request, std::optional<web::Response>& answered) {
        auto on_answer = [&answered](const std::exception_ptr& failure, web::Response response) {
            if (failure) std::rethrow_exception(failure);
            answered = std::move(response);
        };
        asio::co_spawn(house.loop(), house.app().answer(std::move(request)), on_answer);
    }
    void let_run(const std::function<bool()>& done) {
        house.clock().run_until(house.clock().wall() + 1min, done);
    }

    Json get(const std::string& target, int status = 200) {
        return expect(ask({"GET", target, {}}), status);
    }
    Json post(const std::string& target, const Json& body, int status = 200) {
        return expect(ask({"POST", target, body.dump()}), status);
    }
    static Json expect(const web::Response& response, int status) {
        EXPECT_EQ(response.status, status) << response.body;
        return Json::parse(response.body);
    }

    /// The one incident of the story.
    static inline const std::string page = "/v1/incidents/GZ-20261124-0001";
    core::IncidentHistory history() {
        return house.read().incidents().show({"GZ-20261124-0001"}).value();
    }
    std::vector<std::string> told() {
        std::vector<std::string> types;
        for (const auto& posted : house.hooks().log)
            types.push_back(Json::parse(posted.body)["type"]);
        return types;
    }

    House house;
};

TEST_F(ApiTest, AQuietMorningHasNothingToShow) {
    live_until(5min);
    EXPECT_THAT(get("/v1/incidents")["incidents"], IsEmpty());
    const auto status = get("/v1/status");
    EXPECT_EQ(status["daemon_running"], true);
    EXPECT_EQ(status["counts"]["up"], 2);
    EXPECT_EQ(status["unresolved_incidents"], 0);
    EXPECT_THAT(status["down"], IsEmpty());
}

TEST_F(ApiTest, RoundsSaysHowItKeepsUpItself) {
    live_until(2h);
    const auto self = get("/v1/self");
    EXPECT_EQ(self["keeps_up"], true) << self.dump(2);
    EXPECT_EQ(self["running_seconds"], 7200.0);
    // Two devices, every 30 s; the hour and the quarter in which it began; while it is in doubt, more often.
    EXPECT_GE(self["last_hour"]["ping"]["looks"], 240);
    EXPECT_LE(self["last_hour"]["ping"]["looks"], 310);
    EXPECT_EQ(self["last_hour"]["snmp"]["looks"], 0);
    EXPECT_GT(self["last_hour"]["writes"]["count"], 100) << "a sign of life every 20 s";
    EXPECT_EQ(self["waiting"]["changes"], 0);
}

TEST_F(ApiTest, ADeadSwitchIsShownWithWhatHangsBehindIt) {
    live_until(20min);
    const auto list = get("/v1/incidents?state=unresolved")["incidents"];
    ASSERT_EQ(list.size(), 1U);
    EXPECT_EQ(list[0]["id"], "GZ-20261124-0001");
    EXPECT_EQ(list[0]["state"], "open");
    EXPECT_EQ(list[0]["severity"], 1);
    EXPECT_EQ(list[0]["subject"]["id"], "IT-1");
    EXPECT_EQ(list[0]["suppressed"]["count"], 1);
    EXPECT_EQ(list[0], get(page)["incident"]);

    const auto status = get("/v1/status");
    EXPECT_EQ(list[0], status["incidents"][0]);
    EXPECT_EQ(status["unresolved_incidents"], 1);
    EXPECT_EQ(status["down"][0]["name"], "core");
    EXPECT_EQ(status["down"][0]["suppressed_behind"], 1);
}

TEST_F(ApiTest, TheSentencesComeInTheLanguageAskedFor) {
    live_until(20min);
    const auto english = get(page)["incident"]["summary"];
    const auto chinese = get(page + "?locale=zh-CN")["incident"]["summary"];
    EXPECT_EQ(english["id"], chinese["id"]);
    EXPECT_NE(english["text"], chinese["text"]);
    EXPECT_THAT(get(page + "?locale=de", 400)["error"].get<std::string>(), HasSubstr("zh-CN"));
}

TEST_F(ApiTest, APersonAcknowledgesCommentsResolvesAndCloses) {
    live_until(20min);
    auto done = post(page + "/acknowledge", {{"actor", "王工"}, {"comment", "on my way"}});
    EXPECT_EQ(done["incident"]["state"], "acknowledged");
    EXPECT_EQ(done["incident"]["acknowledged_by"], "王工");
    // What is answered is committed.
    EXPECT_EQ(history().incident.state, IncidentState::acknowledged);
    EXPECT_EQ(history().events.back().comment, "on my way");

    post(page + "/comment", {{"actor", "li"}, {"comment", "two\nlines"}});
    EXPECT_EQ(post(page + "/resolve", {{"actor", "li"}})["incident"]["state"], "resolved");
    EXPECT_EQ(post(page + "/close", {{"actor", "li"}})["incident"]["state"], "closed");
    live_until(25min);
    EXPECT_THAT(told(), ElementsAre("incident.opened", "incident.acknowledged",
                                    "incident.commented", "incident.resolved", "incident.closed"));

    const auto shown = get(page);
    ASSERT_EQ(shown["events"].size(), 5U);
    EXPECT_EQ(shown["events"][0]["type"], "incident.opened");
    EXPECT_FALSE(shown["events"][0].contains("actor"));
    EXPECT_EQ(shown["events"][1]["actor"], "王工");
    EXPECT_EQ(shown["events"][2]["comment"], "two\nlines");
    EXPECT_EQ(shown["events"][4]["number"], 5);
    EXPECT_THAT(get("/v1/incidents?state=unresolved")["incidents"], IsEmpty());
    EXPECT_EQ(get("/v1/incidents?state=closed")["incidents"].size(), 1U);
}

TEST_F(ApiTest, APersonReportsWhatRoundsCannotSee) {
    live_until(5min);
    const Json report{{"actor", "王工"}, {"subject", "desk"}, {"text", "no dial tone"}};
    const auto first = post("/v1/incidents", report)["incident"];
    EXPECT_EQ(first["item"], "reported");
    EXPECT_EQ(first["subject"]["name"], "desk");
    EXPECT_EQ(first["severity"], 3) << "a phone's";
    EXPECT_EQ(first["state"], "open");
    EXPECT_EQ(first["verdict"], "warning");
    Json grave = report;
    grave["severity"] = 1;
    grave["subject"] = "10.2.0.1";
    const auto second = post("/v1/incidents", grave)["incident"];
    EXPECT_EQ(second["severity"], 1);
    EXPECT_EQ(second["verdict"], "critical");
    EXPECT_NE(second["id"], first["id"]);
    live_until(2h);
    const std::string own = "/v1/incidents/" + first["id"].get<std::string>();
    EXPECT_EQ(get(own)["incident"]["state"], "open") << "nobody but a person knows";
    EXPECT_EQ(get(own)["events"][0]["actor"], "王工");

    EXPECT_EQ(post(own + "/resolve", {{"actor", "li"}})["incident"]["state"], "resolved");
    EXPECT_TRUE(get(own)["incident"].contains("recovered"));
    EXPECT_NE(post("/v1/incidents", report)["incident"]["id"], first["id"]) << "a new one";

    std::string unwatched = office;
    unwatched.insert(unwatched.find("class: phone"), "monitor: false, ");
    house.rewrite(unwatched);
    post("/v1/reload", Json::object());
    EXPECT_EQ(get("/v1/incidents?state=unresolved")["incidents"].size(), 2U)
        << "who stops watching it has not repaired it";
    post("/v1/incidents", report);
    EXPECT_EQ(get("/v1/incidents?state=unresolved")["incidents"].size(), 3U);
}

TEST_F(ApiTest, AReportThatSaysTooLittleIsRefused) {
    live_until(5min);
    const auto why = [&](const Json& report, int status) {
        return post("/v1/incidents", report, status)["error"].get<std::string>();
    };
    EXPECT_THAT(why({{"actor", "li"}, {"subject", "desk"}}, 400), HasSubstr("say what is wrong"));
    EXPECT_THAT(why({{"subject", "desk"}, {"text", "x"}}, 400), HasSubstr("say who acts"));
    EXPECT_THAT(why({{"actor", "li"}, {"subject", "dusk"}, {"text", "x"}}, 404),
                HasSubstr("no device or link \"dusk\""));
    EXPECT_THAT(why({{"actor", "li"}, {"text", "x"}}, 404), HasSubstr("no device or link"));
    EXPECT_THAT(why({{"actor", "li"}, {"subject", "desk"}, {"text", "a\x1b[2J"}}, 400),
                HasSubstr("one line"));
    for (const Json& severity : {Json(0), Json(5), Json("1"), Json(1.5)}) {
        EXPECT_THAT(
            why({{"actor", "li"}, {"subject", "desk"}, {"text", "x"}, {"severity", severity}}, 400),
            HasSubstr("severity is to be 1"));
    }
    EXPECT_THAT(get("/v1/incidents")["incidents"], IsEmpty());
}

TEST_F(ApiTest, WhatCannotBeDoneNowIsAConflictAndChangesNothing) {
    live_until(20min);
    post(page + "/acknowledge", {{"actor", "li"}});
    const auto before = history();
    const auto told_why = post(page + "/acknowledge", {{"actor", "wang"}}, 409)["error"];
    EXPECT_EQ(told_why, "incident GZ-20261124-0001 is acknowledged already");
    EXPECT_EQ(history(), before);
}

TEST_F(ApiTest, AnIncidentThatIsLongOverCanStillBeClosed) {
    live_until(3h);  // well since 08:00, and too old to open again
    ASSERT_EQ(history().incident.state, IncidentState::resolved);
    EXPECT_EQ(post(page + "/comment",
                   {{"actor", "li"}, {"comment", "it was the fuse"}})["incident"]["state"],
              "resolved");
    EXPECT_EQ(post(page + "/close", {{"actor", "li"}})["incident"]["state"], "closed");
    EXPECT_EQ(history().events.size(), 4U);
}

TEST_F(ApiTest, TwoWhoActAtOnceActOneAfterTheOther) {
    live_until(20min);
    const web::Request ack{"POST", page + "/acknowledge", R"({"actor":"li"})"};
    std::optional<web::Response> first, second;
    begin(ack, first);
    begin(ack, second);
    let_run([&] { return first && second; });
    EXPECT_THAT((std::vector{first->status, second->status}),
                ::testing::UnorderedElementsAre(200, 409));
    EXPECT_EQ(history().events.size(), 2U);
}

TEST_F(ApiTest, TwoWhoCommentOnAnOldOneAtOnceDoNotOverwriteEachOther) {
    house.office().silence("10.2.0.1", {seven + 2h, seven + 4h});
    live_until(3h);  // the switch has another incident by now: only the store remembers this one
    ASSERT_EQ(get("/v1/incidents")["incidents"].size(), 2U);
    const web::Request remark{"POST", page + "/comment", R"({"actor":"li","comment":"x"})"};
    std::optional<web::Response> first, second;
    begin(remark, first);
    begin(remark, second);
    let_run([&] { return first && second; });
    EXPECT_EQ(first->status, 200) << first->body;
    EXPECT_EQ(second->status, 200) << second->body;
    EXPECT_EQ(history().events.size(), 4U);
}

TEST_F(ApiTest, ManyCommentsAtOnceAllArriveInTheirOrder) {
    live_until(20min);
    constexpr int many = 25;
    std::vector<std::optional<web::Response>> answers(many);
    for (auto& answer : answers)
        begin({"POST", page + "/comment", R"({"actor":"li","comment":"x"})"}, answer);
    let_run(
        [&] { return std::ranges::all_of(answers, [](auto& one) { return one.has_value(); }); });
    for (const auto& answer : answers) EXPECT_EQ(answer->status, 200);
    const auto events = history().events;
    ASSERT_EQ(events.size(), many + 1U);
    for (std::size_t n = 0; n < events.size(); ++n)
        EXPECT_EQ(events[n].number, static_cast<int>(n + 1));
}

TEST_F(ApiTest, AReloadSaysWhatBecameOfIt) {
    live_until(5min);
    EXPECT_EQ(post("/v1/reload", Json::object())["reloaded"], true);
    house.rewrite(office + "surprise: 1\n");
    EXPECT_THAT(post("/v1/reload", Json::object(), 409)["error"].get<std::string>(),
                HasSubstr("surprise"));
    house.rewrite(office + "  - {name: chat, type: webhook, url: \"http://chat.example/\"}\n");
    post("/v1/reload", Json::object());
    EXPECT_EQ(get("/v1/hooks")["hooks"].size(), 2U);
}

TEST_F(ApiTest, IncidentsOutliveAReload) {
    live_until(20min);
    post("/v1/reload", Json::object());
    EXPECT_EQ(post(page + "/acknowledge", {{"actor", "li"}})["incident"]["state"], "acknowledged");
    live_until(25min);
    EXPECT_THAT(told(), ElementsAre("incident.opened", "incident.acknowledged"));
}

TEST_F(ApiTest, WhatIsParkedIsShownAndReplayed) {
    house.hooks().answer = [](const auto&) { return std::pair{FakeHookPort::status(404), 50ms}; };
    live_until(20min);
    auto parking = get("/v1/hooks");
    EXPECT_EQ(parking["hooks"][0]["name"], "tickets");
    EXPECT_EQ(parking["hooks"][0]["url"], "http://tickets.example/…") << "no user, no token";
    EXPECT_EQ(parking["hooks"][0]["parked"], 1);
    ASSERT_EQ(parking["parked"].size(), 1U);
    EXPECT_EQ(parking["parked"][0]["incident"], "GZ-20261124-0001");
    EXPECT_EQ(parking["parked"][0]["type"], "incident.opened");
    EXPECT_EQ(parking["parked"][0]["attempts"], 1);
    EXPECT_THAT(parking["parked"][0]["reason"]["text"].get<std::string>(), HasSubstr("404"));

    house.hooks().answer = [](const auto&) { return std::pair{FakeHookPort::status(200), 50ms}; };
    const auto number = parking["parked"][0]["number"];
    EXPECT_EQ(post("/v1/hooks/replay", {{"number", number}})["replayed"], 1);
    live_until(21min);
    parking = get("/v1/hooks");
    EXPECT_EQ(parking["hooks"][0]["parked"], 0);
    EXPECT_EQ(parking["hooks"][0]["pending"], 0);
    EXPECT_EQ(house.hooks().log.size(), 2U);
    EXPECT_EQ(house.hooks().log[0].id, house.hooks().log[1].id);
    EXPECT_EQ(post("/v1/hooks/replay", {{"hook", "tickets"}})["replayed"], 0);
    EXPECT_EQ(post("/v1/hooks/replay", {{"all", true}})["replayed"], 0);
}

TEST_F(ApiTest, AHookIsToldATestMessageAtOnceAndOnlyOnce) {
    live_until(2min);
    const auto test = post("/v1/hooks/tickets/test", Json::object());
    EXPECT_EQ(test,
              Json({{"hook", "tickets"}, {"delivered", true}, {"status", 200}, {"seconds", 0.05}}));
    ASSERT_EQ(house.hooks().log.size(), 1U);
    const auto heard = house.hooks().log[0];
    EXPECT_EQ(heard.url, "http://user:secret@tickets.example/token");
    const auto body = Json::parse(heard.body);
    EXPECT_EQ(body["type"], "test");
    EXPECT_EQ(body["id"], heard.id);
    EXPECT_THAT(body["data"]["message"]["text"].get<std::string>(), HasSubstr("test message"));
    EXPECT_THAT(house.read().outbox().backlog().value(), IsEmpty());
    post("/v1/hooks/tickets/test", Json::object());
    EXPECT_NE(house.hooks().log[1].id, heard.id);
}

TEST_F(ApiTest, ATestThatFailsSaysWhyAndIsNotTriedAgain) {
    house.hooks().answer = [](const auto&) { return std::pair{FakeHookPort::status(503), 50ms}; };
    live_until(2min);
    const auto test = post("/v1/hooks/tickets/test?locale=zh-CN", Json::object());
    EXPECT_EQ(test["delivered"], false);
    EXPECT_EQ(test["status"], 503);
    EXPECT_EQ(test["reason"]["id"], "hook.in_trouble");
    EXPECT_THAT(test["reason"]["text"].get<std::string>(), HasSubstr("接收方"));
    live_until(9min);
    EXPECT_EQ(house.hooks().log.size(), 1U);
    EXPECT_EQ(get("/v1/hooks")["hooks"][0]["pending"], 0);
}

TEST_F(ApiTest, ATestOfAHangingReceiverEndsWithTheTimeoutOfTheHook) {
    house.hooks().answer = [](const auto&) { return std::pair{FakeHookPort::status(200), 24h}; };
    live_until(2min);
    std::optional<web::Response> first, second;
    begin({"POST", "/v1/hooks/tickets/test", {}}, first);
    let_run([&] { return house.hooks().log.size() == 1; });
    begin({"POST", "/v1/hooks/tickets/test", {}}, second);
    let_run([&] { return second.has_value(); });
    EXPECT_THAT(expect(*second, 503)["error"].get<std::string>(), HasSubstr("try again"));
    EXPECT_FALSE(first.has_value());
    let_run([&] { return first.has_value(); });
    const auto test = expect(*first, 200);
    EXPECT_EQ(test["seconds"], 10.0);
    EXPECT_EQ(test["reason"]["id"], "hook.timed_out");
    EXPECT_FALSE(test.contains("status"));
}

TEST_F(ApiTest, AHangingTestDoesNotKeepTheDaemonFromEnding) {
    house.hooks().answer = [](const auto&) { return std::pair{FakeHookPort::status(200), 24h}; };
    live_until(2min);
    std::optional<web::Response> answered;
    begin({"POST", "/v1/hooks/tickets/test", {}}, answered);
    let_run([&] { return house.hooks().log.size() == 1; });
    const auto asked_at = house.clock().wall();
    house.stop();
    EXPECT_LT(house.clock().wall() - asked_at, 1s);
    ASSERT_TRUE(answered.has_value());
    EXPECT_THAT(expect(*answered, 503)["error"].get<std::string>(), HasSubstr("ending"));
}

const std::string other_hooks = office.substr(0, office.find("hooks:")) + R"yaml(hooks:
  - {name: chat, type: webhook, url: "http://chat.example/"}
)yaml";

TEST_F(ApiTest, WhatWaitsForAHookThatWasTakenOutIsParkedUntilItIsBack) {
    house.hooks().answer = [](const auto&) { return std::pair{FakeHookPort::status(503), 50ms}; };
    live_until(20min);
    EXPECT_EQ(get("/v1/hooks")["hooks"][0]["pending"], 1);
    house.rewrite(other_hooks);
    post("/v1/reload", Json::object());
    live_until(21min);
    const auto parking = get("/v1/hooks");
    EXPECT_EQ(parking["hooks"][1],
              Json({{"name", "tickets"}, {"configured", false}, {"pending", 0}, {"parked", 1}}));
    EXPECT_EQ(parking["parked"][0]["reason"]["id"], "hook.not_configured");

    house.hooks().answer = [](const auto&) { return std::pair{FakeHookPort::status(200), 50ms}; };
    const auto number = parking["parked"][0]["number"];
    for (const Json& asked : {Json{{"hook", "tickets"}}, Json{{"number", number}}}) {
        const auto refused = post("/v1/hooks/replay", asked, 409)["error"].get<std::string>();
        EXPECT_THAT(refused, HasSubstr("\"tickets\" is no longer in the configuration"));
    }
    EXPECT_EQ(post("/v1/hooks/replay", {{"all", true}})["replayed"], 0);
    EXPECT_EQ(get("/v1/hooks"), parking);

    const auto before = house.hooks().log.size();
    house.rewrite(office);
    post("/v1/reload", Json::object());
    live_until(22min);
    EXPECT_EQ(house.hooks().log.size(), before) << "a person decides whether it is told yet";
    EXPECT_EQ(post("/v1/hooks/replay", {{"hook", "tickets"}})["replayed"], 1);
    live_until(23min);
    EXPECT_EQ(house.hooks().log.size(), before + 1);
    EXPECT_EQ(get("/v1/hooks")["parked"], Json::array());
}

TEST_F(ApiTest, AHookThatWasTakenOutWhileRoundsWasDownIsParkedAtTheStart) {
    house.hooks().answer = [](const auto&) { return std::pair{FakeHookPort::status(503), 50ms}; };
    live_until(20min);
    house.crash();
    house.rewrite(other_hooks);
    house.start();
    live_until(21min);
    EXPECT_EQ(get("/v1/hooks")["parked"][0]["reason"]["id"], "hook.not_configured");
}

struct Mistake {
    std::string name, method, target, body;
    int status;
    std::string says;
};
void PrintTo(const Mistake& mistake, std::ostream* out) {
    *out << mistake.name;
}

class ApiMistake : public ApiTest, public ::testing::WithParamInterface<Mistake> {};

TEST_P(ApiMistake, IsSaidInASentence) {
    live_until(20min);
    const auto& [name, method, target, body, status, says] = GetParam();
    const auto before = history();
    const auto response = ask({method, target, body});
    EXPECT_EQ(response.status, status) << response.body;
    const auto error = Json::parse(response.body)["error"].get<std::string>();
    EXPECT_THAT(error, HasSubstr(says));
    EXPECT_EQ(error.find('\n'), std::string::npos);
    EXPECT_EQ(history(), before);
}

const std::string ack = "/v1/incidents/GZ-20261124-0001/acknowledge";
const std::string comment = "/v1/incidents/GZ-20261124-0001/comment";

INSTANTIATE_TEST_SUITE_P(
    Table, ApiMistake,
    ::testing::Values(
        Mistake{"NoSuchIncident", "GET", "/v1/incidents/GZ-1", "", 404,
                "there is no incident GZ-1"},
        Mistake{"HostileId", "GET", "/v1/incidents/%1b%5b2J%0a", "", 404, "\\x1b[2J\\n"},
        Mistake{"ActOnNone", "POST", "/v1/incidents/GZ-1/close", R"({"actor":"a"})", 404, "GZ-1"},
        Mistake{"NoSuchPage", "GET", "/v1/devices", "", 404, "/v1/devices"},
        Mistake{"NoVersion", "GET", "/status", "", 404, "/status"},
        Mistake{"Root", "GET", "/", "", 404, "there is no /"},
        Mistake{"Nonsense", "GET", "*", "", 404, "there is no"},
        Mistake{"NoSuchState", "GET", "/v1/incidents?state=opne", "", 400, "\"opne\" is no state"},
        Mistake{"NoSuchAction", "POST", "/v1/incidents/GZ-20261124-0001/delete", "{}", 404,
                "nothing"},
        Mistake{"PostStatus", "POST", "/v1/status", "{}", 404, "nothing can be done there"},
        Mistake{"Delete", "DELETE", "/v1/incidents/GZ-20261124-0001", "", 405, "GET and POST"},
        Mistake{"NoJson", "POST", ack, "actor=li", 400, "no JSON object"},
        Mistake{"AList", "POST", ack, "[]", 400, "no JSON object"},
        Mistake{"Deep", "POST", ack, std::string(60'000, '['), 400, "no JSON object"},
        Mistake{"NoUtf8", "POST", ack, "{\"actor\":\"\xff\"}", 400, "no JSON object"},
        Mistake{"Nobody", "POST", ack, "{}", 400, "who acts"},
        Mistake{"NobodyAtAll", "POST", ack, "", 400, "who acts"},
        Mistake{"Blank", "POST", ack, R"({"actor":"  "})", 400, "who acts"},
        Mistake{"ANumber", "POST", ack, R"({"actor":7})", 400, "actor is to be a text"},
        Mistake{"TwoLines", "POST", ack, R"({"actor":"a\nb"})", 400, "one line"},
        Mistake{"LongName", "POST", ack, R"({"actor":")" + std::string(101, 'a') + "\"}", 400,
                "at most 100"},
        Mistake{"Unknown", "POST", ack, R"({"actor":"a","note":"b"})", 400, "\"note\""},
        Mistake{"NoWords", "POST", comment, R"({"actor":"a","comment":" \n"})", 400,
                "without words"},
        Mistake{"LongComment", "POST", comment,
                R"({"actor":"a","comment":")" + std::string(4001, 'a') + "\"}", 400, "4000 bytes"},
        Mistake{"ReplayNothing", "POST", "/v1/hooks/replay", "{}", 400, "what to replay"},
        Mistake{"ReplayBoth", "POST", "/v1/hooks/replay", R"({"hook":"a","number":1})", 400,
                "what to replay"},
        Mistake{"ReplayNotAll", "POST", "/v1/hooks/replay", R"({"all":false})", 400, "true"},
        Mistake{"ReplayHalf", "POST", "/v1/hooks/replay", R"({"number":1.5})", 400, "number"},
        Mistake{"ReplayNobody", "POST", "/v1/hooks/replay", R"({"hook":"nobody"})", 404,
                "there is no hook \"nobody\""},
        Mistake{"TestNobody", "POST", "/v1/hooks/nob%1bdy/test", "", 404, "no hook \"nob\\x1bdy\""},
        Mistake{"TestWithWords", "POST", "/v1/hooks/tickets/test", R"({"text":"a"})", 400,
                "\"text\""},
        Mistake{"TestInGerman", "POST", "/v1/hooks/tickets/test?locale=de", "", 400, "zh-CN"},
        Mistake{"TestByGet", "GET", "/v1/hooks/tickets/test", "", 404, "/v1/hooks/tickets/test"},
        Mistake{"ReplayNone", "POST", "/v1/hooks/replay", R"({"number":4711})", 404, "4711"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace rounds::tests
