// The rounds made.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/day_record.hpp"
#include "daemon/store/state_store.hpp"
#include "daemon/store/subjects.hpp"

namespace rounds::store {

void write_round(Database& database, const core::RoundRecord& round);

[[nodiscard]] std::vector<StateStore::RoundHead> read_rounds_begun(Database& database,
                                                                   core::Period period);
/// Who asked for a round: the calendar, or the calendar or a person.
enum class Asked { by_calendar, anyhow };
[[nodiscard]] std::optional<StateStore::RoundHead> read_last_round(Database& database,
                                                                   const std::string& name,
                                                                   Asked asked);
[[nodiscard]] bool read_was_made(Database& database, const std::string& name,
                                 core::WallTime scheduled);

struct NumberedRound {
    std::int64_t number = 0;
    core::RoundRecord round;
};
/// The whole round; empty when there is none of this id.
[[nodiscard]] std::optional<NumberedRound> read_round(Database& database, const core::RoundId& id);

/// Removes rounds that finished before `before`.
void forget_rounds(Database& database, core::WallTime before);

/// What the rounds still there need of the history: nothing that ended before `from` and whose end
/// the round numbered `first` knows.
struct Needed {
    core::WallTime from = core::WallTime::max();
    std::int64_t first = std::numeric_limits<std::int64_t>::max();
};
[[nodiscard]] Needed read_needed(Database& database);

}  // namespace rounds::store
