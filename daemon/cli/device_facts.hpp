// What a device says about itself, and what is said of it, as members of its JSON line.
#pragma once

#include <span>

#include <nlohmann/json_fwd.hpp>

#include "core/check_item.hpp"
#include "core/facts.hpp"
#include "core/message.hpp"

namespace rounds::daemon {

/// Adds what the device tells of itself to "device" (what stands there already, stays) and a member for every other
/// kind of fact that it tells. What it does not tell is absent.
void add_facts(const core::Facts& facts, nlohmann::ordered_json& object);

/// Adds a finding of a check item to the list "items".
void add_items(std::span<const core::ItemFinding> findings, const core::Locale& locale,
               nlohmann::ordered_json& object);

}  // namespace rounds::daemon
