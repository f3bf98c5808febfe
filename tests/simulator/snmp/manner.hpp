// What a simulated device says by SNMP, and how it can misbehave.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/snmp.hpp"
#include "core/time.hpp"
#include "ports/asio.hpp"
#include "tests/simulator/snmp/kind.hpp"

namespace rounds::simulator {

/// A user of USM. An agent accepts it at this level only, and says so to a lower one.
struct SnmpUser {
    std::string name;
    core::SnmpAuth auth = core::SnmpAuth::none;
    std::string auth_password;
    core::SnmpPriv priv = core::SnmpPriv::none;
    std::string priv_password;
    /// AES-192 and AES-256 with short digests: Cisco's way, else net-snmp's "AES-256".
    bool cisco_keys = false;
    friend bool operator==(const SnmpUser&, const SnmpUser&) = default;
};

/// Ways to misbehave, all of them together.
struct SnmpFault {
    core::Microseconds slow{0};                 ///< Each answer comes so much later.
    double loss = 0.0;                          ///< Share of requests without an answer.
    std::optional<std::uint64_t> silent_after;  ///< So many answers since it began, then none.
    std::optional<asio::ip::address> answers_from;
    bool loop = false;         ///< A table begins again after its last row.
    bool endless = false;      ///< A table has ever further rows.
    bool wrong_types = false;  ///< Numbers are text, texts are numbers.
    bool truncated = false;    ///< Messages end in the middle.
    bool garbage = false;      ///< Texts are control characters, broken UTF-8, or 32 kB long.
    friend bool operator==(const SnmpFault&, const SnmpFault&) = default;
};

/// Colours of toner, in the order of the supplies' table.
enum Toner : std::size_t { black, cyan, magenta, yellow };

/// What an event, or the device itself, sets; what is empty stays.
struct SnmpChange {
    std::optional<std::string> community;        ///< Of v1 and v2c; "" answers to none.
    std::array<std::optional<double>, 4> toner;  ///< What is left, 0.0 to 1.0, by Toner.
    std::optional<double> paper;                 ///< In each tray.
    std::optional<double> load;                  ///< Of processors or of a UPS.
    std::optional<double> memory, disk;          ///< Used.
    std::optional<double> charge;                ///< Of a battery.
    std::optional<std::uint64_t> temperature;    ///< C
    std::optional<bool> on_battery;
    std::optional<unsigned> port_down, port_up;  ///< From 1.
    bool restart = false;
    std::optional<SnmpFault> fault;  ///< In place of all faults before.
    friend bool operator==(const SnmpChange&, const SnmpChange&) = default;
};

/// What the script says of an agent and no event changes; shared by all devices of a counted line.
struct SnmpDescription {
    SnmpKind kind = SnmpKind::none;
    std::vector<SnmpUser> users;        ///< Of USM; each name once.
    std::string engine;                 ///< Text of its engine's ID; empty: the device's name.
    std::vector<std::string> contexts;  ///< Beside the default one, "".
    unsigned ports = 1;                 ///< At least 1.
    std::uint64_t days_up = 0;          ///< Before the office began; 0: made up from the name.
    double pages_per_minute = 2;        ///< Of a printer.
    SnmpChange begin;                   ///< What it is when the office begins.
    friend bool operator==(const SnmpDescription&, const SnmpDescription&) = default;
};

/// A quantity that moves by itself since it was set.
struct SetLevel {
    double level = 1;
    core::Microseconds at{0};  ///< Of the time line.
};

/// What an agent is at a moment of the time line, as far as events made it so.
struct SnmpState {
    /// A port that has been down; its counters stood still meanwhile.
    struct Port {
        unsigned number = 0;
        core::Microseconds down{0};               ///< Altogether, since the agent's start.
        std::optional<core::Microseconds> since;  ///< Empty when it is up again.
    };
    std::string community = "public";
    std::array<SetLevel, 4> toner;
    SetLevel paper, charge;
    double load = 0.2, memory = 0.5, disk = 0.4;
    std::uint64_t temperature = 38;
    bool on_battery = false;
    std::vector<Port> ports;
    core::Microseconds started{0};  ///< Of the time line; before its begin unless it restarted.
    std::uint32_t boots = 1;        ///< snmpEngineBoots
    SnmpFault fault;
    std::uint64_t answered = 0;  ///< Since the fault began.
};

/// Lets the change happen at this moment of the time line.
void change(SnmpState& state, const SnmpDescription& description, const SnmpChange& change,
            core::Microseconds now);

/// What is left of a toner, 0.0 to 1.0: a cartridge is good for some thousand pages.
[[nodiscard]] double toner_left(const SnmpState& state, const SnmpDescription& description,
                                Toner toner, core::Microseconds now);
/// What is left in a battery of half an hour, 0.0 to 1.0; on mains it is full again after some hours.
[[nodiscard]] double charge_left(const SnmpState& state, core::Microseconds now);

/// The change in words, each beginning with a verb: "has 8 % of black toner left", "restarts".
[[nodiscard]] std::vector<std::string> words(const SnmpChange& change);

}  // namespace rounds::simulator
