// Names that lead to other names: the last step from what was written to what holds.
#pragma once

#include <vector>

#include "config/draft.hpp"

namespace rounds::config {

/// The office with every reference followed and every default filled in. Names and ids used twice, names that
/// lead nowhere and circles of `upstream` are problems.
[[nodiscard]] core::Office link_up(const Draft& draft, Problems& problems);

/// The rounds, at least one, and the daily report's round. Without `rounds` there is one on working days at
/// 08:30, named in the site's language.
[[nodiscard]] std::vector<core::RoundPlan> plan_rounds(const Draft& draft, Problems& problems);
[[nodiscard]] DailyReportPlan plan_daily(const Draft& draft,
                                         const std::vector<core::RoundPlan>& rounds,
                                         Problems& problems);

}  // namespace rounds::config
