#include "core/incident_rules.hpp"

#include <gtest/gtest.h>

#include "tests/core/incident_story.hpp"

namespace rounds::core {
namespace {

using story::Life;
using story::minute;
using story::minute_of;

struct Case {
    std::string name, happened, told;
    int incidents = 1;
    IncidentRules rules = {};
};
void PrintTo(const Case& c, std::ostream* out) {
    *out << c.happened;
}

class IncidentStoryTest : public ::testing::TestWithParam<Case> {};

TEST_P(IncidentStoryTest, IsToldAsDrawn) {
    Life life(GetParam().rules);
    EXPECT_EQ(story::told(life, GetParam().happened), GetParam().told) << GetParam().happened;
    EXPECT_EQ(life.incidents, GetParam().incidents);
}

constexpr IncidentRules at_once{.resolve_after = Duration{0}};
constexpr IncidentRules short_memory{.reopen_within = 4 * minute};

INSTANTIATE_TEST_SUITE_P(
    Rules, IncidentStoryTest,
    ::testing::Values(Case{"NothingWrongIsNoIncident", "....", "----", 0},
                      Case{"OpensOnceHoweverLongItLasts", "xxxxx", "O----"},
                      Case{"RecoveryIsToldAfterItHeld", "xx.  ", "O---R"},
                      Case{"RecoveryMayBeToldAtOnce", "xx. ", "O-R-", 1, at_once},
                      Case{"WrongAgainMeanwhileIsNoEvent", "x. x.  ", "O-----R"},
                      Case{"WarningThatTurnsCriticalIsWorse", "wxw", "OW-"},
                      Case{"CriticalThatTurnsWarningIsNoEvent", "xw", "O-"},
                      Case{"GraverSeverityIsWorse", "xg", "OW"},
                      Case{"WorseWhileRecoveringIsTold", "w. x", "O--W"},
                      Case{"WrongAgainSoonIsTheSameIncident", "x.  x.  ", "O--Rr--R"},
                      Case{"WrongAgainLaterIsAnother", "x.       x", "O--R-----O", 2, short_memory},
                      Case{"TheLastMinuteOfSoon", "x.     x", "O--R---r", 1, short_memory},
                      Case{"MoreThanFiveChangesAreFlapping", "x.x.x.x.", "O----F--"},
                      Case{"FlappingIsToldOnce", "x.x.x.x.x.x.x.x.", "O----F----------"},
                      Case{"FlappingResolvesWhenQuiet", "x.x.x.               ",
                           "O----F--------------R"},
                      Case{"FlappingThatIsDownForGoodStaysOpen", "x.x.x.xxxxxxxxxxxxxxxxxxxx",
                           "O----F--------------------"},
                      Case{"SlowChangesAreNoFlapping",
                           "x.              x.              x.              x.              x.  ",
                           "O--R------------r--R------------r--R------------r--R------------r--R"},
                      Case{"ReopenedTooOftenIsFlapping",
                           "x.x.x",
                           "ORrR(rF)",
                           1,
                           {.resolve_after = Duration{0}, .flapping_changes = 4}},
                      Case{"AcknowledgedOnce", "xaa", "OA-"},
                      Case{"AcknowledgedResolvesByItself", "xa.  ", "OA--R"},
                      Case{"AcknowledgedIsAskedAgainWhenReopened", "xa.  xa", "OA--RrA"},
                      Case{"ResolvedByHandStaysSoWhileWrong", "xsxxxx", "OR----"},
                      Case{"ResolvedByHandOpensAgainAfterItWasWell", "xsx.x", "OR--r"},
                      Case{"ResolvedByHandIsNotResolvedAgain", "xs.   ", "OR----"},
                      Case{"ResolvedTwiceIsRefused", "xss", "OR-"},
                      Case{"ResolvedIsNotAcknowledged", "xsa", "OR-"},
                      Case{"ClosedIsLeftAlone", "xCcasC", "OC----"},
                      Case{"ClosedWhileWrongStaysClosed", "xCxxx", "OC---"},
                      Case{"ClosedIsNeverReopened", "xC.x", "OC-O", 2},
                      Case{"ResolvedIsCommentedAndClosed", "x.  cC", "O--RcC"},
                      Case{"NotWatchedAnyMore", "xn", "OR"},
                      Case{"NotWatchedWhileRecovering", "x.n", "O-R"},
                      Case{"WatchedAndWrongAgain", "xnx", "ORr"},
                      Case{"NotWatchedAfterwardsIsNothing", "x.  n", "O--R-"}),
    [](const auto& test) { return test.param.name; });

TEST(IncidentRules, SixtyTogglesAreOneIncidentAndThreeMessages) {
    Life life;
    std::string happened;
    for (int n = 0; n < 60; ++n) happened += "x.";
    story::told(life, happened + std::string(20, ' '));
    std::string kinds;
    for (const auto& event : life.events) kinds += story::letter(event.kind);
    EXPECT_EQ(kinds, "OFR");
    EXPECT_EQ(life.incidents, 1);
    EXPECT_TRUE(life.memory->incident.flapping);
}

TEST(IncidentRules, AnIncidentSaysWhatItIs) {
    Life life;
    life.happens('w', minute_of(3));
    const auto& incident = life.memory->incident;
    EXPECT_EQ(incident.id.value, "GZ-1");
    EXPECT_EQ(incident.condition, story::condition);
    EXPECT_EQ(incident.name, "sw-3f");
    EXPECT_EQ(incident.severity, Severity::third);
    EXPECT_EQ(incident.verdict, Verdict::warning);
    EXPECT_EQ(incident.state, IncidentState::open);
    EXPECT_EQ(incident.summary.id, MessageId::reason_silent_since);
    EXPECT_EQ(incident.began, minute_of(3));
    EXPECT_EQ(incident.opened, minute_of(3));
    const auto& opened = life.events.at(0);
    EXPECT_EQ(opened.number, 1);
    EXPECT_EQ(opened.incident, incident.id);
    EXPECT_EQ(opened.at, minute_of(3));
    EXPECT_EQ(opened.actor, "");
    EXPECT_EQ(opened.reason, incident.summary);
}

TEST(IncidentRules, ItTakesTheWorstAndKeepsIt) {
    Life life;
    story::told(life, "wgw");
    EXPECT_EQ(life.memory->incident.severity, Severity::first);
    EXPECT_EQ(life.memory->incident.verdict, Verdict::critical);
    EXPECT_EQ(life.memory->incident.summary.with.at(0).second, Value(minute_of(1)));
}

TEST(IncidentRules, RecoveryIsDatedFromTheFirstGoodLook) {
    Life life;
    story::told(life, "xx..  ");
    EXPECT_EQ(life.memory->incident.recovered, minute_of(2));
    EXPECT_EQ(life.memory->incident.resolved, minute_of(4));
    const auto& resolved = life.events.at(1);
    EXPECT_EQ(resolved.reason->id, MessageId::incident_recovered);
    EXPECT_EQ(resolved.reason->with.at(0).second, Value(minute_of(2)));
}

TEST(IncidentRules, WhoActedAndWhatTheySaidIsKept) {
    Life life;
    story::told(life, "xac");
    EXPECT_EQ(life.memory->incident.acknowledged, minute_of(1));
    EXPECT_EQ(life.memory->incident.acknowledged_by, "王工");
    EXPECT_EQ(life.events.at(2).actor, "王工");
    EXPECT_EQ(life.events.at(2).comment, "on my way");
    EXPECT_EQ(life.events.at(2).reason, std::nullopt);
}

TEST(IncidentRules, AClockSetBackDelaysNoResolution) {
    Life life;
    life.happens('x', minute_of(1'000));
    life.happens('.', minute_of(1'001));
    EXPECT_TRUE(life.happens(' ', minute_of(3)).empty());
    EXPECT_EQ(life.happens(' ', minute_of(5)).size(), 1U);
    EXPECT_EQ(life.memory->incident.recovered, minute_of(3));
}

TEST(IncidentRules, AClockSetBackMakesNoFlapping) {
    Life life;
    story::told(life, "x.x.x");
    const auto earlier = minute_of(-10'000);
    EXPECT_TRUE(life.happens('.', earlier).empty());
    EXPECT_FALSE(life.memory->incident.flapping);
}

TEST(IncidentRules, WhatIsHiddenIsListedInOrder) {
    Life life;
    life.happens('x', minute_of(0));
    const auto memory = with_suppressed(*life.memory, {{"pc-2"}, {"ap-1"}});
    EXPECT_EQ(memory.incident.suppressed, (std::vector<SubjectId>{{"ap-1"}, {"pc-2"}}));
    EXPECT_EQ(memory.events, 1);
}

struct Refusal {
    std::string name, happened;
    IncidentAction action;
    std::string message;
};
void PrintTo(const Refusal& c, std::ostream* out) {
    *out << c.message;
}

class RefusalTest : public ::testing::TestWithParam<Refusal> {};

TEST_P(RefusalTest, SaysWhy) {
    Life life;
    story::told(life, GetParam().happened);
    const IncidentRules rules;
    const IncidentIds ids;  // None may be asked for.
    const auto done =
        act(*life.memory, GetParam().action, {.rules = rules, .ids = ids, .now = minute_of(9)});
    ASSERT_TRUE(done.has_error());
    EXPECT_EQ(done.error().kind, Error::Kind::invalid_input);
    EXPECT_EQ(done.error().message, GetParam().message);
}

using Kind = IncidentAction::Kind;

INSTANTIATE_TEST_SUITE_P(
    Actions, RefusalTest,
    ::testing::Values(Refusal{"Nobody",
                              "x",
                              {Kind::acknowledge, "", ""},
                              "incident GZ-1 needs to know who acts on it"},
                      Refusal{"NothingSaid",
                              "x",
                              {Kind::comment, "li", ""},
                              "incident GZ-1 cannot be commented with nothing"},
                      Refusal{"AcknowledgedTwice",
                              "xa",
                              {Kind::acknowledge, "li", ""},
                              "incident GZ-1 is acknowledged already"},
                      Refusal{"AcknowledgedLate",
                              "xs",
                              {Kind::acknowledge, "li", ""},
                              "incident GZ-1 is resolved: there is nothing left to acknowledge"},
                      Refusal{"ResolvedTwice",
                              "xs",
                              {Kind::resolve, "li", ""},
                              "incident GZ-1 is resolved already"},
                      Refusal{"AfterTheEnd",
                              "xC",
                              {Kind::comment, "li", "oh"},
                              "incident GZ-1 is closed: nothing is added to it any more"}),
    [](const auto& test) { return test.param.name; });

TEST(Reported, IsWrongUntilAPersonSaysItIsWell) {
    int given = 0;
    const IncidentRules rules;
    const IncidentIds ids{
        .incident = [&](WallTime) { return IncidentId{"GZ-" + std::to_string(++given)}; },
        .event = [&] { return EventId{"event-" + std::to_string(++given)}; }};
    const auto desk = [&](int after) {
        return IncidentDesk{.rules = rules, .ids = ids, .now = minute_of(after)};
    };
    const Complaint complaint{.subject = {"sw"},
                              .name = "sw-3f",
                              .severity = Severity::second,
                              .actor = "li",
                              .text = "smells of smoke"};
    const auto step = reported(complaint, desk(0));
    const auto& incident = step.memory.incident;
    EXPECT_EQ(incident.condition, (Condition{{"sw"}, "reported", incident.id.value}));
    EXPECT_EQ(incident.verdict, Verdict::critical);
    EXPECT_EQ(render(incident.summary, {}), "smells of smoke");
    ASSERT_EQ(step.events.size(), 1U);
    EXPECT_EQ(step.events[0].actor, "li");
    EXPECT_EQ(step.events[0].number, 1);
    EXPECT_FALSE(resolves_at(step.memory, rules)) << "time tells nothing of it";

    const IncidentAction resolve{.kind = IncidentAction::Kind::resolve, .actor = "wang"};
    const auto resolved = act(step.memory, resolve, desk(5)).value();
    EXPECT_EQ(resolved.memory.incident.recovered, minute_of(5));
    EXPECT_TRUE(over(resolved.memory, rules, minute_of(5) + rules.reopen_within + minute));
    EXPECT_NE(reported(complaint, desk(6)).memory.incident.condition, incident.condition);
}

}  // namespace
}  // namespace rounds::core
