// What a simulated office consists of, and what happens to it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/time.hpp"
#include "ports/asio.hpp"
#include "tests/simulator/snmp/manner.hpp"

namespace rounds::simulator {

/// How a device answers ICMP echo.
struct EchoManner {
    bool silent = false;
    core::Microseconds latency{300};
    /// Each answer comes up to this much sooner or later, evenly spread.
    core::Microseconds jitter{0};
    double loss = 0.0;        ///< Share of requests without an answer, 0.0 to 1.0.
    double duplicates = 0.0;  ///< Share of answers that come twice, 0.0 to 1.0.
    friend bool operator==(const EchoManner&, const EchoManner&) = default;
};

/// What an event changes about it; what is empty stays.
struct EchoChange {
    std::optional<bool> silent;
    std::optional<core::Microseconds> latency, jitter;
    std::optional<double> loss, duplicates;
    friend bool operator==(const EchoChange&, const EchoChange&) = default;
};

/// The manner after the change.
[[nodiscard]] EchoManner changed(EchoManner manner, const EchoChange& change);

/// One simulated device. A further protocol is a further manner beside `echo`.
struct Device {
    std::string name;
    std::vector<asio::ip::address> addresses;  ///< At least one; no other device has them.
    /// The device it is reached through; always an earlier one.
    std::optional<std::size_t> behind;
    EchoManner echo;
    /// Its agent; empty when it has none. Devices of a counted line share it.
    std::shared_ptr<const SnmpDescription> snmp;
};

/// Something that happens to one device, or to all devices of a counted line.
struct Event {
    core::Microseconds at{0};          ///< Since the start of the office.
    std::string name;                  ///< Of the device or line, as the script says it.
    std::vector<std::size_t> devices;  ///< Which these are; at least one.
    EchoChange echo;
    SnmpChange snmp;  ///< For those of them that have an agent.
};

/// Addresses that lead to the office, whether a device has them or not.
struct Network {
    asio::ip::address address;
    unsigned prefix = 0;  ///< 0 to 32 or 128.
    friend bool operator==(const Network&, const Network&) = default;
};

/// A whole office and its time line.
struct Script {
    /// Of the dice: the same seed and the same requests give the same answers.
    std::uint64_t seed = 1;
    std::vector<Network> networks;
    std::uint16_t snmp_port = 161;  ///< UDP, of all agents.
    std::vector<Device> devices;
    std::vector<Event> events;  ///< By time; at the same time in the script's order.
    /// So long after each start of the events they start again, devices staying as they then are.
    /// Not shorter than the time of the last event; empty when everything happens once.
    std::optional<core::Microseconds> repeat;
};

}  // namespace rounds::simulator
