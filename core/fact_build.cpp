#include "core/fact_build.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace rounds::core {

namespace {

using Data = std::vector<Datum>;

std::string line(const Datum& datum) {
    return one_line(text_of(datum));
}

/// A whole number; empty for none, and for what does not fit.
std::optional<std::int64_t> whole(const Datum& datum) {
    if (const auto* value = std::get_if<std::int64_t>(&datum)) return *value;
    const auto number = number_of(datum);
    if (!number || std::abs(*number) >= 9e18) return std::nullopt;
    return static_cast<std::int64_t>(std::llround(*number));
}

/// An amount that cannot be negative.
std::optional<std::int64_t> amount(const Datum& datum) {
    const auto number = whole(datum);
    return number && *number >= 0 ? number : std::nullopt;
}

std::optional<std::uint64_t> counter(const Datum& datum) {
    if (const auto* value = std::get_if<std::uint64_t>(&datum)) return *value;
    auto number = whole(datum);
    if (number && *number < 0) *number += std::int64_t{1} << 32;  // Counter32 sent as INTEGER.
    return number && *number >= 0 ? std::optional(static_cast<std::uint64_t>(*number))
                                  : std::nullopt;
}

std::optional<Duration> duration(const Datum& datum) {
    const auto number = amount(datum);
    return number ? std::optional(Duration(*number)) : std::nullopt;
}

std::optional<double> percent(const Datum& datum) {
    const auto number = number_of(datum);
    return number && *number >= 0 && *number <= 100 ? number : std::nullopt;
}

bool flag(const Datum& datum) {
    return number_of(datum).value_or(0) != 0;
}

/// A level: a number of percent, or why there is none.
template <class Fact>
bool set_level(const Datum& datum, Fact& fact) {
    const auto* word = std::get_if<std::string>(&datum);
    if (word != nullptr) fact.state = level_state_of(*word);
    if (!fact.state) fact.percent = percent(datum);
    return fact.state || fact.percent;
}

void keep(std::string& kept, const Datum& datum) {
    if (kept.empty()) kept = line(datum);
}

/// What makers leave in a field that they did not fill.
bool is_filler(std::string_view text) {
    constexpr std::array<std::string_view, 12> fillers{"n/a",
                                                       "na",
                                                       "none",
                                                       "null",
                                                       "unknown",
                                                       "not available",
                                                       "not specified",
                                                       "not applicable",
                                                       "undefined",
                                                       "to be filled by o.e.m.",
                                                       "default string",
                                                       "system serial number"};
    std::string folded(text);
    for (char& c : folded)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return std::ranges::find(fillers, folded) != fillers.end();
}

void keep_if_told(std::string& kept, const Datum& datum) {
    if (!is_filler(line(datum))) keep(kept, datum);
}

void add_device(const Data& data, IdentityFacts& device) {
    if (!device.device_class)
        device.device_class = device_class_of(text_of(data[field::device_class]));
    keep_if_told(device.vendor, data[field::vendor]);
    keep_if_told(device.model, data[field::model]);
    keep_if_told(device.serial, data[field::serial]);
    keep_if_told(device.version, data[field::version]);
    keep(device.sys_name, data[field::sys_name]);
    keep(device.sys_descr, data[field::sys_descr]);
    keep(device.location, data[field::location]);
    keep(device.contact, data[field::contact]);
    if (!device.uptime) device.uptime = duration(data[field::uptime]);
    if (!device.agent_uptime) device.agent_uptime = duration(data[field::agent_uptime]);
}

void add_interface(const Data& data, std::vector<InterfaceFacts>& interfaces) {
    const auto index = whole(data[field::if_index]);
    if (!index) return;
    interfaces.push_back({.index = *index,
                          .name = line(data[field::if_name]),
                          .descr = line(data[field::if_descr]),
                          .alias = line(data[field::if_alias]),
                          .type = line(data[field::if_type]),
                          .admin_status = line(data[field::admin_status]),
                          .oper_status = line(data[field::oper_status]),
                          .speed_bps = amount(data[field::speed_bps]),
                          .mac = line(data[field::mac]),
                          .in_octets = counter(data[field::in_octets]),
                          .out_octets = counter(data[field::out_octets]),
                          .in_packets = counter(data[field::in_packets]),
                          .out_packets = counter(data[field::out_packets]),
                          .in_multicast = counter(data[field::in_multicast]),
                          .out_multicast = counter(data[field::out_multicast]),
                          .in_broadcast = counter(data[field::in_broadcast]),
                          .out_broadcast = counter(data[field::out_broadcast]),
                          .wide = flag(data[field::wide]),
                          .in_errors = counter(data[field::in_errors]),
                          .out_errors = counter(data[field::out_errors]),
                          .in_discards = counter(data[field::in_discards]),
                          .out_discards = counter(data[field::out_discards]),
                          .discontinuity = duration(data[field::discontinuity])});
}

void add_supply(const Data& data, std::vector<SupplyFacts>& supplies) {
    SupplyFacts supply{.descr = line(data[field::supply_descr]),
                       .type = line(data[field::supply_type]),
                       .color = line(data[field::color]),
                       .percent = {},
                       .state = {}};
    if (set_level(data[field::supply_level], supply)) supplies.push_back(std::move(supply));
}

void add_tray(const Data& data, std::vector<TrayFacts>& trays) {
    TrayFacts tray{.descr = line(data[field::tray_descr]), .percent = {}, .state = {}};
    if (set_level(data[field::tray_level], tray)) trays.push_back(std::move(tray));
}

void add_processor(const Data& data, std::vector<ProcessorFacts>& processors) {
    if (const auto busy = percent(data[field::processor_percent]))
        processors.push_back({.descr = line(data[field::processor_descr]), .percent = *busy});
}

/// Used, free, size and percent: what is missing follows from the others. Empty size: 0 is none.
template <class Fact>
bool set_amounts(const Data& data, std::optional<std::int64_t>& size, Fact& fact) {
    size = amount(data[field::size]);
    if (size == 0) size.reset();
    fact.used_bytes = amount(data[field::used]);
    const auto free = amount(data[field::free]);
    if (!fact.used_bytes && free && size && *free <= *size) fact.used_bytes = *size - *free;
    if (!size && free && fact.used_bytes && *free + *fact.used_bytes > 0)
        size = *free + *fact.used_bytes;
    fact.percent = percent(data[field::amount_percent]);
    if (!fact.percent && size && fact.used_bytes) {
        const double share =
            100.0 * static_cast<double>(*fact.used_bytes) / static_cast<double>(*size);
        if (share <= 100) fact.percent = share;
    }
    if (!fact.used_bytes && size && fact.percent)
        fact.used_bytes = std::llround(static_cast<double>(*size) * *fact.percent / 100);
    return size || fact.percent;
}

void add_memory(const Data& data, std::vector<MemoryFacts>& memory) {
    MemoryFacts fact;
    fact.descr = line(data[field::amount_descr]);
    fact.kind = line(data[field::amount_kind]);
    if (set_amounts(data, fact.total_bytes, fact)) memory.push_back(std::move(fact));
}

void add_storage(const Data& data, std::vector<StorageFacts>& storage) {
    StorageFacts fact;
    fact.descr = line(data[field::amount_descr]);
    fact.type = line(data[field::amount_kind]);
    fact.exempt = flag(data[field::exempt]);
    if (set_amounts(data, fact.size_bytes, fact)) storage.push_back(std::move(fact));
}

/// Optical modules come with limits in which the lowest is above the highest: then none means anything.
void drop_contradictory_limits(SensorFacts& sensor) {
    const auto above = [](const std::optional<double>& low, const std::optional<double>& high) {
        return low && high && *low >= *high;
    };
    if (above(sensor.low_critical, sensor.high_critical) ||
        above(sensor.low_critical, sensor.high_warning) ||
        above(sensor.low_warning, sensor.high_critical) ||
        above(sensor.low_warning, sensor.high_warning))
        sensor.low_critical = sensor.low_warning = sensor.high_warning = sensor.high_critical = {};
}

void add_sensor(const Data& data, std::vector<SensorFacts>& sensors) {
    const std::string kind = text_of(data[field::sensor_kind]);
    const SensorKind* known = sensor_kind_of(kind);
    const auto value = number_of(data[field::value]);
    if (known == nullptr || !value || *value < known->least || *value > known->most) return;
    const auto limit = [&](std::size_t at) {
        const auto number = number_of(data[at]);
        return number && *number >= known->least && *number <= known->most ? number : std::nullopt;
    };
    SensorFacts sensor{
        .kind = kind,
        .descr = line(data[field::sensor_descr]),
        .value = *value,
        .unit = present(data[field::unit]) ? line(data[field::unit]) : std::string(known->unit),
        .low_critical = limit(field::low_critical),
        .low_warning = limit(field::low_warning),
        .high_warning = limit(field::high_warning),
        .high_critical = limit(field::high_critical)};
    drop_contradictory_limits(sensor);
    sensors.push_back(std::move(sensor));
}

void add_state(const Rule& rule, const Data& data, std::vector<StateFacts>& states) {
    const auto value = whole(data[field::state_value]);
    if (!value) return;
    const auto found = rule.states.find(*value);
    StateWord word = found == rule.states.end()
                         ? StateWord{text_of(Datum(*value)), Verdict::unknown}
                         : found->second;
    if (present(data[field::state_word])) {
        word.word = line(data[field::state_word]);
        const auto known = rule.severities.find(word.word);
        if (known != rule.severities.end()) word.severity = known->second;
    }
    states.push_back({.descr = line(data[field::state_descr]),
                      .value = *value,
                      .state = word.word,
                      .severity = word.severity,
                      .item = line(data[field::state_item])});
}

/// A bit string as `bits` writes it: each set bit that has a word is a state of its own, valued by its number.
void add_bits(const Rule& rule, const Data& data, std::vector<StateFacts>& states) {
    const auto* text = std::get_if<std::string>(&data[field::state_value]);
    if (text == nullptr) return;
    const auto add = [&](std::int64_t value, const StateWord& word) {
        states.push_back({.descr = line(data[field::state_descr]),
                          .value = value,
                          .state = word.word,
                          .severity = word.severity,
                          .item = line(data[field::state_item])});
    };
    bool any = false;
    for (std::size_t bit = 0; bit < text->size(); ++bit) {
        if ((*text)[bit] != '1') continue;
        const auto found = rule.bits.find(bit);
        if (found == rule.bits.end()) continue;
        any = true;
        add(static_cast<std::int64_t>(bit), found->second);
    }
    if (!any) add(-1, {"normal", Verdict::ok});
}

/// Buffers, cache and shared memory are parts of the RAM, though some agents give them a size of their own; and what
/// is in buffers and cache is given back when it is needed, so that it does not count as used.
void settle_memory(std::vector<MemoryFacts>& memory) {
    const auto ram = std::ranges::find_if(
        memory, [](const MemoryFacts& row) { return row.kind == "system" && row.total_bytes; });
    if (ram == memory.end()) return;
    std::int64_t spare = 0;
    for (MemoryFacts& row : memory) {
        const bool cache = row.kind == "buffers" || row.kind == "cached";
        if (!cache && row.kind != "shared") continue;
        if (!row.used_bytes || *row.used_bytes > *ram->total_bytes) continue;
        if (cache) spare += *row.used_bytes;
        row.total_bytes = ram->total_bytes;
        row.percent =
            100.0 * static_cast<double>(*row.used_bytes) / static_cast<double>(*row.total_bytes);
    }
    if (spare == 0 || !ram->used_bytes || *ram->used_bytes < spare) return;
    ram->used_bytes = *ram->used_bytes - spare;
    ram->percent =
        100.0 * static_cast<double>(*ram->used_bytes) / static_cast<double>(*ram->total_bytes);
}

void add_neighbor(const Data& data, std::vector<NeighborFacts>& neighbors) {
    neighbors.push_back({.local_port = line(data[field::local_port]),
                         .remote_name = line(data[field::remote_name]),
                         .remote_port = line(data[field::remote_port]),
                         .protocol = line(data[field::protocol])});
}

/// What has neither model nor serial number cannot be told from its like.
void add_component(const Data& data, std::vector<ComponentFacts>& components) {
    ComponentFacts component;
    component.kind = line(data[field::component_kind]);
    component.descr = line(data[field::component_descr]);
    keep_if_told(component.model, data[field::component_model]);
    keep_if_told(component.serial, data[field::component_serial]);
    keep_if_told(component.version, data[field::component_version]);
    if (!component.model.empty() || !component.serial.empty())
        components.push_back(std::move(component));
}

}  // namespace

