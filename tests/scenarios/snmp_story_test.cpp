// Short stories of the whole daemon: what devices tell by SNMP, and what comes of it.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string_view>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/measured_day.hpp"
#include "daemon/report_writer.hpp"
#include "tests/scenarios/office_week.hpp"

namespace rounds::tests {
namespace {

using core::State;
using core::Verdict;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::string office_yaml = R"yaml(
site: {name: Small office, locale: en, time_zone: Europe/Berlin}
credentials: {office: {snmp: v2c, community: secret}}
polling:
  ping: {interval: 30s, packets: 5, timeout: 1s, down_after: 3, up_after: 2, retry_interval: 10s}
  snmp: {interval: 1m, timeout: 1s, retries: 1}
  anchors: [10.2.0.254]
devices:
  - {name: switch, address: 10.2.0.1, class: switch, credentials: office, ports: [uplink]}
  - {name: printer, address: 10.2.0.2, class: printer, credentials: office, upstream: switch, snmp: {interval: 1m}}
  - {name: ups, address: 10.2.0.3, class: ups, credentials: office, upstream: switch}
rounds: [{name: morning, at: "08:30", days: all}]
hooks: [{name: tickets, type: webhook, url: "http://tickets.example/"}]
)yaml";

constexpr auto sw = "10.2.0.1", printer = "10.2.0.2", ups = "10.2.0.3";
constexpr auto oper_status = "1.3.6.1.2.1.2.2.1.8.1";        // ifOperStatus.1: up(1), down(2)
constexpr auto toner_level = "1.3.6.1.2.1.43.11.1.1.9.1.1";  // prtMarkerSuppliesLevel
constexpr auto output_source = "1.3.6.1.2.1.33.1.4.1.0";  // upsOutputSource: normal(3), battery(5)

class SnmpStory : public ::testing::Test {
 protected:
    SnmpStory() {
        for (const char* address : {sw, printer, ups, "10.2.0.254"}) house.office().add(address);
        for (const char* address : {printer, ups}) house.office().hang(address, sw);
        for (const char* address : {sw, printer, ups}) system_group(address);
        a_switch();
        a_printer();
        a_ups();
    }

    void system_group(const std::string& address) {
        auto& snmp = house.snmp();
        snmp.set(address, "1.3.6.1.2.1.1.1.0", octets("A device"));
        snmp.set(address, "1.3.6.1.2.1.1.2.0", oid("1.3.6.1.4.1.99999.1"));
        const auto began = house.clock().wall() - 24h;
        snmp.move(address, "1.3.6.1.2.1.1.3.0", [began](core::WallTime now) {
            return ticks(static_cast<std::uint64_t>((now - began).count() / 10));
        });
    }
    void a_switch() {
        auto& snmp = house.snmp();
        snmp.set(sw, "1.3.6.1.2.1.2.2.1.1.1", integer(1));
        snmp.set(sw, "1.3.6.1.2.1.2.2.1.2.1", octets("uplink"));
        snmp.set(sw, "1.3.6.1.2.1.2.2.1.3.1", integer(6));
        snmp.set(sw, "1.3.6.1.2.1.2.2.1.7.1", integer(1));
        snmp.set(sw, oper_status, integer(1));
        snmp.set(sw, "1.3.6.1.2.1.31.1.1.1.1.1", octets("uplink"));
        snmp.set(sw, "1.3.6.1.2.1.31.1.1.1.15.1", gauge32(1000));
        const auto began = house.clock().wall();
        // ifHCInOctets: a million octets a second.
        snmp.move(sw, "1.3.6.1.2.1.31.1.1.1.6.1", [began](core::WallTime now) {
            return counter64(static_cast<std::uint64_t>((now - began).count()) * 1000);
        });
    }
    void a_printer() {
        auto& snmp = house.snmp();
        const std::string supplies = "1.3.6.1.2.1.43.11.1.1.";
        snmp.set(printer, "1.3.6.1.2.1.43.5.1.1.1.1", integer(3));
        snmp.set(printer, supplies + "4.1.1", integer(3));  // supplyThatIsConsumed
        snmp.set(printer, supplies + "5.1.1", integer(3));  // toner
        snmp.set(printer, supplies + "6.1.1", octets("Black \x1b[31mToner"));
        snmp.set(printer, supplies + "7.1.1", integer(19));  // percent
        snmp.set(printer, supplies + "8.1.1", integer(100));
        snmp.set(printer, toner_level, integer(60));
        snmp.set(printer, "1.3.6.1.2.1.43.10.2.1.4.1.1", counter32(12345));
    }
    void a_ups() {
        house.snmp().set(ups, "1.3.6.1.2.1.33.1.1.1.0", octets("Maker"));
        house.snmp().set(ups, "1.3.6.1.2.1.33.1.2.1.0", integer(2));
        house.snmp().set(ups, output_source, integer(3));
    }
    /// From here on a value is another one.
    void from(const std::string& when, const char* address, const char* name, std::int64_t before,
              std::int64_t after) {
        const auto moment = at(when);
        house.snmp().move(address, name, [=](core::WallTime now) {
            return integer(now < moment ? before : after);
        });
    }

