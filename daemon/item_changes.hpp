// Check items between the pollers, the store and the log.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "core/item_belief.hpp"
#include "daemon/store/state_store.hpp"
#include "daemon/system/log.hpp"

namespace rounds::daemon {

/// What is believed of the check items of each subject.
using ItemMemory = std::map<core::SubjectId, core::ItemBeliefs>;

/// Those of ping, or those of SNMP: each poller goes on with its own.
enum class ItemSource { ping, snmp };
[[nodiscard]] core::ItemBeliefs of_source(const core::ItemBeliefs& items, ItemSource source);

/// Says in the log what changed, once it is recorded.
void tell(const std::string& name, const std::vector<core::ItemChange>& changed, const Log& log);

}  // namespace rounds::daemon
