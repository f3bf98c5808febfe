#include "reports/device_table.hpp"

#include <algorithm>

#include "reports/content.hpp"

namespace rounds::reports {

using core::DeviceResult;
using core::Message;
using core::MessageId;

namespace {

Devices devices_of(const Day& day, const std::vector<core::DeviceClass>& classes) {
    Devices devices;
    for (const core::DeviceClass one : classes) {
        for (const DeviceResult& device : day.round().devices) {
            if (device.device_class == one) devices.push_back(&device);
        }
    }
    return devices;
}

}  // namespace

Table device_table(std::string key, const std::vector<DeviceColumn>& columns,
                   const Devices& devices, const Day& day) {
    Table table{.key = std::move(key)};
    for (const DeviceResult* device : devices)
        table.rows.push_back({.verdict = device->conclusion.verdict, .cells = {}});
    for (const DeviceColumn& column : columns) {
        std::vector<Cell> cells;
        for (const DeviceResult* device : devices) cells.push_back(column.cell(*device, day));
        if (std::ranges::all_of(cells, empty)) continue;
        table.columns.push_back(column.column);
        for (std::size_t i = 0; i < cells.size(); ++i)
            table.rows[i].cells.push_back(std::move(cells[i]));
    }
    return table;
}

std::optional<Section> device_section(const DeviceSection& section, const Day& day) {
    const Devices devices = devices_of(day, section.classes);
    if (devices.empty()) return std::nullopt;
    const bool told =
        !section.told.empty() && std::ranges::any_of(devices, [](const DeviceResult* device) {
            return device->facts.has_value();
        });
    std::vector<DeviceColumn> columns{name_column()};
    if (section.classes.size() > 1) columns.push_back(kind_column());
    columns.push_back(place_column());
    if (told) columns.insert(columns.end(), section.told.begin(), section.told.end());
    if (!told) columns.insert(columns.end(), {rtt_column(), loss_column()});
    columns.push_back(availability_column());
    if (!told) columns.push_back(strip_column());
    columns.push_back(result_column());
    return Section{.key = section.key,
                   .title = {section.title},
                   .remark = Message{told ? section.remark : MessageId::report_other_remark},
                   .blocks = {device_table(section.key, columns, devices, day)}};
}

}  // namespace rounds::reports
