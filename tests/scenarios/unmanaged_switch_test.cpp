// What an unmanaged switch is seen through: stories in the whole daemon.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/office_week.hpp"

namespace rounds::tests {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

const std::string archive = R"yaml(
site: {name: Small office, locale: en, time_zone: Europe/Berlin}
polling: {ping: {interval: 30s, packets: 5, timeout: 1s, down_after: 3, up_after: 2, retry_interval: 10s}, anchors: [10.2.0.254]}
rounds: [{name: morning, at: "08:30", days: all}]
devices:
  - {name: core, address: 10.2.0.1, class: switch, severity: 1}
  - {name: desk-switch, class: switch, upstream: core, severity: 2, location: "2nd floor, copy room"}
  - {name: mfp-1, address: 10.2.1.1, class: printer, presence: always, upstream: desk-switch}
  - {name: mfp-2, address: 10.2.1.2, class: printer, presence: always, upstream: desk-switch}
  - {name: phone, address: 10.2.1.3, class: phone, upstream: desk-switch}
  - {name: pc, address: 10.2.1.4, class: pc, upstream: desk-switch}
)yaml";

class UnmanagedSwitch : public ::testing::Test {
 protected:
    UnmanagedSwitch() {
        house.office().add("10.2.0.254");
        house.office().add("10.2.0.1");
        for (int n = 1; n <= 4; ++n) {
            house.office().add(address(n));
            house.office().hang(address(n), "10.2.0.1");
        }
    }
    static std::string address(int n) { return "10.2.1." + std::to_string(n); }
    void silent(int n, const std::string& from, const std::string& until) {
        house.office().silence(address(n), {at("2026-11-10 " + from), at("2026-11-10 " + until)});
    }
    void run_until(const std::string& time) { house.run_until(at("2026-11-10 " + time)); }
    /// Names of all incidents, oldest first.
    std::vector<std::string> incidents() {
        auto all = house.read().incidents().list({}).value();
        std::ranges::reverse(all);
        std::vector<std::string> names;
        for (const auto& incident : all) names.push_back(incident.name);
        return names;
    }
    core::Incident only_incident() { return house.read().incidents().list({}).value().at(0); }

    House house{archive, at("2026-11-10 07:00")};
};

TEST_F(UnmanagedSwitch, WhatVanishesBehindItAtOnceIsOneIncident) {
    for (int n = 1; n <= 4; ++n) silent(n, "07:10", "07:40");
    house.start();
    run_until("07:20");
    ASSERT_THAT(incidents(), ElementsAre("desk-switch"));
    const auto incident = only_incident();
    EXPECT_EQ(incident.severity, core::Severity::second);
    EXPECT_EQ(incident.summary.id, core::MessageId::reason_all_behind_silent);
    EXPECT_THAT(incident.suppressed,
                UnorderedElementsAre(core::SubjectId{"mfp-1"}, core::SubjectId{"mfp-2"},
                                     core::SubjectId{"phone"}, core::SubjectId{"pc"}));
    EXPECT_GE(incident.began, at("2026-11-10 07:10"));
    EXPECT_LE(incident.opened, at("2026-11-10 07:11:30"));

    run_until("08:00");
    EXPECT_THAT(incidents(), ElementsAre("desk-switch"));
    EXPECT_EQ(only_incident().state, core::IncidentState::resolved);
    EXPECT_THAT(only_incident().suppressed, IsEmpty());
}

TEST_F(UnmanagedSwitch, AsLongAsOneAnswersItWorks) {
    for (int n : {1, 2, 4}) silent(n, "07:10", "07:40");  // the phone goes on
    house.start();
    run_until("08:00");
    EXPECT_THAT(incidents(), UnorderedElementsAre("mfp-1", "mfp-2"));
}

TEST_F(UnmanagedSwitch, WhatWasDownBeforeSaysNothing) {
    silent(4, "07:05", "07:50");
    silent(1, "07:05", "07:50");
    silent(3, "07:15", "07:50");
    house.start();
    run_until("07:22");
    EXPECT_THAT(incidents(), ElementsAre("mfp-1", "phone"));
    silent(2, "07:25", "07:50");  // the last one: alone, and not at once with the others
    run_until("07:40");
    EXPECT_THAT(incidents(), ElementsAre("mfp-1", "phone", "mfp-2"));
}

TEST_F(UnmanagedSwitch, WhatIsAboveItIsToBlameFirst) {
    house.office().silence("10.2.0.1", {at("2026-11-10 07:10"), at("2026-11-10 07:40")});
    house.start();
    run_until("07:20");
    ASSERT_THAT(incidents(), ElementsAre("core"));
    EXPECT_EQ(only_incident().suppressed.size(), 5U);
}

TEST_F(UnmanagedSwitch, IsInNoRoundButInTheReport) {
    for (int n = 1; n <= 4; ++n) silent(n, "08:10", "08:40");
    house.start();
    run_until("08:45");
    const auto last = house.read().last_round("morning").value();
    const auto day = house.read().record(last->id).value();
    EXPECT_EQ(day.round.devices.size(), 5U);
    ASSERT_EQ(day.incidents.size(), 1U);
    EXPECT_EQ(day.incidents[0].incident.name, "desk-switch");
    for (const auto& device : day.round.devices) {
        if (device.name == "core") continue;
        EXPECT_EQ(device.through, core::SubjectId{"desk-switch"}) << device.name;
    }
}

}  // namespace
}  // namespace rounds::tests
