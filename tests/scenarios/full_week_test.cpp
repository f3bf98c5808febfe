// One week of one office with agents and a receiver: what went wrong in it, what was told of it, and nothing else.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/scenarios/office_week.hpp"

namespace rounds::tests {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

constexpr int desks = 48;
constexpr auto core_switch = "10.3.0.1", floor_switch = "10.3.1.1", printer = "10.3.0.50",
               ups = "10.3.0.60", gateway = "10.3.0.254";
constexpr auto oper_status = "1.3.6.1.2.1.2.2.1.8.1";        // ifOperStatus.1: up(1), down(2)
constexpr auto toner_level = "1.3.6.1.2.1.43.11.1.1.9.1.1";  // prtMarkerSuppliesLevel
constexpr auto output_source = "1.3.6.1.2.1.33.1.4.1.0";  // upsOutputSource: normal(3), battery(5)

std::string desk(int number) {
    return fmt::format("10.3.1.{}", 100 + number);
}

std::string configuration() {
    std::string text = R"yaml(
site: {name: Office of one week, locale: en, time_zone: Europe/Berlin}
credentials: {office: {snmp: v2c, community: secret}}
polling: {ping: {interval: 1m}, snmp: {interval: 5m, timeout: 1s, retries: 1}, anchors: [10.3.0.254]}
classes: {other: {ping: {interval: 2m}}}
rounds: [{name: morning, at: "08:30", days: all}]
hooks: [{name: tickets, type: webhook, url: "http://tickets.example/"}]
devices:
  - {name: core, address: 10.3.0.1, class: switch, credentials: office, ports: [uplink], severity: 1}
  - {name: floor, address: 10.3.1.1, class: switch, upstream: core}
  - {name: printer, address: 10.3.0.50, class: printer, upstream: core, credentials: office}
  - {name: ups, address: 10.3.0.60, class: ups, upstream: core, credentials: office}
)yaml";
    for (int number = 1; number <= desks; ++number) {
        text += fmt::format("  - {{name: desk-{0}, address: {1}, class: other, upstream: floor}}\n",
                            number, desk(number));
    }
    return text;
}

/// Monday 9 to Monday 16 November 2026:
///  * The floor's switch is dead from Tuesday 14:00 to 16:00, and the 48 desks behind it cannot be reached.
///  * The core's uplink goes down and comes back 60 times on Wednesday, from 10:00 to 20:00 every ten minutes.
///  * The printer's toner, at 40 % on Monday morning, loses a percent every three hours.
///  * The UPS is on battery on Thursday from 23:00 to 23:30.
///  * The receiver is down from Thursday 18:00 to Friday 07:00.
struct FullWeek {
    House house{configuration(), at("2026-11-09 07:00")};
    std::vector<core::Incident> incidents;  ///< Oldest first.

    FullWeek() {
        people_the_office();
        give_it_agents();
        house.hooks().answer = [](const FakeHookPort::Posted& posted) {
            const core::Period down{at("2026-11-12 18:00"), at("2026-11-13 07:00")};
            const bool silent = down.from <= posted.at && posted.at < down.until;
            return std::pair{FakeHookPort::status(silent ? 503 : 200), core::Duration{50}};
        };
        house.start();
        house.run_until(at("2026-11-16 09:00"));
        incidents = house.read().incidents().list({}).value();
        std::ranges::reverse(incidents);
    }

    void people_the_office() {
        auto& office = house.office();
        for (const char* address : {core_switch, floor_switch, printer, ups, gateway})
            office.add(address);
        for (const char* address : {floor_switch, printer, ups}) office.hang(address, core_switch);
        for (int number = 1; number <= desks; ++number) {
            office.add(desk(number));
            office.hang(desk(number), floor_switch);
        }
        office.silence(floor_switch, {at("2026-11-10 14:00"), at("2026-11-10 16:00")});
    }

