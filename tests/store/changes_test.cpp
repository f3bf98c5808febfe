// Changes, and several of them in one commit.
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
    some[6].rounds.emplace_back();
    some[7].incidents.emplace_back();
    some[8].item_changes.emplace_back();
    for (const auto& changes : some) EXPECT_FALSE(changes.empty());
}

class GroupsTest : public ::testing::Test {
 protected:
    static Changes up(const std::string& name, core::WallTime since) {
        Changes changes;
        changes.beliefs[{name}] = {.state = core::State::up, .since = since};
        changes.transitions.push_back({.subject = {name}, .after = core::State::up, .at = since});
        return changes;
    }
    Changes round(const std::string& id) {
        Changes changes;
        changes.rounds.push_back(drawn.round(start, start + core::Duration{60'000}, 1));
        changes.rounds.front().id.value = id;
        return changes;
    }

    TempFolder folder;
    Drawn drawn{7};
    StateStore store = StateStore::open(folder.path()).value();
};

TEST_F(GroupsTest, ARefusedOneLeavesTheOthersAlone) {
    store.begin_run(start).value();
    store.commit(round("RX-1")).value();
    std::vector<Changes> groups{up("a", start), round("RX-1"), up("b", start), round("RX-2")};
    groups[1].beliefs[{"c"}] = {.state = core::State::up, .since = start};  // goes with its round

    const auto done = store.commit(groups);
    ASSERT_TRUE(done.has_value());
    EXPECT_FALSE((*done)[0]);
    ASSERT_TRUE((*done)[1]);
    EXPECT_EQ((*done)[1]->kind, core::Error::Kind::internal);
    EXPECT_FALSE((*done)[2]);
    EXPECT_FALSE((*done)[3]);
    const auto beliefs = store.recall().value().beliefs;
    EXPECT_TRUE(beliefs.contains({"a"}) && beliefs.contains({"b"}));
    EXPECT_FALSE(beliefs.contains({"c"}));
    EXPECT_TRUE(store.record({"RX-2"}).has_value());
    // A subject whose number was given in the refused one gets a true one later.
    store.commit(up("c", start)).value();
    EXPECT_TRUE(store.recall().value().beliefs.contains({"c"}));
}

TEST_F(GroupsTest, ASignOfLifeWithoutARunIsRefusedAlone) {
    std::vector<Changes> groups{up("a", start), Changes{.alive = start}};
    const auto done = store.commit(groups);
    ASSERT_TRUE(done.has_value());
    EXPECT_FALSE((*done)[0]);
    EXPECT_TRUE((*done)[1]);
    EXPECT_TRUE(store.recall().value().beliefs.contains({"a"}));
}

}  // namespace
}  // namespace rounds::store
