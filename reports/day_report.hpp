// The daily report (日报): a pure model of one round and the time it covers.
#pragma once

#include "core/day_record.hpp"
#include "core/time_zone.hpp"
#include "reports/document.hpp"

namespace rounds::reports {

/// The daily report as a document: overview, what is wrong, network devices, links, printers, PCs by
/// department, UPSes and environment, servers and storage, other devices, missed with reasons, what
/// the figures are, sign-off. Pure: the same record gives the same document. The zone is the office's (for the dates in the head).
[[nodiscard]] Document day_report(const core::DayRecord& record, const core::TimeZone& zone);

}  // namespace rounds::reports
