// The daemon's own blindness.
#pragma once

#include <span>

#include "core/observation.hpp"

namespace rounds::core {

/// Can Rounds see at all? `looks` are fresh looks at the gateway and every anchor. Blind when there
/// is at least one and none answered. With none configured Rounds cannot know, and is not blind.
[[nodiscard]] bool blind(std::span<const Observation> looks);

}  // namespace rounds::core
