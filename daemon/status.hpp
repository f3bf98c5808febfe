// What is wrong now, on one screen.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "config/setup.hpp"
#include "core/incident.hpp"
#include "core/reachability.hpp"
#include "core/result.hpp"
#include "daemon/store/state_store.hpp"

namespace rounds::daemon {

struct Status {
    struct Trouble {
        std::string name;
        core::Reachability belief;
        std::int64_t behind = 0;  ///< Devices unreachable through it.
    };
    std::vector<Trouble> troubles;  ///< What is down, the longest first.
    std::map<core::State, std::int64_t> count;
    std::vector<core::Incident> incidents;   ///< Unresolved, the newest first.
    std::optional<core::Duration> sign_age;  ///< Since the last sign of life; empty: never ran.
    bool ended = false;                      ///< The last run ended by itself.
    std::optional<core::WallTime> blind_since;
    std::optional<store::StateStore::RoundHead> last_round;

    /// A sign of life within the last minute.
    [[nodiscard]] bool running() const;
};

[[nodiscard]] core::Result<Status> status_of(store::StateStore& store, const config::Setup& setup,
                                             core::WallTime now);

/// One JSON object: docs/api.md.
[[nodiscard]] std::string status_json(const Status& status, const config::Setup& setup,
                                      const core::Locale& locale);

}  // namespace rounds::daemon
