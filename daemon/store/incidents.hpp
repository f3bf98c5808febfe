// The incidents in state.db, for people and for the daemon.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "core/incident_rules.hpp"
#include "core/result.hpp"

namespace rounds::store {

class Database;

/// Which incidents are asked for.
struct IncidentFilter {
    bool unresolved_only = false;
    std::optional<core::SubjectId> subject;  ///< Only of this device or link; empty: of all.
    std::size_t most = 1000;                 ///< The newest so many.
};

/// Belongs to a StateStore, and to its thread.
class Incidents {
 public:
    /// As they are, newest first.
    [[nodiscard]] core::Result<std::vector<core::Incident>> list(const IncidentFilter& filter);

    /// One with all that happened to it. Error not_found.
    [[nodiscard]] core::Result<core::IncidentHistory> show(const core::IncidentId& id);

    /// What the rules need to go on with it. Error not_found.
    [[nodiscard]] core::Result<core::IncidentMemory> remember(const core::IncidentId& id);

    /// Those unresolved at any time since `from`, in the order they were opened.
    [[nodiscard]] core::Result<std::vector<core::IncidentHistory>> since(core::WallTime from);

 private:
    friend class StateStore;
    explicit Incidents(Database& database) : database_(&database) {}
    Database* database_;
};

}  // namespace rounds::store
