// The columns that several tables of devices have.
#include "reports/content.hpp"
#include "reports/device_table.hpp"
#include "reports/over_time.hpp"
#include "reports/readings.hpp"
#include "reports/sections.hpp"

namespace rounds::reports {

using core::DeviceResult;
using core::Message;
using core::MessageId;

DeviceColumn name_column() {
    return {device_column(),
            [](const DeviceResult& device, const Day&) { return device_cell(device); }};
}

DeviceColumn name_and_kind_column() {
    Column column = device_column();
    column.under_keys.emplace_back("device.class");
    return {std::move(column), [](const DeviceResult& device, const Day&) {
                Cell cell = device_cell(device);
                cell.under.push_back(kind(device.device_class));
                return cell;
            }};
}

DeviceColumn kind_column() {
    return {{.key = "device.class", .title = {MessageId::report_device_class}},
            [](const DeviceResult& device, const Day&) {
                return Cell{.content = kind(device.device_class)};
            }};
}

DeviceColumn place_column() {
    return {{.key = "location",
             .title = {MessageId::report_location},
             .under_keys = {"department"},
             .yields = true},
            [](const DeviceResult& device, const Day&) {
                return Cell{.content = text(device.location), .under = {text(device.department)}};
            }};
}

namespace {

core::EchoSummary echo_of(const DeviceResult& device, const Day& day) {
    return day.echo(subject_of(device.id), device.echo);
}

}  // namespace

DeviceColumn rtt_column() {
    return {round_trip_column(), [](const DeviceResult& device, const Day& day) {
                return round_trip_cell(echo_of(device, day));
            }};
}

DeviceColumn trend_column() {
    return {{.key = "rtt_avg_seconds", .title = {MessageId::report_line}},
            [](const DeviceResult& device, const Day& day) {
                return Cell{.content = day.line(subject_of(device.id))};
            }};
}

DeviceColumn loss_column() {
    return {
        {.key = "loss_ratio", .title = {MessageId::report_loss}, .number = true, .yields = true},
        [](const DeviceResult& device, const Day& day) {
            return Cell{.content = loss(echo_of(device, day))};
        }};
}

DeviceColumn jitter_column() {
    return {{.key = "jitter_seconds",
             .title = {MessageId::report_jitter},
             .number = true,
             .yields = true},
            [](const DeviceResult& device, const Day& day) {
                const core::EchoSummary echo = echo_of(device, day);
                return Cell{.content = mean(echo.jitter_sum_us, echo.jitter_count)};
            }};
}

DeviceColumn availability_column() {
    return {
        {.key = "availability_ratio", .title = {MessageId::report_availability}, .number = true},
        [](const DeviceResult& device, const Day& day) {
            return Cell{.content = share(day.measured(subject_of(device.id)).availability())};
        }};
}

DeviceColumn strip_column() {
    return {{.key = "states", .title = {MessageId::report_states}},
            [](const DeviceResult& device, const Day& day) {
                return Cell{.content = day.strip(subject_of(device.id))};
            }};
}

DeviceColumn cpu_column() {
    return {{.key = "cpu_ratio",
             .title = {MessageId::report_cpu},
             .number = true,
             .under_keys = {"cpu_avg_ratio", "cpu_max_ratio"},
             .yields = true,
             .names_under = true},
            [](const DeviceResult& device, const Day& day) {
                return Cell{.content = device.facts ? processors(*device.facts) : Absent{},
                            .under = shares_over_time(day, subject_of(device.id), "cpu")};
            }};
}

DeviceColumn memory_column() {
    return {{.key = "memory_ratio",
             .title = {MessageId::report_memory},
             .number = true,
             .under_keys = {"memory_avg_ratio", "memory_max_ratio"},
             .yields = true,
             .names_under = true},
            [](const DeviceResult& device, const Day& day) {
                return Cell{.content = device.facts ? memory(*device.facts) : Absent{},
                            .under = shares_over_time(day, subject_of(device.id), "memory")};
            }};
}

DeviceColumn temperature_column() {
    return {{.key = "temperature_celsius",
             .title = {MessageId::report_temperature},
             .number = true,
             .under_keys = {"temperature_avg_celsius", "temperature_max_celsius"},
             .yields = true,
             .names_under = true},
            [](const DeviceResult& device, const Day& day) {
                return Cell{
                    .content = device.facts ? temperature(*device.facts) : Absent{},
                    .under = celsius_over_time(day, subject_of(device.id), "sensor-temperature")};
            }};
}

namespace {

Cell power_fans(const DeviceResult& device, const Day&) {
    return device.facts ? states_of(*device.facts, {"power-supply", "fan"})
                        : Cell{.content = Absent{}};
}

Cell disks(const DeviceResult& device, const Day&) {
    return device.facts ? states_of(*device.facts, {"disk"}) : Cell{.content = Absent{}};
}

Cell fan_speed(const DeviceResult& device, const Day& day) {
    const core::SensorFacts* slowest = device.facts ? lowest(*device.facts, "fanspeed") : nullptr;
    const bool has_states = !std::holds_alternative<Absent>(power_fans(device, day).content);
    if (slowest == nullptr || has_states) return {.content = Absent{}};
    return {.content = Labelled{slowest->value,
                                {MessageId::report_fan_speed, {{"value", slowest->value}}}}};
}

// Ports that should be up and are not, or that carry faulty packets: one by what is wrong, more by their number.
Cell ports(const DeviceResult& device, const Day&) {
    std::vector<const core::ItemFinding*> wrong;
    for (const core::ItemFinding* finding : wrong_items(device)) {
        if (finding->item.starts_with("port-")) wrong.push_back(finding);
    }
    const auto count = static_cast<std::int64_t>(wrong.size());
    if (count == 0) {
        const bool has_ports = device.facts && !device.facts->interfaces.empty();
        return {.content = has_ports ? Content{Labelled{count, {MessageId::report_none}}}
                                     : Content{Absent{}}};
    }
    if (count == 1 && wrong[0]->message) return {.content = Labelled{count, *wrong[0]->message}};
    Cell cell{.content = Labelled{count, {MessageId::report_ports_count, {{"count", count}}}}};
    constexpr std::size_t most_named = 3;
    for (std::size_t i = 0; i < wrong.size() && i < most_named; ++i)
        cell.under.push_back(text(wrong[i]->instance));
    return cell;
}

Cell uptime(const DeviceResult& device, const Day&) {
    if (!device.facts || !device.facts->device.uptime) return {.content = Absent{}};
    return {.content = core::Value{*device.facts->device.uptime}};
}

Cell result(const DeviceResult& device, const Day& day) {
    Cell cell = verdict_cell(day, subject_of(device.id), device.conclusion);
    const auto wrong = wrong_items(device);
    auto more = static_cast<std::int64_t>(wrong.size());
    for (const core::ItemFinding* finding : wrong) {
        if (finding->message == device.conclusion.reason) {
            --more;
            break;
        }
    }
    if (more > 0)
        cell.under.emplace_back(
            Labelled{more, {MessageId::report_more_findings, {{"count", more}}}});
    return cell;
}

}  // namespace

DeviceColumn power_fans_column() {
    return {{.key = "power_fans", .title = {MessageId::report_power_fans}, .yields = true},
            power_fans};
}

DeviceColumn disks_column() {
    return {{.key = "disks", .title = {MessageId::report_disks}, .yields = true}, disks};
}

DeviceColumn fan_speed_column() {
    return {{.key = "fan_rpm", .title = {MessageId::report_fans}, .number = true, .yields = true},
            fan_speed};
}

DeviceColumn ports_column() {
    return {{.key = "port_faults", .title = {MessageId::report_ports}, .yields = true}, ports};
}

DeviceColumn uptime_column() {
    return {{.key = "uptime_seconds",
             .title = {MessageId::report_uptime},
             .number = true,
             .yields = true},
            uptime};
}

DeviceColumn result_column() {
    Column column = verdict_column();
    column.under_keys.emplace_back("findings_more");
    return {std::move(column), result};
}

}  // namespace rounds::reports
