// The outbox: what is due when, in which order, and what is never lost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/store/database.hpp"
#include "daemon/store/state_store.hpp"
#include "tests/store/print.hpp"
#include "tests/store/temp_folder.hpp"

namespace rounds::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr core::Duration minute{60'000};
const core::Message refused{core::MessageId::reason_no_answer};

core::WallTime at(int minutes) {
    return core::from_ms(1'764'028'800'000) + minutes * minute;
}

class OutboxTest : public ::testing::Test {
 protected:
    /// An incident of this device gets so many events, told to these hooks.
    void happen(const std::string& device, int events, const std::vector<std::string>& hooks) {
        auto& memory = memories[device];
        for (int n = 0; n < events; ++n) {
            const core::IncidentDesk desk{.rules = rules, .ids = ids, .now = at(0)};
            const core::Fault fault{.condition = {{device}, "reachability", ""},
                                    .name = device,
                                    .reason = {core::MessageId::reason_off},
                                    .since = at(0)};
            const core::IncidentAction action{.actor = "wang", .comment = std::to_string(n)};
            auto step = memory ? core::act(*memory, action, desk).value()
                               : core::turned_bad(memory, fault, desk);
            memory = step.memory;
            Changes changes;
            changes.incidents.push_back({step.memory, step.events, hooks});
            store.commit(changes).value();
        }
    }

    /// "device#number" of what is due.
    std::vector<std::string> due(const std::string& hook, core::WallTime now,
                                 std::size_t most = 100) {
        std::vector<std::string> found;
        for (const auto& delivery : store.outbox().due(hook, now, most).value())
            found.push_back(delivery.incident.name + "#" + std::to_string(delivery.event.number));
        return found;
    }
    Delivery first_due(const std::string& hook) {
        return store.outbox().due(hook, at(0), 1).value().at(0);
    }

