// What is believed, as last decided.
#pragma once

#include <map>

#include "core/reachability.hpp"
#include "daemon/store/subjects.hpp"

namespace rounds::store {

void write_belief(Database& database, Subjects& subjects, const core::SubjectId& subject,
                  const core::Reachability& belief);

[[nodiscard]] std::map<core::SubjectId, core::Reachability> read_beliefs(Database& database);

/// A stored word of a state; throws damage for another.
[[nodiscard]] core::State next_state(Query& query, const Database& database);

}  // namespace rounds::store
