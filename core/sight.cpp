#include "core/sight.hpp"

#include <algorithm>

#include "core/reachability.hpp"

namespace rounds::core {

bool blind(std::span<const Observation> looks) {
    const bool any_answered = std::ranges::any_of(
        looks, [](const Observation& look) { return look_of(look) == Look::good; });
    return !looks.empty() && !any_answered;
}

}  // namespace rounds::core
