// Section: switches, routers, firewalls, wireless controllers, access points.
#include "reports/content.hpp"
#include "reports/sections.hpp"

namespace rounds::reports {

using core::Message;
using core::MessageId;

namespace {

std::vector<Column> columns() {
    return {
        device_column(),
        {.key = "device.class", .title = {MessageId::report_device_class}},
        {.key = "location", .title = {MessageId::report_location}, .under_keys = {"department"}},
        round_trip_column(),
        {.key = "rtt_avg_seconds", .title = {MessageId::report_line}},
        {.key = "loss_ratio", .title = {MessageId::report_loss}, .number = true},
        {.key = "jitter_seconds", .title = {MessageId::report_jitter}, .number = true},
        {.key = "availability_ratio", .title = {MessageId::report_availability}, .number = true},
        {.key = "states", .title = {MessageId::report_states}},
        verdict_column(),
    };
}

Row row(const core::DeviceResult& device, const Day& day) {
    const core::SubjectId subject = subject_of(device.id);
    const core::EchoSummary echo = day.echo(subject, device.echo);
    Row row;
    row.verdict = device.conclusion.verdict;
    row.cells = {
        device_cell(device),
        {.content = kind(device.device_class)},
        {.content = text(device.location), .under = {text(device.department)}},
        round_trip_cell(echo),
        {.content = day.line(subject)},
        {.content = loss(echo)},
        {.content = mean(echo.jitter_sum_us, echo.jitter_count)},
        {.content = share(day.measured(subject).availability())},
        {.content = day.strip(subject)},
        verdict_cell(day, subject, device.conclusion),
    };
    return row;
}

}  // namespace

std::optional<Section> network_devices(const Day& day) {
    Table table{.key = "network_devices", .columns = columns()};
    for (const core::DeviceResult& device : day.round().devices) {
        if (is_network(device.device_class)) table.rows.push_back(row(device, day));
    }
    if (table.rows.empty()) return std::nullopt;
    return Section{.key = "network_devices",
                   .title = {MessageId::report_network_devices},
                   .remark = Message{MessageId::report_network_remark},
                   .blocks = {std::move(table), Legend{}}};
}

}  // namespace rounds::reports
