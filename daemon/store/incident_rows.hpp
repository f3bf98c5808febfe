// Incidents, as rows.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/incident_rules.hpp"
#include "daemon/store/state_store.hpp"
#include "daemon/store/subjects.hpp"

namespace rounds::store {

/// One step of an incident with its events, and a delivery of each to each hook. The events' numbers go on
/// from the last one's.
void write_incident(Database& database, Subjects& subjects, const IncidentChange& change,
                    std::int64_t known_after);

/// The last incident of each condition, unless it was over a day before the last sign of life.
[[nodiscard]] std::vector<core::IncidentMemory> read_remembered(Database& database);
/// The last number given on each day.
[[nodiscard]] std::map<std::string, int> read_incident_numbers(Database& database);

/// Those that were unresolved at any time since `from`, as the horizon shows them, in the order opened.
[[nodiscard]] std::vector<core::IncidentHistory> read_incidents_since(Database& database,
                                                                      core::WallTime from,
                                                                      const Horizon& horizon);

/// The row of an incident's id; empty when there is none.
[[nodiscard]] std::optional<std::int64_t> number_of(Database& database, const core::IncidentId& id);
/// An incident as it is, by its row.
[[nodiscard]] core::Incident read_incident(Database& database, std::int64_t number);
/// An incident as it was after an event.
[[nodiscard]] core::Incident read_incident_after(Database& database, std::int64_t number,
                                                 int event);
[[nodiscard]] core::IncidentEvent read_event(Database& database, std::int64_t number, int event);
[[nodiscard]] core::IncidentMemory read_memory(Database& database, std::int64_t number);
[[nodiscard]] core::IncidentHistory read_history(Database& database, std::int64_t number,
                                                 const Horizon& horizon);

/// Removes what was over before `before`, as the round numbered `known_to` knows, and is told to all.
void forget_incidents(Database& database, core::WallTime before, std::int64_t known_to);

}  // namespace rounds::store
