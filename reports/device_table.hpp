// Tables of devices, a column at a time.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/day.hpp"
#include "reports/document.hpp"

namespace rounds::reports {

/// One column, and how a device fills it.
struct DeviceColumn {
    Column column;
    Cell (*cell)(const core::DeviceResult& device, const Day& day) = nullptr;
};

using Devices = std::vector<const core::DeviceResult*>;

/// A row for each device. A column that no device fills is left out.
[[nodiscard]] Table device_table(std::string key, const std::vector<DeviceColumn>& columns,
                                 const Devices& devices, const Day& day);

/// A section of devices of some classes.
struct DeviceSection {
    std::string key;
    core::MessageId title, remark;
    std::vector<core::DeviceClass> classes;
    std::vector<DeviceColumn> told;  ///< What they tell by SNMP.
};
/// The devices by class, in archive order; what they tell, or what ping tells of them when none tells anything.
/// Empty when there are none.
[[nodiscard]] std::optional<Section> device_section(const DeviceSection& section, const Day& day);

/// What the archive says of them.
[[nodiscard]] DeviceColumn name_column();
[[nodiscard]] DeviceColumn name_and_kind_column();
[[nodiscard]] DeviceColumn kind_column();
[[nodiscard]] DeviceColumn place_column();
/// What ping says, over the data period.
[[nodiscard]] DeviceColumn rtt_column();
[[nodiscard]] DeviceColumn trend_column();
[[nodiscard]] DeviceColumn loss_column();
[[nodiscard]] DeviceColumn jitter_column();
[[nodiscard]] DeviceColumn availability_column();
[[nodiscard]] DeviceColumn strip_column();
/// What they told by SNMP.
[[nodiscard]] DeviceColumn cpu_column();
[[nodiscard]] DeviceColumn memory_column();
[[nodiscard]] DeviceColumn temperature_column();
[[nodiscard]] DeviceColumn power_fans_column();
[[nodiscard]] DeviceColumn disks_column();  ///< Physical disks, arrays and volumes: how they are.
[[nodiscard]] DeviceColumn fan_speed_column();  ///< Of those that tell no states of their fans.
[[nodiscard]] DeviceColumn ports_column();
[[nodiscard]] DeviceColumn uptime_column();
/// The verdict, its reason, and how much more is wrong.
[[nodiscard]] DeviceColumn result_column();

}  // namespace rounds::reports