    TempFolder folder;
    StateStore store = StateStore::open(folder.path()).value();
    core::IncidentRules rules;
    int given = 0;
    core::IncidentIds ids{
        .incident =
            [this](core::WallTime) {
                return core::IncidentId{"GZ-20251125-" + std::to_string(++given)};
            },
        .event = [this] { return core::EventId{"event-" + std::to_string(++given)}; }};
    std::map<std::string, std::optional<core::IncidentMemory>> memories;
};

TEST_F(OutboxTest, NothingIsDueWhereNothingHappened) {
    EXPECT_THAT(due("tickets", at(0)), IsEmpty());
    EXPECT_EQ(store.outbox().next_due("tickets", at(0)).value(), std::nullopt);
    EXPECT_THAT(store.outbox().backlog().value(), IsEmpty());
}

TEST_F(OutboxTest, OneOfEachIncidentIsDueAtATime) {
    happen("sw-1", 3, {"tickets"});
    happen("sw-2", 2, {"tickets"});
    EXPECT_THAT(due("tickets", at(0)), ElementsAre("sw-1#1", "sw-2#1"));
    EXPECT_THAT(due("tickets", at(0), 1), ElementsAre("sw-1#1"));
    store.outbox().delivered(first_due("tickets").number, at(1)).value();
    EXPECT_THAT(due("tickets", at(0)), ElementsAre("sw-1#2", "sw-2#1"));
}

TEST_F(OutboxTest, AHookHasItsOwnOrder) {
    happen("sw-1", 2, {"tickets", "chat"});
    store.outbox().delivered(first_due("chat").number, at(1)).value();
    EXPECT_THAT(due("chat", at(1)), ElementsAre("sw-1#2"));
    EXPECT_THAT(due("tickets", at(1)), ElementsAre("sw-1#1"));
}

TEST_F(OutboxTest, WhatFailedIsDueAgainAndHoldsUpWhatComesAfterIt) {
    happen("sw-1", 2, {"tickets"});
    const auto number = first_due("tickets").number;
    store.outbox().again(number, at(1), at(5), refused).value();
    EXPECT_THAT(due("tickets", at(4)), IsEmpty());
    EXPECT_EQ(store.outbox().next_due("tickets", at(0)).value(), at(5));
    store.outbox().again(number, at(5), at(15), refused).value();
    const auto delivery = store.outbox().due("tickets", at(15), 9).value().at(0);
    EXPECT_EQ(delivery.attempts, 2);
    EXPECT_EQ(delivery.first, at(1));
    EXPECT_EQ(delivery.due, at(15));
    EXPECT_EQ(delivery.why, refused);
    EXPECT_EQ(delivery.event.number, 1);
}

TEST_F(OutboxTest, AClockSetBackDelaysNothingForLong) {
    happen("sw-1", 1, {"tickets"});
    store.outbox().again(first_due("tickets").number, at(0), at(30), refused).value();
    EXPECT_THAT(due("tickets", at(29)), IsEmpty());
    EXPECT_THAT(due("tickets", at(-31)), ElementsAre("sw-1#1"));
}

TEST_F(OutboxTest, WhatIsParkedLetsTheRestPass) {
    happen("sw-1", 2, {"tickets"});
    store.outbox().parked(first_due("tickets").number, at(1), refused).value();
    EXPECT_THAT(due("tickets", at(1)), ElementsAre("sw-1#2"));
    const auto parked = store.outbox().parked("tickets").value();
    ASSERT_EQ(parked.size(), 1U);
    EXPECT_EQ(parked[0].event.number, 1);
    EXPECT_EQ(parked[0].why, refused);
    EXPECT_EQ(parked[0].done, at(1));
    EXPECT_EQ(store.outbox().parked("").value().size(), 1U);
    EXPECT_THAT(store.outbox().parked("chat").value(), IsEmpty());
    EXPECT_THAT(store.outbox().backlog().value(), ElementsAre(Backlog{"tickets", 1, 1}));
}

TEST_F(OutboxTest, WhatIsReplayedBeginsAnew) {
    happen("sw-1", 1, {"tickets"});
    happen("sw-2", 1, {"tickets", "chat"});
    for (const char* hook : {"tickets", "tickets", "chat"})
        store.outbox().parked(first_due(hook).number, at(1), refused).value();
    EXPECT_EQ(store.outbox().replay_all("tickets").value(), 2);
    EXPECT_THAT(due("tickets", at(1)), ElementsAre("sw-1#1", "sw-2#1"));
    EXPECT_EQ(first_due("tickets").attempts, 0);
    EXPECT_EQ(first_due("tickets").first, std::nullopt);
    const auto left = store.outbox().parked("").value().at(0).number;
    EXPECT_EQ(store.outbox().hook_of_parked(left).value(), "chat");
    EXPECT_EQ(store.outbox().replay(left).value(), 1);
    EXPECT_EQ(store.outbox().hook_of_parked(left).value(), std::nullopt);
    EXPECT_EQ(store.outbox().replay(left).value(), 0);
    EXPECT_THAT(due("chat", at(1)), ElementsAre("sw-2#1"));
    EXPECT_EQ(store.outbox().replay_all("chat").value(), 0);
}

TEST_F(OutboxTest, WhatWaitsForOthersIsParkedAndTheRestLeftAlone) {
    const core::Message gone{core::MessageId::hook_not_configured};
    happen("sw-1", 2, {"tickets", "chat", "old"});
    store.outbox().delivered(first_due("old").number, at(1)).value();
    store.outbox().again(first_due("old").number, at(1), at(9), refused).value();
    EXPECT_THAT(store.outbox().park_others({"tickets"}, at(2), gone).value(),
                ElementsAre(Backlog{"chat", 0, 2}, Backlog{"old", 0, 1}));
    EXPECT_THAT(store.outbox().backlog().value(),
                ElementsAre(Backlog{"chat", 0, 2}, Backlog{"old", 0, 1}, Backlog{"tickets", 2, 0}));
    const auto parked = store.outbox().parked("").value();
    ASSERT_EQ(parked.size(), 3U);
    EXPECT_EQ(parked[0].attempts, 0) << "it was never told";
    EXPECT_EQ(parked[2].attempts, 1);
    for (const auto& delivery : parked) {
        EXPECT_EQ(delivery.why, gone);
        EXPECT_EQ(delivery.done, at(2));
    }
    EXPECT_THAT(store.outbox().park_others({"tickets"}, at(3), gone).value(), IsEmpty());
    EXPECT_EQ(store.outbox().replay_all("chat").value(), 2);
    EXPECT_THAT(due("chat", at(3)), ElementsAre("sw-1#1"));
}

TEST_F(OutboxTest, WhatIsToldOrParkedIsForgottenWithItsIncident) {
    happen("sw-1", 1, {"tickets", "old"});
    happen("sw-2", 1, {"tickets"});
    happen("sw-3", 1, {"tickets"});
    store.outbox().parked(first_due("old").number, at(1), refused).value();
    for (int n = 0; n < 2; ++n)
        store.outbox().delivered(first_due("tickets").number, at(1)).value();
    for (const char* device : {"sw-1", "sw-3"}) {
        auto memory = *memories[device];
        memory.incident.state = core::IncidentState::resolved;
        memory.incident.recovered = memory.incident.resolved = at(1);
        Changes changes;
        changes.incidents.push_back({memory, {}, {}});
        store.commit(changes).value();
    }
    store.forget(at(1)).value();
    EXPECT_EQ(store.incidents().list({}).value().size(), 3U) << "not before its time";
    store.forget(at(2)).value();
    EXPECT_THAT(store.outbox().parked("").value(), IsEmpty());
    std::vector<std::string> left;
    for (const auto& incident : store.incidents().list({}).value()) left.push_back(incident.name);
    EXPECT_THAT(left, ::testing::UnorderedElementsAre("sw-2", "sw-3"));
    auto database = Database::open(folder / "state.db", Database::Access::read);
    EXPECT_EQ(database.number("SELECT count(*) FROM delivery"), 2);
    EXPECT_THAT(due("tickets", at(2)), ElementsAre("sw-3#1"));
}

TEST_F(OutboxTest, WhatIsDeliveredStaysDelivered) {
    happen("sw-1", 1, {"tickets"});
    const auto number = first_due("tickets").number;
    store.outbox().delivered(number, at(1)).value();
    store.outbox().again(number, at(2), at(3), refused).value();
    store.outbox().parked(number, at(2), refused).value();
    EXPECT_EQ(store.outbox().replay(number).value(), 0);
    EXPECT_THAT(store.outbox().backlog().value(), IsEmpty());
}

TEST_F(OutboxTest, WhatIsToldIsTheIncidentAsItWasThen) {
    happen("sw-1", 1, {"tickets"});
    const auto then = memories["sw-1"]->incident;
    Changes changes;
    auto memory = core::with_suppressed(*memories["sw-1"], {{"pc-1"}});
    memory.incident.recovered = at(1);
    changes.incidents.push_back({memory, {}, {}});
    store.commit(changes).value();
    memories["sw-1"] = memory;
    happen("sw-1", 1, {"tickets"});
    EXPECT_EQ(first_due("tickets").incident, then);
    store.outbox().delivered(first_due("tickets").number, at(1)).value();
    EXPECT_EQ(first_due("tickets").incident, memory.incident);
    EXPECT_EQ(first_due("tickets").event.comment, "0");
}

TEST_F(OutboxTest, ItOutlivesTheDaemon) {
    happen("sw-1", 2, {"tickets"});
    store.outbox().again(first_due("tickets").number, at(0), at(5), refused).value();
    const auto before = store.outbox().due("tickets", at(5), 9).value();
    {
        auto gone = std::move(store);
    }
    store = StateStore::open(folder.path()).value();
    EXPECT_EQ(store.outbox().due("tickets", at(5), 9).value(), before);
}

}  // namespace
}  // namespace rounds::store
