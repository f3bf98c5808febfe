// What a round says of a device or link.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/round.hpp"
#include "tests/core/drawing.hpp"

namespace rounds::core {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

EchoStats replies(int received, int sent = 5) {
    EchoStats stats = drawing::answered(received);
    stats.sent = sent;
    return stats;
}

std::vector<std::pair<Verdict, MessageId>> in_short(const std::vector<Finding>& findings) {
    std::vector<std::pair<Verdict, MessageId>> found;
    for (const auto& finding : findings) found.emplace_back(finding.verdict, finding.message.id);
    return found;
}

TEST(Assess, ReachingALimitIsEnough) {
    const Thresholds usual;  // Loss: warning at 20%, critical at 60%.
    EXPECT_THAT(assess(replies(5), usual), IsEmpty());
    EXPECT_THAT(in_short(assess(replies(4), usual)),
                ElementsAre(std::pair{Verdict::warning, MessageId::reason_loss}));
    EXPECT_THAT(in_short(assess(replies(3), usual)),
                ElementsAre(std::pair{Verdict::warning, MessageId::reason_loss}));
    EXPECT_THAT(in_short(assess(replies(2), usual)),
                ElementsAre(std::pair{Verdict::critical, MessageId::reason_loss}));
    EXPECT_THAT(assess(replies(17, 21), usual), IsEmpty()) << "19%";
}

TEST(Assess, EveryPercentageIsReachedByItsOwnShare) {
    for (int lost = 1; lost <= 100; ++lost) {
        Thresholds limits;
        limits.loss = {.warning = {}, .critical = lost * 0.01};
        EXPECT_EQ(assess(replies(100 - lost, 100), limits).size(), 1U) << lost;
        EXPECT_THAT(assess(replies(101 - lost, 100), limits), IsEmpty()) << lost;
    }
}

TEST(Assess, SaysValueAndLimit) {
    Thresholds limits;
    limits.round_trip = {.warning = 400us, .critical = 1ms};
    limits.jitter = {.warning = {}, .critical = 30us};
    EchoStats stats = replies(4);
    stats.jitter = 31us;

    const Message loss{MessageId::reason_loss, {{"loss", Ratio{0.2}}, {"limit", Ratio{0.2}}}};
    const Message slow{MessageId::reason_round_trip,
                       {{"value", Microseconds{400}}, {"limit", Microseconds{400}}}};
    const Message jitter{MessageId::reason_jitter,
                         {{"value", Microseconds{31}}, {"limit", Microseconds{30}}}};
    EXPECT_THAT(assess(stats, limits),
                ElementsAre(Finding{Verdict::warning, loss}, Finding{Verdict::warning, slow},
                            Finding{Verdict::critical, jitter}));
}

TEST(Assess, WhatHasNoLimitOrWasNotMeasuredIsNoFinding) {
    Thresholds none;
    none.loss = {};
    EXPECT_THAT(assess(replies(0), none), IsEmpty());
    Thresholds times;
    times.round_trip.warning = 0us;
    times.jitter.warning = 0us;
    times.loss = {};
    EXPECT_THAT(assess(replies(0), times), IsEmpty()) << "silence has no round-trip time";
    EXPECT_THAT(assess(EchoStats{}, Thresholds{.loss = {.warning = 0.0, .critical = {}}}),
                IsEmpty())
        << "nothing sent, nothing lost";
}

/// The belief as in drawing.hpp, and in lower case with a contradicting look pending; what the
/// round's last look saw (' ': there was none).
struct Judged {
    const char* name;
    char believed;
    char looked;
    Verdict verdict;
    std::optional<MessageId> reason = {};
    char doubt = ' ';
    bool blind = false;
};

void PrintTo(const Judged& judged, std::ostream* out) {
    *out << judged.name;
}

class ConcludeTest : public ::testing::TestWithParam<Judged> {};

Reachability belief_of(const Judged& judged) {
    Reachability belief = drawing::standing(drawing::state(judged.believed));
    const Look look = judged.doubt == '.' ? Look::good : Look::bad;
    if (judged.doubt != ' ')
        belief.doubt = Reachability::Doubt{look, 1, drawing::start(), drawing::start()};
    switch (belief.state) {
        case State::down:
            belief.reason = Message{MessageId::reason_silent_since, {{"since", *belief.since}}};
            break;
        case State::suppressed:
            belief.reason = Message{MessageId::reason_behind, {{"through", "core-1"}}};
            break;
        case State::unknown: belief.reason = Message{MessageId::reason_not_settled}; break;
        default: break;
    }
    return belief;
}

TEST_P(ConcludeTest, AsTheTableSays) {
    const Judged& judged = GetParam();
    std::optional<Observation> last;
    if (judged.looked != ' ') last = drawing::look(judged.looked, drawing::start());

    const auto conclusion = conclude(belief_of(judged), last, {}, judged.blind);

    EXPECT_EQ(conclusion.verdict, judged.verdict);
    EXPECT_EQ(conclusion.reason.has_value(), judged.reason.has_value());
    if (conclusion.reason) {
        EXPECT_EQ(conclusion.reason->id, judged.reason);
    }
}

TEST_P(ConcludeTest, ALinkThatIsOtherwiseWellIsJudgedTheSame) {
    const Judged& judged = GetParam();
    std::optional<LinkObservation> link;
    std::optional<Observation> last;
    if (judged.looked != ' ') {
        last = drawing::look(judged.looked, drawing::start());
        link = LinkObservation{.ping = *last, .targets = 2, .answered = 2};
    }
    EXPECT_EQ(conclude(belief_of(judged), link, {}, judged.blind),
              conclude(belief_of(judged), last, {}, judged.blind));
}

// clang-format off: a table
INSTANTIATE_TEST_SUITE_P(Rounds, ConcludeTest, ::testing::Values(
    Judged{"Answers",              '.', '.', Verdict::ok},
    Judged{"APcThatWasOffAndAnswersIsInUse",
                                   'o', '.', Verdict::ok, {}, '.'},
    Judged{"NeverAsked",           '?', ' ', Verdict::missed,   MessageId::reason_not_asked},
    Judged{"NotAskedThoughUp",     '.', ' ', Verdict::missed,   MessageId::reason_not_asked},
    Judged{"NoName",               '.', '?', Verdict::missed,   MessageId::reason_name_not_found},
    Judged{"NoNameThoughDown",     'x', '?', Verdict::missed,   MessageId::reason_name_not_found},
    Judged{"NoNameThoughOff",      'o', '?', Verdict::missed,   MessageId::reason_name_not_found},
    Judged{"Down",                 'x', 'x', Verdict::critical, MessageId::reason_silent_since},
    Judged{"DownAndJustAnswered",  'x', '.', Verdict::critical, MessageId::reason_answers_again, '.'},
    Judged{"Suppressed",           's', 'x', Verdict::critical, MessageId::reason_behind},
    Judged{"SuppressedAndJustAnswered",
                                   's', '.', Verdict::critical, MessageId::reason_answers_again, '.'},
    Judged{"Off",                  'o', 'x', Verdict::off,      MessageId::reason_off},
    Judged{"OffAndMissedAtTheBeginOfWork",
                                   'o', 'x', Verdict::unknown,  MessageId::reason_no_answer, 'x'},
    Judged{"UpAndJustSilent",      '.', 'x', Verdict::unknown,  MessageId::reason_no_answer, 'x'},
    Judged{"NotSettled",           '?', 'x', Verdict::unknown,  MessageId::reason_not_settled, 'x'},
    Judged{"BlindThoughItAnswered",   '.', '.', Verdict::missed, MessageId::reason_blind, ' ', true},
    Judged{"BlindThoughDown",      'x', 'x', Verdict::missed,   MessageId::reason_blind, ' ', true},
    Judged{"BlindAndNeverAsked",   '?', ' ', Verdict::missed,   MessageId::reason_blind, ' ', true}),
    [](const auto& test) { return std::string(test.param.name); });
// clang-format on

TEST(Conclude, TheWorstFindingIsTheVerdict) {
    Thresholds limits;
    limits.jitter.critical = 10us;
    EchoStats stats = replies(4);
    stats.jitter = 20us;
    const auto conclusion =
        conclude(drawing::standing(State::up), Observation{drawing::start(), stats}, limits, false);
    EXPECT_EQ(conclusion.verdict, Verdict::critical);
    EXPECT_EQ(conclusion.reason->id, MessageId::reason_jitter);
}

TEST(Conclude, SilenceSaysHowManyPacketsWereSent) {
    const auto conclusion = conclude(drawing::standing(State::up),
                                     Observation{drawing::start(), replies(0, 7)}, {}, false);
    EXPECT_EQ(conclusion.reason,
              (Message{MessageId::reason_no_answer, {{"sent", std::int64_t{7}}}}));
}

Conclusion link(int targets, int answered, int received, std::optional<Duration> dns_took,
                bool dns_asked = true) {
    LinkObservation seen{.ping = {drawing::start(), replies(received, targets * 5)}};
    seen.targets = targets;
    seen.answered = answered;
    seen.dns_asked = dns_asked;
    seen.dns_took = dns_took;
    return conclude(drawing::standing(State::up), seen, {}, false);
}

TEST(ConcludeLink, WellWhenAllAnswerAndNamesResolve) {
    EXPECT_EQ(link(2, 2, 10, 12ms), (Conclusion{Verdict::ok, {}}));
    EXPECT_EQ(link(2, 2, 10, {}, false), (Conclusion{Verdict::ok, {}})) << "no name to resolve";
}

TEST(ConcludeLink, NamesThatDoNotResolveAreAWarning) {
    EXPECT_EQ(link(2, 2, 10, {}),
              (Conclusion{Verdict::warning, Message{MessageId::reason_dns_failed}}));
}

TEST(ConcludeLink, SilentTargetsAreAWarningHoweverMany) {
    for (const int answered : {1, 2}) {
        const Message some{MessageId::reason_some_targets,
                           {{"answered", std::int64_t{answered}}, {"targets", std::int64_t{3}}}};
        EXPECT_EQ(link(3, answered, 5 * answered, 12ms), (Conclusion{Verdict::warning, some}))
            << "two silent targets of three are not 67% loss of the line";
    }
}

TEST(ConcludeLink, LossIsThatOfTheTargetsThatAnswer) {
    const auto lossy = link(3, 1, 2, 12ms);  // 3 of 5 lost.
    EXPECT_EQ(lossy.verdict, Verdict::critical);
    EXPECT_EQ(lossy.reason,
              (Message{MessageId::reason_loss, {{"loss", Ratio{0.6}}, {"limit", Ratio{0.6}}}}));
}

}  // namespace
}  // namespace rounds::core
