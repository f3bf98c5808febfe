// The limits of the check items, and what their figures are.
#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/check_item.hpp"
#include "core/ping_items.hpp"
#include "reports/readings.hpp"
#include "reports/sections.hpp"

namespace rounds::reports {

using core::DeviceResult;
using core::Message;
using core::MessageId;

namespace {

// An item as people know it. Downward: it is wrong at the limit and below.
struct Item {
    std::string_view name;
    MessageId title, meaning;
    bool downward = false;
};
constexpr std::array<Item, 16> items{{
    {"loss", MessageId::report_item_loss, MessageId::report_means_loss},
    {"round-trip", MessageId::report_item_round_trip, MessageId::report_means_round_trip},
    {"jitter", MessageId::report_item_jitter, MessageId::report_means_jitter},
    {"cpu", MessageId::report_item_cpu, MessageId::report_means_cpu},
    {"memory", MessageId::report_item_memory, MessageId::report_means_memory},
    {"storage", MessageId::report_item_storage, MessageId::report_means_storage},
    {"temperature", MessageId::report_item_temperature, MessageId::report_means_temperature},
    {"humidity", MessageId::report_item_humidity, MessageId::report_means_humidity},
    {"supplies", MessageId::report_item_supplies, MessageId::report_means_supplies, true},
    {"trays", MessageId::report_item_trays, MessageId::report_means_trays, true},
    {"ups-load", MessageId::report_item_ups_load, MessageId::report_means_ups_load},
    {"ups-charge", MessageId::report_item_ups_charge, MessageId::report_means_ups_charge, true},
    {"ups-runtime", MessageId::report_item_ups_runtime, MessageId::report_means_ups_runtime, true},
    {"port-errors", MessageId::report_item_port_errors, MessageId::report_means_port_errors},
    {"port-discards", MessageId::report_item_port_discards, MessageId::report_means_port_discards},
    {"port-utilisation", MessageId::report_item_port_utilisation,
     MessageId::report_means_port_utilisation},
}};

// The items by which a device was judged. Of what was right of its ports and of loss nothing is kept: all network
// devices count where ports are judged, and all that answered ping.
std::set<std::string> items_of(const DeviceResult& device, core::WallTime at) {
    std::set<std::string> found;
    for (const core::ItemFinding& finding : device.findings) found.insert(finding.item);
    for (const auto& [item, limits] : device.limits) found.insert(item);
    if (device.echo && device.echo->received > 0) found.insert("loss");
    if (!device.facts) return found;
    for (const auto& finding : core::judge(*device.facts, {.limits = device.limits}, at))
        found.insert(finding.item);
    for (const core::SensorFacts& sensor : device.facts->sensors) {
        if (sensor.kind == "temperature" || sensor.kind == "humidity") found.insert(sensor.kind);
    }
    if (is_network(device.device_class)) found.insert({"port-errors", "port-discards"});
    return found;
}

using Limits = core::Limits<double>;
struct Group {
    Limits limits;
    std::vector<std::string> devices;
};

// Devices by the limits that counted for an item; those judged by the usual ones first.
std::vector<Group> groups_of(const std::string& item, const Day& day) {
    const Limits usual = core::default_limits(item);
    std::vector<Group> groups{{usual, {}}};
    for (const DeviceResult& device : day.round().devices) {
        if (!items_of(device, day.now()).contains(item)) continue;
        const auto own = device.limits.find(item);
        const Limits limits = own == device.limits.end() ? usual : own->second;
        auto group = std::ranges::find(groups, limits, &Group::limits);
        if (group == groups.end()) group = groups.insert(groups.end(), {limits, {}});
        group->devices.push_back(device.name);
    }
    // Some items are judged only where somebody sets a limit; a temperature has those of its sensor.
    const bool needs_limit = core::is_ping_item(item) || item == "port-utilisation";
    std::erase_if(groups, [&](const Group& group) {
        return group.devices.empty() || (needs_limit && group.limits == Limits{});
    });
    return groups;
}

Content limit(const Item& item, const std::optional<double>& value) {
    if (!value) return Absent{};
    if (item.name == "temperature")
        return Labelled{*value, {MessageId::report_at_least_celsius, {{"limit", *value}}}};
    core::Value shown = core::Ratio{*value / 100};
    if (item.name == "round-trip" || item.name == "jitter")
        shown = core::Microseconds{std::llround(*value * 1000)};
    if (item.name == "ups-runtime")
        shown = core::Duration{static_cast<std::int64_t>(*value * 60'000)};
    const MessageId side = item.downward ? MessageId::report_at_most : MessageId::report_at_least;
    return Labelled{shown, {side, {{"limit", shown}}}};
}

std::string joined(std::span<const std::string> names) {
    std::string all;
    for (const std::string& name : names) all += (all.empty() ? "" : " / ") + name;
    return all;
}

// For whom a group's limits count, among `groups`.
Content devices(const Group& group, const std::vector<Group>& groups) {
    if (groups.size() == 1) return Labelled{std::string{"all"}, {MessageId::report_limit_of_all}};
    if (&group == &groups.front() && group.devices.size() > 1)
        return Labelled{std::string{"others"}, {MessageId::report_limit_of_others}};
    constexpr std::size_t most_named = 3;
    const std::size_t named = std::min(group.devices.size(), most_named);
    Message label{MessageId::report_text,
                  {{"text", joined(std::span(group.devices).first(named))}}};
    if (group.devices.size() > named) {
        label.id = MessageId::report_limit_of_many;
        label.with.emplace_back("count", static_cast<std::int64_t>(group.devices.size()));
    }
    return Labelled{joined(group.devices), std::move(label)};
}

}  // namespace

bool asked_by_snmp(const Day& day) {
    return std::ranges::any_of(day.round().devices, [](const DeviceResult& device) {
        const auto of_snmp = [](const auto& finding) { return !core::is_ping_item(finding.item); };
        return device.facts.has_value() || std::ranges::any_of(device.findings, of_snmp);
    });
}

std::optional<Table> limits_table(const Day& day) {
    Table table{.key = "limits",
                .title = Message{MessageId::report_limits_table},
                .columns = {{.key = "item", .title = {MessageId::report_item}},
                            {.key = "warning", .title = {MessageId::report_limit_warning}},
                            {.key = "critical", .title = {MessageId::report_limit_critical}},
                            {.key = "devices", .title = {MessageId::report_limit_of}},
                            {.key = "meaning", .title = {MessageId::report_meaning}}}};
    for (const Item& item : items) {
        const std::string name{item.name};
        const std::vector<Group> groups = groups_of(name, day);
        for (const Group& group : groups) {
            const bool first = &group == &groups.front();
            Row row;
            row.cells = {{.content = Labelled{name, {item.title}}, .strong = true},
                         {.content = limit(item, group.limits.warning)},
                         {.content = limit(item, group.limits.critical)},
                         {.content = devices(group, groups)},
                         {.content = first ? Content{Message{item.meaning}} : Content{Absent{}}}};
            table.rows.push_back(std::move(row));
        }
    }
    if (table.rows.empty()) return std::nullopt;
    return table;
}

}  // namespace rounds::reports
