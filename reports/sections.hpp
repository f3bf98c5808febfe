// The sections of the daily report, one file each. Those that may not apply return nothing then.
#pragma once

#include <optional>
#include <vector>

#include "reports/day.hpp"
#include "reports/document.hpp"
#include "reports/troubles.hpp"

namespace rounds::reports {

/// Switches, routers, firewalls, wireless controllers, access points.
[[nodiscard]] bool is_network(core::DeviceClass device_class);

/// A PC absent for so many whole working days is listed.
inline constexpr int absent_days = 5;

[[nodiscard]] Section overview(const Day& day, const std::vector<Trouble>& troubles);
[[nodiscard]] Section troubles_section(const Day& day, const std::vector<Trouble>& troubles);
[[nodiscard]] std::optional<Section> network_devices(const Day& day);
[[nodiscard]] std::optional<Section> links(const Day& day);
[[nodiscard]] std::optional<Section> printers(const Day& day);
[[nodiscard]] std::optional<Section> terminals(const Day& day);
[[nodiscard]] std::optional<Section> power(const Day& day);
[[nodiscard]] std::optional<Section> servers(const Day& day);
[[nodiscard]] std::optional<Section> other_devices(const Day& day);
[[nodiscard]] Section annex(const Day& day);
[[nodiscard]] Section sign_off();

/// The sentences of the headline, most pressing first.
[[nodiscard]] std::vector<Sentence> sentences(const Day& day, const std::vector<Trouble>& troubles);

/// Has SNMP any part in the record?
[[nodiscard]] bool asked_by_snmp(const Day& day);

/// The limits of the check items that occur, and what their figures are; empty when none does.
[[nodiscard]] std::optional<Table> limits_table(const Day& day);

/// Verdicts of the due devices.
[[nodiscard]] core::Tally tally(const Day& day);

/// Cells that several sections share, with their columns.
[[nodiscard]] Column device_column();
[[nodiscard]] Cell device_cell(const core::DeviceResult& device);
[[nodiscard]] Column verdict_column();
/// The verdict and, below, its reason, or else what happened in the data period.
[[nodiscard]] Cell verdict_cell(const Day& day, const core::SubjectId& subject,
                                const core::Conclusion& conclusion);
[[nodiscard]] Column round_trip_column();
[[nodiscard]] Cell round_trip_cell(const core::EchoSummary& echo);
[[nodiscard]] Content loss(const core::EchoSummary& echo);

}  // namespace rounds::reports
