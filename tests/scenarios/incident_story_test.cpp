// Stories of incidents in the whole daemon: what opens, what is told, and what a crash does to it.
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/office_week.hpp"

namespace rounds::tests {
namespace {

using core::IncidentEvent;
using core::IncidentState;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

const std::string head = R"yaml(
site: {name: Small office, locale: en, time_zone: Europe/Berlin}
polling: {ping: {interval: 30s, packets: 5, timeout: 1s, down_after: 3, up_after: 2, retry_interval: 10s}, anchors: [10.2.0.254]}
rounds: [{name: morning, at: "08:30", days: all}]
devices:
  - {name: core, address: 10.2.0.1, class: switch, severity: 1}
  - {name: floor, address: 10.2.0.2, class: switch, upstream: core, severity: 2}
)yaml";

const std::string hooks = R"yaml(hooks:
  - {name: tickets, type: webhook, url: "http://tickets.example/"}
  - {name: pager, type: webhook, url: "http://pager.example/", min_severity: 1}
)yaml";

std::string with_desks(int desks) {
    std::string text = head;
    for (int n = 1; n <= desks; ++n) {
        text += "  - {name: desk-" + std::to_string(n) + ", address: 10.2.1." + std::to_string(n) +
                ", class: phone, upstream: floor}\n";
    }
    return text + hooks;
}

class IncidentStory : public ::testing::Test {
 protected:
    explicit IncidentStory(int desks = 3) : house(with_desks(desks), at("2026-11-10 07:00")) {
        for (const char* address : {"10.2.0.1", "10.2.0.2", "10.2.0.254"})
            house.office().add(address);
        house.office().hang("10.2.0.2", "10.2.0.1");
        for (int n = 1; n <= desks; ++n) {
            const auto address = "10.2.1." + std::to_string(n);
            house.office().add(address);
            house.office().hang(address, "10.2.0.2");
        }
    }

    void start() { house.start(); }
    void silent(const std::string& address, const std::string& from, const std::string& until) {
        house.office().silence(address, {at(from), at(until)});
    }
    /// All incidents, oldest first.
    std::vector<core::Incident> incidents() {
        auto all = house.read().incidents().list({}).value();
        std::ranges::reverse(all);
        return all;
    }
    /// "opened resolved": the life of an incident.
    std::string life(const core::Incident& incident) {
        std::string all;
        for (const auto& event : house.read().incidents().show(incident.id).value().events)
            all += (all.empty() ? "" : " ") + std::string(core::word(event.kind));
        return all;
    }
    /// How many different events a hook was told of.
    std::size_t told(const std::string& hook) {
        std::set<std::string> events;
        for (const auto& posted : house.hooks().log) {
            if (posted.url == "http://" + hook + ".example/") events.insert(posted.id);
        }
        return events.size();
    }

    House house;
};

class FortyEightDesks : public IncidentStory {
 protected:
    FortyEightDesks() : IncidentStory(48) {}
};

TEST_F(FortyEightDesks, ADeadSwitchIsOneIncidentAndOneMessage) {
    silent("10.2.0.2", "2026-11-10 07:10", "2026-11-10 08:00");
    start();
    house.run_until(at("2026-11-10 07:20"));
    ASSERT_EQ(incidents().size(), 1U);
    const auto incident = incidents()[0];
    EXPECT_EQ(incident.id.value, "GZ-20261110-0001");
    EXPECT_EQ(incident.name, "floor");
    EXPECT_EQ(incident.severity, core::Severity::second);
    EXPECT_EQ(incident.state, IncidentState::open);
    EXPECT_EQ(incident.suppressed.size(), 48U);
    EXPECT_EQ(incident.summary.id, core::MessageId::reason_silent_since);
    EXPECT_GE(incident.began, at("2026-11-10 07:10"));
    EXPECT_LE(incident.opened, at("2026-11-10 07:11:30"));
    EXPECT_EQ(told("tickets"), 1U);
    EXPECT_EQ(told("pager"), 0U);  // Only told of what is of the first severity.

    house.run_until(at("2026-11-10 08:10"));
    ASSERT_EQ(incidents().size(), 1U);
    EXPECT_EQ(life(incident), "opened resolved");
    EXPECT_THAT(incidents()[0].suppressed, IsEmpty());
    EXPECT_EQ(told("tickets"), 2U);
}

