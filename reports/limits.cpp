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
#include "reports/content.hpp"
#include "reports/over_time.hpp"
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
constexpr std::array<Item, 17> items{{
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
    {"utilisation", MessageId::report_item_utilisation, MessageId::report_means_utilisation},
}};

// The items of which a result has a finding or a limit, and loss. Of what was right of loss nothing is kept: all that
// answered ping count.
template <class Result>
std::set<std::string> items_of(const Result& result) {
    std::set<std::string> found;
    for (const core::ItemFinding& finding : result.findings) found.insert(finding.item);
    for (const auto& [item, limits] : result.limits) found.insert(item);
    if (result.echo && result.echo->received > 0) found.insert("loss");
    return found;
}

// The items by which a device was judged. Nor is anything kept of what was right of its ports: all network devices
// count where ports are judged.
std::set<std::string> items_of(const DeviceResult& device, core::WallTime at) {
    auto found = items_of(device);
    if (!device.facts) return found;
    for (const auto& finding : core::judge(*device.facts, {.limits = device.limits}, at))
        found.insert(finding.item);
    for (const core::SensorFacts& sensor : device.facts->sensors) {
        if (sensor.kind == "temperature" || sensor.kind == "humidity") found.insert(sensor.kind);
    }
    if (is_network(device.device_class)) found.insert({"port-errors", "port-discards"});
    return found;
}

// The items by which a link was judged: its traffic, where it was measured.
std::set<std::string> items_of(const core::LinkResult& link, const Day& day) {
    auto found = items_of(link);
    const bool measured = !empty(utilisation(day, link, "link-in"));
    if (link.bandwidth_bps && measured) found.insert("utilisation");
    return found;
}

using Limits = core::Limits<double>;
struct Group {
    Limits limits;
    std::vector<std::string> subjects;
};

// Devices and links by the limits that counted for an item; those judged by the usual ones first.
std::vector<Group> groups_of(const std::string& item, const Day& day) {
    const Limits usual = core::default_limits(item);
    std::vector<Group> groups{{usual, {}}};
    const auto add = [&](const auto& result) {
        const auto own = result.limits.find(item);
        const Limits limits = own == result.limits.end() ? usual : own->second;
        auto group = std::ranges::find(groups, limits, &Group::limits);
        if (group == groups.end()) group = groups.insert(groups.end(), {limits, {}});
        group->subjects.push_back(result.name);
    };
    for (const DeviceResult& device : day.round().devices) {
        if (items_of(device, day.now()).contains(item)) add(device);
    }
    for (const core::LinkResult& link : day.round().links) {
        if (items_of(link, day).contains(item)) add(link);
    }
    // Some items are judged only where somebody sets a limit; a temperature has those of its sensor.
    const bool needs_limit = core::is_ping_item(item) || item.ends_with("utilisation");
    std::erase_if(groups, [&](const Group& group) {
        return group.subjects.empty() || (needs_limit && group.limits == Limits{});
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
Content subjects(const Group& group, const std::vector<Group>& groups) {
    if (groups.size() == 1) return Labelled{std::string{"all"}, {MessageId::report_limit_of_all}};
    if (&group == &groups.front() && group.subjects.size() > 1)
        return Labelled{std::string{"others"}, {MessageId::report_limit_of_others}};
    constexpr std::size_t most_named = 3;
    const std::size_t named = std::min(group.subjects.size(), most_named);
    Message label{MessageId::report_text,
                  {{"text", joined(std::span(group.subjects).first(named))}}};
    if (group.subjects.size() > named) {
        label.id = MessageId::report_limit_of_many;
        label.with.emplace_back("count", static_cast<std::int64_t>(group.subjects.size()));
    }
    return Labelled{joined(group.subjects), std::move(label)};
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
                            {.key = "applies_to", .title = {MessageId::report_limit_of}},
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
                         {.content = subjects(group, groups)},
                         {.content = first ? Content{Message{item.meaning}} : Content{Absent{}}}};
            table.rows.push_back(std::move(row));
        }
    }
    if (table.rows.empty()) return std::nullopt;
    return table;
}

}  // namespace rounds::reports
