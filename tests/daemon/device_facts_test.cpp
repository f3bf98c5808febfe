#include "daemon/cli/device_facts.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "daemon/cli/facts_json.hpp"

namespace rounds::daemon {
namespace {

using Json = nlohmann::ordered_json;

Json of(const core::Facts& facts) {
    Json object{{"device", Json::object()}};
    add_facts(facts, object);
    return object;
}

TEST(DeviceFacts, WhatIsNotToldIsAbsent) {
    EXPECT_EQ(of({}).dump(), R"({"device":{}})");
}

TEST(DeviceFacts, Identity) {
    core::Facts facts;
    facts.device.device_class = core::DeviceClass::printer;
    facts.device.vendor = "Example";
    facts.device.sys_object_id = core::Oid::parse("1.3.6.1.4.1.32473").value();
    facts.device.uptime = core::Duration{61'500};
    EXPECT_EQ(
        of(facts)["device"].dump(),
        R"({"class":"printer","vendor":"Example","sys_object_id":"1.3.6.1.4.1.32473","uptime_seconds":61})");
}

TEST(DeviceFacts, TheArchiveCountsBeforeTheDevice) {
    core::Facts facts;
    facts.device.device_class = core::DeviceClass::server;
    facts.device.model = "told";
    Json object{{"device", {{"class", "nas"}, {"model", "declared"}}}};
    add_facts(facts, object);
    EXPECT_EQ(object["device"].dump(), R"({"class":"nas","model":"declared"})");
    object["device"]["class"] = "other";  // Nothing declared.
    add_facts(facts, object);
    EXPECT_EQ(object["device"]["class"], "server");
}

TEST(DeviceFacts, Interface) {
    core::Facts facts;
    core::InterfaceFacts port;
    port.index = 3;
    port.name = "GE0/0/3";
    port.oper_status = "up";
    port.speed_bps = 10'000'000'000;
    port.in_octets = UINT64_MAX;
    facts.interfaces = {port};
    EXPECT_EQ(
        of(facts)["interfaces"].dump(),
        R"([{"index":3,"name":"GE0/0/3","oper_status":"up","speed_bps":10000000000,"in_octets":18446744073709551615}])");
}

TEST(DeviceFacts, LevelsAreAmountsOrWords) {
    core::Facts facts;
    facts.supplies = {
        {.descr = "Black", .type = "toner", .color = "black", .percent = 37.5, .state = {}},
        {.descr = "Waste",
         .type = "waste",
         .color = {},
         .percent = {},
         .state = core::LevelState::some_remaining}};
    facts.trays = {{.descr = "Tray 1", .percent = 20.0, .state = {}}};
    facts.outputs = {{.descr = "Bin", .percent = 0.0, .state = {}}};
    facts.page_count = 12'345;
    facts.console_text = {"Ready"};
    facts.alerts = {{core::Verdict::warning, "Toner low"}};
    EXPECT_EQ(
        of(facts).dump(),
        R"({"device":{},"supplies":[{"descr":"Black","type":"toner","color":"black","percent":37.5},)"
        R"({"descr":"Waste","type":"waste","level_state":"some-remaining"}],"trays":[{"descr":"Tray 1","percent":20}],)"
        R"("outputs":[{"descr":"Bin","percent":0}],)"
        R"("page_count":12345,"console_text":["Ready"],"alerts":[{"severity":"warning","descr":"Toner low"}]})");
}

TEST(DeviceFacts, Numbers) {
    core::Facts facts;
    facts.processors = {{"CPU", 1.0 / 3}};
    facts.memory = {
        {.descr = "RAM", .kind = "system", .total_bytes = 1024, .used_bytes = 512, .percent = 50}};
    facts.storage = {{.descr = "/",
                      .type = "fixed-disk",
                      .size_bytes = 4096,
                      .used_bytes = {},
                      .percent = 12.5}};
    facts.sensors = {{.kind = "voltage", .descr = "Input 1", .value = 2304 * 0.1, .unit = "V"}};
    facts.states = {{.descr = "Fan 1",
                     .value = 2,
                     .state = "failed",
                     .severity = core::Verdict::critical,
                     .item = "fan"}};
    facts.wireless = {{.kind = "clients", .descr = "Radio 1", .value = 12, .unit = {}}};
    facts.neighbors = {{"GE0/0/24", "core-1", "", "lldp"}};
    facts.components = {{"module", "Slot 1", "X-4", "SN7", ""}};
    EXPECT_EQ(
        of(facts).dump(),
        R"({"device":{},"processors":[{"descr":"CPU","percent":0.333333}],)"
        R"("memory":[{"descr":"RAM","class":"system","total_bytes":1024,"used_bytes":512,"percent":50}],)"
        R"("storage":[{"descr":"/","type":"fixed-disk","size_bytes":4096,"percent":12.5}],)"
        R"("sensors":[{"class":"voltage","descr":"Input 1","value":230.4,"unit":"V"}],)"
        R"("states":[{"descr":"Fan 1","value":2,"state":"failed","severity":"critical"}],)"
        R"("wireless":[{"class":"clients","descr":"Radio 1","value":12}],)"
        R"("neighbors":[{"local_port":"GE0/0/24","remote_name":"core-1","protocol":"lldp"}],)"
        R"("components":[{"class":"module","descr":"Slot 1","model":"X-4","serial":"SN7"}]})");
}

TEST(DeviceFacts, Items) {
    core::ItemFinding finding{.item = "supplies",
                              .instance = "Black",
                              .verdict = core::Verdict::warning,
                              .value = 12,
                              .unit = "%",
                              .threshold = 15,
                              .message = {},
                              .evidence_at = core::from_ms(0)};
    finding.message = core::Message{
        core::MessageId::item_supplies,
        {{"what", "Black"}, {"value", core::Ratio{0.12}}, {"limit", core::Ratio{0.15}}}};
    Json object;
    add_items(std::vector{finding}, {}, object);
    EXPECT_EQ(object["items"][0]["verdict"], "warning");
    EXPECT_EQ(object["items"][0]["value"], 12);
    EXPECT_EQ(object["items"][0]["threshold"], 15);
    EXPECT_EQ(object["items"][0]["message"], "Black: 12% left, limit 15%");
    EXPECT_EQ(object["items"][0]["evidence_at"], "1970-01-01T00:00:00Z");
}

TEST(DeviceFacts, AreOneLineOfValidJsonWhateverTheyHold) {
    core::Facts facts;
    facts.device.sys_name = "\xff\xfe\"\n<script>";
    core::DeviceResult device;
    device.name = "sw-3f";
    const std::string line = facts_json(device, &facts, {}, {});
    EXPECT_EQ(line.find('\n'), std::string::npos);
    EXPECT_EQ(Json::parse(line)["device"]["name"], "sw-3f");
    EXPECT_EQ(Json::parse(line)["items"][0]["item"], "reachability");
}

TEST(DeviceFacts, ALinkHasItsItems) {
    core::LinkResult link{
        .name = "egress", .device = "fw-1", .conclusion = {core::Verdict::warning, {}}};
    link.findings = {{.item = "dns", .verdict = core::Verdict::ok},
                     {.item = "utilisation",
                      .verdict = core::Verdict::warning,
                      .value = 93.0,
                      .unit = "%",
                      .threshold = 90.0}};
    const auto told = nlohmann::json::parse(facts_json(link, {}));
    std::vector<std::string> items;
    for (const auto& item : told.at("items")) items.push_back(item.at("item"));
    EXPECT_EQ(items, (std::vector<std::string>{"reachability", "dns", "utilisation"}));
    EXPECT_EQ(told.at("items").at(2).at("value"), 93.0);
    EXPECT_EQ(told.at("items").at(2).at("verdict"), "warning");
}

}  // namespace
}  // namespace rounds::daemon
