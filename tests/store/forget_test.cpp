// Forgetting: what is old goes, and nothing that is still told changes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/store/database.hpp"
#include "tests/store/drawn.hpp"
#include "tests/store/print.hpp"
#include "tests/store/temp_folder.hpp"

namespace rounds::store {
namespace {

const core::WallTime start = core::from_ms(1'764'000'000'000);

/// A store with forty drawn rounds, some of days long.
class ForgetTest : public ::testing::TestWithParam<int> {
 protected:
    void SetUp() override {
        Drawn drawn(static_cast<std::uint64_t>(GetParam()));
        for (int number = 1; number <= 40; ++number) {
            now += core::Duration{drawn.below(7'200'000)};
            if (number % 7 == 1) store.begin_run(now).value();
            auto changes =
                drawn.changes(now, number, now - core::Duration{drawn.below(20'000'000)});
            changes.incidents = drawn.incidents(now);
            store.commit(changes).value();
            records.push_back(store.record({"RX-" + std::to_string(number)}).value());
        }
        whole = store.gaps({start, now}).value();
    }

    TempFolder folder;
    StateStore store = StateStore::open(folder.path()).value();
    core::WallTime now = start;
    std::vector<core::DayRecord> records;
    std::vector<core::Gap> whole;
};

TEST_P(ForgetTest, OldRoundsGoAndTheOthersStayAsTheyWere) {
    const Memory memory = store.recall().value();
    const auto before = records[20].round.finished;
    ASSERT_TRUE(store.forget(before).has_value());
    for (const auto& expected : records) {
        const auto record = store.record(expected.round.id);
        EXPECT_EQ(record.has_value(), expected.round.finished >= before);
        if (record.has_value()) {
            EXPECT_EQ(*record, expected);
        }
    }
    EXPECT_EQ(store.recall().value().beliefs, memory.beliefs);
    EXPECT_EQ(store.recall().value().first_started, memory.first_started);
    EXPECT_EQ(store.recall().value().last_run, memory.last_run);
}

TEST_P(ForgetTest, AnIncidentThatIsStillToBeToldStays) {
    const auto pending = store.outbox().backlog().value();
    ASSERT_TRUE(store.forget(now + core::Duration{1'000'000'000}).has_value());
    EXPECT_EQ(store.outbox().backlog().value(), pending);
}

TEST_P(ForgetTest, AnIncidentThatIsToldGoesWhenItIsOver) {
    for (const auto& hook : store.outbox().backlog().value()) {
        for (auto due = store.outbox().due(hook.hook, now, 100).value(); !due.empty();
             due = store.outbox().due(hook.hook, now, 100).value()) {
            for (const auto& delivery : due) store.outbox().delivered(delivery.number, now).value();
        }
    }
    const auto numbers = store.recall().value().incident_numbers;
    ASSERT_TRUE(store.forget(now + core::Duration{1'000'000'000}).has_value());
    const auto left = store.incidents().list({}).value();
    EXPECT_FALSE(left.empty());
    for (const auto& incident : left)
        EXPECT_TRUE(!incident.resolved || !incident.recovered) << incident.id.value;
    EXPECT_EQ(store.recall().value().incident_numbers, numbers);
    auto database = Database::open(folder / "state.db", Database::Access::read);
    EXPECT_EQ(database.number("SELECT count(DISTINCT incident) FROM incident_event"),
              static_cast<std::int64_t>(left.size()));
    EXPECT_EQ(database.number("SELECT count(DISTINCT incident) FROM incident_version"),
              static_cast<std::int64_t>(left.size()));
    EXPECT_LE(database.number("SELECT count(DISTINCT incident) FROM delivery"),
              static_cast<std::int64_t>(left.size()));
}

TEST_P(ForgetTest, NoGapAppearsWhereOneWasForgotten) {
    ASSERT_TRUE(store.forget(records[20].round.finished).has_value());
    for (const auto& gap : store.gaps({start, now}).value())
        EXPECT_THAT(whole, ::testing::Contains(gap));
}

TEST_P(ForgetTest, WhenAllIsForgottenOnlyWhatLastsIsLeft) {
    ASSERT_TRUE(store.forget(now + core::Duration{1'000'000'000}).has_value());
    for (const auto& gap : store.gaps({start, now}).value()) EXPECT_EQ(gap.until, std::nullopt);
    auto database = Database::open(folder / "state.db", Database::Access::read);
    EXPECT_EQ(database.number("SELECT count(*) FROM state_interval"), 6);  // One of each subject.
    for (const char* table :
         {"echo_quarter", "round", "round_device", "round_link", "round_hours"}) {
        EXPECT_EQ(database.number(std::string("SELECT count(*) FROM ") + table), 0) << table;
    }
    EXPECT_EQ(database.number("SELECT count(*) FROM run"), 2);  // The first and the last.
}

TEST_P(ForgetTest, WhatLastsStaysWhateverItsAge) {
    ASSERT_TRUE(store.forget(now + core::Duration{1'000'000'000}).has_value());
    Drawn drawn(1);
    auto changes = drawn.changes(now, std::nullopt, start);
    changes.transitions.clear();
    changes.rounds.push_back(drawn.round(start, now + core::Duration{500'000}, 1'000));
    ASSERT_TRUE(store.commit(changes).has_value());
    for (const auto& interval : store.record({"RX-1000"}).value().intervals)
        EXPECT_EQ(interval.until, std::nullopt);
    EXPECT_EQ(store.record({"RX-1000"}).value().intervals.size(), 6U);  // One of each subject.
}

TEST_P(ForgetTest, ARoundAfterForgettingEverythingKnowsWhatCameBefore) {
    ASSERT_TRUE(store.forget(now + core::Duration{1'000'000'000}).has_value());
    Drawn drawn(2);
    Changes changes;
    changes.transitions.push_back(drawn.transition(now));
    const auto subject = changes.transitions.front().subject;
    ASSERT_TRUE(store.commit(changes).has_value());
    Changes round;
    round.rounds.push_back(drawn.round(start, now + core::Duration{500'000}, 1'000));
    ASSERT_TRUE(store.commit(round).has_value());
    const auto record = store.record({"RX-1000"}).value();
    std::optional<core::State> last;
    for (const auto& interval : record.intervals) {
        if (interval.subject == subject) last = interval.state;
    }
    EXPECT_EQ(last, changes.transitions.front().after);
}

INSTANTIATE_TEST_SUITE_P(Histories, ForgetTest, ::testing::Range(1, 6));

}  // namespace
}  // namespace rounds::store
