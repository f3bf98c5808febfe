#include "reports/readings.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "reports/words.hpp"

namespace rounds::reports {
namespace {

using core::Facts;
using core::Language;
using core::LevelState;
using core::Verdict;

std::string english(const Content& content) {
    return shown(content, {Language::english});
}

core::SensorFacts sensor(std::string kind, std::string descr, double value) {
    core::SensorFacts made;
    made.kind = std::move(kind), made.descr = std::move(descr), made.value = value;
    return made;
}

TEST(ReadingsTest, WhatIsNotToldIsAbsent) {
    const Facts nothing;
    EXPECT_EQ(processors(nothing), Content{Absent{}});
    EXPECT_EQ(memory(nothing), Content{Absent{}});
    EXPECT_EQ(temperature(nothing), Content{Absent{}});
    EXPECT_EQ(fullest(nothing), nullptr);
    EXPECT_EQ(highest(nothing, "load"), nullptr);
    EXPECT_EQ(states_of(nothing, {"fan"}).content, Content{Absent{}});
    EXPECT_EQ(level({}, {}), Content{Absent{}});
}

TEST(ReadingsTest, ProcessorsAreOneByTheirMean) {
    Facts facts;
    facts.processors = {{"0", 100}, {"1", 0}, {"2", 20}, {"3", 40}};
    EXPECT_EQ(english(processors(facts)), "40%");
}

TEST(ReadingsTest, OnlyPhysicalMemoryCounts) {
    Facts facts;
    facts.memory = {{"Swap", "swap", {}, {}, 99.0},
                    {"RAM", "system", {}, {}, 61.5},
                    {"Second board", "", {}, {}, 70.0},
                    {"Cache", "cached", {}, {}, 98.0}};
    EXPECT_EQ(english(memory(facts)), "70%");
}

TEST(ReadingsTest, TheFullestDiskIsOneThatFillsUp) {
    Facts facts;
    facts.storage = {{"/", "fixed-disk", {}, {}, 50.0, false},
                     {"/cdrom", "compact-disc", {}, {}, 100.0, false},
                     {"/snap", "fixed-disk", {}, {}, 100.0, true},
                     {"/data", "network-disk", {}, {}, 81.0, false},
                     {"/odd", "fixed-disk", {}, {}, std::nan(""), false},
                     {"/unknown", "fixed-disk", {}, {}, {}, false}};
    ASSERT_NE(fullest(facts), nullptr);
    EXPECT_EQ(fullest(facts)->descr, "/data");
}

TEST(ReadingsTest, TheHottestAndTheLowestOfAKind) {
    Facts facts;
    facts.sensors = {sensor("temperature", "inlet", 21.5), sensor("temperature", "chip", 52),
                     sensor("temperature", "broken", std::numeric_limits<double>::infinity()),
                     sensor("fanspeed", "1", 4100), sensor("fanspeed", "2", 3900)};
    EXPECT_EQ(english(temperature(facts)), "52 °C");
    ASSERT_NE(lowest(facts, "fanspeed"), nullptr);
    EXPECT_EQ(lowest(facts, "fanspeed")->descr, "2");
    EXPECT_EQ(lowest(facts, "humidity"), nullptr);
}

TEST(ReadingsTest, ANumberThatIsNoneIsNotShown) {
    EXPECT_EQ(percent(std::nan("")), Content{Absent{}});
    EXPECT_EQ(english(percent(12.5)), "12.5%");
}

struct States {
    std::string name;
    std::vector<core::StateFacts> states;
    std::string shown;
    std::size_t below = 0;
};

class StatesTest : public ::testing::TestWithParam<States> {};

TEST_P(StatesTest, TheWorstSpeaks) {
    Facts facts;
    facts.states = GetParam().states;
    const Cell cell = states_of(facts, {"fan", "power-supply"});
    EXPECT_EQ(english(cell.content), GetParam().shown);
    EXPECT_EQ(cell.under.size(), GetParam().below);
}

INSTANTIATE_TEST_SUITE_P(
    Readings, StatesTest,
    ::testing::Values(
        States{"None", {}, "—"},
        States{"OfOtherItems", {{"Battery", 3, "low", Verdict::critical, "ups-battery"}}, "—"},
        States{"Well", {{"Fan 1", 1, "normal", Verdict::ok, "fan"}}, "OK"},
        States{"UnknownSaysNothing", {{"Fan 1", 9, "other", Verdict::unknown, "fan"}}, "—"},
        States{"UnknownBesideWell",
               {{"Fan 1", 9, "other", Verdict::unknown, "fan"},
                {"Fan 2", 1, "normal", Verdict::ok, "fan"}},
               "OK"},
        States{"CriticalBeforeWarning",
               {{"Fan 1", 2, "slow", Verdict::warning, "fan"},
                {"Power 1", 3, "failed", Verdict::critical, "power-supply"},
                {"Fan 2", 1, "normal", Verdict::ok, "fan"}},
               "Power 1: failed",
               1}),
    [](const auto& one) { return one.param.name; });

struct Level {
    std::string name;
    std::optional<double> percent;
    std::optional<LevelState> state;
    std::string english, chinese;
};

class LevelTest : public ::testing::TestWithParam<Level> {};

TEST_P(LevelTest, IsAnAmountOrAWord) {
    const Content content = level(GetParam().percent, GetParam().state);
    EXPECT_EQ(shown(content, {Language::english}), GetParam().english);
    EXPECT_EQ(shown(content, {Language::chinese}), GetParam().chinese);
}

INSTANTIATE_TEST_SUITE_P(
    Readings, LevelTest,
    ::testing::Values(Level{"Amount", 62.0, {}, "62%", "62%"}, Level{"Empty", 0.0, {}, "0%", "0%"},
                      Level{"Some", {}, LevelState::some_remaining, "some left", "有余量"},
                      Level{"Unknown", {}, LevelState::unknown, "unknown", "未知"},
                      Level{"Unrestricted", {}, LevelState::unrestricted, "no limit", "不限"}),
    [](const auto& one) { return one.param.name; });

TEST(ReadingsTest, WrongAreWarningsAndCriticalOnes) {
    core::DeviceResult device;
    for (const Verdict verdict :
         {Verdict::ok, Verdict::warning, Verdict::unknown, Verdict::critical}) {
        core::ItemFinding finding;
        finding.verdict = verdict;
        device.findings.push_back(finding);
    }
    ASSERT_EQ(wrong_items(device).size(), 2U);
    EXPECT_EQ(wrong_items(device)[0]->verdict, Verdict::warning);
    EXPECT_EQ(wrong_items(device)[1]->verdict, Verdict::critical);
}

}  // namespace
}  // namespace rounds::reports
