#include "daemon/incident_keeper.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/load.hpp"

namespace rounds::daemon {
namespace {

using core::State;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

const core::WallTime start = core::from_ms(1'764'028'800'000);  // 2025-11-25 00:00 UTC

std::shared_ptr<const config::Setup> setup_of(const std::vector<std::string>& devices) {
    return config::for_addresses(devices);
}

core::Transition turns(const std::string& subject, State state, core::WallTime when,
                       std::optional<core::SubjectId> through = {}) {
    return {.subject = {subject},
            .after = state,
            .reason = core::Message{core::MessageId::reason_off},
            .through = std::move(through),
            .at = when};
}

/// "opened resolved": what is to be recorded.
std::vector<std::string> kinds(const store::Changes& changes) {
    std::vector<std::string> all;
    for (const auto& change : changes.incidents) {
        for (const auto& event : change.events) all.emplace_back(core::word(event.kind));
    }
    return all;
}

class KeeperTest : public ::testing::Test {
 protected:
    explicit KeeperTest(store::Memory memory = {}) : keeper(memory, start, silent_log()) {
        const auto agreed = keeper.use(setup_of({"sw", "pc-1", "pc-2"}),
                                       {{"all"}, {"grave", core::Severity::second}}, {}, start);
        EXPECT_TRUE(agreed.empty());
    }
    store::Changes after(std::vector<core::Transition> transitions, core::WallTime now) {
        store::Changes changes;
        changes.transitions = std::move(transitions);
        keeper.add_to(changes, now);
        return changes;
    }
    store::Changes passed(core::WallTime now) {
        store::Changes changes;
        keeper.pass_time(changes, now);
        return changes;
    }

