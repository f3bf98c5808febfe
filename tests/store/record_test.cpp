// What a report gets: the states, quarters and gaps of a round's time, as they stood when it
// finished.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/store/state_store.hpp"
#include "tests/store/print.hpp"
#include "tests/store/temp_folder.hpp"

namespace rounds::store {
namespace {

using core::Gap;
using core::State;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A moment of the day of these stories: at(8, 30) is 08:30.
core::WallTime at(int hour, int minute = 0, int second = 0) {
    return core::from_ms(1'764'028'800'000 + ((hour * 60 + minute) * 60 + second) * 1'000LL);
}

core::Transition turns(const std::string& subject, State state, core::WallTime when) {
    core::Transition transition;
    transition.subject.value = subject;
    transition.after = state;
    transition.at = when;
    return transition;
}

core::StateInterval was(const std::string& subject, State state, core::WallTime from,
                        std::optional<core::WallTime> until) {
    core::StateInterval interval;
    interval.subject.value = subject;
    interval.state = state;
    interval.from = from;
    interval.until = until;
    return interval;
}

core::RoundRecord round_of(core::WallTime from, core::WallTime until, core::WallTime finished) {
    core::RoundRecord round;
    round.id.value = "RX-" + std::to_string(core::to_ms(until));
    round.name = "早巡";
    round.scheduled = until;
    round.began = until;
    round.finished = finished;
    round.covered = {from, until};
    return round;
}

/// A store with a run begun at midnight.
class RecordTest : public ::testing::Test {
 protected:
    void turn(const std::string& subject, State state, core::WallTime when) {
        Changes changes;
        changes.transitions.push_back(turns(subject, state, when));
        store.commit(changes).value();
    }
    void echo(const std::string& subject, core::WallTime quarter, std::int64_t sent) {
        Changes changes;
        core::EchoSummary summary;
        summary.subject.value = subject;
        summary.from = quarter;
        summary.sent = sent;
        changes.echoes.push_back(summary);
        store.commit(changes).value();
    }
    core::RoundId walk(core::WallTime from, core::WallTime until, core::WallTime finished) {
        Changes changes;
        changes.rounds.push_back(round_of(from, until, finished));
        store.commit(changes).value();
        return changes.rounds.front().id;
    }
    void blind(std::optional<core::WallTime> from, std::optional<core::WallTime> until) {
        Changes changes;
        changes.blind_from = from;
        changes.blind_until = until;
        store.commit(changes).value();
    }
    void restart(core::WallTime seen, core::WallTime started) {
        Changes changes;
        changes.alive = seen;
        store.commit(changes).value();
        store.begin_run(started).value();
    }
    core::DayRecord record(const core::RoundId& id) { return store.record(id).value(); }

    TempFolder folder;
    StateStore store = [this] {
        auto opened = StateStore::open(folder.path()).value();
        opened.begin_run(at(0)).value();
        return opened;
    }();
};

TEST_F(RecordTest, StatesThatTouchThePeriodAreWhole) {
    turn("sw", State::up, at(1));
    turn("sw", State::down, at(5));
    turn("sw", State::up, at(6));
    turn("pc", State::off, at(8, 29));
    EXPECT_THAT(record(walk(at(5, 30), at(8, 30), at(8, 31))).intervals,
                ElementsAre(was("pc", State::off, at(8, 29), {}),
                            was("sw", State::down, at(5), at(6)), was("sw", State::up, at(6), {})));
}

TEST_F(RecordTest, WhatEndsAsThePeriodBeginsOrBeginsAsItEndsIsNotInIt) {
    turn("sw", State::up, at(1));
    turn("sw", State::down, at(5));
    turn("sw", State::up, at(8, 30));
    EXPECT_THAT(record(walk(at(5), at(8, 30), at(8, 31))).intervals,
                ElementsAre(was("sw", State::down, at(5), at(8, 30))));
}

TEST_F(RecordTest, WhatEndedAfterTheRoundLasts) {
    turn("sw", State::down, at(8));
    Changes together;  // Committed in one group with the round, which it outlasts.
    together.transitions.push_back(turns("sw", State::up, at(8, 40)));
    together.rounds.push_back(round_of(at(0), at(8, 30), at(8, 31)));
    store.commit(together).value();
    EXPECT_THAT(record(together.rounds.front().id).intervals,
                ElementsAre(was("sw", State::down, at(8), {})));
}

TEST_F(RecordTest, WhatIsLearntLaterOfEarlierTimesIsForTheNextRound) {
    turn("sw", State::up, at(1));
    const auto first = walk(at(0), at(8, 30), at(8, 31));
    turn("sw", State::down, at(8, 25));  // Its first bad look; believed only after the round.
    const auto second = walk(at(8), at(9), at(9));
    EXPECT_THAT(record(first).intervals, ElementsAre(was("sw", State::up, at(1), {})));
    EXPECT_THAT(record(second).intervals, ElementsAre(was("sw", State::up, at(1), at(8, 25)),
                                                      was("sw", State::down, at(8, 25), {})));
}

TEST_F(RecordTest, WhatARoundSawAsLastingIsNotForgottenForAnEndLearntLater) {
    turn("sw", State::up, at(1));
    blind(at(2), {});
    const auto round = walk(at(5), at(8), at(8));
    turn("sw", State::down, at(4));
    blind({}, at(3));
    store.forget(at(7)).value();
    EXPECT_THAT(record(round).intervals, ElementsAre(was("sw", State::up, at(1), {})));
    EXPECT_THAT(record(round).gaps, ElementsAre(Gap{Gap::Cause::blind, at(2), std::nullopt}));
}

TEST_F(RecordTest, AStateReplacedAtItsBeginningIsGone) {
    turn("sw", State::up, at(1));
    turn("sw", State::down, at(5));
    turn("sw", State::suppressed, at(5));
    EXPECT_THAT(
        record(walk(at(0), at(8), at(8))).intervals,
        ElementsAre(was("sw", State::up, at(1), at(5)), was("sw", State::suppressed, at(5), {})));
}

TEST_F(RecordTest, AStateReplacedAfterARoundSawItIsThatRoundsAlone) {
    turn("sw", State::down, at(5));
    const auto first = walk(at(0), at(8), at(8));
    turn("sw", State::suppressed, at(5));
    const auto second = walk(at(1), at(9), at(9));
    EXPECT_THAT(record(first).intervals, ElementsAre(was("sw", State::down, at(5), {})));
    EXPECT_THAT(record(second).intervals, ElementsAre(was("sw", State::suppressed, at(5), {})));
}

TEST_F(RecordTest, AClockThatWentBackMakesNoStateEndBeforeItBegan) {
    turn("sw", State::up, at(5));
    turn("sw", State::down, at(3));
    turn("sw", State::up, at(6));
    EXPECT_THAT(record(walk(at(0), at(8), at(8))).intervals,
                ElementsAre(was("sw", State::down, at(5), at(6)), was("sw", State::up, at(6), {})));
}

TEST_F(RecordTest, QuartersThatTouchThePeriodAreAddedUp) {
    echo("sw", at(7, 45), 1);
    echo("sw", at(8), 10);
    echo("pc", at(8), 100);
    echo("sw", at(8), 20);
    echo("sw", at(8, 30), 5);
    const auto found = record(walk(at(8, 5), at(8, 30), at(8, 31))).echoes;
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].subject.value, "pc");
    EXPECT_EQ(found[1].subject.value, "sw");
    EXPECT_EQ(found[1].sent, 30);
}

TEST_F(RecordTest, AQuarterGoesOnAfterTheRoundThatSawItsBeginning) {
    echo("sw", at(10), 10);
    const auto first = walk(at(8), at(10, 12), at(10, 12));
    echo("sw", at(10), 4);
    const auto second = walk(at(10, 12), at(10, 14), at(10, 14));
    EXPECT_EQ(record(first).echoes.at(0).sent, 10);
    EXPECT_EQ(record(second).echoes.at(0).sent, 14);
}

TEST_F(RecordTest, NotRunningLastsFromTheLastSignOfLifeToTheNextStart) {
    restart(at(3), at(5));
    EXPECT_THAT(record(walk(at(0), at(8), at(8))).gaps,
                ElementsAre(Gap{Gap::Cause::not_running, at(3), at(5)}));
    EXPECT_THAT(record(walk(at(5), at(8, 1), at(8, 1))).gaps, IsEmpty());
    EXPECT_THAT(store.gaps({at(4), at(4, 1)}).value(),
                ElementsAre(Gap{Gap::Cause::not_running, at(3), at(5)}));
}

TEST_F(RecordTest, ARestartWithinASecondIsNoGap) {
    restart(at(3), at(3) + core::Duration{999});
    EXPECT_THAT(store.gaps({at(0), at(8)}).value(), IsEmpty());
    restart(at(4), at(4) + core::Duration{1'000});
    EXPECT_EQ(store.gaps({at(0), at(8)}).value().size(), 1U);
}

TEST_F(RecordTest, AStartBeforeTheLastSignOfLifeIsNoGap) {
    restart(at(3), at(2));
    EXPECT_THAT(store.gaps({at(0), at(8)}).value(), IsEmpty());
}

TEST_F(RecordTest, BlindnessThatEndsAfterTheRoundLastsInIt) {
    blind(at(8), {});
    const auto first = walk(at(0), at(8, 30), at(8, 31));
    blind({}, at(8, 45));
    EXPECT_THAT(record(first).gaps, ElementsAre(Gap{Gap::Cause::blind, at(8), std::nullopt}));
    EXPECT_THAT(store.gaps({at(8), at(9)}).value(),
                ElementsAre(Gap{Gap::Cause::blind, at(8), at(8, 45)}));
}

TEST_F(RecordTest, BlindnessBegunTwiceIsOne) {
    blind(at(8), {});
    blind(at(8, 10), {});
    EXPECT_EQ(store.recall().value().blind_since, at(8));
    blind({}, at(8, 20));
    blind({}, at(8, 30));
    EXPECT_EQ(store.recall().value().blind_since, std::nullopt);
    EXPECT_THAT(store.gaps({at(0), at(9)}).value(),
                ElementsAre(Gap{Gap::Cause::blind, at(8), at(8, 20)}));
}

TEST_F(RecordTest, SeveralBlindnessesInOneCommitAreSeveral) {
    std::vector<Changes> all;
    for (const int hour : {1, 2, 3}) {
        all.emplace_back().blind_from = at(hour);
        all.emplace_back().blind_until = at(hour, 30);
    }
    store.commit(all).value();
    EXPECT_THAT(store.gaps({at(0), at(9)}).value(),
                ElementsAre(Gap{Gap::Cause::blind, at(1), at(1, 30)},
                            Gap{Gap::Cause::blind, at(2), at(2, 30)},
                            Gap{Gap::Cause::blind, at(3), at(3, 30)}));
}

TEST_F(RecordTest, ThereIsNoRecordOfARoundNeverMade) {
    const auto none = store.record({"RX-0"});
    ASSERT_TRUE(none.has_error());
    EXPECT_EQ(none.error().kind, core::Error::Kind::not_found);
    EXPECT_EQ(none.error().message, "there is no round RX-0");
}

TEST_F(RecordTest, RoundsAreFoundByNameTimeAndBeginning) {
    const auto first = walk(at(0), at(8, 30), at(8, 31));
    const auto second = walk(at(8, 30), at(9), at(9, 1));
    EXPECT_TRUE(store.was_made("早巡", at(8, 30)).value());
    EXPECT_FALSE(store.was_made("早巡", at(8, 29)).value());
    EXPECT_FALSE(store.was_made("晚巡", at(8, 30)).value());
    EXPECT_EQ(store.last_round("早巡").value()->id, second);
    EXPECT_EQ(store.last_round("晚巡").value(), std::nullopt);
    const auto begun = store.rounds_begun({at(8, 30), at(9)}).value();
    ASSERT_EQ(begun.size(), 1U);
    EXPECT_EQ(begun.front(),
              (StateStore::RoundHead{first, "早巡", at(8, 30), at(8, 30), at(8, 31), false}));
    EXPECT_EQ(store.rounds_begun({at(0), at(10)}).value().back().id, second);
}

TEST_F(RecordTest, ARoundByHandIsTheLastButNotTheLastScheduled) {
    const auto scheduled = walk(at(0), at(8, 30), at(8, 31));
    EXPECT_EQ(store.last_scheduled_round("早巡").value()->id, scheduled);
    Changes changes;
    changes.rounds.push_back(round_of(at(8, 30), at(10), at(10)));
    changes.rounds.front().by_hand = true;
    store.commit(changes).value();
    EXPECT_EQ(store.last_round("早巡").value()->id, changes.rounds.front().id);
    EXPECT_EQ(store.last_scheduled_round("早巡").value()->id, scheduled);
    EXPECT_EQ(store.last_scheduled_round("晚巡").value(), std::nullopt);
}

TEST_F(RecordTest, ARoundMadeTwiceIsRefusedWithAllThatCameWithIt) {
    walk(at(0), at(8), at(8));
    Changes again;
    again.beliefs[core::SubjectId{"new"}].state = State::up;
    again.transitions.push_back(turns("new", State::up, at(8)));
    again.rounds.push_back(round_of(at(0), at(8), at(8)));
    const auto refused = store.commit(again);
    ASSERT_TRUE(refused.has_error());
    EXPECT_EQ(refused.error().kind, core::Error::Kind::internal);
    EXPECT_TRUE(store.recall().value().beliefs.empty());
    again.rounds.clear();  // The subject's number, given in the transaction undone, is given again.
    EXPECT_TRUE(store.commit(again).has_value());
    EXPECT_TRUE(store.recall().value().beliefs.contains(core::SubjectId{"new"}));
}

TEST_F(RecordTest, ASignOfLifeNeedsARun) {
    store = StateStore::open_read_only(folder.path()).value();
    store = StateStore::open(folder.path()).value();
    Changes changes;
    changes.alive = at(1);
    ASSERT_TRUE(store.commit(changes).has_error());
    EXPECT_TRUE(store.end_run(at(1)).has_error());
    EXPECT_EQ(store.recall().value().last_run, (store::Run{at(0), at(0), false}));
}

}  // namespace
}  // namespace rounds::store
