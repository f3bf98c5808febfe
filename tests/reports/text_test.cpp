#include "core/text.hpp"

#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reports/render.hpp"
#include "reports/text_drawing.hpp"
#include "reports/text_table.hpp"
#include "tests/reports/reading.hpp"

namespace rounds::reports {
namespace {

using core::Language;
using core::State;
using ::testing::ElementsAre;

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

struct Wrap {
    std::string name, words;
    std::size_t width;
    std::vector<std::string> lines;
};

class WrapTest : public ::testing::TestWithParam<Wrap> {};

TEST_P(WrapTest, BreaksWherePeopleWould) {
    EXPECT_EQ(wrapped(GetParam().words, GetParam().width), GetParam().lines);
}

INSTANTIATE_TEST_SUITE_P(
    Text, WrapTest,
    ::testing::Values(Wrap{"Empty", "", 10, {""}}, Wrap{"Fits", "a b", 10, {"a b"}},
                      Wrap{"AtSpaces", "one two three", 8, {"one two", "three"}},
                      Wrap{"LongWordIsCut", "abcdefghij", 4, {"abcd", "efgh", "ij"}},
                      Wrap{"BetweenWideCharacters", "三楼弱电间", 6, {"三楼弱", "电间"}},
                      Wrap{"NoCommaAtTheBeginning", "三楼弱，电", 6, {"三楼", "弱，电"}},
                      Wrap{"NoBracketAtTheEnd", "三楼（四楼）", 6, {"三楼", "（四", "楼）"}},
                      Wrap{"MixedWords", "自 ping 无应答", 8, {"自 ping", "无应答"}}),
    [](const auto& one) { return one.param.name; });

class WidthTest : public ::testing::TestWithParam<int> {};

TEST_P(WidthTest, LinesStayWithinTheWidth) {
    for (const Story& story : {dead_switch(), full_day(), bad_morning()}) {
        for (const Language language : {Language::chinese, Language::english}) {
            const std::string text =
                to_text(document_of(story), {language, &story.zone()}, GetParam());
            for (const std::string& line : lines_of(text))
                EXPECT_LE(core::columns(line), static_cast<std::size_t>(GetParam())) << line;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Text, WidthTest, ::testing::Values(80, 100, 120, 160));

TEST(TextTableTest, ColumnsAreAlignedUnderTheirHeadings) {
    const Table table{
        .key = "t",
        .columns = {{.key = "a", .title = {core::MessageId::report_department}},
                    {.key = "b", .title = {core::MessageId::report_registered}, .number = true}},
        .rows = {{.verdict = {},
                  .cells = {{.content = core::Value{std::string{"财务部门"}}},
                            {.content = core::Value{std::int64_t{7}}}}},
                 {.verdict = {},
                  .cells = {{.content = core::Value{std::string{"IT"}}},
                            {.content = core::Value{std::int64_t{1234}}}}}}};
    EXPECT_THAT(
        lines_of(text_table(table, {Language::chinese}, 80)),
        ElementsAre("部门      登记", "────────  ────", "财务部门     7", "IT        1234"));
}

TEST(TextTableTest, WhatFindsNoRoomStandsBelowWithItsTitle) {
    const core::Value words{std::string{"nothing to see here"}};
    Table table{.key = "t",
                .columns = {{.key = "a", .title = {core::MessageId::report_device}},
                            {.key = "b", .title = {core::MessageId::report_cpu}, .yields = true},
                            {.key = "c", .title = {core::MessageId::report_memory}, .yields = true},
                            {.key = "d", .title = {core::MessageId::report_verdict}}}};
    table.rows.push_back({.verdict = {},
                          .cells = {{.content = words},
                                    {.content = core::Value{core::Ratio{0.5}}},
                                    {.content = Absent{}},
                                    {.content = core::Verdict::ok}}});
    EXPECT_THAT(lines_of(text_table(table, {Language::english}, 20)),
                ElementsAre("Device       Verdict", "───────────  ───────", "nothing to   ● OK",
                            "see here", "   CPU 50%"));
    const auto wide = lines_of(text_table(table, {Language::english}, 80));
    EXPECT_THAT(wide, ElementsAre("Device               CPU  Memory  Verdict",
                                  "───────────────────  ───  ──────  ───────",
                                  "nothing to see here  50%  —       ● OK"));
}

Strip strip_of(std::vector<Strip::Part> parts) {
    return {.whole = {at("2026-11-23 00:00"), at("2026-11-24 00:00")},
            .parts = std::move(parts),
            .working_hours = {}};
}

TEST(DrawTest, AMinuteOfOutageShowsInADayOfTwentyFourCharacters) {
    const core::WallTime noon = at("2026-11-23 12:00");
    const Strip strip =
        strip_of({{State::up, {at("2026-11-23 00:00"), noon}},
                  {State::down, {noon, noon + std::chrono::minutes{1}}},
                  {State::up, {noon + std::chrono::minutes{1}, at("2026-11-24 00:00")}}});
    EXPECT_EQ(draw(strip, 24), "▄▄▄▄▄▄▄▄▄▄▄▄█▄▄▄▄▄▄▄▄▄▄▄");
}

TEST(DrawTest, EachStateHasItsCharacterAndGapsHaveNone) {
    const Strip strip =
        strip_of({{State::up, {at("2026-11-23 00:00"), at("2026-11-23 06:00")}},
                  {State::suppressed, {at("2026-11-23 06:00"), at("2026-11-23 12:00")}},
                  {State::off, {at("2026-11-23 12:00"), at("2026-11-23 18:00")}}});
    EXPECT_EQ(draw(strip, 4), "▄▒▁·");
    EXPECT_EQ(draw(Strip{}, 4), "····");
}

TEST(DrawTest, LinesOfAnyKind) {
    EXPECT_EQ(draw(Line{{0.0, 0.5, 1.0}}, 3), "▁▄█");
    EXPECT_EQ(draw(Line{{0.5, std::nullopt, 0.5}}, 3), "█ █");
    EXPECT_EQ(draw(Line{{0.0}}, 2), "▁ ");
    EXPECT_EQ(draw(Line{}, 3), "   ");
}

TEST(WordsTest, ValuesShareTheirUnit) {
    const auto micro = [](int us) { return Content{core::Value{core::Microseconds{us}}}; };
    const core::Locale english{Language::english};
    EXPECT_EQ(shown(std::vector<Content>{micro(400), micro(1100)}, english), "0.4 / 1.1 ms");
    EXPECT_EQ(shown(std::vector<Content>{micro(400), micro(2'000'000)}, english), "0.4 ms / 2 s");
    EXPECT_EQ(shown(std::vector<Content>{Content{Absent{}}, micro(400)}, english), "— / 0.4 ms");
    EXPECT_EQ(shown(std::vector<Content>{}, english), "");
}

TEST(WordsTest, NumeralsOfBothLanguages) {
    const core::Locale chinese{Language::chinese}, english{Language::english};
    EXPECT_EQ(numeral(1, english), "1. ");
    for (const auto& [number, words] : std::vector<std::pair<int, std::string>>{{1, "一、"},
                                                                                {9, "九、"},
                                                                                {10, "十、"},
                                                                                {11, "十一、"},
                                                                                {20, "二十、"},
                                                                                {23, "二十三、"}})
        EXPECT_EQ(numeral(number, chinese), words);
}

TEST(DescribeTest, StripsInWords) {
    const core::Locale english{Language::english, &shanghai()};
    const core::Period morning{at("2026-11-23 00:00"), at("2026-11-23 12:00")};
    const core::Period evening{at("2026-11-23 12:00"), at("2026-11-24 00:00")};
    EXPECT_EQ(describe(strip_of({}), english), "no data");
    EXPECT_EQ(describe(strip_of({{State::off, morning}}), english), "off");
    EXPECT_EQ(describe(strip_of({{State::up, morning}, {State::off, evening}}), english),
              "reachable throughout, off at times");
    EXPECT_EQ(describe(strip_of({{State::up, morning}, {State::suppressed, evening}}), english),
              "reachable 50% of measured time, behind another device: 12:00–00:00");
}

TEST(DescribeTest, LinesInWords) {
    const core::Locale english{Language::english};
    EXPECT_EQ(describe(Line{{0.0004, std::nullopt, 0.0011}}, english),
              "round trip 0.4 ms to 1.1 ms (quarter-hour averages)");
    EXPECT_EQ(describe(Line{{0.0004, 0.0004}}, english), "round trip 0.4 ms");
    EXPECT_EQ(describe(Line{{std::nullopt}}, english), "no round-trip times");
}

}  // namespace
}  // namespace rounds::reports
