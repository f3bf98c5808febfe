// When Rounds ran and when it was blind: what lies between is no data.
#pragma once

#include <optional>
#include <vector>

#include "core/day_record.hpp"
#include "daemon/store/state_store.hpp"
#include "daemon/store/subjects.hpp"

namespace rounds::store {

/// Begins a run and returns its number.
std::int64_t write_run(Database& database, core::WallTime started);
/// Moves the run's last sign of life, never backwards.
void write_seen(Database& database, std::int64_t run, core::WallTime seen);
void write_run_end(Database& database, std::int64_t run, core::WallTime ended);

[[nodiscard]] std::optional<Run> read_last_run(Database& database);
[[nodiscard]] std::optional<core::WallTime> read_first_started(Database& database);

/// Blindness begins, unless it lasts already.
void write_blind_from(Database& database, core::WallTime from, std::int64_t known_after);
/// Blindness ends, if it lasts.
void write_blind_until(Database& database, core::WallTime until, std::int64_t known_after);
[[nodiscard]] std::optional<core::WallTime> read_blind_since(Database& database);

/// Gaps that touch the period, by time, as the horizon shows them. Those of less than a second are
/// none: a daemon that is restarted misses no look.
[[nodiscard]] std::vector<core::Gap> read_gaps(Database& database, core::Period period,
                                               const Horizon& horizon);

/// Removes what ended before `before`, except the first and the last run.
void forget_gaps(Database& database, core::WallTime before, std::int64_t known_to);

}  // namespace rounds::store
