// Subjects by number, and what rounds know.
#pragma once

#include <limits>
#include <optional>
#include <unordered_map>

#include "core/id.hpp"
#include "daemon/store/database.hpp"

namespace rounds::store {

/// The numbers of subjects, remembered; new ones are given within the transaction under way.
class Subjects {
 public:
    [[nodiscard]] std::int64_t number_of(Database& database, const core::SubjectId& subject);
    [[nodiscard]] std::optional<std::int64_t> number_of(
        Database& database, const std::optional<core::SubjectId>& subject);
    /// After a transaction that was undone: the numbers it gave are not true.
    void forget() { numbers_.clear(); }

 private:
    std::unordered_map<core::SubjectId, std::int64_t> numbers_;
};

/// The number of the last round ever recorded, 0 for none: what is recorded now is unknown to it
/// and to all before it (migrations/0002_runs.sql).
[[nodiscard]] std::int64_t last_round_number(Database& database);

/// A round's view of the history: what was known when it was recorded, as it stood when it
/// finished.
struct Horizon {
    std::int64_t number =
        std::numeric_limits<std::int64_t>::max();  ///< Of the round; the largest knows all.
    core::WallTime finished = core::WallTime::max();
};

}  // namespace rounds::store
