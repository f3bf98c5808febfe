// Section: UPSes, power distribution and the climate of machine rooms.
#include <algorithm>

#include "core/state_message.hpp"
#include "reports/device_table.hpp"
#include "reports/readings.hpp"
#include "reports/sections.hpp"

namespace rounds::reports {

using core::DeviceResult;
using core::Message;
using core::MessageId;
using core::SensorFacts;

namespace {

const core::StateFacts* source(const DeviceResult& device) {
    if (!device.facts) return nullptr;
    const auto& states = device.facts->states;
    const auto found = std::ranges::find(states, "ups-source", &core::StateFacts::item);
    return found == states.end() ? nullptr : &*found;
}

Cell mains(const DeviceResult& device, const Day&) {
    const core::StateFacts* state = source(device);
    if (state == nullptr || state->severity == core::Verdict::unknown) return {.content = Absent{}};
    const bool well = state->severity == core::Verdict::ok;
    return {.content = Labelled{
                state->state, well ? Message{MessageId::report_mains_on} : state_message(*state)}};
}

Content share_of(const SensorFacts* sensor) {
    return sensor == nullptr ? Content{Absent{}} : percent(sensor->value);
}

Cell load(const DeviceResult& device, const Day&) {
    return {.content = device.facts ? share_of(highest(*device.facts, "load")) : Absent{}};
}

Cell charge(const DeviceResult& device, const Day&) {
    return {.content = device.facts ? share_of(lowest(*device.facts, "charge")) : Absent{}};
}

Cell humidity(const DeviceResult& device, const Day&) {
    return {.content = device.facts ? share_of(highest(*device.facts, "humidity")) : Absent{}};
}

// UPSes that do not measure the time left say 0 while they are on mains.
Cell runtime(const DeviceResult& device, const Day&) {
    constexpr double most = 60.0 * 24 * 365;  // minutes; beyond it is nonsense
    const SensorFacts* left = device.facts ? lowest(*device.facts, "runtime") : nullptr;
    if (left == nullptr || left->value < 0 || left->value > most) return {.content = Absent{}};
    const core::StateFacts* state = source(device);
    const bool on_battery = state != nullptr && state->severity == core::Verdict::critical;
    if (left->value == 0 && !on_battery) return {.content = Absent{}};
    return {.content =
                core::Value{core::Duration{static_cast<std::int64_t>(left->value * 60'000)}}};
}

std::vector<DeviceColumn> columns() {
    return {
        {{.key = "mains", .title = {MessageId::report_mains}}, mains},
        {{.key = "load_ratio", .title = {MessageId::report_load}, .number = true, .yields = true},
         load},
        {{.key = "charge_ratio",
          .title = {MessageId::report_charge},
          .number = true,
          .yields = true},
         charge},
        {{.key = "runtime_seconds",
          .title = {MessageId::report_runtime},
          .number = true,
          .yields = true},
         runtime},
        temperature_column(),
        {{.key = "humidity_ratio",
          .title = {MessageId::report_humidity},
          .number = true,
          .yields = true},
         humidity},
        uptime_column(),
    };
}

}  // namespace

std::optional<Section> power(const Day& day) {
    using enum core::DeviceClass;
    return device_section({.key = "power",
                           .title = MessageId::report_power,
                           .remark = MessageId::report_power_remark,
                           .classes = {ups, pdu, environment},
                           .told = columns()},
                          day);
}

}  // namespace rounds::reports
