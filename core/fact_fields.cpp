#include "core/fact_fields.hpp"

#include <algorithm>
#include <array>

#include "core/words.hpp"

namespace rounds::core {

namespace {

using Type = FactField::Type;
using Words = std::span<const std::string_view>;

constexpr std::array<std::string_view, 16> kind_words{
    "device",       "interfaces", "supplies",   "trays",     "outputs", "page_count",
    "console_text", "alerts",     "processors", "memory",    "storage", "sensors",
    "states",       "wireless",   "neighbors",  "components"};

constexpr std::array<std::string_view, 17> class_words{
    "switch",       "router",  "firewall", "wireless-controller",
    "access-point", "printer", "ups",      "pdu",
    "nas",          "server",  "pc",       "hypervisor",
    "environment",  "phone",   "camera",   "appliance",
    "other"};
constexpr std::array<std::string_view, 9> supply_words{
    "toner", "ink", "opc", "fuser", "waste", "developer", "transfer", "staples", "other"};
constexpr std::array<std::string_view, 3> severity_words{"ok", "warning", "critical"};
constexpr std::array<std::string_view, 9> state_items{"power-supply", "fan",       "ups-source",
                                                      "ups-battery",  "ups-alarm", "printer",
                                                      "paper",        "disk",      "hardware"};
constexpr std::array<std::string_view, 6> component_words{"chassis", "module", "power-supply",
                                                          "fan",     "port",   "other"};
constexpr std::array<std::string_view, 7> memory_words{"system", "virtual", "swap", "buffers",
                                                       "cached", "shared",  "other"};

// Unit and plausible range.
constexpr std::array<SensorKind, 47> sensor_kinds{{
    {"temperature", "C", -60, 250},
    {"voltage", "V", -60'000, 60'000},
    {"current", "A", -10'000, 10'000},
    {"power", "W", -10'000'000, 10'000'000},
    {"power_apparent", "VA", -10'000'000, 10'000'000},
    {"power_consumed", "kWh", 0, 1e12},
    {"power_factor", "", -1, 1},
    {"humidity", "%", 0, 100},
    {"charge", "%", 0, 100},
    {"load", "%", 0, 1000},
    {"percent", "%", -1000, 1000},
    {"loss", "%", 0, 100},
    {"runtime", "min", 0, 525'600},
    {"frequency", "Hz", 0, 1e12},
    {"fanspeed", "rpm", 0, 60'000},
    {"dbm", "dBm", -100, 100},
    {"snr", "dB", -100, 200},
    {"signal", "dBm", -150, 100},
    {"count", "", 0, 1e15},
    {"delay", "s", 0, 1e9},
    {"bitrate", "bit/s", 0, 1e15},
    {"airflow", "cfm", 0, 1e6},
    {"waterflow", "l/m", 0, 1e6},
    {"pressure", "kPa", -1e6, 1e6},
    {"clients", "", 0, 1e6},
    {"rssi", "dBm", -150, 100},
    {"quality", "%", 0, 100},
    {"utilization", "%", 0, 100},
    {"rate", "bit/s", 0, 1e15},
    {"capacity", "%", 0, 100},
    {"ap-count", "", 0, 1e6},
    {"noise-floor", "dBm", -200, 100},
    {"errors", "", 0, 1e18},
    {"error-ratio", "%", 0, 100},
    {"ccq", "%", 0, 100},
    {"channel", "", 0, 1e6},
    {"cell", "", 0, 1e15},
    {"distance", "km", 0, 1e5},
    {"mcs", "", 0, 1000},
    {"mse", "dB", -200, 200},
    {"rsrp", "dBm", -200, 100},
    {"rsrq", "dB", -100, 100},
    {"sinr", "dB", -100, 100},
    {"ssr", "dB", -200, 200},
    {"xpi", "dB", -200, 200},
    {"cooling", "W", -1e9, 1e9},
    {"eer", "", 0, 1e6},
}};

constexpr auto sensor_words = [] {
    std::array<std::string_view, sensor_kinds.size()> words{};
    for (std::size_t i = 0; i < words.size(); ++i) words[i] = sensor_kinds[i].name;
    return words;
}();

constexpr bool fixed = false, moving = true;

constexpr FactField device_fields[] = {
    {"class", Type::word, false, fixed, class_words},
    {"vendor"},
    {"model"},
    {"serial"},
    {"version"},
    {"sys_name"},
    {"sys_descr"},
    {"location"},
    {"contact"},
    {"uptime", Type::number, false, moving},
    {"agent_uptime", Type::number, false, moving},
};
constexpr FactField interface_fields[] = {
    {"index", Type::number, true},
    {"name"},
    {"descr"},
    {"alias"},
    {"type", Type::word},
    {"admin_status", Type::word, false, moving},
    {"oper_status", Type::word, false, moving},
    {"speed_bps", Type::number, false, moving},
    {"mac", Type::word},
    {"in_octets", Type::number, false, moving},
    {"out_octets", Type::number, false, moving},
    {"in_packets", Type::number, false, moving},
    {"out_packets", Type::number, false, moving},
    {"in_multicast", Type::number},
    {"out_multicast", Type::number},
    {"in_broadcast", Type::number},
    {"out_broadcast", Type::number},
    {"wide", Type::flag, false, moving},
    {"in_errors", Type::number, false, moving},
    {"out_errors", Type::number, false, moving},
    {"in_discards", Type::number, false, moving},
    {"out_discards", Type::number, false, moving},
    {"discontinuity", Type::number, false, moving},
};
constexpr FactField supply_fields[] = {
    {"descr"},
    {"type", Type::word, false, fixed, supply_words},
    {"color", Type::word},
    {"level", Type::level, true, moving},
};
constexpr FactField tray_fields[] = {{"descr"}, {"level", Type::level, true, moving}};
constexpr FactField count_fields[] = {{"value", Type::number, true, moving}};
constexpr FactField line_fields[] = {{"text", Type::text, true, moving}};
constexpr FactField alert_fields[] = {
    {"severity", Type::word, false, fixed, severity_words},
    {"descr", Type::text, true},
};
constexpr FactField processor_fields[] = {{"descr"}, {"percent", Type::number, true, moving}};
constexpr FactField memory_fields[] = {
    {"descr"},
    {"class", Type::word, false, fixed, memory_words},
    {"size", Type::number, false, moving},
    {"used", Type::number, false, moving},
    {"free", Type::number, false, moving},
    {"percent", Type::number, false, moving},
    {"exempt", Type::flag},
};
constexpr FactField storage_fields[] = {
    {"descr"},
    {"type", Type::word},
    {"size", Type::number, false, moving},
    {"used", Type::number, false, moving},
    {"free", Type::number, false, moving},
    {"percent", Type::number, false, moving},
    {"exempt", Type::flag},
};
constexpr FactField sensor_fields[] = {
    {"class", Type::word, true, fixed, sensor_words},
    {"descr"},
    {"value", Type::number, true, moving},
    {"unit", Type::word},
    {"low_critical", Type::number},
    {"low_warning", Type::number},
    {"high_warning", Type::number},
    {"high_critical", Type::number},
};
constexpr FactField state_fields[] = {
    {"descr"},
    {"value", Type::number, true, moving},
    {"item", Type::word, false, fixed, state_items},
    {"word", Type::text, false, moving},
};
constexpr FactField neighbor_fields[] = {
    {"local_port"},
    {"remote_name", Type::text, true},
    {"remote_port"},
    {"protocol", Type::word},
};
constexpr FactField component_fields[] = {
    {"class", Type::word, false, fixed, component_words},
    {"descr"},
    {"model"},
    {"serial"},
    {"version"},
};

}  // namespace

std::string_view word(FactKind kind) {
    return kind_words[static_cast<std::size_t>(kind)];
}
std::optional<FactKind> fact_kind_of(std::string_view word) {
    const auto found = std::ranges::find(kind_words, word);
    if (found == kind_words.end()) return std::nullopt;
    return static_cast<FactKind>(found - kind_words.begin());
}
std::span<const std::string_view> fact_kind_words() {
    return kind_words;
}

std::span<const std::string_view> state_item_words() {
    return state_items;
}

std::span<const FactField> fields_of(FactKind kind) {
    switch (kind) {
        case FactKind::device: return device_fields;
        case FactKind::interfaces: return interface_fields;
        case FactKind::supplies: return supply_fields;
        case FactKind::trays:
        case FactKind::outputs: return tray_fields;
        case FactKind::page_count: return count_fields;
        case FactKind::console_text: return line_fields;
        case FactKind::alerts: return alert_fields;
        case FactKind::processors: return processor_fields;
        case FactKind::memory: return memory_fields;
        case FactKind::storage: return storage_fields;
        case FactKind::sensors:
        case FactKind::wireless: return sensor_fields;
        case FactKind::states: return state_fields;
        case FactKind::neighbors: return neighbor_fields;
        case FactKind::components: return component_fields;
    }
    return {};
}

const SensorKind* sensor_kind_of(std::string_view name) {
    const auto found = std::ranges::find(sensor_kinds, name, &SensorKind::name);
    return found == sensor_kinds.end() ? nullptr : &*found;
}

}  // namespace rounds::core
