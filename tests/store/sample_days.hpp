// Times that tests of samples stand on.
#pragma once

#include <chrono>

#include "core/time.hpp"

namespace rounds::store {

/// The beginning of a day, UTC.
inline const core::WallTime midnight = core::from_ms(20'600LL * 86'400'000);
inline const core::Period ever{core::from_ms(0), midnight + std::chrono::days(365)};

}  // namespace rounds::store
