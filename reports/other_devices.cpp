// Section: printers, servers and everything else, as far as ping can tell.
#include "reports/content.hpp"
#include "reports/sections.hpp"

namespace rounds::reports {

using core::DeviceResult;
using core::Message;
using core::MessageId;

namespace {

std::vector<Column> columns() {
    return {
        device_column(),
        {.key = "device.class", .title = {MessageId::report_device_class}},
        {.key = "location", .title = {MessageId::report_location}, .under_keys = {"department"}},
        round_trip_column(),
        {.key = "loss_ratio", .title = {MessageId::report_loss}, .number = true},
        {.key = "availability_ratio", .title = {MessageId::report_availability}, .number = true},
        {.key = "states", .title = {MessageId::report_states}},
        verdict_column(),
    };
}

Row row(const DeviceResult& device, const Day& day) {
    const core::SubjectId subject = subject_of(device.id);
    const core::EchoSummary echo = day.echo(subject, device.echo);
    Row row;
    row.verdict = device.conclusion.verdict;
    row.cells = {
        device_cell(device),
        {.content = kind(device.device_class)},
        {.content = text(device.location), .under = {text(device.department)}},
        round_trip_cell(echo),
        {.content = loss(echo)},
        {.content = share(day.measured(subject).availability())},
        {.content = day.strip(subject)},
        verdict_cell(day, subject, device.conclusion),
    };
    return row;
}

}  // namespace

std::optional<Section> other_devices(const Day& day) {
    std::vector<const DeviceResult*> others;
    for (const DeviceResult& device : day.round().devices) {
        const bool elsewhere =
            is_network(device.device_class) || device.device_class == core::DeviceClass::pc;
        if (!elsewhere) others.push_back(&device);
    }
    if (others.empty()) return std::nullopt;
    std::stable_sort(others.begin(), others.end(),
                     [](const DeviceResult* a, const DeviceResult* b) {
                         return a->device_class < b->device_class;
                     });
    Table table{.key = "other_devices", .columns = columns()};
    for (const DeviceResult* device : others) table.rows.push_back(row(*device, day));
    return Section{.key = "other_devices",
                   .title = {MessageId::report_other_devices},
                   .remark = Message{MessageId::report_other_remark},
                   .blocks = {std::move(table)}};
}

}  // namespace rounds::reports
