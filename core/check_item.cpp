#include "core/check_item.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "core/ping_items.hpp"
#include "core/state_message.hpp"

namespace rounds::core {

namespace {

struct Item {
    std::string_view name;
    std::string_view unit;
    Limits<double> limits;
    bool downward = false;
    MessageId message;
};

constexpr std::array<Item, 14> items{{
    {"cpu", "%", {.warning = 85, .critical = 95}, false, MessageId::item_cpu},
    {"memory", "%", {.warning = 90, .critical = 97}, false, MessageId::item_memory},
    {"storage", "%", {.warning = 85, .critical = 95}, false, MessageId::item_storage},
    {"temperature", "C", {.warning = {}, .critical = {}}, false, MessageId::item_temperature},
    {"humidity", "%", {.warning = {}, .critical = {}}, false, MessageId::item_humidity},
    {"supplies", "%", {.warning = 15, .critical = 1}, true, MessageId::item_supplies},
    {"trays", "%", {.warning = 0, .critical = {}}, true, MessageId::item_trays},
    {"ups-load", "%", {.warning = 80, .critical = 95}, false, MessageId::item_ups_load},
    {"ups-charge", "%", {.warning = 50, .critical = 20}, true, MessageId::item_ups_charge},
    {"ups-runtime", "min", {.warning = 10, .critical = 5}, true, MessageId::item_ups_runtime},
    {"port-errors", "%", {.warning = 1, .critical = {}}, false, MessageId::item_port_errors},
    {"port-discards", "%", {.warning = 5, .critical = {}}, false, MessageId::item_port_discards},
    {"port-utilisation",
     "%",
     {.warning = {}, .critical = {}},
     false,
     MessageId::item_port_utilisation},
    // Of links:
    {"utilisation", "%", {.warning = 90, .critical = {}}, false, MessageId::item_utilisation},
}};
constexpr std::array<std::string_view, 1> link_words{items.back().name};

constexpr auto item_words_limited = [] {
    std::array<std::string_view, items.size() - link_words.size()> words{};
    for (std::size_t i = 0; i < words.size(); ++i) words[i] = items[i].name;
    return words;
}();

// Those with limits, and those that are states.
constexpr auto all_words = [] {
    constexpr std::array<std::string_view, 12> states{
        "snmp",        "port-status", "sensor",  "power-supply", "fan",  "ups-source",
        "ups-battery", "ups-alarm",   "printer", "paper",        "disk", "hardware"};
    std::array<std::string_view, item_words_limited.size() + states.size()> words{};
    std::ranges::copy(item_words_limited, words.begin());
    std::ranges::copy(states, words.begin() + item_words_limited.size());
    return words;
}();

constexpr std::array<std::string_view, 4> port_words{"port-status", "port-errors", "port-discards",
                                                     "port-utilisation"};

const Item& item_named(std::string_view name) {
    return *std::ranges::find(items, name, &Item::name);
}

/// The port's, the device's, or the item's own.
Limits<double> limits_of(const Item& item, const ItemRules& rules, const PortRule* port) {
    if (port != nullptr) {
        if (const auto own = port->limits.find(item.name); own != port->limits.end())
            return own->second;
    }
    const auto own = rules.limits.find(item.name);
    return own == rules.limits.end() ? item.limits : own->second;
}

/// A number as a message shows it.
Value shown(const Item& item, double number) {
    return item.unit == "%" ? Value(Ratio{number / 100}) : Value(number);
}

class Judge {
 public:
    Judge(const Facts& facts, const ItemRules& rules, WallTime at)
        : facts_(facts), rules_(rules), at_(at) {}

    std::vector<ItemFinding> all() && {
        processors();
        memory();
        storage();
        for (const auto& supply : facts_.supplies)
            if (supply.percent) limited("supplies", supply.descr, *supply.percent);
        for (const auto& tray : facts_.trays) {
            if (!tray.percent) continue;
            limited("trays", tray.descr, *tray.percent);
            if (!findings_.empty() && findings_.back().item == "trays")
                findings_.back().patience = paper_patience;
        }
        for (const auto& sensor : facts_.sensors) this->sensor(sensor);
        states();
        paper();
        for (const auto& port : facts_.interfaces) this->port(port);
        return std::move(findings_);
    }

 private:
    void limited(std::string_view item, const std::string& instance, double value) {
        if (auto finding = judge_value(item, instance, value, rules_, at_))
            findings_.push_back(*std::move(finding));
    }

    void processors() {
        if (facts_.processors.empty()) return;
        double sum = 0;
        for (const auto& processor : facts_.processors) sum += processor.percent;
        limited("cpu", {}, sum / static_cast<double>(facts_.processors.size()));
    }

    void memory() {
        for (const auto& row : facts_.memory) {
            if (!row.kind.empty() && row.kind != "system") continue;
            if (row.percent) limited("memory", row.descr, *row.percent);
        }
    }

    void storage() {
        for (const auto& disk : facts_.storage) {
            const bool fills =
                disk.type.empty() || disk.type == "fixed-disk" || disk.type == "network-disk";
            if (disk.percent && fills && !disk.exempt)
                limited("storage", disk.descr, *disk.percent);
        }
    }

