// The office of the tests on a day in which every section has something to say.
#include <tuple>
#include <utility>

#include "core/check_item.hpp"
#include "tests/reports/story.hpp"

namespace rounds::reports {

using core::DeviceClass;
using core::DeviceResult;
using core::Facts;
using core::IncidentEvent;
using core::IncidentState;
using core::Message;
using core::MessageId;
using core::Severity;
using core::Verdict;
using std::chrono::hours;

namespace {

void switch_facts(Facts& facts, double cpu, double memory, double hottest, int days_up) {
    facts.device.uptime = hours{24 * days_up + 3};
    facts.processors = {{"CPU 1", cpu}};
    facts.memory = {{"Physical memory", "system", {}, {}, memory}};
    facts.sensors = {{"temperature", "Mainboard", hottest - 6, "C", {}, {}, {}, {}},
                     {"temperature", "Switching chip", hottest, "C", {}, {}, {}, {}}};
    for (int i = 1; i <= 3; ++i) {
        core::InterfaceFacts port;
        port.index = i;
        port.name = "GE0/0/" + std::to_string(i);
        port.admin_status = port.oper_status = "up";
        facts.interfaces.push_back(port);
    }
    facts.states = {{"Fan 1", 1, "normal", Verdict::ok, "fan"},
                    {"Power 1", 1, "normal", Verdict::ok, "power-supply"},
                    {"Power 2", 1, "normal", Verdict::ok, "power-supply"}};
}

void network(Story& story) {
    switch_facts(story.facts("core-1"), 12, 41, 38, 42);
    switch_facts(story.facts("fw-1"), 23, 55, 44, 181);
    switch_facts(story.facts("sw-2f"), 9, 37, 36, 42);
    Facts& broken = story.facts("sw-3f");
    switch_facts(broken, 11, 39, 52, 0);
    broken.device.uptime = hours{21};
    broken.states[1] = {"Power 1", 3, "failed", Verdict::critical, "power-supply"};
    broken.neighbors = {{"GE0/0/2", "sw-3f-b", "GE0/0/24", "lldp"}};
    broken.interfaces[1].oper_status = "down";
    story.judged("sw-3f");
    story.find("wlc-1").findings.push_back(
        {.item = "snmp",
         .verdict = Verdict::warning,
         .message = Message{MessageId::reason_snmp_wrong_password},
         .evidence_at = story.round().began});
    story.conclude("wlc-1");
}

void printers(Story& story) {
    Facts& colour = story.facts("mfp-3f");
    colour.supplies = {{"Toner Black", "toner", "black", 62.0, {}},
                       {"Toner Cyan", "toner", "cyan", 8.0, {}},
                       {"Toner Magenta", "toner", "magenta", 41.0, {}},
                       {"Toner Yellow", "toner", "yellow", 55.0, {}},
                       {"Waste Toner Box", "waste", "", 70.0, {}}};
    colour.trays = {{"Tray 1", 85.0, {}}, {"Tray 2", 0.0, {}}};
    colour.page_count = 184'220;
    colour.console_text = {"Load paper in Tray 2", "A4 plain"};
    colour.alerts = {{Verdict::warning, "Tray 2 empty"}};
    colour.states = {{"Printer", 6, "lowPaper", Verdict::warning, "printer"}};
    story.judged("mfp-3f");
    Facts& mono = story.facts("prn-2f");
    mono.supplies = {{"Cartridge", "toner", "", {}, core::LevelState::some_remaining}};
    mono.trays = {{"Tray 2", {}, core::LevelState::some_remaining}};
    mono.page_count = 40'118;
    mono.console_text = {"Sleep"};
    mono.states = {{"Printer", 0, "none", Verdict::ok, "printer"}};
}

void power(Story& story) {
    Facts& ups = story.facts("ups-1");
    ups.device.device_class = core::DeviceClass::ups;
    ups.states = {{"Output source", 5, "battery", Verdict::critical, "ups-source"}};
    ups.sensors = {{"load", "Output 1", 41, "%", {}, {}, {}, {}},
                   {"charge", "Battery charge", 83, "%", {}, {}, {}, {}},
                   {"runtime", "Time left on battery", 38, "min", {}, {}, {}, {}},
                   {"temperature", "Battery", 24.5, "C", {}, {}, {}, {}}};
    story.judged("ups-1");
}

void storage(Story& story) {
    Facts& nas = story.facts("nas-1");
    nas.device.uptime = hours{24 * 90};
    nas.storage = {{"/", "fixed-disk", {}, {}, 35.0, false},
                   {"/volume1", "fixed-disk", {}, {}, 88.0, false},
                   {"/tmp", "ram-disk", {}, {}, 99.0, false}};
    nas.processors = {{"CPU 1", 20}, {"CPU 2", 40}};
    nas.memory = {{"Physical memory", "system", {}, {}, 64.0},
                  {"Cached memory", "cached", {}, {}, 98.0}};
    story.judged("nas-1");
}

void incidents(Story& story) {
    core::IncidentHistory& dead = story.incident(
        "sw-3f", "reachability", "2026-11-23 10:12", Severity::second,
        {MessageId::reason_silent_since, {{"since", story.moment("2026-11-23 10:12")}}});
    story.happened(dead, IncidentEvent::Kind::acknowledged, "2026-11-23 10:30", "王工");
    story.happened(dead, IncidentEvent::Kind::commented, "2026-11-23 10:50", "王工",
                   "两路电源接在同一插座，已分开");
    dead.incident.recovered = story.moment("2026-11-23 11:05");
    story.happened(dead, IncidentEvent::Kind::resolved, "2026-11-23 11:07");

    core::IncidentHistory& supply = story.incident_of("sw-3f", "power-supply", "2026-11-23 11:10");
    story.happened(supply, IncidentEvent::Kind::acknowledged, "2026-11-23 11:20", "王工",
                   "备件今日 14:00 到");
    story.incident_of("sw-3f", "port-status", "2026-11-24 08:20");
    story.incident_of("mfp-3f", "supplies", "2026-11-23 16:40");
    story.incident_of("ups-1", "ups-source", "2026-11-24 08:24");
    story.incident_of("nas-1", "storage", "2026-11-21 03:00");
    core::IncidentHistory& restless =
        story.incident("ap-3f-01", "port-status", "2026-11-23 13:00", Severity::third,
                       {MessageId::item_port_down, {{"port", std::string{"eth0"}}}});
    restless.incident.condition.instance = "eth0";
    story.happened(restless, IncidentEvent::Kind::flapping, "2026-11-23 13:20");
    restless.incident.recovered = story.moment("2026-11-23 14:10");
    story.happened(restless, IncidentEvent::Kind::resolved, "2026-11-23 14:25");
}

void over_time(Story& story) {
    const std::tuple<const char*, double, double, double> network[] = {{"core-1", 11.2, 40.6, 37.4},
                                                                       {"fw-1", 26.4, 54.9, 43.1},
                                                                       {"sw-2f", 9.1, 37.2, 35.8},
                                                                       {"sw-3f", 12.3, 39.4, 44.9}};
    for (const auto& [name, cpu, memory, hottest] : network) {
        story.measured(name, "cpu", "", cpu, cpu * 3.5);
        story.measured(name, "memory", "Physical memory", memory, memory + 4);
        story.measured(name, "sensor-temperature", "Mainboard", hottest - 6, hottest - 2);
        story.measured(name, "sensor-temperature", "Switching chip", hottest, hottest + 3.25);
    }
    story.measured("nas-1", "cpu", "", 17.5, 96);
    story.measured("nas-1", "memory", "Physical memory", 61, 71);
    story.measured("ups-1", "sensor-temperature", "Battery", 23.9, 25);
    story.measured("link:出口-1", "link-in", "", 61e6, 184e6);
    story.measured("link:出口-1", "link-out", "", 9e6, 52e6);
    story.course("nas-1", "storage", "/volume1", {85.6, 86, 86.4, 86.8, 87.2, 87.6, 88});
    story.course("mfp-3f", "supplies", "Toner Cyan", {22, 20, 18, 16, 14, 12, 10, 8});
    story.course("mfp-3f", "supplies", "Toner Black", {70, 69, 68, 66, 65, 64, 63, 62});
    story.measurements().pages = {{{"mfp-3f"}, 412}, {{"prn-2f"}, 0}};
    story.find("nas-1").limits["storage"] = {.warning = 80, .critical = 90};
    story.find("sw-3f").limits["cpu"] = {.warning = 70, .critical = 95};
    story.find("fw-1").limits["cpu"] = {.warning = 70, .critical = 95};
}

}  // namespace

Story full_day() {
    Story story = dead_switch();
    network(story);
    printers(story);
    power(story);
    storage(story);
    incidents(story);
    over_time(story);
    return story;
}

}  // namespace rounds::reports
