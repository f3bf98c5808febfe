// Section: servers, hypervisors and network storage.
#include "reports/content.hpp"
#include "reports/device_table.hpp"
#include "reports/over_time.hpp"
#include "reports/readings.hpp"
#include "reports/sections.hpp"

namespace rounds::reports {

using core::DeviceResult;
using core::MessageId;

namespace {

Cell volume(const DeviceResult& device, const Day&) {
    const core::StorageFacts* disk = device.facts ? fullest(*device.facts) : nullptr;
    if (disk == nullptr) return {.content = Absent{}};
    return {.content = percent(*disk->percent), .under = {text(disk->descr)}};
}

Cell until_full(const DeviceResult& device, const Day& day) {
    return days_left(day, subject_of(device.id), "storage", core::RunsTo::full);
}

}  // namespace

std::optional<Section> servers(const Day& day) {
    using enum core::DeviceClass;
    DeviceColumn fullest{{.key = "storage_ratio",
                          .title = {MessageId::report_fullest},
                          .under_keys = {"storage_descr"}},
                         volume};
    DeviceColumn days_until_full{{.key = "storage_days_left",
                                  .title = {MessageId::report_days_until_full},
                                  .number = true,
                                  .under_keys = {"storage_first_full"},
                                  .yields = true},
                                 until_full};
    return device_section(
        {.key = "servers",
         .title = MessageId::report_servers,
         .remark = MessageId::report_servers_remark,
         .classes = {server, hypervisor, nas},
         .told = {std::move(fullest), std::move(days_until_full), disks_column(), cpu_column(),
                  memory_column(), temperature_column(), power_fans_column(), fan_speed_column(),
                  ports_column(), uptime_column()}},
        day);
}

}  // namespace rounds::reports