    core::Reachability belief(const std::string& name) {
        return house.read().recall().value().beliefs.at({name});
    }
    /// All incidents, oldest first.
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
    std::set<std::string> told() {
        std::set<std::string> events;
        for (const auto& posted : house.hooks().log) events.insert(posted.id);
        return events;
    }

    House house{office_yaml, at("2026-11-10 07:00")};
};

TEST_F(SnmpStory, WhoFiltersPingIsUpAsLongAsItsAgentAnswers) {
    house.office().silence(printer, {at("2026-11-10 07:10"), at("2026-11-10 09:00")});
    house.snmp().silence(printer, {at("2026-11-10 07:30"), at("2026-11-10 08:00")});
    house.start();
    house.run_until(at("2026-11-10 07:25"));
    EXPECT_EQ(belief("printer").state, State::up);
    EXPECT_THAT(incidents(), IsEmpty());
    house.run_until(at("2026-11-10 07:35"));
    EXPECT_EQ(belief("printer").state, State::down);
    house.run_until(at("2026-11-10 08:05"));
    EXPECT_EQ(belief("printer").state, State::up);
    ASSERT_EQ(incidents().size(), 1U);
}

TEST_F(SnmpStory, AnAgentThatFallsSilentIsAWarningWithItsReason) {
    house.snmp().trouble(sw, core::SnmpTrouble::wrong_password);
    house.start();
    house.run_until(at("2026-11-10 08:40"));
    ASSERT_EQ(incidents().size(), 1U);
    EXPECT_EQ(incidents()[0].condition.item, "snmp");
    EXPECT_EQ(incidents()[0].summary.id, core::MessageId::reason_snmp_wrong_password);
    EXPECT_EQ(incidents()[0].severity, core::Severity::third);
    const auto round = house.read().last_round("morning").value();
    const auto record = house.read().record(round->id).value();
    EXPECT_EQ(record.round.devices[0].conclusion.verdict, Verdict::warning);
    EXPECT_EQ(record.round.devices[0].facts, std::nullopt);
}

TEST_F(SnmpStory, WhatCannotBeReadWholeIsAWarningWithItsReason) {
    house.snmp().break_table(sw, "1.3.6.1.2.1.2.2.1", ports::SnmpTable::End::not_increasing);
    house.start();
    house.run_until(at("2026-11-10 08:40"));
    ASSERT_EQ(incidents().size(), 1U);
    EXPECT_EQ(incidents()[0].condition.item, "snmp");
    EXPECT_EQ(incidents()[0].summary.id, core::MessageId::reason_table_not_increasing);
    const auto round = house.read().last_round("morning").value();
    const auto record = house.read().record(round->id).value();
    EXPECT_EQ(record.round.devices[0].conclusion.verdict, Verdict::warning);
    EXPECT_NE(record.round.devices[0].facts, std::nullopt) << "what was read counts";
}

TEST_F(SnmpStory, WhatIsIgnoredByNowIsLetGo) {
    house.snmp().break_table(sw, "1.3.6.1.2.1.2.2.1", ports::SnmpTable::End::not_increasing);
    house.start();
    house.run_until(at("2026-11-10 07:20"));
    ASSERT_EQ(incidents().size(), 1U);
    std::string text = office_yaml;
    text.replace(text.find("ports: [uplink]"), 15, "ports: [uplink], ignore: [snmp]");
    house.rewrite(text);
    house.app().reload();
    house.run_until(at("2026-11-10 08:40"));
    EXPECT_EQ(life(incidents()[0]), "opened resolved");
    EXPECT_TRUE(house.read().recall()->items.empty());
    const auto round = house.read().last_round("morning").value();
    const auto record = house.read().record(round->id).value();
    EXPECT_EQ(record.round.devices[0].conclusion.verdict, Verdict::ok);
}

TEST_F(SnmpStory, ATonerRunningOutIsANoticeAndThenAFault) {
    from("2026-11-10 07:10", printer, toner_level, 60, 12);
    house.start();
    house.run_until(at("2026-11-10 08:00"));
    ASSERT_EQ(incidents().size(), 1U);
    const auto notice = incidents()[0];
    EXPECT_EQ(notice.condition.item, "supplies");
    EXPECT_EQ(notice.severity, core::Severity::fourth);
    EXPECT_EQ(notice.verdict, Verdict::warning);

    from("2026-11-10 08:05", printer, toner_level, 12, 0);
    house.run_until(at("2026-11-10 08:10"));
    EXPECT_EQ(life(incidents()[0]), "opened worsened");
    from("2026-11-10 08:12", printer, toner_level, 0, 100);
    house.run_until(at("2026-11-10 08:20"));
    EXPECT_EQ(life(incidents()[0]), "opened worsened resolved");
    EXPECT_EQ(incidents().size(), 1U);
    EXPECT_EQ(told().size(), 3U);
    // What the device says is inert in what is told.
    for (const auto& posted : house.hooks().log) {
        EXPECT_EQ(posted.body.find('\x1b'), std::string::npos);
        EXPECT_EQ(posted.body.find("\\u001b"), std::string::npos);
    }
}

TEST_F(SnmpStory, AUpsOnBatteryIsCriticalAtTheNextLook) {
    from("2026-11-10 07:10", ups, output_source, 3, 5);
    house.start();
    house.run_until(at("2026-11-10 07:12"));
    ASSERT_EQ(incidents().size(), 1U);
    EXPECT_EQ(incidents()[0].verdict, Verdict::critical);
    EXPECT_EQ(incidents()[0].severity, core::Severity::second);
    EXPECT_EQ(incidents()[0].name, "ups");
}

TEST_F(SnmpStory, APortThatTogglesSixtyTimesIsOneIncidentAndAtMostThreeMessages) {
    const auto first = at("2026-11-10 07:10");
    house.snmp().move(sw, oper_status, [first](core::WallTime now) {
        const auto since = now - first;
        const bool toggles = since >= 0min && since < 120min;
        return integer(toggles && (since / 1min) % 2 == 0 ? 2 : 1);
    });
    house.start();
    house.run_until(at("2026-11-10 10:00"));
    ASSERT_EQ(incidents().size(), 1U);
    EXPECT_EQ(life(incidents()[0]), "opened flapping resolved");
    EXPECT_TRUE(incidents()[0].flapping);
    EXPECT_EQ(told().size(), 3U);
}

TEST_F(SnmpStory, ARestartRepeatsNothingThatIsWrongStill) {
    from("2026-11-10 07:10", printer, toner_level, 60, 12);
    from("2026-11-10 07:10", ups, output_source, 3, 5);
    house.start();
    house.run_until(at("2026-11-10 07:20"));
    ASSERT_EQ(incidents().size(), 2U);
    for (int restart = 0; restart < 5; ++restart) {
        restart % 2 == 0 ? house.crash() : house.stop();
        house.start();
        house.run_until(house.clock().wall() + 7min);
    }
    ASSERT_EQ(incidents().size(), 2U);
    for (const auto& incident : incidents()) EXPECT_EQ(life(incident), "opened");
    EXPECT_EQ(told().size(), 2U);
}

TEST_F(SnmpStory, WithoutCredentialsNobodyLooksAndTheIncidentEnds) {
    from("2026-11-10 07:10", printer, toner_level, 60, 12);
    house.start();
    house.run_until(at("2026-11-10 07:20"));
    ASSERT_EQ(incidents().size(), 1U);
    std::string text = office_yaml;
    text.replace(text.find("class: printer, credentials: office"), 35, "class: printer");
    house.rewrite(text);
    house.app().reload();
    house.run_until(at("2026-11-10 07:30"));
    EXPECT_EQ(life(incidents()[0]), "opened resolved");
    EXPECT_TRUE(house.read().recall()->items.empty());
}

TEST_F(SnmpStory, ADevicesOwnLimitCounts) {
    std::string text = office_yaml;
    text.replace(text.find("class: printer"), 14,
                 "class: printer, thresholds: {supplies: {warning: 70%}}");
    house.rewrite(text);
    house.start();
    house.run_until(at("2026-11-10 07:10"));
    ASSERT_EQ(incidents().size(), 1U);
    EXPECT_EQ(incidents()[0].condition.item, "supplies");
}

TEST_F(SnmpStory, AnAgentOfV1IsAskedForWhatMovesAlone) {
    std::string text = office_yaml;
    text.replace(text.find("v2c"), 3, "v1");
    house.rewrite(text);
    house.start();
    house.run_until(at("2026-11-10 07:30"));
    const auto times = [&](std::string_view name) {
        return std::ranges::count(house.snmp().asked(), core::Oid::parse(name).value());
    };
    EXPECT_GT(times(oper_status), 20);
    EXPECT_LE(times("1.3.6.1.2.1.2.2.1.2"), 6) << "ifDescr: once of each device, once more at most";
}

TEST_F(SnmpStory, ADeadSwitchHidesWhatItsDevicesWouldSay) {
    house.office().silence(sw, {at("2026-11-10 07:10"), at("2026-11-10 08:00")});
    for (const char* address : {sw, printer, ups})
        house.snmp().silence(address, {at("2026-11-10 07:10"), at("2026-11-10 08:00")});
    house.start();
    house.run_until(at("2026-11-10 08:10"));
    ASSERT_EQ(incidents().size(), 1U);
    EXPECT_EQ(incidents()[0].condition.item, "reachability");
    EXPECT_EQ(incidents()[0].name, "switch");
}

TEST_F(SnmpStory, ARoundRemembersWhatDevicesTold) {
    from("2026-11-10 07:10", printer, toner_level, 60, 12);
    house.start();
    house.run_until(at("2026-11-10 08:40"));
    const auto round = house.read().last_round("morning").value();
    ASSERT_TRUE(round);
    const auto record = house.read().record(round->id).value();
    const auto& mfp = record.round.devices[1];
    EXPECT_EQ(mfp.conclusion.verdict, Verdict::warning);
    ASSERT_TRUE(mfp.facts);
    ASSERT_EQ(mfp.facts->supplies.size(), 1U);
    EXPECT_EQ(mfp.facts->supplies[0].percent, 12.0);
    EXPECT_EQ(mfp.facts->page_count, 12345);
    ASSERT_EQ(mfp.findings.size(), 1U);
    EXPECT_EQ(mfp.findings[0].item, "supplies");
    EXPECT_EQ(mfp.findings[0].value, 12.0);
}

TEST_F(SnmpStory, WhatIsMeasuredIsKept) {
    house.start();
    house.run_until(at("2026-11-10 07:30"));
    house.stop();
    auto samples = store::SampleStore::open_read_only(house.state()).value();
    const core::Period morning{at("2026-11-10 07:00"), at("2026-11-10 08:00")};
    const auto pages = samples.read({{"printer"}, "page-count", ""}, morning).value();
    EXPECT_GE(pages.size(), 25U);
    for (const auto& point : pages) EXPECT_EQ(point.value, 12345.0);
    const auto traffic = samples.read({{"switch"}, "port-in", "uplink"}, morning).value();
    EXPECT_GE(traffic.size(), 25U);
    for (const auto& point : traffic) EXPECT_NEAR(point.value, 8e6, 8e4);
}

/// From 07:10 to 08:00 the uplink receives 100 faulty packets to 1,000 good ones a second; at 07:40 its agent
/// restarts, and at 07:50 somebody clears the counters.
TEST_F(SnmpStory, APortWithFaultyPacketsIsOneWarningUntilTheyEnd) {
    const auto since = [](core::WallTime from, core::WallTime now, core::WallTime until) {
        return static_cast<std::uint64_t>(
            std::max<std::int64_t>(0, (std::min(now, until) - from).count()));
    };
    const auto faulty = at("2026-11-10 07:10"), cleared = at("2026-11-10 07:50"),
               well = at("2026-11-10 08:00"), began = at("2026-11-10 07:00"),
               restarted = at("2026-11-10 07:40");
    auto& snmp = house.snmp();
    snmp.move(sw, "1.3.6.1.2.1.31.1.1.1.7.1", [=](core::WallTime now) {  // ifHCInUcastPkts
        return counter64(since(now < restarted ? began : restarted, now, now));
    });
    snmp.move(sw, "1.3.6.1.2.1.1.3.0", [=](core::WallTime now) {
        const auto start = now < restarted ? began - 24h : restarted;
        return ticks(static_cast<std::uint64_t>((now - start).count() / 10));
    });
    snmp.move(sw, "1.3.6.1.2.1.2.2.1.14.1", [=](core::WallTime now) {  // ifInErrors
        const auto from = now < restarted ? faulty : now < cleared ? restarted : cleared;
        return counter32(since(from, now, well) / 10);
    });
    house.start();
    house.run_until(at("2026-11-10 07:09"));
    EXPECT_THAT(incidents(), IsEmpty());
    house.run_until(at("2026-11-10 07:59"));
    ASSERT_EQ(incidents().size(), 1U);
    const auto incident = incidents()[0];
    EXPECT_EQ(incident.condition.item, "port-errors");
    EXPECT_EQ(incident.condition.instance, "uplink");
    EXPECT_EQ(incident.verdict, Verdict::warning);
    EXPECT_EQ(incident.severity, core::Severity::third);
    EXPECT_EQ(life(incident), "opened");  // neither restart nor clearing ended or worsened it
    house.run_until(at("2026-11-10 08:20"));
    ASSERT_EQ(incidents().size(), 1U);
    EXPECT_EQ(life(incidents()[0]), "opened resolved");
    EXPECT_EQ(told().size(), 2U);
}

TEST_F(SnmpStory, TheReportHasWhatWasMeasuredAndIsTheSameWhenItIsMadeAgain) {
    const auto began = house.clock().wall();
    house.snmp().move(printer, "1.3.6.1.2.1.43.10.2.1.4.1.1", [began](core::WallTime now) {
        return counter32(12345 +
                         static_cast<std::uint64_t>((now - began) / 1min));  // a page a minute
    });
    house.snmp().move(printer, toner_level,
                      [began](core::WallTime now) { return integer(95 - (now - began) / 6h); });
    std::string text = office_yaml;
    text +=
        "links: [{name: egress, device: switch, interface: uplink, bandwidth: 100M, targets: "
        "[10.2.0.254]}]\n";
    const std::pair<const char*, const char*> instead[] = {
        {"class: printer,", "class: printer, thresholds: {supplies: {warning: 2%}},"},
        {"interval: 1m", "interval: 10m"},
        {"interval: 30s", "interval: 5m"}};
    for (const auto& [was, is] : instead)
        text.replace(text.find(was), std::string_view(was).size(), is);
    house.rewrite(text);
    house.start();
    house.run_until(at("2026-11-13 08:40"));
    const auto made = house.read().last_round("morning").value();
    ASSERT_TRUE(made);
    auto record = house.read().record(made->id).value();
    EXPECT_EQ(record.round.devices[1].limits.at("supplies").warning, 2.0);

    record.measured = daemon::measured_in(record.round, house.state()).value();
    EXPECT_EQ(record.measured.pages.at({"printer"}), 24 * 60);
    ASSERT_EQ(record.measured.courses.size(), 1U);
    EXPECT_EQ(record.measured.courses[0].days.size(), 4U);
    ASSERT_EQ(record.measured.digests.size(), 1U);
    EXPECT_EQ(record.measured.digests[0].series.metric, "link-in");
    EXPECT_NEAR(record.measured.digests[0].p95, 8e6, 8e4);

    const auto file =
        house.reports() / daemon::daily_file_name(made->id, config::ReportFormat::html);
    std::ostringstream written;
    written << std::ifstream(file, std::ios::binary).rdbuf();
    const auto again = daemon::render_daily(
        record, house.setup().locale(), house.setup().calendar.zone(), config::ReportFormat::html);
    EXPECT_EQ(written.str(), again);
    EXPECT_THAT(again, ::testing::HasSubstr("Days left"));
    EXPECT_THAT(again, ::testing::HasSubstr("1440"));
    house.stop();

    // Without samples the same report, without what they say.
    std::filesystem::remove(house.state() / "samples.db");
    EXPECT_EQ(daemon::measured_in(record.round, house.state()).value(), core::Measurements{});
}

TEST_F(SnmpStory, AReceiverThatIsDownOvernightIsToldInTheMorning) {
    const core::Period night{at("2026-11-10 07:00"), at("2026-11-11 07:00")};
    house.hooks().answer = [night](const FakeHookPort::Posted& posted) {
        return std::pair{FakeHookPort::status(night.contains(posted.at) ? 503 : 200),
                         core::Duration{50}};
    };
    from("2026-11-10 18:00", ups, output_source, 3, 5);
    house.start();
    house.run_until(at("2026-11-11 06:00"));
    from("2026-11-11 06:30", ups, output_source, 5, 3);
    house.run_until(at("2026-11-11 09:00"));
    const auto arrived = [&] {
        std::vector<std::string> ids;
        for (const auto& posted : house.hooks().log)
            if (!night.contains(posted.at)) ids.push_back(posted.id);
        return ids;
    }();
    const auto events = house.read().incidents().show(incidents().at(0).id).value().events;
    ASSERT_EQ(events.size(), 2U);
    EXPECT_THAT(arrived, ElementsAre(events[0].id.value, events[1].id.value));
}

}  // namespace
}  // namespace rounds::tests
