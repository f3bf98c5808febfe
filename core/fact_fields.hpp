// The facts that a profile can fill, by the names in which it does.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace rounds::core {

/// The parts of Facts, in the order in which JSON has them.
enum class FactKind {
    device,
    interfaces,
    supplies,
    trays,
    outputs,
    page_count,
    console_text,
    alerts,
    processors,
    memory,
    storage,
    sensors,
    states,
    wireless,
    neighbors,
    components,
};
[[nodiscard]] std::string_view word(FactKind kind);  ///< "device", "page_count" …
[[nodiscard]] std::optional<FactKind> fact_kind_of(std::string_view word);
/// All words, in order.
[[nodiscard]] std::span<const std::string_view> fact_kind_words();

/// One field of a kind of fact.
struct FactField {
    enum class Type {
        text,    ///< Shown to people; a template is allowed.
        word,    ///< One of `words`, or any when there are none.
        number,  ///< Any number.
        level,   ///< A number of percent, or a word of LevelState.
        flag,    ///< 1 or 0.
    };
    std::string_view name;
    Type type = Type::text;
    bool required = false;  ///< Without it there is no fact.
    bool moving = false;    ///< From look to look; what others are made of is asked now and then.
    std::span<const std::string_view> words = {};
};

/// The fields of a kind; Rule::fields holds their numbers.
[[nodiscard]] std::span<const FactField> fields_of(FactKind kind);

/// The check items that judge states. disk: disks, volumes and RAID; hardware: what none of the others is.
[[nodiscard]] std::span<const std::string_view> state_item_words();

namespace field {
// The numbers of fields_of(), in its order.
enum Device : std::size_t {
    device_class,
    vendor,
    model,
    serial,
    version,
    sys_name,
    sys_descr,
    location,
    contact,
    uptime,
    agent_uptime
};
enum Interface : std::size_t {
    if_index,
    if_name,
    if_descr,
    if_alias,
    if_type,
    admin_status,
    oper_status,
    speed_bps,
    mac,
    in_octets,
    out_octets,
    in_packets,
    out_packets,
    in_multicast,
    out_multicast,
    in_broadcast,
    out_broadcast,
    wide,
    in_errors,
    out_errors,
    in_discards,
    out_discards,
    discontinuity
};
enum Supply : std::size_t { supply_descr, supply_type, color, supply_level };
/// Trays and outputs alike.
enum Tray : std::size_t { tray_descr, tray_level };
enum Single : std::size_t { single };  ///< page_count: value; console_text: text.
enum Alert : std::size_t { alert_severity, alert_descr };
enum Processor : std::size_t { processor_descr, processor_percent };
/// Storage and memory alike.
enum Amount : std::size_t { amount_descr, amount_kind, size, used, free, amount_percent, exempt };
/// Sensors and wireless alike.
enum Sensor : std::size_t {
    sensor_kind,
    sensor_descr,
    value,
    unit,
    low_critical,
    low_warning,
    high_warning,
    high_critical
};
enum StateField : std::size_t { state_descr, state_value, state_item, state_word };
enum Neighbor : std::size_t { local_port, remote_name, remote_port, protocol };
enum Component : std::size_t {
    component_kind,
    component_descr,
    component_model,
    component_serial,
    component_version
};
}  // namespace field

/// What a class of sensors is measured in, and what of it can be true: outside, the value is not shown.
struct SensorKind {
    std::string_view name;
    std::string_view unit;
    double least = 0, most = 0;
};
/// The classes of sensors ("temperature", "voltage" …); null for one that is not among them.
[[nodiscard]] const SensorKind* sensor_kind_of(std::string_view name);

}  // namespace rounds::core
