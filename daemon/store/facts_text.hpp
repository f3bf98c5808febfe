// What a device told, as it is kept with a round.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/facts.hpp"

namespace rounds::store {

/// As JSON, without ports and neighbours: they are many, and no report of a past day shows them.
[[nodiscard]] std::string facts_text(const core::Facts& facts);
/// Names that this version does not know are passed over. Empty when it is no such text.
[[nodiscard]] std::optional<core::Facts> facts_of(std::string_view text);

}  // namespace rounds::store
