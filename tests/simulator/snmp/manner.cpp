#include "tests/simulator/snmp/manner.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "tests/simulator/quantity.hpp"

namespace rounds::simulator {
namespace {

constexpr double pages_per_cartridge = 6000;
constexpr double minutes_on_battery = 30, minutes_to_charge = 240;
constexpr std::array<const char*, 4> toner_words{"black", "cyan", "magenta", "yellow"};

double minutes(core::Microseconds span) {
    return static_cast<double>(span.count()) / 60e6;
}

void port_changes(SnmpState& state, unsigned number, bool up, core::Microseconds now) {
    auto found = std::find_if(state.ports.begin(), state.ports.end(),
                              [&](const auto& port) { return port.number == number; });
    if (found == state.ports.end()) {
        if (up) return;
        state.ports.push_back({.number = number, .since = now});
    } else if (up && found->since) {
        found->down += now - *found->since;
        found->since.reset();
    } else if (!up && !found->since) {
        found->since = now;
    }
}

void restart(SnmpState& state, core::Microseconds now) {
    state.started = now;
    ++state.boots;
    std::erase_if(state.ports, [](const auto& port) { return !port.since; });
    for (auto& port : state.ports) port = {.number = port.number, .since = now};
}

}  // namespace

void change(SnmpState& state, const SnmpDescription& description, const SnmpChange& change,
            core::Microseconds now) {
    for (std::size_t i = 0; i < change.toner.size(); ++i)
        if (change.toner[i]) state.toner[i] = {*change.toner[i], now};
    if (change.on_battery) {
        state.charge = {charge_left(state, now), now};
        state.on_battery = *change.on_battery;
    }
    if (change.charge) state.charge = {*change.charge, now};
    if (change.paper) state.paper = {*change.paper, now};
    state.community = change.community.value_or(state.community);
    state.load = change.load.value_or(state.load);
    state.memory = change.memory.value_or(state.memory);
    state.disk = change.disk.value_or(state.disk);
    state.temperature = change.temperature.value_or(state.temperature);
    if (change.port_down && *change.port_down <= description.ports)
        port_changes(state, *change.port_down, false, now);
    if (change.port_up) port_changes(state, *change.port_up, true, now);
    if (change.restart) restart(state, now);
    if (change.fault) {
        state.fault = *change.fault;
        state.answered = 0;
    }
}

double toner_left(const SnmpState& state, const SnmpDescription& description, Toner toner,
                  core::Microseconds now) {
    const auto& set = state.toner[toner];
    const double pages = minutes(now - set.at) * description.pages_per_minute;
    return std::clamp(set.level - pages / pages_per_cartridge, 0.0, 1.0);
}

double charge_left(const SnmpState& state, core::Microseconds now) {
    const double since = minutes(now - state.charge.at);
    const double moved = state.on_battery ? -since / minutes_on_battery : since / minutes_to_charge;
    return std::clamp(state.charge.level + moved, 0.0, 1.0);
}

std::vector<std::string> words(const SnmpChange& change) {
    std::vector<std::string> said;
    for (std::size_t i = 0; i < change.toner.size(); ++i)
        if (change.toner[i])
            said.push_back(
                fmt::format("has {} of {} toner left", spoken(*change.toner[i]), toner_words[i]));
    if (change.paper) said.push_back("has " + spoken(*change.paper) + " of paper left");
    if (change.on_battery)
        said.emplace_back(*change.on_battery ? "runs on battery" : "has mains again");
    if (change.charge) said.push_back("has a charge of " + spoken(*change.charge));
    if (change.load) said.push_back("is loaded by " + spoken(*change.load));
    if (change.memory) said.push_back("uses " + spoken(*change.memory) + " of its memory");
    if (change.disk) said.push_back("uses " + spoken(*change.disk) + " of its disks");
    if (change.temperature) said.push_back(fmt::format("warms to {} C", *change.temperature));
    if (change.port_down) said.push_back(fmt::format("loses port {}", *change.port_down));
    if (change.port_up) said.push_back(fmt::format("has port {} again", *change.port_up));
    if (change.restart) said.emplace_back("restarts");
    if (change.community) said.emplace_back("has another community");
    if (change.fault)
        said.emplace_back(*change.fault == SnmpFault{} ? "answers SNMP well"
                                                       : "answers SNMP badly");
    return said;
}

}  // namespace rounds::simulator
