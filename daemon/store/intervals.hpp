// The states subjects were in, and the ping checks of each quarter of an hour.
#pragma once

#include <vector>

#include "core/day_record.hpp"
#include "core/reachability.hpp"
#include "daemon/store/subjects.hpp"

namespace rounds::store {

inline constexpr core::Duration quarter{900'000};  ///< What EchoSummary adds up.

/// Closes the subject's open interval at the transition's time and opens the next. `known_after` as
/// in migrations/0002_runs.sql.
void write_transition(Database& database, Subjects& subjects, const core::Transition& transition,
                      std::int64_t known_after);

/// Intervals that touch the period, by subject, then time, as the horizon shows them.
[[nodiscard]] std::vector<core::StateInterval> read_intervals(Database& database,
                                                              core::Period period,
                                                              const Horizon& horizon);

void write_echo(Database& database, Subjects& subjects, const core::EchoSummary& echo,
                std::int64_t known_after);

/// Quarters that touch the period, by subject, then time.
[[nodiscard]] std::vector<core::EchoSummary> read_echoes(Database& database, core::Period period,
                                                         const Horizon& horizon);

/// Removes what ended before `before` and whose end the round numbered `known_to` knows, or any.
void forget_history(Database& database, core::WallTime before, std::int64_t known_to);

}  // namespace rounds::store
