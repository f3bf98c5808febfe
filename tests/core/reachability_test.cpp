#include "core/reachability.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/drawing.hpp"

namespace rounds::core {
namespace {

using namespace std::chrono_literals;
using drawing::look_time;
using drawing::play;

/// A story of looks (see drawing.hpp): down after 3, up after 2.
struct Story {
    const char* name;
    char before = '.';
    std::string looks;
    std::string upstream = {};
    std::string hours = {};
    std::string believed;
    int since =
        -1;  ///< The look at which the last state began; -1: it stands since before the story.
};

void PrintTo(const Story& story, std::ostream* out) {
    *out << story.name;
}

class SettleTest : public ::testing::TestWithParam<Story> {};

TEST_P(SettleTest, BelievesWhatIsDrawn) {
    const Story& story = GetParam();
    const auto before =
        story.before == 'N' ? Reachability{} : drawing::standing(drawing::state(story.before));

    const auto played = play(before, story.looks, story.upstream, story.hours);

    EXPECT_EQ(played.believed, story.believed);
    EXPECT_EQ(played.belief.since, story.since < 0 ? before.since : look_time(story.since));
}

std::string name_of(const ::testing::TestParamInfo<Story>& info) {
    return info.param.name;
}

// clang-format off: tables
INSTANTIATE_TEST_SUITE_P(Hysteresis, SettleTest, ::testing::Values(
    Story{.name = "OneBadLookIsNoOutage",    .looks = ".x..",      .believed = "...."},
    Story{.name = "TwoBadLooksAreNoOutage",  .looks = ".xx.",      .believed = "...."},
    Story{.name = "ThirdBadLookRaises",      .looks = ".xxx",      .believed = "...x",      .since = 1},
    Story{.name = "OneGoodLookDoesNotClear", .looks = "xxx.xx",    .believed = "..xxxx",    .since = 0},
    Story{.name = "TwoGoodLooksClear",       .looks = "xxxx..",    .believed = "..xxx.",    .since = 4},
    Story{.name = "GoodLooksMustBeInARow",   .looks = "xxx.x.x..", .believed = "..xxxxxx.", .since = 7},
    Story{.name = "FlutterNeverRaises",      .looks = "x.x.x.xx.", .believed = "........."},
    Story{.name = "ASecondOutageIsItsOwn",   .looks = "xxx..xxx",  .believed = "..xx...x",  .since = 5}), name_of);

INSTANTIATE_TEST_SUITE_P(NeverLookedAt, SettleTest, ::testing::Values(
    Story{.name = "OneGoodLookIsEnough",    .before = 'N', .looks = ".",     .believed = ".",     .since = 0},
    Story{.name = "AlsoAfterABadOne",       .before = 'N', .looks = "x.",    .believed = "?.",    .since = 1},
    Story{.name = "SilentFromTheBeginning", .before = 'N', .looks = "xxx",   .believed = "??x",   .since = 0},
    Story{.name = "NoNameFromTheBeginning", .before = 'N', .looks = "????.", .believed = "????.", .since = 4},
    Story{.name = "APcIsOff",  .before = 'N', .looks = "xxx", .hours = "ooo", .believed = "??o", .since = 0},
    Story{.name = "BehindADeadSwitch",
          .before = 'N', .looks = "xxx", .upstream = "DDD", .believed = "??s", .since = 0}), name_of);

INSTANTIATE_TEST_SUITE_P(Topology, SettleTest, ::testing::Values(
    Story{.name = "UnreachableThroughAnother",
          .looks = "xxx", .upstream = "DDD", .believed = "..s", .since = 0},
    Story{.name = "WaitsWhileUpstreamIsInDoubt",
          .looks = "xxxxxx", .upstream = "~~~~~~", .believed = "......"},
    Story{.name = "SuppressedAsSoonAsUpstreamIsSettled",
          .looks = "xxxx", .upstream = "~~~D", .believed = "...s", .since = 0},
    Story{.name = "AFlutterUpstreamRaisesNothingBelow",
          .looks = "xxxx.", .upstream = "~~~  ", .believed = "....."},
    Story{.name = "SilentAfterTheFlutterIsItsOwnOutage",
          .looks = "xxxxx", .upstream = "~~   ", .believed = "....x", .since = 0},
    Story{.name = "UnderAFlutteringUpstreamItIsJudgedYet",
          .looks = "xxxxx", .upstream = " ~ ~ ", .believed = "....x", .since = 0},
    Story{.name = "UpstreamBackAndItIsBack",
          .before = 's', .looks = "xx..", .upstream = "DD  ", .believed = "sss.", .since = 2},
    Story{.name = "UpstreamBackAndItIsNot",
          .before = 's', .looks = "xxxxx", .upstream = "DD   ", .believed = "ssssx", .since = 2},
    Story{.name = "AnswersThoughUpstreamSeemsDown",
          .before = 's', .looks = "..", .upstream = "DD", .believed = "s.", .since = 0},
    Story{.name = "UpstreamDiesAgainBeforeItIsJudged",
          .before = 's', .looks = "xxxx", .upstream = "  DD", .believed = "ssss"},
    Story{.name = "AnotherCulprit",
          .before = 's', .looks = "xxx", .upstream = "DEE", .believed = "sss", .since = 1},
    Story{.name = "AnotherCulpritAfterAWait",
          .before = 's', .looks = "xxx", .upstream = "D~E", .believed = "sss", .since = 1},
    Story{.name = "OwnOutageStaysWhenUpstreamDiesLater",
          .looks = "xxxxxxx", .upstream = "   DDD ", .believed = "..xxxxx", .since = 0},
    Story{.name = "BehindSomethingOffItIsOff",
          .looks = "xxxx", .upstream = "oooo", .believed = "..oo", .since = 0},
    Story{.name = "LooksWhileUpstreamWasOffProveNothing",
          .looks = "xxxx", .upstream = "oo  ", .believed = "...."},
    Story{.name = "WhatWasOffWithItsUpstreamIsMissedWhenThatIsBack",
          .before = 'o', .looks = "xxxx", .upstream = "o   ", .believed = "ooox", .since = 1}), name_of);

INSTANTIATE_TEST_SUITE_P(Presence, SettleTest, ::testing::Values(
    Story{.name = "APcGoesOff",
          .looks = "xxx", .hours = "ooo", .believed = "..o", .since = 0},
    Story{.name = "APcComesBack",
          .before = 'o', .looks = "xx..", .hours = "oooo", .believed = "ooo.", .since = 2},
    Story{.name = "APcBehindADeadSwitchIsNotOff",
          .looks = "xxx", .upstream = "DDD", .hours = "ooo", .believed = "..s", .since = 0},
    Story{.name = "APcThatWasOffStaysOffWhenItsSwitchDies",
          .before = 'o', .looks = "xxx", .upstream = "DDD", .hours = "ooo", .believed = "ooo"},
    Story{.name = "APcWentHomeWhileItsSwitchWasDead",
          .before = 's', .looks = "xxxx", .upstream = "D   ", .hours = "oooo", .believed = "ssso", .since = 1},
    Story{.name = "APrinterOffInTheMorningIsDownFromTheBeginOfWork",
          .before = 'o', .looks = "xxxxx", .hours = "nn   ", .believed = "oooox", .since = 2},
    Story{.name = "BehindADeadSwitchInTheMorningItIsSuppressed",
          .before = 'o', .looks = "xxxx", .upstream = "DDDD", .hours = "n   ", .believed = "ooos", .since = 1},
    Story{.name = "AnOutageDoesNotVanishInTheEvening",
          .looks = "xxxxxx", .hours = "   nnn", .believed = "..xxxx", .since = 0},
    Story{.name = "SwitchedOffAsTheDayEndsIsOff",
          .looks = "xxxx", .hours = " nnn", .believed = "..oo", .since = 0},
    Story{.name = "DownAndNowDeclaredOccasionalIsOff",
          .before = 'x', .looks = "xx", .hours = " o", .believed = "xo", .since = 1}), name_of);

INSTANTIATE_TEST_SUITE_P(NotAsked, SettleTest, ::testing::Values(
    Story{.name = "ThreeTimesIsUnknown",       .looks = ".???",   .believed = "...?",   .since = 1},
    Story{.name = "TwiceIsNothing",            .looks = "??.??.", .believed = "......"},
    Story{.name = "KnownAgainAtOnce",          .looks = "???.",   .believed = "..?.",   .since = 3},
    Story{.name = "NeitherCountsNorClears",    .looks = "x?x?x",  .believed = "....x",  .since = 0},
    Story{.name = "TheBadLookCountsFromItself", .looks = "??x??xx", .believed = "......x", .since = 2},
    Story{.name = "ThreeInARowEndTheDoubt",    .looks = "xx???",  .believed = "....?",  .since = 0},
    Story{.name = "SilenceAfterwardsIsCountedAnew",
          .before = '?', .looks = "xx???xx", .believed = "???????"},
    Story{.name = "DownStaysDown",             .before = 'x', .looks = "?????",  .believed = "xxxxx"},
    Story{.name = "DownStaysDownThoughItSeemedToComeBack",
          .before = 'x', .looks = ".???.", .believed = "xxxxx"},
    Story{.name = "BetweenTwoGoodLooks",       .before = 'x', .looks = ".?.", .believed = "xx.", .since = 0},
    Story{.name = "OffStaysOff", .before = 'o', .looks = "????", .hours = "oooo", .believed = "oooo"},
    Story{.name = "OffInWorkingHoursIsUnknown",
          .before = 'o', .looks = "????", .hours = "n   ", .believed = "ooo?", .since = 1},
    Story{.name = "SuppressedStays", .before = 's', .looks = "????", .upstream = "DDDD", .believed = "ssss"},
    Story{.name = "SuppressedWithoutCulpritIsUnknown",
          .before = 's', .looks = "????", .upstream = "D   ", .believed = "sss?", .since = 1}), name_of);
// clang-format on

TEST(Settle, AsksSoonOnlyWhileInDoubt) {
    EXPECT_EQ(play(drawing::standing(State::up), ".xxxx..").soon, " !!  ! ");
    EXPECT_EQ(play(drawing::standing(State::up), "x??..").soon, "!!!  ");
    EXPECT_EQ(play({}, "???x.").soon, "   ! ");
    EXPECT_EQ(play(drawing::standing(State::suppressed), "xxx", "DD ").soon, "  !");
}

TEST(Settle, EveryChangeSaysWhatWhyAndSinceWhen) {
    const auto played = play(drawing::standing(State::up), "xxxx..xxx???", "      DDD   ");

    ASSERT_EQ(played.transitions.size(), 4U);
    const auto& [down, up, suppressed, unknown] = std::tie(
        played.transitions[0], played.transitions[1], played.transitions[2], played.transitions[3]);
    const Message silent{.id = MessageId::reason_silent_since, .with = {{"since", look_time(0)}}};
    const Message behind{.id = MessageId::reason_behind, .with = {{"through", "core-1"}}};
    EXPECT_EQ(down,
              (Transition{drawing::subject, State::up, State::down, silent, {}, look_time(0)}));
    EXPECT_EQ(up, (Transition{drawing::subject, State::down, State::up, {}, {}, look_time(4)}));
    EXPECT_EQ(suppressed, (Transition{drawing::subject, State::up, State::suppressed, behind,
                                      SubjectId{"IT-1"}, look_time(6)}));
    EXPECT_EQ(unknown, (Transition{drawing::subject,
                                   State::suppressed,
                                   State::unknown,
                                   drawing::not_found(),
                                   {},
                                   look_time(9)}));
}

TEST(Settle, AnotherCulpritIsATransitionOfItsOwn) {
    const auto played = play(drawing::standing(State::suppressed), "xx", "DE");

    ASSERT_EQ(played.transitions.size(), 1U);
    EXPECT_EQ(played.transitions[0].before, State::suppressed);
    EXPECT_EQ(played.transitions[0].after, State::suppressed);
    EXPECT_EQ(played.transitions[0].through, SubjectId{"IT-2"});
    EXPECT_EQ(played.transitions[0].at, look_time(1));
    EXPECT_EQ(played.belief.through, SubjectId{"IT-2"});
}

TEST(Settle, AnUnsettledDeviceSaysHowFarItIs) {
    EXPECT_EQ(play({}, "?").belief.reason, drawing::not_found());
    const Message two_of_three{.id = MessageId::reason_not_settled,
                               .with = {{"looks", std::int64_t{2}}, {"needed", std::int64_t{3}}}};
    EXPECT_EQ(play({}, "?xx").belief.reason, two_of_three);
}

TEST(Settle, TheRuleDecidesHowManyLooksItTakes) {
    const PingRule hasty = drawing::rule_of(1, 1);
    EXPECT_EQ(play(drawing::standing(State::up), "x.x", {}, {}, hasty).believed, "x.x");
    const PingRule patient = drawing::rule_of(5, 4);
    EXPECT_EQ(play(drawing::standing(State::up), "xxxxx....", {}, {}, patient).believed,
              "....xxxx.");
    const PingRule senseless = drawing::rule_of(0, -1);
    EXPECT_EQ(play(drawing::standing(State::up), "x.", {}, {}, senseless).believed, "x.")
        << "counts as 1";
}

TEST(Settle, LooksBeforeAGapProveNothing) {
    const PingRule rule;
    const auto doubting = play(drawing::standing(State::up), "xx").belief;
    const auto after = [&](Duration gap) {
        const auto seen = drawing::look('x', look_time(1) + gap);
        return settle(drawing::subject, doubting, seen, rule, Silence::fault, {}).belief;
    };
    EXPECT_EQ(after(patience_with(rule)).state, State::down);
    EXPECT_EQ(after(patience_with(rule) + 1ms).state, State::up);
    EXPECT_EQ(after(8h).doubt->in_row, 1);
    EXPECT_EQ(after(8h).doubt->first, look_time(1) + 8h);
}

Duration patience_at(Duration interval) {
    PingRule rule;
    rule.interval = interval;
    return patience_with(rule);
}

TEST(Settle, PatienceFollowsTheInterval) {
    EXPECT_EQ(patience_at(1s), 1min);
    EXPECT_EQ(patience_at(30s), 92s);
    EXPECT_GT(patience_at(1h), 3h) << "a printer that is read hourly is still in a row";
}

TEST(Settle, AClockThatGoesBackMovesNoStateBack) {
    const auto down = play(drawing::standing(State::up), "...xxx").belief;
    Reachability belief = down;
    for (int n = 0; n < 2; ++n) {
        belief = settle(drawing::subject, belief, drawing::look('.', look_time(n) - 6h), {},
                        Silence::fault, {})
                     .belief;
    }
    EXPECT_EQ(belief.state, State::up);
    EXPECT_EQ(belief.since, down.since);
}

TEST(Look, OneReplyOfTheBurstIsGood) {
    EXPECT_EQ(look_of({.at = {}, .told = drawing::answered(1)}), Look::good);
    EXPECT_EQ(look_of({.at = {}, .told = drawing::answered(0)}), Look::bad);
    EXPECT_EQ(look_of({.at = {}, .told = drawing::not_found()}), Look::none);
}

TEST(Silence, MeansWhatPresenceSays) {
    for (const auto device_class : {DeviceClass::printer, DeviceClass::pc}) {
        for (const bool working : {true, false}) {
            EXPECT_EQ(silence_means(Presence::always, device_class, working), Silence::fault);
            EXPECT_EQ(silence_means(Presence::occasional, device_class, working), Silence::off);
        }
    }
    EXPECT_EQ(silence_means(Presence::working_hours, DeviceClass::printer, true), Silence::fault);
    EXPECT_EQ(silence_means(Presence::working_hours, DeviceClass::printer, false),
              Silence::off_for_now);
    EXPECT_EQ(silence_means(Presence::working_hours, DeviceClass::pc, true), Silence::off);
    EXPECT_EQ(silence_means(Presence::working_hours, DeviceClass::pc, false), Silence::off);
}

TEST(Silence, IsExpectedOfWhatIsDownOrMayBeOff) {
    const auto expected = [](char state, Silence silence) {
        return expects_silence(drawing::standing(drawing::state(state)), silence);
    };
    EXPECT_TRUE(expected('x', Silence::fault));
    EXPECT_TRUE(expected('o', Silence::off));
    EXPECT_TRUE(expected('o', Silence::off_for_now));
    EXPECT_FALSE(expected('o', Silence::fault)) << "working hours have begun";
    for (const char state : {'.', 's', '?'}) EXPECT_FALSE(expected(state, Silence::off));
}

}  // namespace
}  // namespace rounds::core
