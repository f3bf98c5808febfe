// What a device told by SNMP, as contents of cells: instantaneous values. What it did not tell is absent.
#pragma once

#include <string_view>
#include <vector>

#include "core/day_record.hpp"
#include "core/facts.hpp"
#include "core/verdict.hpp"
#include "reports/document.hpp"

namespace rounds::reports {

/// How bad: critical, warning, unknown, all else. A warning says more than unknown: many agents never know.
[[nodiscard]] int gravity(core::Verdict verdict);

/// A percentage of 0 to 100 as a share.
[[nodiscard]] Content percent(double value);
/// The mean of all processors, as a share.
[[nodiscard]] Content processors(const core::Facts& facts);
/// The share of physical memory in use; of several the fullest.
[[nodiscard]] Content memory(const core::Facts& facts);
/// The disk that has least room left; null when none is known. Those that do not fill up are none.
[[nodiscard]] const core::StorageFacts* fullest(const core::Facts& facts);

/// The sensor of a kind that says most or least; null when there is none that says a number.
[[nodiscard]] const core::SensorFacts* highest(const core::Facts& facts, std::string_view kind);
[[nodiscard]] const core::SensorFacts* lowest(const core::Facts& facts, std::string_view kind);
/// The hottest, in °C.
[[nodiscard]] Content temperature(const core::Facts& facts);

/// The states of these items together: "ok", or the worst's word with what is wrong; the others that are wrong are
/// below. Absent when none of them knows how it is.
[[nodiscard]] Cell states_of(const core::Facts& facts, const std::vector<std::string_view>& items);

/// A level: a share, or why it is no amount.
[[nodiscard]] Content level(const std::optional<double>& percent,
                            const std::optional<core::LevelState>& state);

/// The findings of a device that are warning or critical.
[[nodiscard]] std::vector<const core::ItemFinding*> wrong_items(const core::DeviceResult& device);

}  // namespace rounds::reports
