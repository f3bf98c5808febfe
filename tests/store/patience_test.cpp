// A database that another program holds: waited for, but not for ever, and hardly at the end.
#include "daemon/store/patience.hpp"

#include <future>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/store/database.hpp"
#include "daemon/store/sample_store.hpp"
#include "daemon/store/state_store.hpp"
#include "tests/store/temp_folder.hpp"

namespace rounds::store {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;
using Nap = Patience::Nap;

/// How long one thing is waited for that never comes.
Nap wait_in_vain(Patience& patience, int tries = 0) {
    Nap all{0};
    while (const auto nap = patience.next(tries++)) {
        EXPECT_GT(*nap, Nap{0});
        EXPECT_LE(*nap, Nap{25}) << "so long it is not seen that it is the end";
        all += *nap;
    }
    return all;
}

TEST(Patience, IsThereForEachThingAnew) {
    Patience patience;
    for (int thing = 0; thing < 3; ++thing) EXPECT_EQ(wait_in_vain(patience), Nap{5'000});
}

TEST(Patience, IsShortAtFirst) {
    Patience patience;
    for (int tries = 0; tries < 3; ++tries) EXPECT_EQ(patience.next(tries), Nap{tries + 1});
}

TEST(Patience, IsOneSecondForAllTogetherAtTheEnd) {
    Patience patience;
    patience.hurry();
    Nap all{0};
    for (int thing = 0; thing < 100; ++thing) {
        const auto nap = patience.next(0);
        if (nap) all += *nap;
    }
    all += wait_in_vain(patience);
    EXPECT_EQ(all, Nap{1'000});
    EXPECT_EQ(wait_in_vain(patience), Nap{0});
}

TEST(Patience, EndsInTheMiddleOfAWait) {
    for (const int tries : {1, 50, 190}) {
        Patience patience;
        for (int n = 0; n < tries; ++n) (void)patience.next(n);
        patience.hurry();
        EXPECT_EQ(wait_in_vain(patience, tries), Nap{1'000}) << tries;
    }
}

const core::WallTime start = core::from_ms(1'764'000'000'000);

Changes up(const std::string& name) {
    Changes changes;
    changes.beliefs[{name}] = {.state = core::State::up, .since = start};
    return changes;
}

/// state.db in the hands of another program.
class HeldDatabase : public ::testing::Test {
 protected:
    HeldDatabase() {
        store.begin_run(start).value();
        store.commit(up("before")).value();
        other.run("BEGIN EXCLUSIVE");
    }

    /// Each of them would wait for five seconds: for longer than a test may take.
    std::vector<core::Error::Kind> commit_many() {
        std::vector<core::Error::Kind> said;
        for (int n = 0; n < 50; ++n) said.push_back(store.commit(up("during")).error().kind);
        return said;
    }

    TempFolder folder;
    StateStore store = StateStore::open(folder.path()).value();
    Database other = Database::open(folder / "state.db", Database::Access::write);
};

TEST_F(HeldDatabase, IsWaitedForAMoment) {
    std::thread program([this] {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        other.run("COMMIT");
    });
    EXPECT_TRUE(store.commit(up("during")).has_value());
    program.join();
}

TEST_F(HeldDatabase, DoesNotKeepAStoreThatEnds) {
    store.hurry();
    EXPECT_THAT(commit_many(), Each(core::Error::Kind::busy));
    const auto ended = store.end_run(start);
    ASSERT_TRUE(ended.has_error());
    EXPECT_THAT(ended.error().message, HasSubstr("state.db is in use by another program"));
    {
        const auto gone = std::move(store);
    }
    // It is still held. What was accepted is there, and nothing else.
    const auto memory = StateStore::open_read_only(folder.path())->recall().value();
    EXPECT_TRUE(memory.beliefs.contains({"before"}));
    EXPECT_FALSE(memory.beliefs.contains({"during"}));
    EXPECT_FALSE(memory.last_run->ended);
    EXPECT_TRUE(other.in_transaction());
}

TEST_F(HeldDatabase, IsLetGoByWhoWaitsAlready) {
    std::promise<void> begun;
    auto said = std::async(std::launch::async, [&] {
        begun.set_value();
        return commit_many();
    });
    begun.get_future().wait();
    store.hurry();
    EXPECT_THAT(said.get(), Each(core::Error::Kind::busy));
}

TEST_F(HeldDatabase, IsWrittenAtTheEndWhenItIsLetGo) {
    store.hurry();
    EXPECT_THAT(commit_many(), Each(core::Error::Kind::busy));
    other.run("ROLLBACK");
    EXPECT_TRUE(store.commit(up("after")).has_value());
    EXPECT_TRUE(store.end_run(start).has_value());
}

TEST(HeldSamples, DoNotKeepAStoreThatEndsEither) {
    const TempFolder folder;
    auto store = SampleStore::open(folder.path()).value();
    auto other = Database::open(folder / "samples.db", Database::Access::write);
    other.run("BEGIN EXCLUSIVE");
    store.hurry();
    const std::vector<Sample> samples{{{{"core"}, "cpu", ""}, start, 7}};
    for (int n = 0; n < 50; ++n)
        ASSERT_EQ(store.append(samples).error().kind, core::Error::Kind::busy);
    other.run("ROLLBACK");
    EXPECT_TRUE(store.append(samples).has_value());
}

}  // namespace
}  // namespace rounds::store
