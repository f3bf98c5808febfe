// Incidents recorded step by step, and read again: by people, by a daemon that starts, by a report.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/store/state_store.hpp"
#include "tests/store/print.hpp"
#include "tests/store/temp_folder.hpp"

namespace rounds::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr core::Duration minute{60'000};

core::WallTime at(int minutes) {
    return core::from_ms(1'764'028'800'000) + minutes * minute;
}

/// A device that goes down and comes back, told to one hook, with every step committed by itself.
class IncidentsTest : public ::testing::Test {
 protected:
    IncidentsTest() { store.begin_run(at(0)).value(); }

    void commit(core::IncidentStep step) {
        memory = step.memory;
        Changes changes;
        changes.incidents.push_back({step.memory, step.events, {"tickets"}});
        store.commit(changes).value();
    }
    void down(int when, const std::string& device = "sw-3f") {
        if (memory && memory->incident.condition.subject.value != device) memory.reset();
        const core::Fault fault{.condition = {{device}, "reachability", ""},
                                .name = device,
                                .reason = {core::MessageId::reason_off},
                                .since = at(when)};
        commit(core::turned_bad(memory, fault, desk(when)));
    }
    void up(int when) { commit(core::turned_good(*memory, at(when), desk(when))); }
    void passes(int when) { commit(core::time_passed(*memory, desk(when))); }
    void acts(core::IncidentAction::Kind kind, int when) {
        const core::IncidentAction action{.kind = kind, .actor = "王工", .comment = "去看看"};
        commit(core::act(*memory, action, desk(when)).value());
    }
    void hides(std::vector<core::SubjectId> devices) {
        commit({.memory = core::with_suppressed(*memory, std::move(devices)), .events = {}});
    }
    core::DayRecord round(int from, int until) {
        Changes changes;
        core::RoundRecord round;
        round.id.value = "RX-" + std::to_string(until);
        round.scheduled = round.began = round.finished = at(until);
        round.covered = {at(from), at(until)};
        changes.rounds.push_back(round);
        store.commit(changes).value();
        return store.record(round.id).value();
    }
    core::DayRecord record(int until) {
        return store.record({"RX-" + std::to_string(until)}).value();
    }