    void give_it_agents() {
        auto& snmp = house.snmp();
        for (const char* address : {core_switch, printer, ups}) {
            snmp.set(address, "1.3.6.1.2.1.1.1.0", octets("A device"));
            snmp.set(address, "1.3.6.1.2.1.1.2.0", oid("1.3.6.1.4.1.99999.1"));
        }
        for (const char* name : {"1.3.6.1.2.1.2.2.1.2.1", "1.3.6.1.2.1.31.1.1.1.1.1"})
            snmp.set(core_switch, name, octets("uplink"));
        snmp.set(core_switch, "1.3.6.1.2.1.2.2.1.7.1", integer(1));
        snmp.move(core_switch, oper_status, [](core::WallTime now) {
            const auto since = now - at("2026-11-11 10:00");
            return integer(since >= 0min && since < 10h && (since / 5min) % 2 == 0 ? 2 : 1);
        });
        const std::string supplies = "1.3.6.1.2.1.43.11.1.1.";
        snmp.set(printer, "1.3.6.1.2.1.43.10.2.1.4.1.1", counter32(12345));
        snmp.set(printer, supplies + "6.1.1", octets("Black"));
        snmp.set(printer, supplies + "7.1.1", integer(19));  // percent
        snmp.set(printer, supplies + "8.1.1", integer(100));
        snmp.move(printer, toner_level, [](core::WallTime now) {
            return integer(40 - std::max<std::int64_t>(0, (now - at("2026-11-09 08:00")) / 3h));
        });
        snmp.set(ups, "1.3.6.1.2.1.33.1.1.1.0", octets("Maker"));
        snmp.move(ups, output_source, [](core::WallTime now) {
            const auto since = now - at("2026-11-12 23:00");
            return integer(since >= 0min && since < 30min ? 5 : 3);
        });
    }

    std::string life(const core::Incident& incident) {
        std::string all;
        for (const auto& event : house.read().incidents().show(incident.id).value().events)
            all += (all.empty() ? "" : " ") + std::string(core::word(event.kind));
        return all;
    }
    /// How many different messages the receiver took of each incident, by its device and item.
    std::map<std::string, std::size_t> taken() {
        std::map<std::string, std::set<std::string>> ids;
        for (const auto& posted : house.hooks().log) {
            if (house.hooks().answer(posted).first.status != 200) continue;
            const auto incident = nlohmann::json::parse(posted.body).at("data").at("incident");
            ids[incident.at("subject").at("name").get<std::string>() + " " +
                incident.at("item").get<std::string>()]
                .insert(posted.id);
        }
        std::map<std::string, std::size_t> counts;
        for (const auto& [whose, all] : ids) counts[whose] = all.size();
        return counts;
    }
};

TEST(FullWeekTest, EachFaultIsOneIncidentAndIsToldAndEveryMorningHasItsRound) {
    FullWeek week;
    std::vector<std::string> lives;
    for (const auto& incident : week.incidents)
        lives.push_back(incident.name + " " + incident.condition.item + ": " + week.life(incident));
    EXPECT_THAT(lives, ElementsAre("floor reachability: opened resolved",
                                   "core port-status: opened flapping resolved",
                                   "printer supplies: opened", "ups ups-source: opened resolved"));
    ASSERT_EQ(week.incidents.size(), 4U);
    const auto late = week.incidents[0].began - at("2026-11-10 14:00");
    EXPECT_TRUE(late >= 0min && late <= 2min) << late.count();

    const std::map<std::string, std::size_t> told{{"core port-status", 3},
                                                  {"floor reachability", 2},
                                                  {"printer supplies", 1},
                                                  {"ups ups-source", 2}};
    EXPECT_EQ(week.taken(), told) << "what the receiver missed at night came in the morning";
    EXPECT_TRUE(week.house.read().outbox().parked("tickets").value().empty());

    auto store = week.house.read();
    const auto heads = store.rounds_begun({at("2026-11-09 00:00"), at("2026-11-17 00:00")}).value();
    EXPECT_EQ(heads.size(), 8U);
    for (const auto& head : heads) {
        const auto record = store.record(head.id).value();
        EXPECT_EQ(record.round.devices.size(), 4U + desks);
        for (const auto& device : record.round.devices)
            EXPECT_NE(device.conclusion.verdict, core::Verdict::missed) << device.name;
    }
}

}  // namespace
}  // namespace rounds::tests
