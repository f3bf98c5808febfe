// What a device says about itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/device.hpp"
#include "core/oid.hpp"
#include "core/time.hpp"

namespace rounds::core {

/// All texts are readable UTF-8 made of device text: still inert, still escaped at each sink. What a device does
/// not tell is empty (text, lists) or without a value (numbers), never zero.

/// Who it is.
struct IdentityFacts {
    std::optional<DeviceClass> device_class;
    std::string vendor, model, serial, version;
    std::string sys_name, sys_descr, location, contact;  ///< SNMPv2-MIB, system group.
    Oid sys_object_id;                                   ///< Empty when not told.
    std::optional<Duration>
        uptime;  ///< Since the device began, beyond 497 days where it can be told.
    /// sysUpTime as it stands: since its agent began; wraps after 497 days.
    std::optional<Duration> agent_uptime;
    friend bool operator==(const IdentityFacts&, const IdentityFacts&) = default;
};

/// A port or another interface (IF-MIB, RFC 2863).
struct InterfaceFacts {
    std::int64_t index = 0;          ///< ifIndex; some agents count from 0.
    std::string name, descr, alias;  ///< ifName, ifDescr (one stands in for the other), ifAlias.
    std::string
        type;  ///< IANAifType by its name, "ethernetCsmacd"; a number when it has none here.
    std::string admin_status, oper_status;  ///< "up", "down", "testing" …
    std::optional<std::int64_t> speed_bps;
    std::string mac;  ///< "00:1b:21:3c:4d:5e"
    // Counters as they stand.
    std::optional<std::uint64_t> in_octets, out_octets;
    std::optional<std::uint64_t> in_packets, out_packets;  ///< Unicast.
    /// When all was read last, not from look to look.
    std::optional<std::uint64_t> in_multicast, out_multicast, in_broadcast, out_broadcast;
    bool wide = false;  ///< Are octets and packets 64 bits wide? Errors and discards never are.
    std::optional<std::uint64_t> in_errors, out_errors, in_discards, out_discards;
    std::optional<Duration>
        discontinuity;  ///< ifCounterDiscontinuityTime: sysUpTime when the counters last broke.
    friend bool operator==(const InterfaceFacts&, const InterfaceFacts&) = default;
};

/// Why a level is no amount (RFC 3805): -1, -2, -3.
enum class LevelState { unrestricted, unknown, some_remaining };
[[nodiscard]] std::string_view word(
    LevelState state);  ///< "unrestricted", "unknown", "some-remaining"
[[nodiscard]] std::optional<LevelState> level_state_of(std::string_view word);

/// A cartridge, drum, box for waste … At most one of `percent` and `state`.
struct SupplyFacts {
    std::string descr;
    std::string type;   ///< toner ink opc fuser waste developer transfer staples other
    std::string color;  ///< "black", "cyan" …; empty when it has none.
    /// What is left to use, 0 to 100: of a box for waste the room that is left.
    std::optional<double> percent;
    std::optional<LevelState> state;
    friend bool operator==(const SupplyFacts&, const SupplyFacts&) = default;
};

/// A paper tray, or a bin for what was printed (RFC 3805). At most one of `percent` and `state`.
struct TrayFacts {
    std::string descr;
    std::optional<double>
        percent;  ///< Of paper: full is 100. Of a bin, the room that is left: full is 0.
    std::optional<LevelState> state;
    friend bool operator==(const TrayFacts&, const TrayFacts&) = default;
};

/// An amount of bytes in use. The percent is the device's own where it has one, else that of the amounts.
struct StorageFacts {
    std::string descr;
    std::string
        type;  ///< hrStorageType without its prefix: "fixed-disk", "flash-memory", "ram-disk" …
    std::optional<std::int64_t> size_bytes, used_bytes;
    std::optional<double> percent;
    bool exempt = false;  ///< Does not fill up (read-only, tmpfs): no item judges it.
    friend bool operator==(const StorageFacts&, const StorageFacts&) = default;
};
/// Where buffers and cache are rows of their own, they have the RAM's size and are not in its `used_bytes`.
struct MemoryFacts {
    std::string descr;
    std::string kind;  ///< system, virtual, swap, buffers, cached, shared, other. ("class" in JSON)
    std::optional<std::int64_t> total_bytes, used_bytes;
    std::optional<double> percent;
    friend bool operator==(const MemoryFacts&, const MemoryFacts&) = default;
};

struct ProcessorFacts {
    std::string descr;
    double percent = 0;  ///< Busy, 0 to 100.
    friend bool operator==(const ProcessorFacts&, const ProcessorFacts&) = default;
};

/// A measured quantity; of wireless, too (clients, rssi, quality …).
struct SensorFacts {
    std::string kind;  ///< "temperature", "voltage" … ("class" in JSON)
    std::string descr;
    double value = 0;
    std::string unit;  ///< "C", "V" …; empty for a mere count.
    /// The device's own limits, in the same unit.
    std::optional<double> low_critical, low_warning, high_warning, high_critical;
    friend bool operator==(const SensorFacts&, const SensorFacts&) = default;
};

/// Something that is in one of several states: a fan, a power supply, a battery.
struct StateFacts {
    std::string descr;
    std::int64_t value = 0;               ///< As the device says it.
    std::string state;                    ///< "normal", "failed" …: the word of the MIB.
    Verdict severity = Verdict::unknown;  ///< ok, warning, critical or unknown.
    /// The check item that judges it: "fan", "power-supply", "ups", "printer" …; empty: it is only shown.
    std::string item;
    friend bool operator==(const StateFacts&, const StateFacts&) = default;
};

/// A unit of a stack, a module, a power supply: what has a model or serial number of its own (ENTITY-MIB, RFC 6933).
struct ComponentFacts {
    std::string kind;  ///< chassis module power-supply fan port other ("class" in JSON)
    std::string descr, model, serial, version;
    friend bool operator==(const ComponentFacts&, const ComponentFacts&) = default;
};

/// What a printer or another device complains of by itself.
struct AlertFacts {
    Verdict severity = Verdict::unknown;
    std::string descr;
    friend bool operator==(const AlertFacts&, const AlertFacts&) = default;
};

/// Who is at the other end of a cable.
struct NeighborFacts {
    std::string local_port, remote_name, remote_port;
    std::string protocol;  ///< "lldp", "cdp" …
    friend bool operator==(const NeighborFacts&, const NeighborFacts&) = default;
};

struct Facts {
    IdentityFacts device;
    std::vector<InterfaceFacts> interfaces;  ///< By index.
    std::vector<SupplyFacts> supplies;
    std::vector<TrayFacts> trays;
    std::vector<TrayFacts> outputs;
    std::optional<std::int64_t> page_count;
    std::vector<std::string> console_text;  ///< The lines of the panel, from the top.
    std::vector<AlertFacts> alerts;
    std::vector<ProcessorFacts> processors;
    std::vector<MemoryFacts> memory;
    std::vector<StorageFacts> storage;
    std::vector<SensorFacts> sensors;
    std::vector<StateFacts> states;
    std::vector<SensorFacts> wireless;
    std::vector<NeighborFacts> neighbors;
    std::vector<ComponentFacts> components;
    friend bool operator==(const Facts&, const Facts&) = default;
};

}  // namespace rounds::core
