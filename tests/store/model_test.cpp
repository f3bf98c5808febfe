// The store against a model of it that is too simple to be wrong, over drawn weeks with restarts.
#include "tests/store/model.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/store/drawn.hpp"
#include "tests/store/print.hpp"
#include "tests/store/temp_folder.hpp"

namespace rounds::store {

namespace {

const core::WallTime start = core::from_ms(1'764'000'000'000);

bool operator_equal(const Memory& a, const Memory& b) {
    return a.beliefs == b.beliefs && a.last_run == b.last_run &&
           a.first_started == b.first_started && a.blind_since == b.blind_since &&
           a.incidents == b.incidents && a.incident_numbers == b.incident_numbers;
}

/// Everything the store says is what the model says.
void expect_same(StateStore& store, const Model& model, core::Period period) {
    EXPECT_TRUE(operator_equal(store.recall().value(), model.memory()));
    EXPECT_EQ(store.gaps(period).value(), model.gaps(period));
    for (const core::DayRecord& expected : model.records()) {
        SCOPED_TRACE(expected.round.id.value);
        const auto record = store.record(expected.round.id);
        ASSERT_TRUE(record.has_value()) << record.error().message;
        EXPECT_EQ(record->round, expected.round);
        EXPECT_EQ(record->intervals, expected.intervals);
        EXPECT_EQ(record->echoes, expected.echoes);
        EXPECT_EQ(record->gaps, expected.gaps);
        EXPECT_EQ(record->incidents, expected.incidents);
    }
}

/// Everything is shown, and told once to each hook, in order, as it was then.
void expect_told(StateStore& store, const Model& model, core::WallTime now) {
    std::map<std::string, std::vector<Delivery>> told;
    for (const std::string hook : {"tickets", "chat"}) {
        for (;;) {
            const auto due = store.outbox().due(hook, now, 7).value();
            if (due.empty()) break;
            for (const auto& delivery : due) {
                told[hook].push_back(delivery);
                store.outbox().delivered(delivery.number, now).value();
            }
        }
    }
    for (const auto& life : model.incidents()) {
        const auto shown = store.incidents().show(life.memory.incident.id).value();
        EXPECT_EQ(shown.incident, life.memory.incident);
        EXPECT_EQ(shown.events, life.events);
        for (std::size_t n = 0; n < life.events.size(); ++n) {
            for (const auto& hook : life.hooks[n]) {
                auto& of_hook = told[hook];
                const auto first = std::ranges::find_if(of_hook, [&](const Delivery& delivery) {
                    return delivery.incident.id == life.memory.incident.id;
                });
                ASSERT_NE(first, of_hook.end());
                EXPECT_EQ(first->event, life.events[n]);
                EXPECT_EQ(first->incident, life.after[n]);
                of_hook.erase(first);
            }
        }
    }
    EXPECT_TRUE(told["tickets"].empty() && told["chat"].empty());
    EXPECT_TRUE(store.outbox().backlog().value().empty());
}

class ModelTest : public ::testing::TestWithParam<int> {};

TEST_P(ModelTest, SaysWhatTheModelSays) {
    Drawn drawn(static_cast<std::uint64_t>(GetParam()));
    TempFolder folder;
    Model model;
    core::WallTime now = start, last_round = start;
    int rounds = 0;
    std::optional<StateStore> store;
    for (int step = 0; step < 60; ++step) {
        SCOPED_TRACE(step);
        now += core::Duration{drawn.once_in(12) ? -drawn.below(3'600'000) : drawn.below(1'200'000)};
        if (!store || drawn.once_in(5)) {  // Ended, or crashed, and begun again.
            if (store && drawn.once_in(2)) {
                ASSERT_TRUE(store->end_run(now).has_value());
                model.end_run(now);
            }
            store.reset();
            now += core::Duration{drawn.below(4'000)};
            store = StateStore::open(folder.path()).value();
            ASSERT_TRUE(store->begin_run(now).has_value());
            model.begin_run(now);
        }
        const bool round = drawn.once_in(6);
        Changes changes =
            drawn.changes(now, round ? std::optional{++rounds} : std::nullopt, last_round);
        changes.incidents = drawn.incidents(now);
        while (drawn.once_in(3)) changes.merge(drawn.changes(now, std::nullopt, last_round));
        if (round) last_round = changes.rounds.front().covered.until;
        const auto done = store->commit(changes);
        ASSERT_TRUE(done.has_value()) << done.error().message;
        model.commit(changes);
        if (step % 10 == 9) expect_same(*store, model, {start, now});
    }
    store.reset();
    store = StateStore::open(folder.path()).value();
    expect_same(*store, model,
                {start + core::Duration{3'600'000}, now - core::Duration{3'600'000}});
    expect_told(*store, model, now);
    EXPECT_GT(model.records().size(), 3U);
    EXPECT_GT(model.incidents().size(), 10U);
}

INSTANTIATE_TEST_SUITE_P(Weeks, ModelTest, ::testing::Range(1, 31));

}  // namespace
}  // namespace rounds::store
