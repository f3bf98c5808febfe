// One round made from a command, without a daemon.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "config/setup.hpp"
#include "core/day_record.hpp"
#include "core/id.hpp"
#include "daemon/round_maker.hpp"
#include "probes/snmp_probe.hpp"

namespace rounds::daemon {

/// The round, and the last look by SNMP at each device that was asked so.
struct Walk {
    core::RoundRecord record;
    std::vector<std::pair<const core::Device*, probes::SnmpObservation>>
        seen;  ///< Of the setup's devices.
};

/// Looks at everything due, or at `only`. Nothing is recorded. `keep_answers` as SnmpLook has it.
[[nodiscard]] Walk walk(const std::shared_ptr<const config::Setup>& setup,
                        const std::set<core::SubjectId>& only, Progress progress,
                        bool keep_answers = false);

}  // namespace rounds::daemon
