// The daily report on disk.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "config/setup.hpp"
#include "core/day_record.hpp"
#include "core/result.hpp"

namespace rounds::daemon {

/// The daily report of a record in one format.
[[nodiscard]] std::string render_daily(const core::DayRecord& record, const core::Locale& locale,
                                       const core::TimeZone& zone, config::ReportFormat format);

/// "daily-2026-11-24-01.html": the day the round began, the round's number of that day.
[[nodiscard]] std::string daily_file_name(const core::RoundId& id, config::ReportFormat format);

/// Renders the daily report in the formats of the setup and puts each in place atomically; creates the
/// reports folder. Returns the paths, in the order of the formats. Slow: for the rendering thread.
core::Result<std::vector<std::filesystem::path>> write_daily(const core::DayRecord& record,
                                                             const config::Setup& setup);

/// Is a file of this round's report missing (the daemon ended between round and report)?
[[nodiscard]] bool daily_is_owed(const core::RoundId& id, const config::Setup& setup);

}  // namespace rounds::daemon
