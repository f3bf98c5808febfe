#include "daemon/recorder.hpp"

#include <csignal>

#include <gtest/gtest.h>
#include <sys/resource.h>

#include "daemon/store/database.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/temp_folder.hpp"

namespace rounds::daemon {
namespace {

using namespace std::chrono_literals;
const core::WallTime start = core::from_ms(1'790'000'000'000);

class RecorderTest : public ::testing::Test {
 protected:
    RecorderTest() {
        auto store = store::StateStore::open(folder.path() / "state");
        store->begin_run(start).value();
        recorder.emplace(std::move(*store), clock, loop.get_executor(), loop.get_executor(),
                         silent_log());
    }

    core::Result<void> run(asio::awaitable<core::Result<void>> task) {
        core::Result<void> recorded = core::Error{};
        auto on_end = [&](std::exception_ptr failure, core::Result<void> result) {
            if (failure) std::rethrow_exception(failure);
            recorded = std::move(result);
        };
        asio::co_spawn(loop, std::move(task), on_end);
        loop.run();
        loop.restart();
        return recorded;
    }

    static store::Changes up(const std::string& name, core::WallTime since) {
        store::Changes changes;
        changes.beliefs[{name}] = {.state = core::State::up, .since = since};
        changes.transitions.push_back({.subject = {name}, .after = core::State::up, .at = since});
        return changes;
    }

    store::Memory memory() {
        return store::StateStore::open_read_only(folder.path() / "state")->recall().value();
    }

    tests::TempFolder folder;
    asio::io_context loop{1};
    tests::FakeClock clock{loop, start};
    std::optional<Recorder> recorder;
};

TEST_F(RecorderTest, RecordedMeansCommitted) {
    EXPECT_TRUE(run(recorder->record(up("core", start))));
    EXPECT_EQ(memory().beliefs.at({"core"}).state, core::State::up);
}

TEST_F(RecorderTest, ManyAtOnceAreAllCommitted) {
    int done = 0;
    for (int n = 0; n < 500; ++n) {
        asio::co_spawn(loop, recorder->record(up("d" + std::to_string(n), start)),
                       [&](std::exception_ptr, const core::Result<void>& recorded) {
                           done += recorded ? 1 : 0;
                       });
    }
    loop.run();
    EXPECT_EQ(done, 500);
    EXPECT_EQ(memory().beliefs.size(), 500U);
}

TEST_F(RecorderTest, AFullDiskLosesNothing) {
    ::signal(SIGXFSZ, SIG_IGN);
    EXPECT_TRUE(run(recorder->record(up("before", start))));
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    const rlimit full{0, limit.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &full);
    EXPECT_FALSE(run(recorder->record(up("during-1", start + 1s))));
    EXPECT_FALSE(recorder->trouble().empty());
    EXPECT_FALSE(run(recorder->record(up("during-2", start + 2s))));
    EXPECT_FALSE(memory().beliefs.contains({"during-1"}));

    ::setrlimit(RLIMIT_FSIZE, &limit);
    EXPECT_TRUE(run(recorder->record(up("after", start + 3s))));
    EXPECT_TRUE(recorder->trouble().empty());
    for (const char* name : {"before", "during-1", "during-2", "after"}) {
        EXPECT_TRUE(memory().beliefs.contains({name})) << name;
    }
}

TEST_F(RecorderTest, KnowsWhatItKeeps) {
    EXPECT_EQ(recorder->kept(), Recorder::Kept{});
    auto other =
        store::Database::open(folder / "state" / "state.db", store::Database::Access::write);
    other.run("BEGIN EXCLUSIVE");
    recorder->hurry();
    recorder->note({"core"}, start, {.sent = 5, .received = 5});
    auto changes = up("core", start);
    changes.incidents.resize(2);
    changes.rounds.resize(1);
    changes.item_changes.resize(4);
    EXPECT_EQ(run(recorder->record(changes)).error().kind, core::Error::Kind::busy);
    EXPECT_FALSE(run(recorder->flush()));
    const Recorder::Kept kept{
        .state_changes = 1, .item_changes = 4, .incident_steps = 2, .rounds = 1, .quarters = 1};
    EXPECT_EQ(recorder->kept(), kept);
}

TEST_F(RecorderTest, WhatIsKeptAtTheEndIsRecordedIfTheFileIsLetGo) {
    auto other =
        store::Database::open(folder / "state" / "state.db", store::Database::Access::write);
    other.run("BEGIN EXCLUSIVE");
    recorder->hurry();
    EXPECT_FALSE(run(recorder->record(up("core", start))));
    other.run("ROLLBACK");
    EXPECT_TRUE(run(recorder->flush()));
    EXPECT_EQ(recorder->kept(), Recorder::Kept{});
    EXPECT_TRUE(memory().beliefs.contains({"core"}));
}

TEST_F(RecorderTest, WhatTheStoreRefusesTakesNothingWithIt) {
    const auto round = [] {
        core::RoundRecord record{.id = {"RX-20260921-01"}, .name = "morning"};
        record.scheduled = record.began = record.finished = start;
        record.covered = {start, start};
        store::Changes changes;
        changes.rounds.push_back(std::move(record));
        return changes;
    };
    EXPECT_TRUE(run(recorder->record(round())));
    std::vector<bool> answers(3);
    const auto hand_in = [&](std::size_t place, store::Changes changes) {
        asio::co_spawn(loop, recorder->record(std::move(changes)),
                       [&answers, place](std::exception_ptr, const core::Result<void>& recorded) {
                           answers[place] = recorded.has_value();
                       });
    };
    hand_in(0, up("before", start));
    hand_in(1, round());
    hand_in(2, up("behind", start));
    loop.run();
    loop.restart();
    EXPECT_EQ(answers, (std::vector<bool>{true, false, true}));
    EXPECT_TRUE(memory().beliefs.contains({"before"}) && memory().beliefs.contains({"behind"}));
    EXPECT_TRUE(recorder->trouble().empty());
    EXPECT_TRUE(run(recorder->record(up("later", start))));
}

TEST_F(RecorderTest, AQuarterIsRecordedWhenItIsOver) {
    const auto quarter = core::quarter_of(start);
    clock.run_until(quarter + 15min);
    const core::EchoStats stats{
        .sent = 5, .received = 4, .rtt = core::RoundTrip{300us, 400us, 500us}};
    recorder->note({"core"}, quarter + 16min, stats);
    recorder->note({"core"}, quarter + 17min, stats);
    EXPECT_TRUE(run(recorder->record(up("core", start))));
    clock.run_until(quarter + 31min);
    EXPECT_TRUE(run(recorder->record(up("other", start))));
    EXPECT_TRUE(run(recorder->flush()));

    core::RoundRecord round{.id = {"RX-20260921-01"}, .name = "morning"};
    round.scheduled = round.began = round.finished = clock.wall();
    round.covered = {quarter, clock.wall()};
    store::Changes changes;
    changes.rounds.push_back(round);
    EXPECT_TRUE(run(recorder->record(std::move(changes))));
    const auto record =
        store::StateStore::open_read_only(folder.path() / "state")->record(round.id).value();
    ASSERT_EQ(record.echoes.size(), 1U);
    EXPECT_EQ(record.echoes[0].from, quarter + 15min);
    EXPECT_EQ(record.echoes[0].sent, 10);
    EXPECT_EQ(record.echoes[0].received, 8);
    EXPECT_EQ(record.echoes[0].rtt_max_us, 500);
}

}  // namespace
}  // namespace rounds::daemon