TEST_F(FortyEightDesks, TheReportHasTheIncidentAsItStood) {
    silent("10.2.0.2", "2026-11-10 08:10", "2026-11-10 09:00");
    start();
    house.run_until(at("2026-11-10 10:00"));
    auto store = house.read();
    const auto round = store.last_round("morning").value();
    ASSERT_TRUE(round);
    const auto record = store.record(round->id).value();
    ASSERT_EQ(record.incidents.size(), 1U);
    EXPECT_EQ(record.incidents[0].incident.state, IncidentState::open);
    EXPECT_EQ(record.incidents[0].incident.suppressed.size(), 48U);
    EXPECT_EQ(record.incidents[0].events.size(), 1U);
    EXPECT_EQ(incidents()[0].state, IncidentState::resolved);
}

TEST_F(IncidentStory, SixtyTogglesAreOneIncidentAndThreeMessages) {
    for (int n = 0; n < 60; ++n) {
        const auto from = at("2026-11-10 07:10") + n * 145s;
        house.office().silence("10.2.1.1", {from, from + 75s});
    }
    start();
    house.run_until(at("2026-11-10 11:00"));
    ASSERT_EQ(incidents().size(), 1U);
    EXPECT_EQ(life(incidents()[0]), "opened flapping resolved");
    EXPECT_TRUE(incidents()[0].flapping);
    EXPECT_EQ(told("tickets"), 3U);
}

TEST_F(IncidentStory, AChildThatIsNotBackWithItsSwitchGetsItsOwn) {
    silent("10.2.0.2", "2026-11-10 07:10", "2026-11-10 07:30");
    silent("10.2.1.2", "2026-11-10 07:20", "2026-11-10 09:00");
    start();
    house.run_until(at("2026-11-10 07:15"));
    ASSERT_EQ(incidents().size(), 1U);
    EXPECT_THAT(incidents()[0].suppressed,
                ElementsAre(core::SubjectId{"desk-1"}, core::SubjectId{"desk-2"},
                            core::SubjectId{"desk-3"}));
    house.run_until(at("2026-11-10 07:40"));
    ASSERT_EQ(incidents().size(), 2U);
    EXPECT_EQ(life(incidents()[0]), "opened resolved");
    EXPECT_EQ(incidents()[1].name, "desk-2");
    EXPECT_EQ(incidents()[1].severity, core::Severity::third);
    EXPECT_GE(incidents()[1].began, at("2026-11-10 07:30"));
    EXPECT_EQ(life(incidents()[1]), "opened");
}

TEST_F(IncidentStory, BlindnessIsOneIncidentAndNothingElse) {
    house.office().pull_the_cable({at("2026-11-10 07:10"), at("2026-11-10 07:40")});
    start();
    house.run_until(at("2026-11-10 07:20"));
    ASSERT_EQ(incidents().size(), 1U);
    EXPECT_EQ(incidents()[0].condition.item, "blind");
    EXPECT_TRUE(incidents()[0].condition.subject.empty());
    EXPECT_EQ(incidents()[0].severity, core::Severity::first);
    EXPECT_EQ(incidents()[0].summary.id, core::MessageId::incident_blind);
    EXPECT_EQ(told("pager"), 1U);
    house.run_until(at("2026-11-10 08:00"));
    ASSERT_EQ(incidents().size(), 1U);
    EXPECT_EQ(life(incidents()[0]), "opened resolved");
}

