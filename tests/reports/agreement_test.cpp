// All renderers show the same figures, and the figures add up, whatever the round found.
#include <random>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "reports/render.hpp"
#include "tests/reports/markup.hpp"
#include "tests/reports/reading.hpp"

namespace rounds::reports {
namespace {

using core::Language;
using core::State;
using core::Verdict;
using nlohmann::json;
using ::testing::HasSubstr;

core::Locale english(const Story& story) {
    return {Language::english, &story.zone()};
}

// What a device may tell, or not; judged.
void tell(Story& story, const std::string& name, std::mt19937& draw) {
    const auto percent = [&] { return static_cast<double>(draw() % 101); };
    const auto by_chance = [&] { return draw() % 2 == 0; };
    core::Facts& facts = story.facts(name);
    if (by_chance()) facts.processors = {{"cpu", percent()}};
    if (by_chance()) facts.memory = {{"ram", "system", {}, {}, percent()}};
    if (by_chance()) facts.storage = {{"/", "fixed-disk", {}, {}, percent(), false}};
    if (by_chance()) facts.supplies = {{"k", "toner", "black", percent(), {}}};
    if (by_chance()) facts.sensors = {{"charge", "battery", percent(), "%", {}, {}, {}, {}}};
    story.judged(name);
}

// An incident at any point of its life; also outages that no state of the device explains.
void happen(Story& story, const std::string& name, std::mt19937& draw) {
    using Kind = core::IncidentEvent::Kind;
    const char* items[] = {"reachability", "cpu", "supplies"};
    core::IncidentHistory& history =
        story.incident(name, items[draw() % 3], "2026-11-23 09:10",
                       static_cast<core::Severity>(1 + draw() % 4), {core::MessageId::reason_loss});
    if (draw() % 2 == 0) history.incident.verdict = Verdict::warning;
    if (draw() % 2 == 0)
        story.happened(history, Kind::acknowledged, "2026-11-23 09:20", "somebody", "on it");
    if (draw() % 2 == 0) history.incident.recovered = story.moment("2026-11-23 12:00");
    const Kind ends[] = {Kind::commented, Kind::resolved, Kind::closed};
    story.happened(history, ends[draw() % 3], "2026-11-23 12:10", "somebody", "so");
}

// An office of random size in which anything may have happened.
Story random_office(unsigned seed) {
    std::mt19937 draw{seed};
    const auto below = [&](int n) { return static_cast<int>(draw() % static_cast<unsigned>(n)); };
    Story story("2026-11-23 08:30", "2026-11-24 08:30");
    if (below(2) == 0) story.working_hours("2026-11-23 09:00", "2026-11-23 18:00");
    const int devices = below(40);
    for (int i = 0; i < devices; ++i) {
        const std::string name = "d" + std::to_string(i);
        core::DeviceResult& device = story.device(name, static_cast<core::DeviceClass>(below(17)));
        device.severity = static_cast<core::Severity>(1 + below(4));
        device.department = "dept " + std::to_string(below(4));
        device.absent_working_days = below(9);
        const auto hour = [](int h) {
            return "2026-11-23 " + std::string(h < 10 ? "0" : "") + std::to_string(h) + ":15";
        };
        for (int k = below(4); k > 0; --k) {
            const int begin = 8 + below(12);
            const auto state = static_cast<State>(below(5));
            story.state(name, state, hour(begin), hour(begin + 1 + below(3)),
                        state == State::suppressed ? "d0" : "");
        }
        story.find(name).conclusion.verdict = static_cast<Verdict>(below(7));
        if (below(5) == 0) story.lasting(name, State::down, "2026-11-24 02:00");
        if (below(3) == 0) tell(story, name, draw);
        for (int k = below(3); k > 0; --k) happen(story, name, draw);
    }
    if (below(2) == 0)
        story.gap(core::Gap::Cause::not_running, "2026-11-23 11:00", "2026-11-23 13:00");
    return story;
}

class RandomOfficeTest : public ::testing::TestWithParam<unsigned> {
 protected:
    Story story = random_office(GetParam());
    Document document = document_of(story);
    json report = json::parse(to_json(document, english(story)));
};

TEST_P(RandomOfficeTest, TheArithmeticOfTheRoundHolds) {
    const json& f = report["figures"];
    const auto number = [&](const char* key) { return f[key].get<int>(); };
    EXPECT_EQ(number("due"), number("done") + number("missed"));
    EXPECT_EQ(number("done"),
              number("ok") + number("warning") + number("critical") + number("off"));
    EXPECT_EQ(number("due") + number("maintenance"),
              static_cast<int>(story.round().devices.size()));
    EXPECT_EQ(static_cast<std::size_t>(number("missed")), report["missed"].size());
}

TEST_P(RandomOfficeTest, TroublesAreWhatTheFiguresSay) {
    int open = 0, recovered = 0;
    for (const json& trouble : report["troubles"]) {
        const std::string state = trouble["state"];
        open += state == "open" || state == "acknowledged";
        recovered +=
            state == "recovered" || state == "flapping" || state == "resolved" || state == "closed";
    }
    EXPECT_EQ(report["figures"]["open"], open);
    EXPECT_EQ(report["figures"]["recovered"], recovered);
}

TEST_P(RandomOfficeTest, NoIncidentIsListedTwice) {
    std::set<std::string> seen;
    for (const json& trouble : report["troubles"]) {
        if (!trouble.contains("incident")) continue;
        EXPECT_TRUE(seen.insert(trouble["incident"]).second) << trouble;
    }
}

TEST_P(RandomOfficeTest, AnOpenIncidentOfTheFirstTwoSeveritiesIsAnAbnormalDay) {
    for (const json& trouble : report["troubles"]) {
        const bool open = trouble["state"] == "open" || trouble["state"] == "acknowledged";
        if (!open || trouble["severity"] > 2) continue;
        EXPECT_EQ(report["overall"], "abnormal") << trouble;
    }
}

TEST_P(RandomOfficeTest, DepartmentsAddUp) {
    if (!report.contains("departments")) return;
    for (json line : report["departments"]) {
        const auto number = [&](const char* key) { return line[key].get<int>(); };
        // Those in maintenance are registered and none of the rest.
        EXPECT_GE(number("registered"),
                  number("on") + number("off") + number("unreachable") + number("missed"));
        EXPECT_LE(number("on"), number("seen"));
        EXPECT_LE(number("absent"), number("off"));
    }
}

TEST_P(RandomOfficeTest, AvailabilityIsAShare) {
    for (const char* key : {"network_devices", "printers", "power", "servers", "other_devices"}) {
        if (!report.contains(key)) continue;
        for (const json& device : report[key]) {
            if (!device.contains("availability_ratio")) continue;
            EXPECT_GE(device["availability_ratio"].get<double>(), 0.0);
            EXPECT_LE(device["availability_ratio"].get<double>(), 1.0);
        }
    }
}

TEST_P(RandomOfficeTest, HtmlAndTextShowTheFiguresOfTheJson) {
    const json& f = report["figures"];
    const std::string due = std::to_string(f["due"].get<int>()) + " / " +
                            std::to_string(f["done"].get<int>()) + " / " +
                            std::to_string(f["missed"].get<int>());
    const Markup page = read_markup(to_html(document, english(story)));
    const std::string text = to_text(document, english(story));
    EXPECT_THAT(page.problems, ::testing::IsEmpty());
    EXPECT_THAT(page.text, HasSubstr(due));
    EXPECT_THAT(text, HasSubstr(due));
    if (f.contains("network_availability_ratio")) {
        const std::string ratio =
            show(core::Ratio{f["network_availability_ratio"].get<double>()}, english(story));
        EXPECT_THAT(page.text, HasSubstr(ratio));
        EXPECT_THAT(text, HasSubstr(ratio));
    }
    for (const json& sentence : report["sentences"])
        EXPECT_THAT(page.text, HasSubstr(sentence["text"].get<std::string>()));
}

TEST_P(RandomOfficeTest, AnOpenTroubleIsNeverANormalDay) {
    const bool open = report["figures"]["open"] > 0, bad = report["figures"]["critical"] > 0;
    if (open || bad) {
        EXPECT_NE(report["overall"], "normal");
    }
    if (bad) {
        EXPECT_EQ(report["overall"], "abnormal");
    }
}

INSTANTIATE_TEST_SUITE_P(Offices, RandomOfficeTest, ::testing::Range(0U, 60U));

TEST(AgreementTest, ABigOfficeIsRenderedWhole) {
    Story story("2026-11-23 08:30", "2026-11-24 08:30");
    for (int i = 0; i < 300; ++i)
        story.device("sw-" + std::to_string(i), core::DeviceClass::switch_);
    for (int i = 0; i < 2000; ++i) {
        const std::string name = "pc-" + std::to_string(i);
        story.device(name, core::DeviceClass::pc).department = "dept " + std::to_string(i % 12);
        story.lasting(name, State::off, "2026-11-23 18:30");
    }
    const Document document = document_of(story);
    EXPECT_EQ(table(document, "network_devices").rows.size(), 300U);
    EXPECT_EQ(table(document, "departments").rows.size(), 13U);  // twelve, and their sum
    const std::string html = to_html(document, english(story));
    EXPECT_THAT(read_markup(html).problems, ::testing::IsEmpty());
    EXPECT_LT(html.size(), 1'000'000U);
}

}  // namespace
}  // namespace rounds::reports