    core::IncidentDesk desk(int when) const {
        return {.rules = rules, .ids = ids, .now = at(when)};
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
    std::optional<core::IncidentMemory> memory;
};

TEST_F(IncidentsTest, AnIncidentIsShownWithItsLife) {
    down(1);
    acts(core::IncidentAction::Kind::acknowledge, 2);
    hides({{"ap-1"}, {"pc-7"}});
    up(5);
    passes(7);
    const auto shown = store.incidents().show(memory->incident.id).value();
    EXPECT_EQ(shown.incident, memory->incident);
    EXPECT_EQ(shown.incident.suppressed.size(), 2U);
    ASSERT_EQ(shown.events.size(), 3U);
    EXPECT_EQ(shown.events[0].kind, core::IncidentEvent::Kind::opened);
    EXPECT_EQ(shown.events[1].actor, "王工");
    EXPECT_EQ(shown.events[1].comment, "去看看");
    EXPECT_EQ(shown.events[2].reason->id, core::MessageId::incident_recovered);
}

TEST_F(IncidentsTest, NewestFirstAndOnlyWhatIsAskedFor) {
    down(1, "a");
    up(2);
    passes(4);
    down(5, "b");
    down(6, "c");
    const auto names = [&](const IncidentFilter& filter) {
        std::vector<std::string> found;
        for (const auto& incident : store.incidents().list(filter).value())
            found.push_back(incident.name);
        return found;
    };
    EXPECT_THAT(names({}), ElementsAre("c", "b", "a"));
    EXPECT_THAT(names({.unresolved_only = true}), ElementsAre("c", "b"));
    EXPECT_THAT(names({.subject = core::SubjectId{"a"}}), ElementsAre("a"));
    EXPECT_THAT(names({.unresolved_only = true, .subject = core::SubjectId{"a"}}), IsEmpty());
    EXPECT_THAT(names({.most = 2}), ElementsAre("c", "b"));
}

TEST_F(IncidentsTest, OneThatIsNotThereIsSaidSo) {
    const auto shown = store.incidents().show({"GZ-0"});
    ASSERT_TRUE(shown.has_error());
    EXPECT_EQ(shown.error().kind, core::Error::Kind::not_found);
    EXPECT_EQ(shown.error().message, "there is no incident GZ-0");
    EXPECT_EQ(store.incidents().remember({"GZ-0"}).error().kind, core::Error::Kind::not_found);
}

TEST_F(IncidentsTest, ADaemonThatStartsRemembersTheLastOfEachCondition) {
    down(1);
    up(2);
    passes(4);
    EXPECT_THAT(store.recall().value().incidents, ElementsAre(*memory));
    EXPECT_EQ(store.incidents().remember(memory->incident.id).value(), *memory);
    down(200);  // Long after: another one.
    EXPECT_THAT(store.recall().value().incidents, ElementsAre(*memory));
    EXPECT_EQ(store.recall().value().incident_numbers.at("GZ-20251125"), 4);
}

TEST_F(IncidentsTest, WhatIsOverForADayIsNotRemembered) {
    down(1);
    up(2);
    passes(4);
    Changes alive;
    alive.alive = at(4) + core::longest_memory;
    store.commit(alive).value();
    EXPECT_THAT(store.recall().value().incidents, IsEmpty());
    EXPECT_EQ(store.incidents().list({}).value().size(), 1U);
}

TEST_F(IncidentsTest, WhatAPersonResolvedWhileItIsWrongIsRememberedForEver) {
    down(1);
    acts(core::IncidentAction::Kind::close, 2);
    Changes alive;
    alive.alive = at(4) + 10 * core::longest_memory;
    store.commit(alive).value();
    EXPECT_THAT(store.recall().value().incidents, ElementsAre(*memory));
}

TEST_F(IncidentsTest, AReportStaysAsItWasWhateverComes) {
    down(1);
    const auto first = round(0, 10);
    hides({{"pc-1"}});
    const auto second = round(10, 20);
    up(21);
    const auto third = round(20, 22);
    passes(23);
    acts(core::IncidentAction::Kind::comment, 24);
    const auto fourth = round(22, 30);
    down(31);
    EXPECT_EQ(record(10), first);
    EXPECT_EQ(record(20), second);
    EXPECT_EQ(record(22), third);
    EXPECT_EQ(record(30), fourth);
    EXPECT_THAT(first.incidents.at(0).incident.suppressed, IsEmpty());
    EXPECT_EQ(second.incidents.at(0).incident.suppressed.size(), 1U);
    EXPECT_EQ(second.incidents.at(0).incident.recovered, std::nullopt);
    EXPECT_EQ(third.incidents.at(0).incident.recovered, at(21));
    EXPECT_EQ(third.incidents.at(0).events.size(), 1U);
    EXPECT_EQ(fourth.incidents.at(0).incident.state, core::IncidentState::resolved);
    EXPECT_EQ(fourth.incidents.at(0).events.size(), 3U);
}

TEST_F(IncidentsTest, AReportHasWhatWasOpenInItsTime) {
    down(1, "before");
    up(2);
    passes(4);
    down(5, "into");
    up(15);
    passes(17);
    down(18, "within");
    const auto made = round(10, 30);
    std::vector<std::string> names;
    for (const auto& history : made.incidents) names.push_back(history.incident.name);
    EXPECT_THAT(names, ElementsAre("into", "within"));
    EXPECT_EQ(store.incidents().since(at(10)).value(), made.incidents);
}

TEST_F(IncidentsTest, ASecondUnresolvedOneIsRefusedWithAllThatComesWithIt) {
    down(1);
    const auto first = memory;
    memory.reset();
    Changes changes;
    changes.beliefs[{"sw-3f"}].state = core::State::down;
    const core::Fault fault{.condition = first->incident.condition,
                            .reason = {core::MessageId::reason_off}};
    auto step = core::turned_bad(std::nullopt, fault, desk(2));
    changes.incidents.push_back({step.memory, step.events, {"tickets"}});
    EXPECT_EQ(store.commit(changes).error().kind, core::Error::Kind::internal);
    EXPECT_THAT(store.recall().value().incidents, ElementsAre(*first));
    EXPECT_TRUE(store.recall().value().beliefs.empty());
    EXPECT_EQ(store.outbox().backlog().value().at(0).pending, 1);
}

}  // namespace
}  // namespace rounds::store
