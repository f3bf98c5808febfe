// Check items: what is right and wrong with what a device says of itself.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/facts.hpp"
#include "core/message.hpp"
#include "core/profile.hpp"
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
    friend bool operator==(const ItemFinding&, const ItemFinding&) = default;
};

/// How a device is judged.
struct ItemRules {
    /// In place of the default limits of these items; both sides empty: not judged.
    ItemLimits limits;
    /// Ports whose going down is a fault, by index, name, descr or alias. Those with neighbours are so, too.
    std::vector<std::string> monitored_ports;
};

/// The items that have limits, in the unit of each:
///   cpu, memory, storage           percent in use, upwards
///   temperature, humidity          C and percent, upwards, where the device has no limits of its own
///   supplies, trays                percent left, downwards
///   ups-load, ups-charge, ups-runtime    percent upwards, percent and minutes downwards
///   port-errors, port-discards           percent of the packets of one look's interval, upwards
[[nodiscard]] std::span<const std::string_view> limited_item_words();
[[nodiscard]] Limits<double> default_limits(std::string_view item);
/// Is it little that is bad: what is left of toner, charge, runtime?
[[nodiscard]] bool is_downward(std::string_view item);

/// All findings, also those that are ok, in the order of the facts. What cannot be judged (a level that is no amount,
/// a disk that does not fill up, a temperature without limits) has none.
[[nodiscard]] std::vector<ItemFinding> judge(const Facts& facts, const ItemRules& rules,
                                             WallTime at);

/// A value against the limits of its item, one of limited_item_words(); empty when it has none.
[[nodiscard]] std::optional<ItemFinding> judge_value(std::string_view item,
                                                     const std::string& instance, double value,
                                                     const ItemRules& rules, WallTime at);

/// Is this the port that people call so: its index, name, descr or alias?
[[nodiscard]] bool is_called(const InterfaceFacts& port, std::string_view name);

/// Is its going down a fault: is it among the monitored ones, or has it a neighbour?
[[nodiscard]] bool is_monitored(const InterfaceFacts& port, const Facts& facts,
                                const ItemRules& rules);

/// The names of ports with a neighbour: their going down takes the neighbour with it, so the caller remembers them.
[[nodiscard]] std::vector<std::string> ports_with_neighbors(const Facts& facts);

}  // namespace rounds::core
