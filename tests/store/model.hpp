// The store as one would write it without a disk: everything in maps, a round's record copied when
// it is made.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "daemon/store/state_store.hpp"

namespace rounds::store {

class Model {
 public:
    /// One incident with all that is recorded of it; what of each event was to be told where.
    struct IncidentLife {
        core::IncidentMemory memory;
        std::vector<core::IncidentEvent> events;
        std::vector<core::Incident> after;  ///< Each event.
        std::vector<std::vector<std::string>> hooks;
    };
    [[nodiscard]] const std::vector<IncidentLife>& incidents() const { return incidents_; }

    void begin_run(core::WallTime now);
    void end_run(core::WallTime now);
    void commit(const Changes& changes);
    void commit(std::span<const Changes> groups) {
        for (const auto& changes : groups) commit(changes);
    }

    [[nodiscard]] Memory memory() const;
    [[nodiscard]] std::vector<core::Gap> gaps(core::Period period) const;
    /// The records as they stood when their rounds were recorded, in that order.
    [[nodiscard]] const std::vector<core::DayRecord>& records() const { return records_; }

 private:
    void take(const core::Transition& transition);
    void take(const core::EchoSummary& echo);
    void take(const IncidentChange& change);
    void take_blindness(std::optional<core::WallTime> from, std::optional<core::WallTime> until);
    [[nodiscard]] std::vector<core::Gap> gaps(core::Period period, core::WallTime finished) const;
    [[nodiscard]] core::DayRecord record_of(const core::RoundRecord& round) const;

    std::map<core::SubjectId, core::Reachability> beliefs_;
    std::map<core::SubjectId, core::ItemBeliefs> items_;
    std::map<core::SubjectId, std::vector<core::StateInterval>> intervals_;
    std::map<core::SubjectId, std::map<core::WallTime, core::EchoSummary>> echoes_;
    std::vector<Run> runs_;
    std::vector<core::Gap> blind_;
    std::vector<IncidentLife> incidents_;
    std::vector<core::DayRecord> records_;
};

}  // namespace rounds::store
