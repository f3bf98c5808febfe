// The facts of a device or link as JSON: one object per line, the names of docs/json.md.
#pragma once

#include <span>
#include <string>

#include "core/check_item.hpp"
#include "core/day_record.hpp"
#include "core/facts.hpp"
#include "core/message.hpp"

namespace rounds::daemon {

/// One line without its end. What is not known is absent, not zero. Always valid UTF-8.
[[nodiscard]] std::string facts_json(const core::DeviceResult& device, const core::Locale& locale);
/// The same with what SNMP told and what the check items say of it; `facts` null: it told nothing.
[[nodiscard]] std::string facts_json(const core::DeviceResult& device, const core::Facts* facts,
                                     std::span<const core::ItemFinding> findings,
                                     const core::Locale& locale);
[[nodiscard]] std::string facts_json(const core::LinkResult& link, const core::Locale& locale);

}  // namespace rounds::daemon
