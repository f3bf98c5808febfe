// Many targets seen as one link. Pure.
#pragma once

#include <span>

#include "core/observation.hpp"

namespace rounds::probes {

/// What looks at a link's targets say of the link: packets of all targets that could be asked,
/// round-trip times and jitter of the nearest one that answered. When none could be asked, why the
/// first could not. The name is not judged here.
[[nodiscard]] core::LinkObservation as_one(std::span<const core::Observation> targets);

}  // namespace rounds::probes
