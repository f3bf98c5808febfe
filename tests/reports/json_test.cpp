#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "reports/render.hpp"
#include "tests/reports/reading.hpp"

namespace rounds::reports {
namespace {

using core::Language;
using nlohmann::json;

json json_of(const Story& story, Language language = Language::english) {
    return json::parse(to_json(document_of(story), {language, &story.zone()}));
}

TEST(JsonTest, TellsTheRoundInUtc) {
    const json report = json_of(dead_switch());
    EXPECT_EQ(report["report"], "daily");
    EXPECT_EQ(report["locale"], "en");
    EXPECT_EQ(report["number"], "RX-20261124-01");
    EXPECT_EQ(report["date"], "2026-11-24");
    EXPECT_EQ(report["time_zone"], "Asia/Shanghai");
    EXPECT_EQ(report["round"]["scheduled_at"], "2026-11-24T00:30:00Z");
    EXPECT_EQ(report["period"],
              (json{{"from", "2026-11-23T00:30:00Z"}, {"until", "2026-11-24T00:30:00Z"}}));
}

TEST(JsonTest, ADeviceHasTheNamesOfTheFacts) {
    const json report = json_of(dead_switch());
    const json& device = report["network_devices"][4];
    EXPECT_EQ(device["device"], (json{{"name", "sw-3f"},
                                      {"address", "10.1.3.1"},
                                      {"model", "S5720S-28P"},
                                      {"class", "switch"}}));
    EXPECT_EQ(device["verdict"], "ok");
    EXPECT_GT(device["rtt_seconds"]["avg"].get<double>(), 0.0008);
    EXPECT_LT(device["rtt_seconds"]["avg"].get<double>(),
              device["rtt_seconds"]["max"].get<double>());
    EXPECT_EQ(device["rtt_avg_seconds"].size(), 96U);
    EXPECT_EQ(device["states"].size(), 3U);
    EXPECT_EQ(device["states"][1], (json{{"state", "down"},
                                         {"from", "2026-11-23T02:12:00Z"},
                                         {"until", "2026-11-23T03:05:00Z"}}));
}

TEST(JsonTest, WhatIsNotKnownIsAbsent) {
    const json report = json_of(dead_switch());
    for (const json& device : report["other_devices"]) {
        if (device["device"]["name"] != "cam-7") continue;
        EXPECT_FALSE(device.contains("rtt_seconds"));
        EXPECT_FALSE(device.contains("loss_ratio"));
        EXPECT_FALSE(device.contains("availability_ratio"));
        EXPECT_FALSE(device["device"].contains("model"));
        EXPECT_EQ(device["reason_id"], "reason.name_not_found");
    }
}

TEST(JsonTest, WordsForMachinesAreTheSameInBothLanguages) {
    for (const auto& story : {bad_morning(), full_day()}) {
        json english = json_of(story), chinese = json_of(story, Language::chinese);
        EXPECT_NE(english["title"], chinese["title"]);
        const auto is_words = [](const std::string& key) {
            return key == "locale" || key == "title" || key == "text" || key == "reason" ||
                   key == "phenomenon" || key == "notes" || key == "meaning" || key == "department";
        };
        const std::function<void(json&)> strip = [&](json& value) {
            if (value.is_object()) {
                for (auto it = value.begin(); it != value.end();)
                    it = is_words(it.key()) ? value.erase(it) : std::next(it);
            }
            for (json& inner : value) {
                if (inner.is_structured()) strip(inner);
            }
        };
        strip(english), strip(chinese);
        EXPECT_EQ(english, chinese);
    }
}

TEST(JsonTest, ATableWithoutRowsIsAnEmptyArrayAndTheTotalStandsApart) {
    Story story("2026-11-23 08:30", "2026-11-24 08:30");
    EXPECT_EQ(json_of(story)["troubles"], json::array());
    story.device("a", core::DeviceClass::pc).department = "A";
    story.device("b", core::DeviceClass::pc).department = "B";
    const json report = json_of(story);
    EXPECT_EQ(report["departments"].size(), 2U);
    EXPECT_EQ(report["departments_total"]["registered"], 2);
}

}  // namespace
}  // namespace rounds::reports