    void sensor(const SensorFacts& sensor) {
        if (sensor.low_critical || sensor.low_warning || sensor.high_warning ||
            sensor.high_critical) {
            own_limits(sensor);
        } else if (sensor.kind == "temperature" || sensor.kind == "humidity") {
            limited(sensor.kind, sensor.descr, sensor.value);
        } else if (sensor.kind == "load" && gives_power()) {
            limited("ups-load", sensor.descr, sensor.value);
        } else if (sensor.kind == "charge") {
            limited("ups-charge", sensor.descr, sensor.value);
        } else if (sensor.kind == "runtime" && (sensor.value > 0 || on_battery())) {
            limited("ups-runtime", sensor.descr, sensor.value);
        }
    }

    /// The load of others (of a processor, of a session table) is not one of power.
    [[nodiscard]] bool gives_power() const {
        const auto known = facts_.device.device_class;
        return known == DeviceClass::ups || known == DeviceClass::pdu;
    }

    /// UPSes that do not measure the time left say 0.
    [[nodiscard]] bool on_battery() const {
        return std::ranges::any_of(facts_.states, [](const StateFacts& state) {
            return state.item == "ups-source" && state.severity == Verdict::critical;
        });
    }

    void own_limits(const SensorFacts& sensor) {
        // No light at all: the other end is off or unplugged, and the port says so.
        constexpr double dark_dbm = -30;
        if (sensor.kind == "dbm" && sensor.value <= dark_dbm) return;
        const std::string item = sensor.kind == "temperature" ? "temperature" : "sensor";
        if (is_ignored(item, rules_)) return;
        ItemFinding finding{.item = item,
                            .instance = sensor.descr,
                            .verdict = Verdict::ok,
                            .value = sensor.value,
                            .unit = sensor.unit,
                            .threshold = {},
                            .message = {},
                            .evidence_at = at_,
                            .patience = {}};
        const auto reach = [&](const std::optional<double>& limit, bool low, Verdict verdict) {
            if (!limit || finding.verdict != Verdict::ok) return;
            if (low ? sensor.value > *limit : sensor.value < *limit) return;
            finding.verdict = verdict;
            finding.threshold = limit;
            finding.message =
                Message{low ? MessageId::item_sensor_low : MessageId::item_sensor_high,
                        {{"what", sensor.descr},
                         {"value", sensor.value},
                         {"limit", *limit},
                         {"unit", sensor.unit}}};
        };
        reach(sensor.high_critical, false, Verdict::critical);
        reach(sensor.low_critical, true, Verdict::critical);
        reach(sensor.high_warning, false, Verdict::warning);
        reach(sensor.low_warning, true, Verdict::warning);
        if (!finding.threshold)
            finding.threshold = sensor.high_warning ? sensor.high_warning : sensor.high_critical;
        findings_.push_back(std::move(finding));
    }

    /// States of one item and name together: the worst speaks. Those of paper are left to paper().
    void states() {
        std::map<std::pair<std::string, std::string>, const StateFacts*> worst;
        for (const auto& state : facts_.states) {
            if (state.item.empty() || state.item == "paper" || is_ignored(state.item, rules_))
                continue;
            auto& kept = worst[{state.item, state.descr}];
            if (kept == nullptr || gravity(but_paper(state)) > gravity(but_paper(*kept)))
                kept = &state;
        }
        for (const auto& [key, state] : worst) {
            ItemFinding finding{.item = key.first,
                                .instance = key.second,
                                .verdict = but_paper(*state),
                                .evidence_at = at_};
            if (finding.verdict != Verdict::ok) finding.message = state_message(*state);
            findings_.push_back(std::move(finding));
        }
    }

    static Verdict but_paper(const StateFacts& state) {
        return is_of_paper(state) ? Verdict::ok : state.severity;
    }

    /// Of a printer that tells its states: an item of its own, for it has patience.
    void paper() {
        const StateFacts* worst = nullptr;
        bool told = false;
        for (const auto& state : facts_.states) {
            told = told || state.item == "printer" || state.item == "paper";
            const bool graver =
                worst == nullptr || gravity(state.severity) > gravity(worst->severity);
            if (is_of_paper(state) && graver) worst = &state;
        }
        if (!told || is_ignored("paper", rules_)) return;
        ItemFinding finding{.item = "paper", .evidence_at = at_, .patience = paper_patience};
        if (worst != nullptr && worst->severity != Verdict::ok) {
            finding.verdict = worst->severity;
            finding.message = state_message(*worst);
        }
        findings_.push_back(std::move(finding));
    }

    /// unknown says less than a warning: many agents never know.
    static int gravity(Verdict verdict) {
        return verdict == Verdict::critical  ? 3
               : verdict == Verdict::warning ? 2
               : verdict == Verdict::unknown ? 1
                                             : 0;
    }

    /// By hrPrinterDetectedErrorState (RFC 2790, RFC 3805), or as a profile says.
    static bool is_of_paper(const StateFacts& state) {
        return state.item == "paper" ||
               (state.item == "printer" && (state.state == "noPaper" || state.state == "lowPaper" ||
                                            state.state == "inputTrayEmpty"));
    }

