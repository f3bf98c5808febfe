// What hangs on what.
#pragma once

#include <functional>
#include <vector>

#include "core/device.hpp"
#include "core/id.hpp"
#include "core/reachability.hpp"

namespace rounds::core {

/// The beliefs, asked by subject; null for one never looked at.
using BeliefOf = std::function<const Reachability*(const SubjectId&)>;

/// Everything upstream of a device that is itself polled, nearest first. Things without an address and
/// things not monitored are passed over: what lies beyond them still counts.
[[nodiscard]] std::vector<const Device*> upstream_of(const Office& office, const Device& device);

/// What is upstream of this device, as one condition: down when any is down or suppressed (the culprit
/// is the one nearest the root that is down), else in doubt when any has a bad look pending, else fine.
[[nodiscard]] Upstream explain(const Office& office, const Device& device, const BeliefOf& belief_of);

}  // namespace rounds::core
