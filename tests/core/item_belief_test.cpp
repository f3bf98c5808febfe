#include "core/item_belief.hpp"

#include <gtest/gtest.h>

namespace rounds::core {
namespace {

const WallTime start = from_ms(1'790'000'000'000);
WallTime look(int number) {
    return start + Duration{300'000} * number;
}

/// One item over several looks. In `looks` and `believed`: . ok  w warning  C critical  ? unknown  - not told.
struct Case {
    const char* name;
    bool measured;
    const char* looks;
    const char* believed;
    const char* item = "cpu";
};

Verdict verdict_of(char letter) {
    return letter == 'w'   ? Verdict::warning
           : letter == 'C' ? Verdict::critical
           : letter == '?' ? Verdict::unknown
                           : Verdict::ok;
}

char letter_of(Verdict verdict) {
    return verdict == Verdict::critical ? 'C' : verdict == Verdict::warning ? 'w' : '.';
}

class SettleItemsTest : public ::testing::TestWithParam<Case> {};

TEST_P(SettleItemsTest, BelievesWhatItShould) {
    const Case& story = GetParam();
    ItemBeliefs beliefs;
    std::string believed;
    Verdict told = Verdict::ok;  // as the changes have it
    int number = 0;
    for (const char letter : std::string(story.looks)) {
        std::vector<ItemFinding> findings;
        if (letter != '-') {
            findings.push_back({.item = story.item,
                                .verdict = verdict_of(letter),
                                .value = story.measured ? std::optional{95.0} : std::nullopt,
                                .evidence_at = look(number)});
        }
        const auto settled = settle_items(beliefs, findings, true, look(number));
        for (const auto& change : settled.changes) {
            EXPECT_EQ(change.before, told);
            EXPECT_NE(change.after, change.before);
            told = change.after;
        }
        beliefs = settled.beliefs;
        const auto found = beliefs.find({story.item, ""});
        const Verdict verdict = found == beliefs.end() ? Verdict::ok : found->second.verdict;
        EXPECT_EQ(verdict, told);
        believed += letter_of(verdict);
        ++number;
    }
    EXPECT_EQ(believed, story.believed) << story.looks;
    const bool steady = believed.back() == '.' && story.looks[number - 1] == '.';
    EXPECT_TRUE(!steady || beliefs.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Items, SettleItemsTest,
    ::testing::Values(
        Case{"OneHighValueIsNothing", true, ".C..", "...."},
        Case{"TwoInARowAre", true, ".CC.", "..CC"},
        Case{"OneGoodValueDoesNotClear", true, "CC.C", ".CCC"},
        Case{"TwoGoodOnesDo", true, "CC..", ".CC."},
        Case{"FlutterNeverRaises", true, "C.C.C.C.", "........"},
        Case{"TheMilderOfTwoIsBelieved", true, "wC", ".w"},
        Case{"ThenTheGraver", true, "wCCC", ".wwC"}, Case{"BetterByHalf", true, "CCww", ".CCw"},
        Case{"BetterInOneRow", true, "CCw.", ".CCw"},
        Case{"AStateIsBelievedAtOnce", false, ".C.", ".C."},
        Case{"AnAgentMustBeSilentTwice", false, ".w.ww.", "....w.", "snmp"},
        Case{"NamesMustFailToResolveThreeTimes", false, "ww.www.", ".....w.", "dns"},
        Case{"ATargetMustBeSilentThreeTimes", true, "ww.wwww.", ".....ww.", "targets"},
        Case{"AStateThatIsUnknownSaysNothing", false, "C?.", "CC."},
        Case{"UnknownDoesNotBreakARow", true, "C?C", "..C"},
        Case{"UnknownAloneIsNothing", true, "??", ".."},
        Case{"NotToldOnceIsNothing", false, "C-C", "CCC"}, Case{"GoneIsOk", false, "C---", "CCC."},
        Case{"GoneThenBackIsNew", false, "C---C", "CCC.C"}),
    [](const auto& one) { return one.param.name; });

TEST(WithoutDoubts, WhatIsBelievedStaysAndNothingElse) {
    const ItemBelief::Doubt doubt{Verdict::critical, 1, start};
    const ItemBeliefs beliefs{
        {{"loss", ""}, {.verdict = Verdict::warning, .since = start, .doubt = doubt, .missing = 2}},
        {{"jitter", ""}, {.verdict = Verdict::ok, .doubt = doubt}}};
    const ItemBeliefs expected{{{"loss", ""}, {.verdict = Verdict::warning, .since = start}}};
    EXPECT_EQ(without_doubts(beliefs), expected);
}

TEST(SettleItems, AnIncompleteLookMissesNothing) {
    ItemBeliefs beliefs{{{"fan", "1"}, {.verdict = Verdict::critical, .since = start}}};
    for (int number = 0; number < 10; ++number) {
        const auto settled = settle_items(beliefs, {}, false, look(number));
        EXPECT_TRUE(settled.changes.empty());
        beliefs = settled.beliefs;
    }
    EXPECT_EQ(beliefs.at({"fan", "1"}).verdict, Verdict::critical);
}

TEST(SettleItems, AChangeSaysSinceWhenAndWhy) {
    const Message hot{MessageId::reason_not_watched};
    const auto finding = [&](int number) {
        return std::vector<ItemFinding>{{.item = "temperature",
                                         .instance = "inlet",
                                         .verdict = Verdict::warning,
                                         .value = 41.0,
                                         .message = hot,
                                         .evidence_at = look(number)}};
    };
    const auto first = settle_items({}, finding(1), true, look(1));
    EXPECT_TRUE(first.changes.empty());
    const auto second = settle_items(first.beliefs, finding(2), true, look(2));
    ASSERT_EQ(second.changes.size(), 1U);
    const ItemChange expected{
        {"temperature", "inlet"}, Verdict::ok, Verdict::warning, hot, look(1)};
    EXPECT_EQ(second.changes[0], expected);
}

/// An empty tray, at the minutes of a look since `start`.
std::vector<ItemFinding> empty_tray(int minutes, Verdict verdict = Verdict::warning) {
    return {{.item = "trays",
             .instance = "Tray 2",
             .verdict = verdict,
             .value = verdict == Verdict::ok ? 80.0 : 0.0,
             .evidence_at = start + std::chrono::minutes(minutes),
             .patience = paper_patience}};
}

/// The minutes at which an empty tray was believed, of looks at these; "" for never.
std::string believed_at(std::initializer_list<int> looks, const WorkingTime& working_time,
                        int filled_at = -1) {
    ItemBeliefs beliefs;
    std::string when;
    for (const int minutes : looks) {
        const auto tray =
            empty_tray(minutes, minutes == filled_at ? Verdict::ok : Verdict::warning);
        const auto settled = settle_items(beliefs, tray, true, tray[0].evidence_at, working_time);
        for (const auto& change : settled.changes) {
            EXPECT_EQ(change.at, start) << "since it was first seen";
            when += std::to_string(minutes);
        }
        beliefs = settled.beliefs;
    }
    return when;
}

TEST(SettleItems, PaperThatIsOutCountsAfterFifteenWorkingMinutes) {
    EXPECT_EQ(believed_at({0, 5, 10, 14}, {}), "");
    EXPECT_EQ(believed_at({0, 5, 10, 15, 20}, {}), "15");
    const auto from_minute_60 = [](Period period) {
        return Period{start + std::chrono::minutes(60), start + std::chrono::hours(9)}
            .overlap(period)
            .length();
    };
    EXPECT_EQ(believed_at({0, 30, 65, 74, 76}, from_minute_60), "76");
    EXPECT_EQ(believed_at({0, 5, 10, 15, 20, 25}, {}, 10), "") << "somebody filled it up";
}

TEST(SettleItems, PaperThatIsFilledUpIsWellWithoutWaiting) {
    ItemBeliefs beliefs{{{"trays", "Tray 2"}, {.verdict = Verdict::warning, .since = start}}};
    for (const int minutes : {5, 10}) {
        const auto tray = empty_tray(minutes, Verdict::ok);
        beliefs = settle_items(beliefs, tray, true, tray[0].evidence_at).beliefs;
    }
    EXPECT_TRUE(beliefs.empty());
}

TEST(Restless, WhatIsInDoubtOrSoonMended) {
    const auto soon = start + std::chrono::minutes(59), later = start + std::chrono::minutes(60);
    EXPECT_FALSE(restless({}, soon));
    const ItemBelief wrong{.verdict = Verdict::critical, .since = start};
    const ItemBelief doubted{.doubt = ItemBelief::Doubt{Verdict::warning, 1, start}};
    EXPECT_TRUE(restless({{{"printer", ""}, wrong}}, soon));
    EXPECT_FALSE(restless({{{"printer", ""}, wrong}}, later)) << "a standing warning can wait";
    EXPECT_FALSE(restless({{{"supplies", "black"}, wrong}}, soon));
    EXPECT_TRUE(restless({{{"supplies", "black"}, doubted}}, later));
}

TEST(SettleItems, InstancesDoNotMix) {
    std::vector<ItemFinding> findings;
    for (const char* port : {"1", "2"}) {
        findings.push_back({.item = "port-status",
                            .instance = port,
                            .verdict = port[0] == '1' ? Verdict::critical : Verdict::ok,
                            .evidence_at = look(0)});
    }
    const auto settled = settle_items({}, findings, true, look(0));
    ASSERT_EQ(settled.changes.size(), 1U);
    EXPECT_EQ(settled.changes[0].id.instance, "1");
    EXPECT_EQ(settled.beliefs.size(), 1U);
}

TEST(LetGo, IgnoredItemsAreWellAtOnceHoweverLittleIsTold) {
    ItemBeliefs beliefs;
    for (const char* item : {"cpu", "snmp", "storage"})
        beliefs[{item, ""}] = {.verdict = Verdict::warning, .since = start};
    ItemRules rules;
    rules.ignored = {"cpu", "snmp"};
    const auto settled =
        settle_items(beliefs, let_go(beliefs, rules, nullptr, look(1)), false, look(1));
    EXPECT_EQ(settled.changes.size(), 2U);
    ASSERT_EQ(settled.beliefs.size(), 1U);
    EXPECT_TRUE(settled.beliefs.contains({"storage", ""}));
}

TEST(LetGo, APortIsKnownByItsOtherNames) {
    ItemBeliefs beliefs;
    for (const char* port : {"GE1", "GE2"})
        beliefs[{"port-status", port}] = {.verdict = Verdict::critical, .since = start};
    beliefs[{"storage", "GE1"}] = {.verdict = Verdict::critical, .since = start};
    ItemRules rules;
    rules.ports = {{.port = "to the roof", .ignored = {"port-status", "storage"}},
                   {.port = "GE2", .monitored = false}};
    Facts facts;
    facts.interfaces = {{.index = 1, .name = "GE1", .alias = "to the roof"}};
    const auto names = [&](const Facts* told) {
        std::string all;
        for (const auto& finding : let_go(beliefs, rules, told, start))
            all += finding.item + " " + finding.instance + ";";
        return all;
    };
    EXPECT_EQ(names(&facts), "port-status GE1;port-status GE2;");
    EXPECT_EQ(names(nullptr), "port-status GE2;");
}

TEST(ItemSeverity, AWarningIsNeverGraverThanThree) {
    using enum Severity;
    EXPECT_EQ(severity_of("cpu", Verdict::warning, first), third);
    EXPECT_EQ(severity_of("cpu", Verdict::warning, fourth), fourth);
    EXPECT_EQ(severity_of("ups", Verdict::critical, second), second);
    EXPECT_EQ(severity_of("supplies", Verdict::warning, first), fourth);
    EXPECT_EQ(severity_of("supplies", Verdict::critical, second), third);
}

}  // namespace
}  // namespace rounds::core
