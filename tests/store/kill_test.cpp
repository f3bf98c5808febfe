// kill -9 at any moment: what was accepted is there, what was not is not there by halves.
#include <chrono>
#include <cstdlib>
#include <thread>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "daemon/store/state_store.hpp"
#include "tests/store/child.hpp"
#include "tests/store/drawn.hpp"
#include "tests/store/print.hpp"
#include "tests/store/temp_folder.hpp"

namespace rounds::store {
namespace {

const core::WallTime start = core::from_ms(1'764'000'000'000);
const core::SubjectId subject{"counter"};

core::WallTime time_of(std::int64_t number) {
    return start + core::Duration{number * 1'000};
}

/// Every odd commit opens an incident, the one after it resolves it.
IncidentChange step_of(std::int64_t number) {
    const bool opens = number % 2 != 0;
    core::IncidentEvent event;
    event.id.value = "event-" + std::to_string(number);
    event.incident.value = "GZ-20261124-" + std::to_string(opens ? number : number - 1);
    event.number = opens ? 1 : 2;
    event.kind = opens ? core::IncidentEvent::Kind::opened : core::IncidentEvent::Kind::resolved;
    event.at = time_of(number);
    IncidentChange change;
    change.events.push_back(event);
    change.hooks.emplace_back("tickets");
    change.after.events = event.number;
    change.after.incident.id = event.incident;
    change.after.incident.condition.subject = subject;
    change.after.incident.summary.id = core::MessageId::reason_off;
    if (!opens) {
        change.after.incident.state = core::IncidentState::resolved;
        change.after.incident.recovered = change.after.incident.resolved = event.at;
    }
    return change;
}

/// Incident, event and delivery of this number are there, and none of the next.
void expect_incidents(StateStore& store, const core::DayRecord& record, std::int64_t number) {
    ASSERT_FALSE(record.incidents.empty());
    EXPECT_EQ(record.incidents.back().events.back(), step_of(number).events.front());
    EXPECT_EQ(record.incidents.back().incident, step_of(number).after.incident);
    const Backlog all{.hook = "tickets", .pending = static_cast<int>(number)};
    EXPECT_EQ(store.outbox().backlog().value(), std::vector{all});
    EXPECT_EQ(store.incidents().list({.most = 1'000'000}).value().size(),
              static_cast<std::size_t>((number + 1) / 2));
}

/// The commit of this number says it in every table.
Changes changes_of(std::int64_t number) {
    Changes changes;
    changes.beliefs[subject].since = time_of(number);
    core::Transition transition;
    transition.subject = subject;
    transition.after = number % 2 == 0 ? core::State::up : core::State::down;
    transition.at = time_of(number);
    changes.transitions.push_back(transition);
    core::EchoSummary echo;
    echo.subject = subject;
    echo.from = core::quarter_of(start);
    echo.sent = 1;
    changes.echoes.push_back(echo);
    changes.alive = time_of(number);
    core::RoundRecord round;
    round.id.value = "RX-" + std::to_string(number);
    round.scheduled = round.began = round.finished = time_of(number);
    round.covered = {start, time_of(number) + core::Duration{1}};
    core::DeviceResult device;
    device.id.value = subject.value;
    round.devices.push_back(device);
    changes.rounds.push_back(round);
    changes.incidents.push_back(step_of(number));
    return changes;
}

/// The number of the last commit in the store, 0 for none, after every table has agreed to it.
std::int64_t last_whole(StateStore& store) {
    const Memory memory = store.recall().value();
    if (!memory.beliefs.contains(subject)) return 0;
    const auto number = (*memory.beliefs.at(subject).since - start) / core::Duration{1'000};
    const auto record = store.record({"RX-" + std::to_string(number)});
    EXPECT_TRUE(record.has_value());
    if (record.has_error()) return -1;
    EXPECT_EQ(record->intervals.size(), static_cast<std::size_t>(number));
    EXPECT_EQ(record->intervals.back().from, time_of(number));
    EXPECT_EQ(record->echoes.at(0).sent, number);
    EXPECT_EQ(record->round.devices.size(), 1U);
    expect_incidents(store, *record, number);
    EXPECT_TRUE(store.record({"RX-" + std::to_string(number + 1)}).has_error());
    return number;
}

/// Commits as fast as it can and writes a byte for each that was accepted.
void commit_on_and_on(const std::filesystem::path& folder, int descriptor) {
    auto store = StateStore::open(folder);
    if (store.has_error()) ::_exit(2);
    std::int64_t number = last_whole(*store);
    if (store->begin_run(time_of(number)).has_error()) ::_exit(3);
    while (number < 1'000'000) {
        if (store->commit(changes_of(++number)).has_error()) ::_exit(4);
        if (::write(descriptor, "+", 1) != 1) ::_exit(5);
    }
}

int kills() {
    const char* wanted = std::getenv("ROUNDS_KILLS");  // NOLINT(concurrency-mt-unsafe)
    return wanted != nullptr ? std::max(1, std::atoi(wanted)) : 20;
}

TEST(Kill, EveryAcceptedCommitIsThereAndNoneByHalves) {
    TempFolder folder;
    Drawn drawn(7);
    std::int64_t stored = 0, accepted_in_all = 0;
    for (int kill = 0; kill < kills(); ++kill) {
        SCOPED_TRACE(kill);
        Child child([&](int descriptor) { commit_on_and_on(folder.path(), descriptor); });
        const int awaited = drawn.once_in(3) ? 0 : drawn.below(25);  // 0: while it opens, at times.
        child.wait_for(awaited);
        std::this_thread::sleep_for(std::chrono::microseconds{drawn.below(10'000)});
        child.kill();
        ASSERT_TRUE(WIFSIGNALED(child.status()))
            << "it ended by itself: " << WEXITSTATUS(child.status());
        const auto accepted = awaited + static_cast<std::int64_t>(child.rest().size());

        auto store = StateStore::open(folder.path());  // With quick_check.
        ASSERT_TRUE(store.has_value()) << store.error().message;
        const std::int64_t now_stored = last_whole(*store);
        EXPECT_GE(now_stored, stored + accepted);
        EXPECT_LE(now_stored,
                  stored + accepted + 1);  // One may have been on its way to being told.
        stored = now_stored;
        accepted_in_all += accepted;
    }
    EXPECT_GT(accepted_in_all, kills());
    RecordProperty("accepted", std::to_string(accepted_in_all));
}

}  // namespace
}  // namespace rounds::store