    IncidentKeeper keeper;
};

TEST_F(KeeperTest, DownOpensAndUpResolves) {
    const auto opened = after({turns("sw", State::down, start + 1min)}, start + 2min);
    EXPECT_THAT(kinds(opened), ElementsAre("opened"));
    const auto& incident = opened.incidents.at(0).after.incident;
    EXPECT_EQ(incident.name, "sw");
    EXPECT_EQ(incident.condition, (core::Condition{{"sw"}, "reachability", ""}));
    EXPECT_EQ(incident.began, start + 1min);
    EXPECT_THAT(opened.incidents.at(0).hooks, ElementsAre("all"));  // It is of the third severity.

    EXPECT_THAT(kinds(after({turns("sw", State::up, start + 5min)}, start + 5min)), IsEmpty());
    EXPECT_THAT(kinds(passed(start + 6min)), IsEmpty());
    EXPECT_THAT(kinds(passed(start + 7min)), ElementsAre("resolved"));
    EXPECT_THAT(kinds(passed(start + 8min)), IsEmpty());
}

TEST_F(KeeperTest, OffAndUnknownAreNoIncident) {
    for (const auto state : {State::off, State::unknown, State::up, State::suppressed}) {
        const auto changes = after({turns("pc-1", state, start, core::SubjectId{"sw"})}, start);
        EXPECT_TRUE(changes.incidents.empty()) << core::word(state);
    }
}

TEST_F(KeeperTest, WhatIsHiddenIsListedUnderItsCulprit) {
    after({turns("sw", State::down, start)}, start);
    after({turns("pc-2", State::suppressed, start, core::SubjectId{"sw"}),
           turns("pc-1", State::suppressed, start, core::SubjectId{"sw"})},
          start);
    EXPECT_EQ(keeper.pause(start), 1s);
    const auto listed = passed(start);
    ASSERT_EQ(listed.incidents.size(), 1U);
    EXPECT_THAT(listed.incidents[0].after.incident.suppressed,
                ElementsAre(core::SubjectId{"pc-1"}, core::SubjectId{"pc-2"}));
    EXPECT_EQ(keeper.pause(start), 10s);
    EXPECT_TRUE(passed(start).incidents.empty());

    after({turns("pc-1", State::up, start)}, start);
    EXPECT_THAT(passed(start).incidents.at(0).after.incident.suppressed,
                ElementsAre(core::SubjectId{"pc-2"}));
}

TEST_F(KeeperTest, WhatWasHiddenBeforeItsCulpritWasDownIsListedToo) {
    after({turns("pc-1", State::suppressed, start, core::SubjectId{"sw"})}, start);
    EXPECT_TRUE(passed(start).incidents.empty());
    after({turns("sw", State::down, start)}, start);
    EXPECT_EQ(passed(start).incidents.at(0).after.incident.suppressed.size(), 1U);
}

TEST_F(KeeperTest, NumbersGoOnWithinADayOfTheOffice) {
    const auto first = after({turns("sw", State::down, start)}, start);
    const auto second = after({turns("pc-1", State::down, start)}, start);
    EXPECT_TRUE(first.incidents[0].after.incident.id.value.ends_with("-0001"));
    EXPECT_TRUE(second.incidents[0].after.incident.id.value.ends_with("-0002"));
    const auto next_day = after({turns("pc-2", State::down, start + 48h)}, start + 48h);
    EXPECT_TRUE(next_day.incidents[0].after.incident.id.value.ends_with("-0001"));
    EXPECT_NE(next_day.incidents[0].after.incident.id, first.incidents[0].after.incident.id);
}

TEST_F(KeeperTest, ARestartOpensNothingAndRepeatsNothing) {
    const auto opened = after({turns("sw", State::down, start)}, start);
    store::Memory memory;
    memory.incidents.push_back(opened.incidents.at(0).after);
    const auto day = opened.incidents[0].after.incident.id.value.substr(0, 11);
    memory.incident_numbers[day] = 1;
    IncidentKeeper next(memory, start + 1h, silent_log());
    Beliefs beliefs;
    beliefs[{"sw"}].state = State::down;
    beliefs[{"pc-1"}].state = State::suppressed;
    beliefs[{"pc-1"}].through = core::SubjectId{"sw"};
    const auto agreed = next.use(setup_of({"sw", "pc-1", "pc-2"}), {}, beliefs, start + 1h);
    EXPECT_THAT(kinds(agreed), IsEmpty());
    EXPECT_EQ(agreed.incidents.at(0).after.incident.suppressed.size(), 1U);

    store::Changes changes;
    changes.transitions.push_back(turns("pc-2", State::down, start));
    next.add_to(changes, start);
    EXPECT_EQ(changes.incidents.at(0).after.incident.id.value, day + "-0002");
}

TEST_F(KeeperTest, WhatIsDownWithoutAnIncidentGetsOneAtTheStart) {
    IncidentKeeper next({}, start, silent_log());
    Beliefs beliefs;
    beliefs[{"sw"}] = {.state = State::down, .since = start - 1h};
    const auto agreed = next.use(setup_of({"sw"}), {}, beliefs, start);
    EXPECT_THAT(kinds(agreed), ElementsAre("opened"));
    EXPECT_EQ(agreed.incidents[0].after.incident.began, start - 1h);
    EXPECT_EQ(agreed.incidents[0].after.incident.opened, start);
}

TEST_F(KeeperTest, WhatIsUpAgainWithoutThatItWasNotedRecovers) {
    const auto opened = after({turns("sw", State::down, start)}, start);
    store::Memory memory;
    memory.incidents.push_back(opened.incidents.at(0).after);
    IncidentKeeper next(memory, start + 1h, silent_log());
    Beliefs beliefs;
    beliefs[{"sw"}] = {.state = State::up, .since = start + 30min};
    const auto agreed = next.use(setup_of({"sw"}), {}, beliefs, start + 1h);
    EXPECT_EQ(agreed.incidents.at(0).after.incident.recovered, start + 30min);
}

TEST_F(KeeperTest, APersonActsOnWhatIsKept) {
    const auto opened = after({turns("sw", State::down, start)}, start);
    const auto id = opened.incidents.at(0).after.incident.id;
    ASSERT_NE(keeper.find(id), nullptr);
    store::Changes changes;
    const core::IncidentAction action{.kind = core::IncidentAction::Kind::acknowledge,
                                      .actor = "王工"};
    ASSERT_TRUE(keeper.act(*keeper.find(id), action, start + 1min, changes));
    EXPECT_THAT(kinds(changes), ElementsAre("acknowledged"));
    EXPECT_EQ(keeper.find(id)->incident.acknowledged_by, "王工");
    store::Changes none;
    EXPECT_TRUE(keeper.act(*keeper.find(id), action, start + 1min, none).has_error());
    EXPECT_TRUE(none.empty());
}

TEST_F(KeeperTest, AnOldIncidentIsCommentedAndTheNewOneStaysTheLast) {
    const auto old = after({turns("sw", State::down, start)}, start).incidents.at(0).after;
    after({turns("sw", State::up, start + 1min)}, start + 1min);
    passed(start + 10min);
    passed(start + 5h);
    EXPECT_EQ(keeper.find(old.incident.id), nullptr);  // Over: only the store has it.
    const auto fresh =
        after({turns("sw", State::down, start + 6h)}, start + 6h).incidents.at(0).after;
    store::Changes changes;
    const core::IncidentAction action{
        .kind = core::IncidentAction::Kind::comment, .actor = "li", .comment = "ok"};
    ASSERT_TRUE(keeper.act(old, action, start + 7h, changes));
    EXPECT_EQ(changes.incidents.at(0).after.incident.id, old.incident.id);
    EXPECT_NE(keeper.find(fresh.incident.id), nullptr);
    EXPECT_EQ(keeper.find(old.incident.id), nullptr);
}

TEST_F(KeeperTest, BlindnessIsToldAsRoundsOwn) {
    store::Changes changes;
    changes.blind_from = start;
    keeper.add_to(changes, start);
    EXPECT_THAT(kinds(changes), ElementsAre("opened"));
    EXPECT_THAT(changes.incidents[0].hooks, ElementsAre("all", "grave"));
    EXPECT_TRUE(keeper.blind());
    store::Changes seen;
    seen.blind_until = start + 10min;
    keeper.add_to(seen, start + 10min);
    EXPECT_FALSE(keeper.blind());
    EXPECT_THAT(kinds(passed(start + 12min)), ElementsAre("resolved"));
}

}  // namespace
}  // namespace rounds::daemon
