// Short stories of the whole daemon: a link, and how full the port is that it leaves through.
#include <algorithm>

#include <gtest/gtest.h>

#include "tests/scenarios/office_week.hpp"

namespace rounds::tests {
namespace {

using core::Verdict;
using namespace std::chrono_literals;

constexpr auto sw = "10.2.0.1", outside = "10.2.0.254";
const std::string if_descr = "1.3.6.1.2.1.2.2.1.2.", if_name = "1.3.6.1.2.1.31.1.1.1.1.",
                  in_octets = "1.3.6.1.2.1.31.1.1.1.6.", if_alias = "1.3.6.1.2.1.31.1.1.1.18.";

/// A switch whose uplink carries 8 Mbit/s, and a link through it.
class LinkTrafficStory : public ::testing::Test {
 protected:
    LinkTrafficStory() {
        for (const char* address : {sw, outside}) house.office().add(address);
        auto& snmp = house.snmp();
        snmp.set(sw, "1.3.6.1.2.1.1.1.0", octets("A device"));
        snmp.set(sw, "1.3.6.1.2.1.1.2.0", oid("1.3.6.1.4.1.99999.1"));
        for (const std::string& name : {if_descr, if_name})
            snmp.set(sw, name + "1", octets("uplink"));
        carries([](core::Duration since) { return since.count() * 1'000; });
    }

    /// Octets that the uplink has taken in so long after the beginning.
    void carries(std::function<std::int64_t(core::Duration)> taken) {
        const auto began = house.clock().wall();
        house.snmp().move(sw, in_octets + "1",
                          [began, taken = std::move(taken)](core::WallTime now) {
                              return counter64(static_cast<std::uint64_t>(taken(now - began)));
                          });
    }
    static std::string configuration(const std::string& link, const std::string& credentials) {
        return R"yaml(
site: {name: Small office, locale: en, time_zone: Europe/Berlin}
credentials: {office: {snmp: v2c, community: secret}}
polling: {snmp: {interval: 1m, timeout: 1s, retries: 1}, anchors: [10.2.0.254]}
rounds: [{name: morning, at: "08:30", days: all}]
devices: [{name: switch, address: 10.2.0.1, class: switch)yaml" +
               credentials +
               "}]\nlinks: [{name: egress, device: switch, interface: uplink, targets: "
               "[10.2.0.254], " +
               link + "}]\n";
    }
    void begin(const std::string& link) {
        house.rewrite(configuration(link, ", credentials: office"));
        house.start();
    }
    /// Oldest first.
    std::vector<core::Incident> incidents() {
        auto all = house.read().incidents().list({}).value();
        std::ranges::reverse(all);
        return all;
    }
    std::string life(const core::Incident& incident) {
        std::string all;
        for (const auto& event : house.read().incidents().show(incident.id).value().events)
            all += (all.empty() ? "" : " ") + std::string(core::word(event.kind));
        return all;
    }
    /// What the morning's round says of the link.
    core::LinkResult morning() {
        house.run_until(at("2026-11-10 08:40"));
        const auto round = house.read().last_round("morning").value();
        return house.read().record(round.value().id).value().round.links.at(0);
    }

    House house{configuration("bandwidth: 10M", ", credentials: office"), at("2026-11-10 07:00")};
};

TEST_F(LinkTrafficStory, OneThatIsFullIsAnIncidentOfTheLinkAndOfNoPort) {
    // A quarter of it until 07:10, from then on all, and from 08:50 on nothing more.
    carries([](core::Duration since) {
        const auto slow = std::min<core::Duration>(since, 110min);
        const auto full = std::max<core::Duration>(0min, slow - 10min);
        return slow / 1s * 312'500 + full / 1s * 937'500;
    });
    begin("bandwidth: 10M");
    house.run_until(at("2026-11-10 07:09"));
    EXPECT_TRUE(incidents().empty());
    house.run_until(at("2026-11-10 07:20"));
    ASSERT_EQ(incidents().size(), 1U);
    EXPECT_EQ(incidents()[0].condition, (core::Condition{{"link:egress"}, "utilisation", ""}));
    EXPECT_EQ(incidents()[0].severity, core::Severity::third);
    house.crash();
    house.start();
    const auto link = morning();
    ASSERT_EQ(incidents().size(), 1U) << "a restart repeats nothing";
    EXPECT_EQ(link.conclusion.verdict, Verdict::warning);
    ASSERT_EQ(link.findings.size(), 1U);
    EXPECT_EQ(link.findings[0].item, "utilisation");
    house.run_until(at("2026-11-10 09:00"));
    EXPECT_EQ(life(incidents()[0]), "opened resolved");
}

TEST_F(LinkTrafficStory, OneWhosePortHasAnotherNameNowIsLetGo) {
    for (const std::string& name : {if_descr, if_name}) {
        house.snmp().move(sw, name + "1", [](core::WallTime now) {
            return octets(now < at("2026-11-10 07:30") ? "uplink" : "to the roof");
        });
    }
    begin("bandwidth: 1M");
    house.run_until(at("2026-11-10 07:20"));
    ASSERT_EQ(incidents().size(), 1U);
    house.run_until(
        at("2026-11-10 09:30"));  // a whole look, which reads names, is made about hourly
    EXPECT_EQ(life(incidents()[0]), "opened resolved");
}

TEST_F(LinkTrafficStory, APortThatIsCalledAlikeAndCountsNothingHidesNothing) {
    house.snmp().set(sw, if_descr + "9", octets("vlan-9"));
    house.snmp().set(sw, if_name + "9", octets("vlan-9"));
    house.snmp().set(sw, if_alias + "9", octets("uplink"));
    begin("bandwidth: 1M");
    house.run_until(at("2026-11-10 07:20"));
    ASSERT_EQ(incidents().size(), 1U);
    EXPECT_EQ(incidents()[0].condition.item, "utilisation");
}

TEST_F(LinkTrafficStory, OneThatMayBeFullSaysSoInTheRound) {
    begin("bandwidth: 1M, thresholds: {utilisation: {warning: never}}");
    const auto link = morning();
    EXPECT_TRUE(incidents().empty());
    EXPECT_EQ(link.conclusion.verdict, Verdict::ok);
    EXPECT_EQ(link.limits.at("utilisation"), core::Limits<double>{})
        << "the annex must not say 90%";
}

TEST_F(LinkTrafficStory, OneWhoseDeviceIsAskedNoMoreIsLetGo) {
    begin("bandwidth: 1M");
    house.run_until(at("2026-11-10 07:20"));
    ASSERT_EQ(incidents().size(), 1U);
    house.rewrite(configuration("bandwidth: 1M", ""));
    house.app().reload();
    house.run_until(at("2026-11-10 07:30"));
    EXPECT_EQ(life(incidents()[0]), "opened resolved");
}

}  // namespace
}  // namespace rounds::tests
