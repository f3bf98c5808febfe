// Check items in state.db: those believed to be wrong, and the findings of rounds.
#pragma once

#include <map>

#include "core/day_record.hpp"
#include "core/item_belief.hpp"
#include "daemon/store/subjects.hpp"

namespace rounds::store {

/// What is believed of an item from now on.
void write_item(Database& database, Subjects& subjects, const core::SubjectId& subject,
                const core::ItemChange& change);
[[nodiscard]] std::map<core::SubjectId, core::ItemBeliefs> read_items(Database& database);

/// The findings of one device at a round; those that are ok are left out.
void write_findings(Database& database, std::int64_t round, std::size_t device,
                    const std::vector<core::ItemFinding>& findings);
/// By the device's place in the round.
[[nodiscard]] std::map<std::size_t, std::vector<core::ItemFinding>> read_findings(
    Database& database, std::int64_t round);

/// The limits of one device at a round, and all of them put where they belong.
void write_limits(Database& database, std::int64_t round, std::size_t place,
                  const core::ItemLimits& limits);
void read_limits(Database& database, std::int64_t round, std::vector<core::DeviceResult>& results);

}  // namespace rounds::store
