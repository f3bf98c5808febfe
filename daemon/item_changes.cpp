#include "daemon/item_changes.hpp"

#include "core/ping_items.hpp"
#include "core/text.hpp"

namespace rounds::daemon {

core::ItemBeliefs of_source(const core::ItemBeliefs& items, ItemSource source) {
    core::ItemBeliefs own;
    for (const auto& [id, belief] : items) {
        if (core::is_ping_item(id.item) == (source == ItemSource::ping)) own.emplace(id, belief);
    }
    return own;
}

void tell(const std::string& name, const std::vector<core::ItemChange>& changed, const Log& log) {
    for (const auto& change : changed) {
        const bool grave = change.after == core::Verdict::critical;
        log->log(grave ? spdlog::level::warn : spdlog::level::info,
                 "item {}: name={} item={} instance={}", core::word(change.after),
                 core::printable(name), change.id.item, core::printable(change.id.instance));
    }
}

}  // namespace rounds::daemon