std::size_t how_many(const Facts& facts, FactKind kind) {
    switch (kind) {
        case FactKind::device: return 0;
        case FactKind::interfaces: return facts.interfaces.size();
        case FactKind::supplies: return facts.supplies.size();
        case FactKind::trays: return facts.trays.size();
        case FactKind::outputs: return facts.outputs.size();
        case FactKind::page_count: return facts.page_count ? 1 : 0;
        case FactKind::console_text: return facts.console_text.size();
        case FactKind::alerts: return facts.alerts.size();
        case FactKind::processors: return facts.processors.size();
        case FactKind::memory: return facts.memory.size();
        case FactKind::storage: return facts.storage.size();
        case FactKind::sensors: return facts.sensors.size();
        case FactKind::states: return facts.states.size();
        case FactKind::wireless: return facts.wireless.size();
        case FactKind::neighbors: return facts.neighbors.size();
        case FactKind::components: return facts.components.size();
    }
    return 0;
}

void add_fact(const Rule& rule, const std::vector<Datum>& data, Facts& facts) {
    switch (rule.kind) {
        case FactKind::device: return add_device(data, facts.device);
        case FactKind::interfaces: return add_interface(data, facts.interfaces);
        case FactKind::supplies: return add_supply(data, facts.supplies);
        case FactKind::trays: return add_tray(data, facts.trays);
        case FactKind::outputs: return add_tray(data, facts.outputs);
        case FactKind::page_count:
            if (!facts.page_count) facts.page_count = amount(data[field::single]);
            return;
        case FactKind::console_text:
            facts.console_text.push_back(line(data[field::single]));
            return;
        case FactKind::alerts:
            facts.alerts.push_back(
                {.severity =
                     verdict_of(text_of(data[field::alert_severity])).value_or(Verdict::unknown),
                 .descr = line(data[field::alert_descr])});
            return;
        case FactKind::processors: return add_processor(data, facts.processors);
        case FactKind::memory: return add_memory(data, facts.memory);
        case FactKind::storage: return add_storage(data, facts.storage);
        case FactKind::sensors: return add_sensor(data, facts.sensors);
        case FactKind::states:
            if (rule.bits.empty()) return add_state(rule, data, facts.states);
            return add_bits(rule, data, facts.states);
        case FactKind::wireless: return add_sensor(data, facts.wireless);
        case FactKind::neighbors: return add_neighbor(data, facts.neighbors);
        case FactKind::components: return add_component(data, facts.components);
    }
}

void settle(Facts& facts) {
    settle_memory(facts.memory);
    if (!std::ranges::is_sorted(facts.interfaces, {}, &InterfaceFacts::index))
        std::ranges::stable_sort(facts.interfaces, {}, &InterfaceFacts::index);
    const auto [first, last] = std::ranges::unique(facts.interfaces, {}, &InterfaceFacts::index);
    facts.interfaces.erase(first, last);
}

}  // namespace rounds::core
