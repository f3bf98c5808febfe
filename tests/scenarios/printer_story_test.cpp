// Short stories of the whole daemon: a printer that is let sleep, and its paper.
#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "tests/scenarios/office_week.hpp"

namespace rounds::tests {
namespace {

using namespace std::chrono_literals;

constexpr auto printer = "10.2.0.2";
constexpr auto tray_level = "1.3.6.1.2.1.43.8.2.1.10.1.1";   // prtInputCurrentLevel
constexpr auto toner_level = "1.3.6.1.2.1.43.11.1.1.9.1.1";  // prtMarkerSuppliesLevel

/// Works from nine to six, Monday to Friday; 2026-11-10 is a Tuesday.
const std::string quiet_yaml = R"yaml(
site: {name: Small office, locale: en, time_zone: Europe/Berlin}
credentials: {office: {snmp: v2c, community: secret}}
polling: {snmp: {interval: 1m, timeout: 1s, retries: 1}, anchors: [10.2.0.254]}
devices: [{name: printer, address: 10.2.0.2, class: printer, credentials: office}]
rounds: [{name: morning, at: "08:30", days: all}]
)yaml";

class PrinterStory : public ::testing::Test {
 protected:
    PrinterStory() {
        for (const char* address : {printer, "10.2.0.254"}) house.office().add(address);
        auto& snmp = house.snmp();
        snmp.set(printer, "1.3.6.1.2.1.1.1.0", octets("A printer"));
        snmp.set(printer, "1.3.6.1.2.1.1.2.0", oid("1.3.6.1.4.1.99999.1"));
        snmp.set(printer, "1.3.6.1.2.1.43.5.1.1.1.1", integer(3));
        snmp.set(printer, "1.3.6.1.2.1.43.10.2.1.4.1.1", counter32(12345));
        snmp.set(printer, "1.3.6.1.2.1.43.8.2.1.9.1.1", integer(500));  // prtInputMaxCapacity
        snmp.set(printer, "1.3.6.1.2.1.43.8.2.1.13.1.1", octets("Tray 2"));
        snmp.set(printer, tray_level, integer(400));
        snmp.set(printer, "1.3.6.1.2.1.43.11.1.1.6.1.1", octets("Black"));
        snmp.set(printer, "1.3.6.1.2.1.43.11.1.1.7.1.1", integer(19));  // percent
        snmp.set(printer, "1.3.6.1.2.1.43.11.1.1.8.1.1", integer(100));
        snmp.set(printer, toner_level, integer(60));
    }

    /// Requests while the clock goes on to `when`.
    int requests_until(const std::string& when) {
        const int before = house.snmp().requests();
        house.run_until(at(when));
        return house.snmp().requests() - before;
    }
    void read_every_five_minutes() {
        std::string text = quiet_yaml;
        text.replace(text.find("class: printer,"), 15, "class: printer, snmp: {interval: 5m},");
        house.rewrite(text);
    }
    /// Sheets in the tray in [from, until), else 400.
    void sheets(int count, const std::string& from, const std::string& until) {
        house.snmp().move(
            printer, tray_level,
            [=, period = core::Period{at(from), at(until)}](core::WallTime now) {
                return integer(period.from <= now && now < period.until ? count : 400);
            });
    }
    std::vector<core::Incident> incidents() {
        auto all = house.read().incidents().list({}).value();
        std::ranges::reverse(all);
        return all;
    }

    House house{quiet_yaml, at("2026-11-10 18:30")};
};

TEST_F(PrinterStory, ItSleepsAtNightIsAskedByTheRoundAndHourlyByDay) {
    house.start();
    EXPECT_EQ(requests_until("2026-11-11 08:29"), 0);
    const int of_a_look = requests_until("2026-11-11 08:40");
    EXPECT_GT(of_a_look, 0) << "the round wakes it";
    requests_until("2026-11-11 10:00");
    const int of_six_hours = requests_until("2026-11-11 16:00");
    EXPECT_GE(of_six_hours, 6);
    EXPECT_LE(of_six_hours, 6 * of_a_look);
    requests_until("2026-11-13 18:00");
    EXPECT_EQ(requests_until("2026-11-14 08:29"), 0) << "the night to Saturday";
}

TEST_F(PrinterStory, WhoseIntervalIsSaidIsReadAtNight) {
    read_every_five_minutes();
    house.start();
    EXPECT_GE(requests_until("2026-11-10 20:30"), 23);
}

TEST_F(PrinterStory, PaperThatSomebodyFillsUpSoonIsNoIncident) {
    sheets(0, "2026-11-11 10:00", "2026-11-11 10:14");
    read_every_five_minutes();
    house.start();
    house.run_until(at("2026-11-11 18:00"));
    EXPECT_TRUE(incidents().empty());
}

TEST_F(PrinterStory, PaperThatRunsOutInTheEveningCountsFromNineOn) {
    sheets(0, "2026-11-10 19:00", "2026-11-11 12:00");
    read_every_five_minutes();
    house.start();
    house.run_until(at("2026-11-11 09:14"));
    EXPECT_TRUE(incidents().empty());
    house.run_until(at("2026-11-11 09:21"));
    ASSERT_EQ(incidents().size(), 1U);
    EXPECT_LT(incidents()[0].began, at("2026-11-10 19:06")) << "since it is so";
}

TEST_F(PrinterStory, PaperThatIsOutIsAnIncidentAfterFifteenWorkingMinutes) {
    sheets(0, "2026-11-11 10:00", "2026-11-11 14:00");
    house.start();
    house.run_until(at("2026-11-11 11:30"));  // seen within the hour, then every five minutes
    ASSERT_EQ(incidents().size(), 1U);
    const auto open = incidents().front();
    EXPECT_EQ(open.condition, (core::Condition{{"printer"}, "trays", "Tray 2"}));
    EXPECT_GE(open.opened - open.began, core::paper_patience);
    EXPECT_LE(open.opened - open.began, core::paper_patience + 5min + 10s);
    house.run_until(at("2026-11-11 15:20"));  // hourly by then
    EXPECT_EQ(incidents().front().state, core::IncidentState::resolved);
}

TEST_F(PrinterStory, LowTonerIsBelievedFiveMinutesLaterAndThenReadHourly) {
    house.snmp().move(printer, toner_level, [](core::WallTime now) {
        return integer(now < at("2026-11-11 10:00") ? 60 : 12);
    });
    // hrPrinterDetectedErrorState: the printer says so itself, as they do: lowToner(2).
    house.snmp().move(printer, "1.3.6.1.2.1.25.3.5.1.2.1", [](core::WallTime now) {
        return octets(now < at("2026-11-11 10:00") ? std::string(1, '\0') : "\x20");
    });
    house.start();
    const int of_a_look = requests_until("2026-11-11 08:40");
    house.run_until(at("2026-11-11 12:10"));
    std::set<std::string> items;
    for (const auto& incident : incidents()) items.insert(incident.condition.item);
    EXPECT_EQ(items, (std::set<std::string>{"printer", "supplies"}));
    EXPECT_LE(requests_until("2026-11-11 15:10"), 4 * of_a_look) << "not every five minutes";
}

}  // namespace
}  // namespace rounds::tests
