// Changes that pile up while nothing can be committed.
#include <gtest/gtest.h>

#include "tests/store/drawn.hpp"
#include "tests/store/model.hpp"
#include "tests/store/print.hpp"
#include "tests/store/temp_folder.hpp"

namespace rounds::store {
namespace {

const core::WallTime start = core::from_ms(1'764'000'000'000);

TEST(Changes, NothingIsEmpty) {
    EXPECT_TRUE(Changes{}.empty());
}

TEST(Changes, AnythingIsNotEmpty) {
    std::vector<Changes> some(9);
    some[0].beliefs[{"sw"}] = {};
    some[1].transitions.emplace_back();
    some[2].echoes.emplace_back();
    some[3].alive = start;
    some[4].blind_from = start;
    some[5].blind_until = start;
    some[6].blind_before.emplace_back();
    some[7].rounds.emplace_back();
    some[8].incidents.emplace_back();
    for (const auto& changes : some) EXPECT_FALSE(changes.empty());
}

TEST(Changes, TheLaterBeliefAndSignOfLifeHold) {
    Changes all, later;
    all.beliefs[{"sw"}].state = core::State::up;
    all.alive = start;
    later.beliefs[{"sw"}].state = core::State::down;
    all.merge(later);
    EXPECT_EQ(all.beliefs.at({"sw"}).state, core::State::down);
    EXPECT_EQ(all.alive, start);
}

/// Merged in any grouping, the store holds the same as if each had been committed by itself.
TEST(Changes, MergedOrOneByOneIsTheSame) {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        SCOPED_TRACE(seed);
        Drawn drawn(seed);
        Model one_by_one;
        one_by_one.begin_run(start);
        TempFolder folder;
        auto store = StateStore::open(folder.path()).value();
        store.begin_run(start).value();
        core::WallTime now = start;
        for (int group = 0; group < 3; ++group) {
            Changes piled;
            for (int count = drawn.below(12); count > 0; --count) {
                now += core::Duration{drawn.below(600'000)};
                Changes changes = drawn.changes(now, std::nullopt, start);
                changes.incidents = drawn.incidents(now);
                one_by_one.commit(changes);
                piled.merge(changes);
            }
            store.commit(piled).value();
        }
        Changes round;
        round.rounds.push_back(drawn.round(start, now, 1));
        one_by_one.commit(round);
        store.commit(round).value();
        EXPECT_EQ(store.recall().value().beliefs, one_by_one.memory().beliefs);
        EXPECT_EQ(store.recall().value().blind_since, one_by_one.memory().blind_since);
        EXPECT_EQ(store.record({"RX-1"}).value().intervals, one_by_one.records().front().intervals);
        EXPECT_EQ(store.record({"RX-1"}).value().echoes, one_by_one.records().front().echoes);
        EXPECT_EQ(store.record({"RX-1"}).value().gaps, one_by_one.records().front().gaps);
    }
}

}  // namespace
}  // namespace rounds::store
