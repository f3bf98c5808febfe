// Short ways to make the contents of cells.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "core/day_record.hpp"
#include "core/time_zone.hpp"
#include "reports/document.hpp"

namespace rounds::reports {

/// Text, or absent when empty.
[[nodiscard]] Content text(const std::string& words);
[[nodiscard]] Content number(std::int64_t value);
[[nodiscard]] Content moment(const std::optional<core::WallTime>& time);
[[nodiscard]] Content share(const std::optional<core::Ratio>& ratio);
/// sum / count as a time, or absent when there is nothing to divide.
[[nodiscard]] Content mean(std::int64_t sum_us, std::int64_t count);
[[nodiscard]] Content said(const std::optional<core::Message>& message);

/// 200000000 as "200 M".
[[nodiscard]] Content bits_per_second(std::int64_t bps);

/// Has the cell nothing to say?
[[nodiscard]] bool empty(const Cell& cell);

/// "switch", shown as 交换机.
[[nodiscard]] Content kind(core::DeviceClass device_class);

/// "2026-11-24" and "08:30" of the office.
[[nodiscard]] std::string date_text(const core::TimeZone& zone, core::WallTime time);
[[nodiscard]] std::string clock_text(const core::TimeZone& zone, core::WallTime time);

/// A period as a parameter-only message: 11-23 10:12–11:05, or with both dates. Its own text is
/// language-neutral.
[[nodiscard]] std::string during(const core::TimeZone& zone, core::Period period);

/// Messages that name one, two, or more departments as {first}, {second} and {others}.
struct DepartmentMessages {
    core::MessageId one, two, many;
};
/// The message with the first departments and how many others; as it is when there are none.
[[nodiscard]] core::Message in_departments(core::Message message,
                                           const std::vector<std::string>& departments,
                                           DepartmentMessages ids);

}  // namespace rounds::reports