TEST_F(IncidentStory, NothingIsResolvedWhileRoundsIsBlind) {
    silent("10.2.1.1", "2026-11-10 07:10", "2026-11-10 07:20");
    start();
    house.run_until(at("2026-11-10 07:20"));
    while (!incidents().at(0).recovered) house.run_until(house.clock().wall() + 1s);
    house.office().pull_the_cable({house.clock().wall(), at("2026-11-10 08:00")});
    house.run_until(at("2026-11-10 07:59"));
    EXPECT_EQ(life(incidents().at(0)), "opened");
    house.run_until(at("2026-11-10 08:10"));
    EXPECT_EQ(life(incidents().at(0)), "opened resolved");
}

TEST_F(IncidentStory, ACrashAtAnyMomentRepeatsNothing) {
    silent("10.2.0.2", "2026-11-10 07:10", "2026-11-10 07:20");
    start();
    house.run_until(at("2026-11-10 07:09:30"));
    for (int n = 0; n < 25; ++n) {
        house.run_until(house.clock().wall() + 37s);
        house.crash();
        start();
    }
    house.run_until(at("2026-11-10 07:40"));
    ASSERT_EQ(incidents().size(), 1U);
    EXPECT_EQ(life(incidents()[0]), "opened resolved");
    EXPECT_EQ(told("tickets"), 2U);
}

TEST_F(IncidentStory, ADaemonThatWasAwayLooksBeforeItResolves) {
    silent("10.2.1.1", "2026-11-10 07:10", "2026-11-10 07:20");
    silent("10.2.1.1", "2026-11-10 07:22", "2026-11-10 09:00");
    start();
    house.run_until(at("2026-11-10 07:20"));
    while (!incidents().at(0).recovered) house.run_until(house.clock().wall() + 1s);
    house.stop();
    house.run_until(at("2026-11-10 07:50"));
    start();
    house.run_until(at("2026-11-10 08:00"));
    EXPECT_EQ(life(incidents().at(0)), "opened");
    EXPECT_EQ(incidents().at(0).recovered, std::nullopt);
}

TEST_F(IncidentStory, ABlindDaemonThatIsRestartedIsBlindOnce) {
    house.office().pull_the_cable({at("2026-11-10 07:10"), at("2026-11-10 07:40")});
    start();
    house.run_until(at("2026-11-10 07:20"));
    house.stop();
    start();
    house.run_until(at("2026-11-10 07:30"));
    house.crash();
    start();
    house.run_until(at("2026-11-10 08:00"));
    ASSERT_EQ(incidents().size(), 1U);
    EXPECT_EQ(life(incidents()[0]), "opened resolved");
}

TEST_F(IncidentStory, WhatIsNotWatchedAnyMoreIsResolved) {
    silent("10.2.1.3", "2026-11-10 07:10", "2026-11-10 12:00");
    start();
    house.run_until(at("2026-11-10 07:20"));
    ASSERT_EQ(incidents().size(), 1U);
    house.rewrite(with_desks(2));
    house.app().reload();
    house.run_until(at("2026-11-10 07:21"));
    EXPECT_EQ(life(incidents()[0]), "opened resolved");
    house.rewrite(with_desks(3));
    house.app().reload();
    house.run_until(at("2026-11-10 07:25"));
    ASSERT_EQ(incidents().size(), 1U);
    EXPECT_EQ(life(incidents()[0]), "opened resolved reopened");
}

TEST_F(IncidentStory, AReloadRepeatsNothing) {
    silent("10.2.0.2", "2026-11-10 07:10", "2026-11-10 12:00");
    start();
    for (int minute = 9; minute < 20; ++minute) {
        house.run_until(at("2026-11-10 07:00") + std::chrono::minutes(minute));
        house.app().reload();
    }
    house.run_until(at("2026-11-10 07:30"));
    ASSERT_EQ(incidents().size(), 1U);
    EXPECT_EQ(life(incidents()[0]), "opened");
    EXPECT_EQ(incidents()[0].suppressed.size(), 3U);
}

}  // namespace
}  // namespace rounds::tests
