// What must hold for every history of a condition.
#include <random>
#include <set>

#include <gtest/gtest.h>

#include "tests/core/incident_story.hpp"

namespace rounds::core {
namespace {

using story::Life;

constexpr std::string_view alphabet = "xxxxwg.....   ascCn";

/// A history: what happened, and when; clocks are set at times.
std::vector<std::pair<char, WallTime>> history(std::mt19937& random, bool restless_clock) {
    std::vector<std::pair<char, WallTime>> drawn;
    WallTime now = story::start();
    const std::size_t common =
        random() % 3 == 0 ? 13 : alphabet.size();  // Without people, at times.
    for (int n = 0; n < 200; ++n) {
        now += Duration{random() % (random() % 20 == 0 ? 5'000'000U : 200'000U)};
        if (restless_clock && random() % 15 == 0) now -= Duration{random() % 8'000'000U};
        drawn.emplace_back(alphabet[random() % common], now);
    }
    return drawn;
}

class IncidentProperty : public ::testing::TestWithParam<bool> {
 protected:
    std::mt19937 random{20261124};
};

TEST_P(IncidentProperty, EventsAreNumberedOneByOneAndTellALife) {
    using Kind = IncidentEvent::Kind;
    for (int n = 0; n < 400; ++n) {
        Life life;
        for (const auto& [what, when] : history(random, GetParam())) life.happens(what, when);
        std::map<IncidentId, std::vector<IncidentEvent>> lives;
        std::set<EventId> ids;
        for (const auto& event : life.events) {
            lives[event.incident].push_back(event);
            EXPECT_TRUE(ids.insert(event.id).second);
        }
        EXPECT_EQ(lives.size(), static_cast<std::size_t>(life.incidents));
        std::set<IncidentId> alive;
        for (const auto& event : life.events) {
            // At most one unresolved at any time: one opens or reopens only when all others are resolved.
            if (event.kind == Kind::opened || event.kind == Kind::reopened) {
                EXPECT_TRUE(alive.empty()) << event.id.value;
                alive.insert(event.incident);
            }
            if (event.kind == Kind::resolved || event.kind == Kind::closed)
                alive.erase(event.incident);
        }
        for (const auto& [id, events] : lives) {
            int number = 0, flapping = 0, closed = 0;
            for (const auto& event : events) {
                EXPECT_EQ(event.number, ++number);
                EXPECT_EQ(closed, 0) << "nothing after the end";
                flapping += event.kind == Kind::flapping ? 1 : 0;
                closed += event.kind == Kind::closed ? 1 : 0;
            }
            EXPECT_EQ(events.front().kind, Kind::opened);
            EXPECT_LE(flapping, 1);
        }
    }
}

TEST_P(IncidentProperty, WhatIsRememberedAgreesWithItself) {
    for (int n = 0; n < 400; ++n) {
        Life life;
        bool wrong = false;
        for (const auto& [what, when] : history(random, GetParam())) {
            if (what == 'x' || what == 'w' || what == 'g') wrong = true;
            if (what == '.' || what == 'n') wrong = false;
            life.happens(what, when);
            if (!life.memory) continue;
            const auto& incident = life.memory->incident;
            EXPECT_EQ(incident.recovered.has_value(), !wrong);
            EXPECT_EQ(incident.resolved.has_value(), !unresolved(incident));
            EXPECT_LE(incident.began, incident.opened);
            EXPECT_LE(life.memory->changes.size(), 6U);
            if (wrong) {
                EXPECT_EQ(resolves_at(*life.memory, {}), std::nullopt);
            }
        }
    }
}

TEST_P(IncidentProperty, NothingIsResolvedThatWasNotWellForLongEnough) {
    const IncidentRules rules;
    for (int n = 0; n < 400; ++n) {
        Life life;
        std::optional<WallTime> well;  // Since when, by a clock that only runs.
        Duration steps{0};
        WallTime before = story::start();
        for (const auto& [what, when] : history(random, GetParam())) {
            if (when < before) steps += before - when;
            before = when;
            const WallTime passed = when + steps;
            if (what == 'x' || what == 'w' || what == 'g') well.reset();
            if (what == '.' && !well) well = passed;
            for (const auto& event : life.happens(what, when)) {
                if (event.kind != IncidentEvent::Kind::resolved || !event.actor.empty() ||
                    what == 'n')
                    continue;
                ASSERT_TRUE(well);
                EXPECT_GE(passed - *well, life.memory->incident.flapping ? rules.flapping_quiet
                                                                         : rules.resolve_after);
            }
            if (what == 'n' && !well) well = passed;
        }
    }
}

TEST_P(IncidentProperty, GoneOnWithAfterACrashItTellsTheSame) {
    for (int n = 0; n < 400; ++n) {
        const auto drawn = history(random, GetParam());
        Life whole;
        for (const auto& [what, when] : drawn) whole.happens(what, when);

        // What is remembered is all that a life needs: another one that takes it over goes on the same.
        Life broken;
        for (const auto& [what, when] : drawn) {
            Life next;
            next.memory = broken.memory;
            next.incidents = broken.incidents;
            next.given = broken.given;
            for (auto& event : next.happens(what, when)) broken.events.push_back(event);
            broken.memory = next.memory;
            broken.incidents = next.incidents;
            broken.given = next.given;
        }
        EXPECT_EQ(broken.events, whole.events);
        EXPECT_EQ(broken.memory, whole.memory);
    }
}

TEST_P(IncidentProperty, SayingItTwiceTellsItOnce) {
    for (int n = 0; n < 400; ++n) {
        Life once, twice;
        for (const auto& [what, when] : history(random, GetParam())) {
            if (what == 'c') continue;  // People may repeat themselves.
            once.happens(what, when);
            twice.happens(what, when);
            EXPECT_TRUE(twice.happens(what, when).empty()) << what;
        }
        EXPECT_EQ(once.events, twice.events);
    }
}

INSTANTIATE_TEST_SUITE_P(Clocks, IncidentProperty, ::testing::Bool(),
                         [](const auto& test) { return test.param ? "Restless" : "Steady"; });

}  // namespace
}  // namespace rounds::core
