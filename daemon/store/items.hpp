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

/// Of what a round says: a device or a link.
enum class ResultKind { device, link };

/// What the items of one device or link said at a round (those that are ok are left out), and their limits. `place` is
/// the result's among those of its kind.
void write_items(Database& database, ResultKind kind, std::int64_t round, std::size_t place,
                 const std::vector<core::ItemFinding>& findings, const core::ItemLimits& limits);

struct ResultItems {
    std::vector<core::ItemFinding> findings;
    core::ItemLimits limits;
};
/// By place.
[[nodiscard]] std::map<std::size_t, ResultItems> read_items(Database& database, ResultKind kind,
                                                            std::int64_t round);

}  // namespace rounds::store
