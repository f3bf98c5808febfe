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

/// Fills in Device::witnesses: of what is in use, monitored and without an address, when at least two polled devices
/// hang on it with nothing polled or watched between.
void find_witnesses(Office& office);

/// Everything upstream of a device that is itself watched, nearest first. Things not monitored, and things without
/// an address that nothing tells of, are passed over: what lies beyond them still counts. Who looks at them
/// again before judging the device goes through it backwards: the root first.
[[nodiscard]] std::vector<const Device*> upstream_of(const Office& office, const Device& device);
/// A link hangs on the device it leaves from, and on everything upstream of that.
[[nodiscard]] std::vector<const Device*> upstream_of(const Office& office, const Link& link);

/// What is upstream of this device, as one condition, the first of these that is true:
///  * down: any is down; the culprit is the one nearest the root that is.
///  * in doubt: any has a bad look pending, was never looked at, or is suppressed though nothing
///  above it is
///    down any more (it has yet to show whether it is back).
///  * off: any is off.
///  * fine. One that could not be asked explains nothing.
[[nodiscard]] Upstream explain(const Office& office, const Device& device,
                               const BeliefOf& belief_of);
[[nodiscard]] Upstream explain(const Office& office, const Link& link, const BeliefOf& belief_of);

}  // namespace rounds::core
