// The offices of the tests.
#include <limits>
#include <span>

#include "tests/reports/story.hpp"

namespace rounds::reports {

using core::DeviceClass;
using core::DeviceResult;
using core::State;
using core::Verdict;

namespace {

void place(DeviceResult& device, std::string address, std::string model, std::string location,
           std::string department, std::string owner) {
    device.address = std::move(address);
    device.model = std::move(model);
    device.location = std::move(location);
    device.department = std::move(department);
    device.owner = std::move(owner);
}

void network(Story& story) {
    place(story.device("core-1", DeviceClass::switch_), "10.1.0.1", "S5735-L24T4X", "机房 A 柜",
          "信息部", "王工");
    story.find("core-1").severity = core::Severity::first;
    place(story.device("fw-1", DeviceClass::firewall), "10.1.0.254", "USG6300E", "机房 A 柜",
          "信息部", "王工");
    place(story.device("wlc-1", DeviceClass::wireless_controller), "10.1.0.3", "AC6508",
          "机房 A 柜", "信息部", "");
    place(story.device("sw-2f", DeviceClass::switch_), "10.1.2.1", "S5720S-28P", "二楼弱电间",
          "信息部", "王工");
    place(story.device("sw-3f", DeviceClass::switch_), "10.1.3.1", "S5720S-28P", "三楼弱电间",
          "信息部", "王工");
    story.find("sw-3f").severity = core::Severity::second;
    place(story.device("ap-3f-01", DeviceClass::access_point), "10.1.3.11", "AirEngine 5761",
          "三楼东", "信息部", "");
    const std::pair<const char*, int> speeds[] = {{"core-1", 400}, {"fw-1", 600},
                                                  {"wlc-1", 550},  {"sw-2f", 700},
                                                  {"sw-3f", 800},  {"ap-3f-01", 1900}};
    for (const auto& [name, avg] : speeds) story.pinged(name, avg, avg / 3);
    for (auto& device : story.round().devices)
        device.upstream = device.name == "core-1" ? "" : "core-1";
}

void egress(Story& story) {
    core::LinkResult& egress = story.link("出口-1");
    egress.device = "fw-1", egress.interface = "GE0/0/1", egress.carrier = "电信",
    egress.fault_phone = "10000";
    egress.bandwidth_bps = 200'000'000, egress.dns_asked = true,
    egress.dns_took = core::Duration{9};
    core::LinkResult& leased = story.link("专线-苏州");
    leased.device = "core-1", leased.interface = "XGE0/0/2", leased.carrier = "联通",
    leased.circuit = "A-2231";
    leased.bandwidth_bps = 50'000'000;
    story.pinged("link:出口-1", 4100, 3000);
    story.pinged("link:专线-苏州", 6800, 900);
}

void others(Story& story) {
    place(story.device("mfp-3f", DeviceClass::printer), "10.1.3.50", "bizhub C250i", "三楼东",
          "财务部", "李文");
    place(story.device("prn-2f", DeviceClass::printer), "10.1.2.50", "LaserJet M404", "二楼",
          "人事部", "李文");
    place(story.device("ups-1", DeviceClass::ups), "10.1.0.20", "C6K", "机房 A 柜", "信息部",
          "王工");
    place(story.device("nas-1", DeviceClass::nas), "10.1.0.30", "DS1821+", "机房 B 柜", "信息部",
          "王工");
    place(story.device("cam-7", DeviceClass::camera), "cam-7.lan", "", "三楼走廊", "行政部", "");
    story.find("cam-7").conclusion = {Verdict::missed,
                                      core::Message{core::MessageId::reason_name_not_found,
                                                    {{"name", std::string{"cam-7.lan"}}}}};
    story.find("cam-7").evidence_at.reset();
    story.state("cam-7", State::unknown, "2026-11-22 00:00");
    for (const char* name : {"mfp-3f", "prn-2f", "ups-1", "nas-1"}) story.pinged(name, 900, 700);
}

// On in working hours, off in the evening; 18 of finance and 29 of marketing hang on the third
// floor.
void pcs(Story& story) {
    const auto add = [&](const std::string& prefix, const std::string& department, int count,
                         int on) {
        for (int i = 1; i <= count; ++i) {
            const std::string name = prefix + (i < 10 ? "0" : "") + std::to_string(i);
            place(story.device(name, DeviceClass::pc), "10.1.9." + std::to_string(i), "", "",
                  department, "");
            story.state(name, State::off, "2026-11-20 18:20", "2026-11-23 08:50");
            story.lasting(name, State::off, "2026-11-23 18:25");
            if (i > on) continue;
            story.state(name, State::up, "2026-11-24 08:20");
            story.find(name).conclusion = {Verdict::ok, std::nullopt};
        }
    };
    add("pc-cw-", "财务部", 18, 6);
    add("pc-mk-", "市场部", 31, 9);
    add("pc-hr-", "人事部", 9, 4);
    story.lasting("pc-mk-14", State::off, "2026-11-11 18:00");
    story.find("pc-mk-14").absent_working_days = 8;
}

}  // namespace

Story dead_switch() {
    Story story("2026-11-23 08:30", "2026-11-24 08:30");
    story.working_hours("2026-11-23 09:00", "2026-11-23 18:00");
    network(story);
    egress(story);
    others(story);
    pcs(story);
    story.state("sw-3f", State::down, "2026-11-23 10:12", "2026-11-23 11:05");
    const auto hide = [&](const std::string& name) {
        story.state(name, State::suppressed, "2026-11-23 10:12", "2026-11-23 11:05", "sw-3f");
    };
    hide("ap-3f-01"), hide("mfp-3f");
    for (int i = 1; i <= 18; ++i)
        hide(std::string("pc-cw-") + (i < 10 ? "0" : "") + std::to_string(i));
    for (int i = 1; i <= 28; ++i) {
        if (i != 14) hide(std::string("pc-mk-") + (i < 10 ? "0" : "") + std::to_string(i));
    }
    hide("pc-mk-29");
    story.find("sw-2f").conclusion = {
        Verdict::warning, core::Message{core::MessageId::reason_loss,
                                        {{"loss", core::Ratio{0.4}}, {"limit", core::Ratio{0.2}}}}};
    return story;
}

Story bad_morning() {
    Story story("2026-11-20 08:30", "2026-11-23 08:30");
    story.working_hours("2026-11-20 09:00", "2026-11-20 18:00");
    story.round().began = story.moment("2026-11-23 09:12");
    story.round().finished = story.round().began + std::chrono::seconds{40};
    network(story);
    egress(story);
    others(story);
    pcs(story);
    story.lasting("link:出口-1", State::down, "2026-11-23 07:41");
    story.lasting("sw-3f", State::down, "2026-11-22 02:10");
    story.lasting("ap-3f-01", State::suppressed, "2026-11-22 02:10", "sw-3f");
    story.lasting("mfp-3f", State::suppressed, "2026-11-22 02:10", "sw-3f");
    for (const char* hour : {"10", "11", "13", "15", "16"})
        story.state("wlc-1", State::down, std::string("2026-11-20 ") + hour + ":03",
                    std::string("2026-11-20 ") + hour + ":09");
    story.gap(core::Gap::Cause::not_running, "2026-11-20 22:00", "2026-11-21 00:40");
    story.gap(core::Gap::Cause::blind, "2026-11-21 12:00", "2026-11-21 12:45");
    return story;
}

namespace {

// Everything a device can say by SNMP, and all that people write into an incident.
void hostile_facts(Story& story, std::span<const std::string> bad) {
    using enum core::Verdict;
    const auto fill = [&](core::Facts& facts, std::size_t i) {
        const std::string &a = bad[i % bad.size()], &b = bad[(i + 1) % bad.size()];
        facts.device.uptime = core::Duration::max();
        facts.processors = {{a, 1e308}, {b, -1}};
        facts.memory = {{a, "system", {}, {}, 1e300}};
        facts.storage = {{a, "fixed-disk", {}, {}, 97.0, false}};
        facts.sensors = {{"temperature", a, -1e300, b, {}, {}, {}, {}},
                         {"runtime", a, 1e300, b, {}, {}, {}, {}},
                         {"load", b, std::numeric_limits<double>::quiet_NaN(), a, {}, {}, {}, {}}};
        facts.states = {{a, 3, b, critical, "fan"},
                        {b, 3, a, warning, "power-supply"},
                        {a, 3, b, critical, "printer"},
                        {b, 3, a, critical, "ups-source"}};
        facts.supplies = {{a, "toner", "black", 3.0, {}}, {b, "toner", a, {}, {}}};
        facts.trays = {{a, 0.0, {}}, {b, -5.0, {}}};
        facts.page_count = std::numeric_limits<std::int64_t>::min();
        facts.console_text = {a, b, "  ", ""};
        facts.alerts = {{critical, a}, {warning, b}};
        core::InterfaceFacts port;
        port.name = a, port.oper_status = b;
        facts.interfaces = {port};
        facts.neighbors = {{a, b, a, b}};
    };
    const std::pair<const char*, DeviceClass> told[] = {
        {"mfp", DeviceClass::printer}, {"ups", DeviceClass::ups}, {"nas", DeviceClass::nas}};
    for (const auto& [name, device_class] : told) {
        for (std::size_t i = 0; i < bad.size(); ++i) {
            const std::string id = name + std::to_string(i);
            story.device(id, device_class);
            fill(story.facts(id), i);
            story.judged(id);
        }
    }
    for (std::size_t i = 0; i < bad.size(); ++i) {
        fill(story.facts(bad[i]), i);
        core::IncidentHistory& history =
            story.incident(bad[i], "cpu", "2026-11-24 07:00", core::Severity::third,
                           {core::MessageId::state_other, {{"what", bad[i]}, {"state", bad[i]}}});
        history.incident.id.value = bad[i];
        story.happened(history, core::IncidentEvent::Kind::acknowledged, "2026-11-24 07:10", bad[i],
                       bad[i]);
    }
}

}  // namespace

Story hostile() {
    Story story("2026-11-23 08:30", "2026-11-24 08:30");
    story.working_hours("2026-11-23 09:00", "2026-11-23 18:00");
    story.round().site = "<script>alert('site')</script>";
    const std::string bad[] = {"<script>alert(1)</script>",
                               "\"><img src=x onerror=alert(2)>",
                               "</style></table>&amp;",
                               "\x1b[31mred\x07\r\nsecond line",
                               "abc\xff\xfe\xc0\x80 invalid",
                               "evil\xe2\x80\xae"
                               "gpj.exe",
                               std::string(10'000, 'A'),
                               "{name} {count|a|b} %s ${HOME}"};
    for (const std::string& name : bad) {
        DeviceResult& device = story.device(name, DeviceClass::switch_);
        place(device, name, name, name, name, name);
        story.lasting(name, State::down, "2026-11-24 07:00");
    }
    hostile_facts(story, bad);
    place(story.device("pc\xc3", DeviceClass::pc), bad[0], bad[4], bad[1], bad[0], bad[5]);
    story.lasting("pc\xc3", State::off, "2026-11-02 18:00");
    story.find("pc\xc3").absent_working_days = 15;
    core::LinkResult& link = story.link(bad[0]);
    link.carrier = bad[1], link.circuit = bad[3], link.fault_phone = bad[2], link.device = bad[4],
    link.interface = bad[5];
    return story;
}

}  // namespace rounds::reports
