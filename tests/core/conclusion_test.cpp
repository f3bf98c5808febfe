// What a round says of a device or link.
#include <gtest/gtest.h>

#include "core/round.hpp"
#include "tests/core/drawing.hpp"

namespace rounds::core {
namespace {

EchoStats replies(int received, int sent = 5) {
    EchoStats stats = drawing::answered(received);
    stats.sent = sent;
    return stats;
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
    const auto finding = [](Verdict verdict, MessageId id) {
        return ItemFinding{.item = "jitter", .verdict = verdict, .message = Message{id}};
    };
    const std::vector<ItemFinding> findings{finding(Verdict::ok, MessageId::reason_loss),
                                            finding(Verdict::warning, MessageId::reason_loss),
                                            finding(Verdict::critical, MessageId::reason_jitter),
                                            finding(Verdict::critical, MessageId::reason_loss)};
    const Observation answered{drawing::start(), replies(4)};
    const auto conclusion = conclude(drawing::standing(State::up), answered, findings, false);
    EXPECT_EQ(conclusion.verdict, Verdict::critical);
    EXPECT_EQ(conclusion.reason->id, MessageId::reason_jitter) << "the first of the worst";
}

TEST(Conclude, FindingsSayNothingOfWhatIsSilent) {
    const std::vector<ItemFinding> findings{
        {.item = "loss", .verdict = Verdict::warning, .message = Message{MessageId::reason_loss}}};
    const Observation silent{drawing::start(), replies(0)};
    const auto conclusion = conclude(drawing::standing(State::up), silent, findings, false);
    EXPECT_EQ(conclusion.verdict, Verdict::unknown);
    EXPECT_EQ(conclusion.reason->id, MessageId::reason_no_answer);
}

TEST(Conclude, SilenceSaysHowManyPacketsWereSent) {
    const auto conclusion = conclude(drawing::standing(State::up),
                                     Observation{drawing::start(), replies(0, 7)}, {}, false);
    EXPECT_EQ(conclusion.reason,
              (Message{MessageId::reason_no_answer, {{"sent", std::int64_t{7}}}}));
}

}  // namespace
}  // namespace rounds::core
