// Settings that may be said of the whole site, of a class and of one device: the nearer one wins.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>

#include "config/section.hpp"
#include "core/device.hpp"

namespace rounds::config {

/// What one level says of pinging; empty: it leaves that to the level above.
struct PingLayer {
    std::optional<core::Duration> interval, retry_interval, spacing, timeout;
    std::optional<int> packets, down_after, up_after;
};

/// What one level says of SNMP.
struct SnmpLayer {
    std::optional<core::Duration> interval, timeout;
    std::optional<int> retries, max_repetitions;
    std::optional<bool> any_source;
};

/// Limits of one level. The inner optional is empty for "never".
template <class Quantity>
struct LimitsLayer {
    std::optional<std::optional<Quantity>> warning, critical;
};

/// By the names of check items.
using ItemLayers = std::map<std::string, LimitsLayer<double>, std::less<>>;

struct Layer {
    std::optional<core::Presence> presence;
    std::optional<core::Severity> severity;
    PingLayer ping;
    SnmpLayer snmp;
    LimitsLayer<double> loss;
    LimitsLayer<core::Microseconds> round_trip, jitter;
    ItemLayers items;         ///< Of check items, by name.
    core::ItemWords ignored;  ///< Also what the levels above ignore: nobody can take it back.
};

/// Both levels in one: what `near` does not say is as `far` says.
[[nodiscard]] Layer over(const Layer& near, const Layer& far);

/// What a class is like unless somebody says otherwise.
[[nodiscard]] Layer built_in(core::DeviceClass device_class);

/// What is nowhere said is built in. The retry interval is then 10s, or the interval where that is shorter.
[[nodiscard]] core::PingRule ping_rule(const PingLayer& ping);
/// Printers are read hourly, and rest outside working hours, unless an interval is said of the class or the device:
/// what a site says of all its devices is not said with them in mind (Defaults::of() leaves it out of their layer).
[[nodiscard]] core::SnmpRule snmp_rule(const SnmpLayer& snmp, core::DeviceClass device_class);
[[nodiscard]] core::Thresholds thresholds(const Layer& layer);
/// Of the items of which something is said, among `words`; a side of which nothing is said is the item's default. What is ignored has
/// no limits.
[[nodiscard]] core::ItemLimits item_limits(const Layer& layer,
                                           std::span<const std::string_view> words);

/// Reads `ping`'s keys. `far` is what the levels above say: the rule that results must be possible.
void read_ping(const Node& node, const std::string& title, const PingLayer& far, Problems& problems,
               PingLayer& ping);

/// Reads `snmp`'s keys.
void read_snmp(const Node& node, const std::string& title, Problems& problems, SnmpLayer& snmp);

/// Reads limits of the items `words`.
void read_item_limits(Section& keys, std::span<const std::string_view> words,
                      const std::string& title, Problems& problems, ItemLayers& items);

/// Reads `ignore`: items that are not judged, of `words`.
void read_ignored(Section& keys, std::span<const std::string_view> words, core::ItemWords& ignored);

/// Reads the keys of `thresholds`: those of ping, and the items `words`.
void read_thresholds(const Node& node, std::span<const std::string_view> words,
                     const std::string& title, Problems& problems, Layer& layer);

/// Reads the keys that classes and devices share: presence, severity, ping, snmp, thresholds, ignore. `far` as above.
void read_layer(Section& keys, const std::string& title, const Layer& far, Problems& problems,
                Layer& layer);

/// severity: 1 to 4.
[[nodiscard]] core::Result<core::Severity> severity(std::string_view text);

}  // namespace rounds::config
