// Makes one complete walk over all due devices.
#pragma once

#include <functional>
#include <set>
#include <string>

#include "core/day_record.hpp"
#include "core/round.hpp"
#include "daemon/poller.hpp"
#include "daemon/snmp_poller.hpp"

namespace rounds::daemon {

/// Told after each subject: how many of how many are done, and the one just done.
using Progress = std::function<void(std::size_t done, std::size_t of, const std::string& name)>;

/// Why and for what a round is made.
struct Occasion {
    std::string name;          ///< The round's name.
    core::WallTime scheduled;  ///< When it was due, or asked for.
    bool by_hand = false;
    core::Period covered;  ///< The data period; `until` is set to the beginning of the round.
};

/// Walks over everything due (or, with `only`, over those subjects): looks now, asks the silent again, reads by SNMP
/// what answers, and concludes. The record lacks only its id, which the store's count of the day gives. Loop thread.
asio::awaitable<core::RoundRecord> make_round(Poller& poller, SnmpPoller& snmp, Occasion occasion,
                                              ports::Clock& clock, Progress progress,
                                              std::set<core::SubjectId> only = {});

}  // namespace rounds::daemon
