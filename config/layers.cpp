#include "config/layers.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "config/values.hpp"
#include "core/check_item.hpp"

namespace rounds::config {

namespace {

using namespace std::chrono_literals;
using core::DeviceClass;
using core::Presence;
using core::Severity;

template <class T>
std::optional<T> either(const std::optional<T>& near, const std::optional<T>& far) {
    return near ? near : far;
}

template <class Quantity>
LimitsLayer<Quantity> over(const LimitsLayer<Quantity>& near, const LimitsLayer<Quantity>& far) {
    return {either(near.warning, far.warning), either(near.critical, far.critical)};
}

PingLayer over(const PingLayer& near, const PingLayer& far) {
    PingLayer both;
    both.interval = either(near.interval, far.interval);
    both.retry_interval = either(near.retry_interval, far.retry_interval);
    both.spacing = either(near.spacing, far.spacing);
    both.timeout = either(near.timeout, far.timeout);
    both.packets = either(near.packets, far.packets);
    both.down_after = either(near.down_after, far.down_after);
    both.up_after = either(near.up_after, far.up_after);
    return both;
}

SnmpLayer over(const SnmpLayer& near, const SnmpLayer& far) {
    return {either(near.interval, far.interval), either(near.timeout, far.timeout),
            either(near.retries, far.retries), either(near.max_repetitions, far.max_repetitions),
            either(near.any_source, far.any_source)};
}

template <class Quantity>
core::Limits<Quantity> limits(const LimitsLayer<Quantity>& said,
                              const core::Limits<Quantity>& usual) {
    return {said.warning.value_or(usual.warning), said.critical.value_or(usual.critical)};
}

/// A rule that cannot be kept: the retry comes after the next look, or looks would overtake one another.
void check(const core::PingRule& rule, Place at, const std::string& title, Problems& problems) {
    if (rule.retry_interval > rule.interval) {
        problems.add(
            at,
            fmt::format("{}: a retry_interval of {} is longer than the interval of {}; shorten it",
                        title, show(rule.retry_interval), show(rule.interval)));
    }
    const core::Duration longest = (rule.plan.packets - 1) * rule.plan.spacing + rule.plan.timeout;
    const core::Duration shortest = std::min(rule.interval, rule.retry_interval);
    if (longest > shortest) {
        problems.add(
            at,
            fmt::format(
                "{}: {} packets {} apart and a timeout of {} take up to {}, longer than the {} of "
                "{}; lower packets, spacing or timeout",
                title, rule.plan.packets, show(rule.plan.spacing), show(rule.plan.timeout),
                show(longest), rule.interval < rule.retry_interval ? "interval" : "retry_interval",
                show(shortest)));
    }
}

template <class Quantity, class Parse>
void read_limits(Section& parent, std::string_view key, const std::string& title,
                 const Parse& parse, Problems& problems, LimitsLayer<Quantity>& limits,
                 bool downward = false) {
    const Node* node = parent.map(key);
    if (node == nullptr) return;
    Section keys(*node, fmt::format("{} of {}", key, title), problems);
    keys.optional("warning", limits.warning, parse);
    keys.optional("critical", limits.critical, parse);
    const auto warning = limits.warning.value_or(std::nullopt);
    const auto critical = limits.critical.value_or(std::nullopt);
    if (warning && critical && (downward ? *warning < *critical : *warning > *critical)) {
        keys.problem("warning", keys.place("warning"),
                     "lies beyond critical; a warning comes first");
    }
}

constexpr core::Limits<double> never{.warning = {}, .critical = {}};

/// What a ping measures, as `thresholds` calls it, and what SNMP tells.
std::span<const std::string_view> ignorable_words() {
    static const auto words = [] {
        std::vector<std::string_view> all{"loss", "round-trip", "jitter"};
        all.insert(all.end(), core::item_words().begin(), core::item_words().end());
        return all;
    }();
    return words;
}

}  // namespace

Layer over(const Layer& near, const Layer& far) {
    Layer both;
    both.presence = either(near.presence, far.presence);
    both.severity = either(near.severity, far.severity);
    both.ping = over(near.ping, far.ping);
    both.snmp = over(near.snmp, far.snmp);
    both.loss = over(near.loss, far.loss);
    both.round_trip = over(near.round_trip, far.round_trip);
    both.jitter = over(near.jitter, far.jitter);
    both.items = far.items;
    for (const auto& [item, limits] : near.items) both.items[item] = over(limits, both.items[item]);
    both.ignored = far.ignored;
    both.ignored.insert(near.ignored.begin(), near.ignored.end());
    return both;
}

Layer built_in(DeviceClass device_class) {
    Layer layer;
    layer.presence = device_class == DeviceClass::pc ? Presence::working_hours : Presence::always;
    switch (device_class) {
        case DeviceClass::switch_:
        case DeviceClass::router:
        case DeviceClass::firewall:
        case DeviceClass::wireless_controller:
        case DeviceClass::ups:
        case DeviceClass::nas:
        case DeviceClass::server:
        case DeviceClass::hypervisor: layer.severity = Severity::second; break;
        case DeviceClass::access_point:
        case DeviceClass::printer:
        case DeviceClass::pdu:
        case DeviceClass::pc:
        case DeviceClass::environment:
        case DeviceClass::phone:
        case DeviceClass::camera:
        case DeviceClass::appliance:
        case DeviceClass::other: layer.severity = Severity::third; break;
    }
    return layer;
}

core::PingRule ping_rule(const PingLayer& ping) {
    core::PingRule rule;
    rule.interval = ping.interval.value_or(rule.interval);
    rule.retry_interval =
        ping.retry_interval.value_or(std::min(rule.retry_interval, rule.interval));
    rule.plan.packets = ping.packets.value_or(rule.plan.packets);
    rule.plan.spacing = ping.spacing.value_or(rule.plan.spacing);
    rule.plan.timeout = ping.timeout.value_or(rule.plan.timeout);
    rule.down_after = ping.down_after.value_or(rule.down_after);
    rule.up_after = ping.up_after.value_or(rule.up_after);
    return rule;
}

core::SnmpRule snmp_rule(const SnmpLayer& snmp, DeviceClass device_class) {
    core::SnmpRule rule;
    if (device_class == DeviceClass::printer && !snmp.interval) {
        rule.interval = 1h;
        rule.rests = true;
    }
    rule.interval = snmp.interval.value_or(rule.interval);
    rule.plan.timeout = snmp.timeout.value_or(rule.plan.timeout);
    rule.plan.retries = snmp.retries.value_or(rule.plan.retries);
    rule.plan.max_repetitions = snmp.max_repetitions.value_or(rule.plan.max_repetitions);
    rule.plan.any_source = snmp.any_source.value_or(rule.plan.any_source);
    return rule;
}

core::Thresholds thresholds(const Layer& layer) {
    const core::Thresholds usual;
    core::Thresholds own{limits(layer.loss, usual.loss), limits(layer.round_trip, usual.round_trip),
                         limits(layer.jitter, usual.jitter)};
    if (layer.ignored.contains("loss")) own.loss = {};
    if (layer.ignored.contains("round-trip")) own.round_trip = {};
    if (layer.ignored.contains("jitter")) own.jitter = {};
    return own;
}

core::ItemLimits item_limits(const Layer& layer, std::span<const std::string_view> words) {
    core::ItemLimits all;
    for (const std::string_view item : words) {
        const auto said = layer.items.find(item);
        if (layer.ignored.contains(item)) {
            all.emplace(item, never);
        } else if (said != layer.items.end()) {
            all.emplace(item, limits(said->second, core::default_limits(item)));
        }
    }
    return all;
}

core::Result<Severity> severity(std::string_view text) {
    const auto level = number(1, 4)(text);
    if (level) return static_cast<Severity>(*level);
    return refusal(text, "a severity", "write 1 (the whole office) to 4 (a notice)");
}

void read_ping(const Node& node, const std::string& title, const PingLayer& far, Problems& problems,
               PingLayer& ping) {
    Section keys(node, title, problems);
    keys.optional("interval", ping.interval, duration(1s, 24h));
    keys.optional("retry_interval", ping.retry_interval, duration(100ms, 24h));
    keys.optional("packets", ping.packets, number(1, 100));
    keys.optional("spacing", ping.spacing, duration(1ms, 10s));
    keys.optional("timeout", ping.timeout, duration(1ms, 60s));
    keys.optional("down_after", ping.down_after, number(1, 100));
    keys.optional("up_after", ping.up_after, number(1, 100));
    check(ping_rule(over(ping, far)), node.at, title, problems);
}

void read_item_limits(Section& keys, std::span<const std::string_view> words,
                      const std::string& title, Problems& problems, ItemLayers& items) {
    for (const std::string_view item : words) {
        LimitsLayer<double> said;
        read_limits(keys, item, title, item_limit, problems, said, core::is_downward(item));
        if (said.warning || said.critical) items.emplace(item, said);
    }
}

void read_ignored(Section& keys, std::span<const std::string_view> words,
                  core::ItemWords& ignored) {
    std::vector<std::string> named;
    keys.list("ignore", named, [&](std::string_view text) -> core::Result<std::string> {
        if (std::ranges::find(words, text) != words.end()) return std::string(text);
        return refusal(text, "a check item", suggestion(text, words));
    });
    ignored.insert(named.begin(), named.end());
}

void read_thresholds(const Node& node, std::span<const std::string_view> words,
                     const std::string& title, Problems& problems, Layer& layer) {
    Section keys(node, title, problems);
    read_limits(keys, "loss", title, share_limit, problems, layer.loss);
    read_limits(keys, "round-trip", title, round_trip_limit, problems, layer.round_trip);
    read_limits(keys, "jitter", title, round_trip_limit, problems, layer.jitter);
    read_item_limits(keys, words, title, problems, layer.items);
}

void read_layer(Section& keys, const std::string& title, const Layer& far, Problems& problems,
                Layer& layer) {
    constexpr std::array<std::string_view, 3> presences{"always", "working-hours", "occasional"};
    keys.optional("presence", layer.presence, one_of("a presence", core::presence_of, presences));
    keys.optional("severity", layer.severity, severity);
    if (const Node* ping = keys.map("ping"))
        read_ping(*ping, "ping of " + title, far.ping, problems, layer.ping);
    if (const Node* snmp = keys.map("snmp"))
        read_snmp(*snmp, "snmp of " + title, problems, layer.snmp);
    if (const Node* limits = keys.map("thresholds"))
        read_thresholds(*limits, core::limited_item_words(), "thresholds of " + title, problems,
                        layer);
    read_ignored(keys, ignorable_words(), layer.ignored);
}

}  // namespace rounds::config