    void port(const InterfaceFacts& port) {
        if (!is_monitored(port, facts_, rules_) || port.oper_status.empty()) return;
        if (is_ignored("port-status", rules_, rule_of(port, rules_))) return;
        ItemFinding finding{.item = "port-status",
                            .instance = port.name,
                            .verdict = Verdict::ok,
                            .value = {},
                            .unit = {},
                            .threshold = {},
                            .message = {},
                            .evidence_at = at_,
                            .patience = {}};
        if (port.admin_status == "down") {
            finding.verdict = Verdict::warning;
            finding.message = Message{MessageId::item_port_shut, {{"port", port.name}}};
        } else if (port.oper_status != "up" && port.oper_status != "dormant" &&
                   port.oper_status != "unknown") {
            finding.verdict = Verdict::critical;
            finding.message = Message{MessageId::item_port_down, {{"port", port.name}}};
        }
        findings_.push_back(std::move(finding));
    }

    const Facts& facts_;
    const ItemRules& rules_;
    WallTime at_;
    std::vector<ItemFinding> findings_;
};

}  // namespace

std::span<const std::string_view> limited_item_words() {
    return item_words_limited;
}

std::span<const std::string_view> item_words() {
    return all_words;
}

std::span<const std::string_view> link_item_words() {
    return link_words;
}

std::span<const std::string_view> port_item_words() {
    return port_words;
}

Limits<double> default_limits(std::string_view item) {
    const auto found = std::ranges::find(items, item, &Item::name);
    if (found != items.end()) return found->limits;
    const auto of_ping = item_limits(Thresholds{});
    const auto own = of_ping.find(item);
    return own == of_ping.end() ? Limits<double>{} : own->second;
}

ItemLimits default_limits(DeviceClass device_class) {
    if (device_class != DeviceClass::environment) return {};
    return {{"temperature", {.warning = 30, .critical = 35}},
            {"humidity", {.warning = 70, .critical = 85}}};
}

bool is_downward(std::string_view item) {
    const auto found = std::ranges::find(items, item, &Item::name);
    return found != items.end() && found->downward;
}

std::optional<ItemFinding> judge_value(std::string_view name, const std::string& instance,
                                       double value, const ItemRules& rules, WallTime at,
                                       const PortRule* port) {
    const Item& item = item_named(name);
    const Limits<double> limits = limits_of(item, rules, port);
    if (is_ignored(name, rules, port) || (!limits.warning && !limits.critical)) return std::nullopt;
    const auto reached = [&](const std::optional<double>& limit) {
        return limit && (item.downward ? value <= *limit : value >= *limit);
    };
    ItemFinding finding{.item = std::string(name),
                        .instance = instance,
                        .verdict = Verdict::ok,
                        .value = value,
                        .unit = std::string(item.unit),
                        .threshold = limits.warning ? limits.warning : limits.critical,
                        .message = {},
                        .evidence_at = at,
                        .patience = {}};
    if (reached(limits.critical)) {
        finding.verdict = Verdict::critical;
        finding.threshold = limits.critical;
    } else if (reached(limits.warning)) {
        finding.verdict = Verdict::warning;
    }
    if (finding.verdict != Verdict::ok) {
        finding.message = Message{item.message,
                                  {{"what", instance},
                                   {"value", shown(item, value)},
                                   {"limit", shown(item, *finding.threshold)}}};
    }
    return finding;
}

bool is_called(const InterfaceFacts& port, std::string_view name) {
    return !name.empty() && (name == port.name || name == port.descr || name == port.alias ||
                             name == std::to_string(port.index));
}

const PortRule* rule_of(const InterfaceFacts& port, const ItemRules& rules) {
    const auto found = std::ranges::find_if(
        rules.ports, [&](const PortRule& rule) { return is_called(port, rule.port); });
    return found == rules.ports.end() ? nullptr : &*found;
}

bool is_ignored(std::string_view item, const ItemRules& rules, const PortRule* port) {
    return rules.ignored.contains(item) ||
           (port != nullptr && (!port->monitored || port->ignored.contains(item)));
}

bool is_monitored(const InterfaceFacts& port, const Facts& facts, const ItemRules& rules) {
    if (const PortRule* rule = rule_of(port, rules)) return rule->monitored;
    const auto is = [&](const std::string& name) { return is_called(port, name); };
    return std::ranges::any_of(rules.once_with_neighbor, is) ||
           std::ranges::any_of(facts.neighbors, is, &NeighborFacts::local_port);
}

std::vector<ItemFinding> judge(const Facts& facts, const ItemRules& rules, WallTime at) {
    return Judge(facts, rules, at).all();
}

std::vector<std::string> ports_with_neighbors(const Facts& facts) {
    std::vector<std::string> names;
    for (const auto& neighbor : facts.neighbors) names.push_back(neighbor.local_port);
    std::ranges::sort(names);
    const auto [first, last] = std::ranges::unique(names);
    names.erase(first, last);
    return names;
}

}  // namespace rounds::core
