// The limits of the check items, and what their figures are.
#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>

#include "core/check_item.hpp"
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
constexpr std::array<Item, 10> items{{
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
}};

std::set<std::string> occurring(const Day& day) {
    std::set<std::string> found;
    for (const DeviceResult& device : day.round().devices) {
        for (const core::ItemFinding& finding : device.findings) found.insert(finding.item);
        if (!device.facts) continue;
        for (const auto& finding : core::judge(*device.facts, {}, day.now()))
            found.insert(finding.item);
        for (const core::SensorFacts& sensor : device.facts->sensors) {
            if (sensor.kind == "temperature" || sensor.kind == "humidity")
                found.insert(sensor.kind);
        }
    }
    return found;
}

Content limit(const Item& item, const std::optional<double>& value) {
    if (!value) return Absent{};
    core::Value shown = core::Ratio{*value / 100};
    if (item.name == "ups-runtime")
        shown = core::Duration{static_cast<std::int64_t>(*value * 60'000)};
    const MessageId side = item.downward ? MessageId::report_at_most : MessageId::report_at_least;
    return Labelled{shown, {side, {{"limit", shown}}}};
}

}  // namespace

bool asked_by_snmp(const Day& day) {
    return std::ranges::any_of(day.round().devices, [](const DeviceResult& device) {
        return device.facts.has_value() || !device.findings.empty();
    });
}

std::optional<Table> limits_table(const Day& day) {
    const std::set<std::string> found = occurring(day);
    Table table{.key = "limits",
                .title = Message{MessageId::report_limits_table},
                .columns = {{.key = "item", .title = {MessageId::report_item}},
                            {.key = "warning", .title = {MessageId::report_limit_warning}},
                            {.key = "critical", .title = {MessageId::report_limit_critical}},
                            {.key = "meaning", .title = {MessageId::report_meaning}}}};
    for (const Item& item : items) {
        const std::string name{item.name};
        if (!found.contains(name)) continue;
        const core::Limits<double> limits = core::default_limits(item.name);
        Row row;
        row.cells = {{.content = Labelled{name, {item.title}}, .strong = true},
                     {.content = limit(item, limits.warning)},
                     {.content = limit(item, limits.critical)},
                     {.content = Message{item.meaning}}};
        table.rows.push_back(std::move(row));
    }
    if (table.rows.empty()) return std::nullopt;
    return table;
}

}  // namespace rounds::reports
