// What was measured over the data period, and what the last weeks let expect, as contents of cells. What was not
// measured is absent.
#pragma once

#include <string_view>
#include <vector>

#include "core/forecast.hpp"
#include "core/id.hpp"
#include "reports/day.hpp"
#include "reports/document.hpp"

namespace rounds::reports {

/// Average and maximum of a metric in percent, as shares: small lines of a cell. Of several instances the one with
/// the highest maximum.
[[nodiscard]] std::vector<Content> shares_over_time(const Day& day, const core::SubjectId& subject,
                                                    std::string_view metric);
/// The same in °C.
[[nodiscard]] std::vector<Content> celsius_over_time(const Day& day, const core::SubjectId& subject,
                                                     std::string_view metric);

/// Pages printed in the data period.
[[nodiscard]] Content pages(const Day& day, const core::SubjectId& subject);

/// Whole days until the first of a metric's instances reaches its end, and which it is. Absent when none has a
/// trend.
[[nodiscard]] Cell days_left(const Day& day, const core::SubjectId& subject,
                             std::string_view metric, core::RunsTo end);

/// What a link carried one way ("link-in", "link-out"): 95th percentile and maximum, as shares of its bandwidth;
/// without a bandwidth in bit/s.
[[nodiscard]] Cell utilisation(const Day& day, const core::LinkResult& link,
                               std::string_view metric);

/// Was anything measured that the report shows? Is anything forecast?
[[nodiscard]] bool measured_over_time(const Day& day);
[[nodiscard]] bool forecast_is_possible(const Day& day);

}  // namespace rounds::reports
