// The archive: what the office declares to own.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/echo.hpp"
#include "core/id.hpp"
#include "core/snmp.hpp"
#include "core/time.hpp"
#include "core/verdict.hpp"

namespace rounds::core {

/// 交换机, 路由器, … as in configuration, facts and reports.
enum class DeviceClass {
    switch_,
    router,
    firewall,
    wireless_controller,
    access_point,
    printer,
    ups,
    pdu,
    nas,
    server,
    pc,
    hypervisor,
    environment,
    phone,
    camera,
    appliance,
    other,
};

/// "switch", "wireless-controller" … and back; empty for another word.
[[nodiscard]] std::string_view word(DeviceClass device_class);
[[nodiscard]] std::optional<DeviceClass> device_class_of(std::string_view word);

enum class Lifecycle { in_use, spare, repair, lent, retired };
[[nodiscard]] std::string_view word(Lifecycle lifecycle);  ///< "in-use", "spare" …
[[nodiscard]] std::optional<Lifecycle> lifecycle_of(std::string_view word);

/// When a device is expected to answer.
enum class Presence {
    always,         ///< Silence is a fault.
    working_hours,  ///< Silence outside working hours is off; within them a fault, but for a PC off
                    ///< too.
    occasional,     ///< Silence is off.
};
[[nodiscard]] std::string_view word(
    Presence presence);  ///< "always", "working-hours", "occasional"
[[nodiscard]] std::optional<Presence> presence_of(std::string_view word);

/// How a device is pinged, and how many looks in a row it takes to believe.
struct PingRule {
    Duration interval{30'000};  ///< Between looks in the steady state; 1 s to 1 day.
    Duration retry_interval{
        10'000};  ///< Between looks while the answer is in doubt; at most `interval`.
    EchoPlan plan;
    int down_after = 3;  ///< Bad looks in a row before down; 1 to 100.
    int up_after = 2;    ///< Good looks in a row before up again; 1 to 100.
    friend bool operator==(const PingRule&, const PingRule&) = default;
};

/// A check item's limits: reaching `warning` is a warning, reaching `critical` critical. Empty:
/// never.
template <class Quantity>
struct Limits {
    std::optional<Quantity> warning;
    std::optional<Quantity> critical;
    friend bool operator==(const Limits&, const Limits&) = default;
};

/// Limits for what a ping check measures.
struct Thresholds {
    Limits<double> loss{.warning = 0.2,
                        .critical = 0.6};  ///< Share of 1 of the last looks' packets.
    Limits<Microseconds> round_trip;       ///< Average of the last looks.
    Limits<Microseconds> jitter;
    friend bool operator==(const Thresholds&, const Thresholds&) = default;
};

/// Limits of check items by their names, in the unit of each item.
using ItemLimits = std::map<std::string, Limits<double>, std::less<>>;
/// Names of check items.
using ItemWords = std::set<std::string, std::less<>>;

/// What is said of one port.
struct PortRule {
    std::string port;       ///< Its name, descr, alias or index.
    bool monitored = true;  ///< False: nothing of it is judged, even when it has a neighbour.
    ItemLimits limits;      ///< Over the device's: port-errors, port-discards, port-utilisation.
    ItemWords ignored;      ///< Items of it that are not judged.
    friend bool operator==(const PortRule&, const PortRule&) = default;
};

/// How a device is asked by SNMP.
struct SnmpRule {
    Duration interval{300'000};  ///< Between looks; 10 s to 1 day.
    /// Not looked at outside working hours but by a round, for asking keeps some printers awake; who is silent to ping is
    /// asked whether it is there at all, whenever.
    bool rests = false;
    SnmpPlan plan;
    friend bool operator==(const SnmpRule&, const SnmpRule&) = default;
};

/// One line of the archive, with every default filled in.
struct Device {
    DeviceId id;
    std::string name;
    std::string address;  ///< IPv4, IPv6 or a host name; empty for things without one.
    DeviceClass device_class = DeviceClass::other;
    std::string vendor, model, serial;  ///< As declared; empty when not.
    std::string department, location, user;
    PersonId owner;     ///< 责任人; empty: nobody named.
    DeviceId upstream;  ///< What it hangs on; empty: nothing known.
    Severity severity = Severity::third;
    Lifecycle lifecycle = Lifecycle::in_use;
    bool monitor = true;
    Presence presence = Presence::always;
    PingRule ping;
    std::shared_ptr<const SnmpCredentials> credentials;  ///< Null: not asked by SNMP.
    SnmpRule snmp;
    std::vector<PortRule> ports;  ///< Those that are named here are monitored, unless they say not.
    Thresholds thresholds;
    ItemLimits limits;  ///< Of check items, over the profile's. Both sides empty: not judged.
    ItemWords ignored;  ///< Items that are not judged; those with limits are so in `limits`, too.

    /// A thing without an address (an unmanaged switch) is watched through these, the devices that are polled and
    /// hang on it nearest; see find_witnesses(). Empty: it is polled itself, or not watched.
    std::vector<DeviceId> witnesses;

    /// Is it polled, and due at a round? In use, monitored, and with an address.
    [[nodiscard]] bool due() const {
        return monitor && lifecycle == Lifecycle::in_use && !address.empty();
    }
    /// Is anything believed of it?
    [[nodiscard]] bool watched() const { return due() || !witnesses.empty(); }
    friend bool operator==(const Device&, const Device&) = default;
};

/// An internet egress or leased line, judged by what lies behind it.
struct Link {
    std::string name;
    DeviceId device;        ///< The device it leaves from; empty when not said.
    std::string interface;  ///< Its port there, for people and (later) traffic.
    std::string carrier, circuit, fault_phone;
    std::optional<std::int64_t> bandwidth_bps;
    std::vector<std::string>
        targets;      ///< Outside addresses; the link is up when any answers. At least one.
    std::string dns;  ///< A name that must resolve while the link is well; empty: not checked.
    Severity severity = Severity::first;
    PingRule ping;
    Thresholds thresholds;
    ItemLimits limits;  ///< Of link_item_words(). Both sides empty: not judged.
    friend bool operator==(const Link&, const Link&) = default;
};

struct Person {
    enum class Role { viewer, engineer, manager, administrator };
    PersonId id;
    std::string name;
    std::string mobile, mail;
    Role role = Role::engineer;
    friend bool operator==(const Person&, const Person&) = default;
};

/// Everything that is watched, and by whom. Ids are unique; every reference leads somewhere;
/// `upstream` has no circle (config::load sees to all three).
struct Office {
    std::vector<Device> devices;
    std::vector<Link> links;
    std::map<PersonId, Person> people;
    std::vector<std::string>
        anchors;  ///< Addresses that tell whether Rounds itself can see (with the gateway).

    [[nodiscard]] const Device* find(const DeviceId& id) const;  ///< Null when there is none.
    /// The device or link a person means: by a device's name, id or address, or a link's name. Empty: none.
    [[nodiscard]] SubjectId called(std::string_view name) const;
    friend bool operator==(const Office&, const Office&) = default;
};

}  // namespace rounds::core
