// Check items: what is right and wrong with what a device says of itself.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/device.hpp"
#include "core/facts.hpp"
#include "core/message.hpp"
#include "core/time.hpp"
#include "core/verdict.hpp"

namespace rounds::core {

/// What one check item says of one instance, before hysteresis and topology.
struct ItemFinding {
    std::string item;               ///< "cpu", "storage", "port-status" …
    std::string instance;           ///< Port, disk, cartridge …; empty when there is one.
    Verdict verdict = Verdict::ok;  ///< ok, warning, critical or unknown.
    std::optional<double> value;    ///< Empty for a state.
    std::string unit;               ///< "%", "C", "min" …; empty with no value.
    std::optional<double>
        threshold;  ///< The limit that was reached; when ok, the one that would be first.
    std::optional<Message> message;  ///< Says value and limit; empty when ok.
    WallTime evidence_at;
    /// Working time for which it must be found before it is believed to be wrong; 0: none.
    Duration patience{0};
    friend bool operator==(const ItemFinding&, const ItemFinding&) = default;
};

/// Paper runs out all day, and whoever prints fills it up: a printer without paper is wrong once nobody did.
inline constexpr Duration paper_patience = std::chrono::minutes(15);

/// How a device is judged.
struct ItemRules {
    /// In place of the default limits of these items; both sides empty: not judged.
    ItemLimits limits;
    /// Items that are not judged.
    ItemWords ignored;
    /// What is said of single ports.
    std::vector<PortRule> ports;
    /// Names of ports that had a neighbour once: monitored as those that have one.
    std::vector<std::string> once_with_neighbor;
};

/// All items of what a device says of itself, those with limits first. (Those of ping: core/ping_items.hpp.)
[[nodiscard]] std::span<const std::string_view> item_words();
/// Those of links beside the ones of ping: "utilisation", percent of the bandwidth over one look's interval, upwards.
[[nodiscard]] std::span<const std::string_view> link_item_words();
/// Those that are of a port.
[[nodiscard]] std::span<const std::string_view> port_item_words();

/// The items that have limits, in the unit of each:
///   cpu, memory, storage           percent in use, upwards
///   temperature, humidity          C and percent, upwards, where the device has no limits of its own
///   supplies, trays                percent left, downwards
///   ups-load, ups-charge, ups-runtime    percent upwards, percent and minutes downwards
///   port-errors, port-discards           percent of the packets of one look's interval, upwards
///   port-utilisation                     percent of the port's speed over one look's interval, upwards
[[nodiscard]] std::span<const std::string_view> limited_item_words();
/// Of these and of those of ping; empty for others.
[[nodiscard]] Limits<double> default_limits(std::string_view item);
/// Those of a class that has its own, where neither a person nor a profile says anything: sensors of a room.
[[nodiscard]] ItemLimits default_limits(DeviceClass device_class);
/// Is it little that is bad: what is left of toner, charge, runtime?
[[nodiscard]] bool is_downward(std::string_view item);

/// All findings, also those that are ok, in the order of the facts. What cannot be judged (a level that is no amount,
/// a disk that does not fill up, a temperature without limits) has none.
[[nodiscard]] std::vector<ItemFinding> judge(const Facts& facts, const ItemRules& rules,
                                             WallTime at);

/// A value against the limits of its item, one of limited_item_words() or link_item_words(), which `port` may have for itself. Empty when
/// there are none, or the item is ignored.
[[nodiscard]] std::optional<ItemFinding> judge_value(std::string_view item,
                                                     const std::string& instance, double value,
                                                     const ItemRules& rules, WallTime at,
                                                     const PortRule* port = nullptr);

/// Is this the port that people call so: its index, name, descr or alias?
[[nodiscard]] bool is_called(const InterfaceFacts& port, std::string_view name);

/// What is said of this port; null when nothing is. The first that calls it so.
[[nodiscard]] const PortRule* rule_of(const InterfaceFacts& port, const ItemRules& rules);

/// Is an item left alone: of the device, or of the port, or is the whole port?
[[nodiscard]] bool is_ignored(std::string_view item, const ItemRules& rules,
                              const PortRule* port = nullptr);

/// Is its going down a fault: is it said so, or has it (or had it once) a neighbour and nobody says otherwise?
[[nodiscard]] bool is_monitored(const InterfaceFacts& port, const Facts& facts,
                                const ItemRules& rules);

/// The names of ports with a neighbour: their going down takes the neighbour with it, so the caller remembers them.
[[nodiscard]] std::vector<std::string> ports_with_neighbors(const Facts& facts);

}  // namespace rounds::core
