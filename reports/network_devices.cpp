// Section: switches, routers, firewalls, wireless controllers, access points.
#include <algorithm>

#include "reports/device_table.hpp"
#include "reports/sections.hpp"

namespace rounds::reports {

using core::Message;
using core::MessageId;

std::optional<Section> network_devices(const Day& day) {
    Devices devices;
    for (const core::DeviceResult& device : day.round().devices) {
        if (is_network(device.device_class)) devices.push_back(&device);
    }
    if (devices.empty()) return std::nullopt;
    const bool told = std::ranges::any_of(
        devices, [](const core::DeviceResult* device) { return device->facts.has_value(); });
    const std::vector<DeviceColumn> columns{
        name_and_kind_column(), place_column(),        rtt_column(),       trend_column(),
        loss_column(),          jitter_column(),       cpu_column(),       memory_column(),
        temperature_column(),   power_fans_column(),   fan_speed_column(), ports_column(),
        uptime_column(),        availability_column(), strip_column(),     result_column()};
    return Section{.key = "network_devices",
                   .title = {MessageId::report_network_devices},
                   .remark = Message{told ? MessageId::report_network_remark_snmp
                                          : MessageId::report_network_remark},
                   .blocks = {device_table("network_devices", columns, devices, day), Legend{}}};
}

}  // namespace rounds::reports
