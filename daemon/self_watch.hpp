// Rounds watches itself: are looks made on time, and how long does writing take?
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/self_report.hpp"
#include "core/time.hpp"
#include "daemon/store/outbox.hpp"
#include "daemon/system/log.hpp"
#include "daemon/system/process.hpp"

namespace rounds::daemon {

/// Counts by quarters of an hour, of the last ten days. Says in the log when a quarter that is over was not kept up with,
/// and when the first was again. Loop thread.
class SelfWatch {
 public:
    SelfWatch(core::WallTime started, Log log) : started_(started), log_(std::move(log)) {}

    void pinged(core::WallTime at, core::Duration lateness, bool too_long);
    void read_by_snmp(core::WallTime at, core::Duration lateness, bool too_long);
    void wrote(core::WallTime at, core::Duration took);

    /// The quarters that touch the period, of this run.
    [[nodiscard]] core::SelfReport over(core::Period period) const;

 private:
    core::SelfReport& quarter(core::WallTime at);
    void tell(core::WallTime quarter, const core::SelfReport& report);

    std::map<core::WallTime, core::SelfReport> quarters_;
    bool behind_ = false;
    core::WallTime started_;
    Log log_;
};

/// How Rounds stands at this moment.
struct SelfStatus {
    core::WallTime started;      ///< This run.
    core::SelfReport last_hour;  ///< Of this run.
    ProcessUse process;
    std::size_t waiting_changes = 0;  ///< Groups that are not committed yet.
    std::size_t waiting_samples = 0;
};
/// The answer to GET /v1/self: docs/api.md.
[[nodiscard]] std::string self_json(const SelfStatus& status,
                                    const std::vector<store::Backlog>& hooks, core::WallTime now);

}  // namespace rounds::daemon
