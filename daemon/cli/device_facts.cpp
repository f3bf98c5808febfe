#include "daemon/cli/device_facts.hpp"

#include <cmath>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/time_format.hpp"

namespace rounds::daemon {

namespace {

using Json = nlohmann::ordered_json;

void put(Json& object, const char* name, const std::string& text) {
    if (!text.empty()) object[name] = text;
}

/// Whole numbers without a fraction; others with at most six digits of one: 230.4, not 230.40000000000003.
void put(Json& object, const char* name, const std::optional<double>& number) {
    if (!number || !std::isfinite(*number)) return;
    const double rounded = std::round(*number * 1e6) / 1e6;
    if (rounded == std::floor(rounded) && std::abs(rounded) < 9e15) {
        object[name] = static_cast<std::int64_t>(rounded);
    } else {
        object[name] = rounded;
    }
}

template <class Number>
void put(Json& object, const char* name, const std::optional<Number>& number) {
    if (number) object[name] = *number;
}

/// A list of facts as a member; absent when there is none.
template <class Fact, class Write>
void put_all(Json& object, const char* name, const std::vector<Fact>& facts, const Write& write) {
    if (facts.empty()) return;
    Json list = Json::array();
    for (const Fact& fact : facts) {
        Json one = Json::object();
        write(fact, one);
        list.push_back(std::move(one));
    }
    object[name] = std::move(list);
}

void put_identity(const core::IdentityFacts& facts, Json& device) {
    const auto fill = [&](const char* name, const std::string& text) {
        if (!device.contains(name)) put(device, name, text);
    };
    if (facts.device_class) {
        const auto known = device.find("class");
        if (known == device.end() || *known == "other")
            device["class"] = core::word(*facts.device_class);
    }
    fill("vendor", facts.vendor);
    fill("model", facts.model);
    fill("serial", facts.serial);
    fill("version", facts.version);
    fill("sys_name", facts.sys_name);
    fill("sys_descr", facts.sys_descr);
    fill("sys_object_id", facts.sys_object_id.text());
    fill("location", facts.location);
    fill("contact", facts.contact);
    if (facts.uptime)
        device["uptime_seconds"] =
            std::chrono::duration_cast<std::chrono::seconds>(*facts.uptime).count();
}

void write_interface(const core::InterfaceFacts& port, Json& one) {
    one["index"] = port.index;
    put(one, "name", port.name);
    put(one, "descr", port.descr);
    put(one, "alias", port.alias);
    put(one, "type", port.type);
    put(one, "admin_status", port.admin_status);
    put(one, "oper_status", port.oper_status);
    put(one, "speed_bps", port.speed_bps);
    put(one, "mac", port.mac);
    put(one, "in_octets", port.in_octets);
    put(one, "out_octets", port.out_octets);
    put(one, "in_multicast", port.in_multicast);
    put(one, "out_multicast", port.out_multicast);
    put(one, "in_broadcast", port.in_broadcast);
    put(one, "out_broadcast", port.out_broadcast);
    put(one, "in_errors", port.in_errors);
    put(one, "out_errors", port.out_errors);
    put(one, "in_discards", port.in_discards);
    put(one, "out_discards", port.out_discards);
}

/// A supply's, a tray's or an output's.
template <class Fact>
void write_level(const Fact& fact, Json& one) {
    put(one, "percent", fact.percent);
    if (fact.state) one["level_state"] = core::word(*fact.state);
}

void write_sensor(const core::SensorFacts& sensor, Json& one) {
    put(one, "class", sensor.kind);
    put(one, "descr", sensor.descr);
    put(one, "value", std::optional(sensor.value));
    put(one, "unit", sensor.unit);
}

void put_printer(const core::Facts& facts, Json& object) {
    put_all(object, "supplies", facts.supplies, [](const auto& supply, Json& one) {
        put(one, "descr", supply.descr);
        put(one, "type", supply.type);
        put(one, "color", supply.color);
        write_level(supply, one);
    });
    put_all(object, "trays", facts.trays, [](const auto& tray, Json& one) {
        put(one, "descr", tray.descr);
        write_level(tray, one);
    });
    put_all(object, "outputs", facts.outputs, [](const auto& output, Json& one) {
        put(one, "descr", output.descr);
        write_level(output, one);
    });
    put(object, "page_count", facts.page_count);
    if (!facts.console_text.empty()) object["console_text"] = facts.console_text;
    put_all(object, "alerts", facts.alerts, [](const auto& alert, Json& one) {
        one["severity"] = core::word(alert.severity);
        put(one, "descr", alert.descr);
    });
}

void put_host(const core::Facts& facts, Json& object) {
    put_all(object, "processors", facts.processors, [](const auto& processor, Json& one) {
        put(one, "descr", processor.descr);
        put(one, "percent", std::optional(processor.percent));
    });
    put_all(object, "memory", facts.memory, [](const auto& memory, Json& one) {
        put(one, "descr", memory.descr);
        put(one, "class", memory.kind);
        put(one, "total_bytes", memory.total_bytes);
        put(one, "used_bytes", memory.used_bytes);
        put(one, "percent", memory.percent);
    });
    put_all(object, "storage", facts.storage, [](const auto& storage, Json& one) {
        put(one, "descr", storage.descr);
        put(one, "type", storage.type);
        put(one, "size_bytes", storage.size_bytes);
        put(one, "used_bytes", storage.used_bytes);
        put(one, "percent", storage.percent);
    });
}

}  // namespace

void add_facts(const core::Facts& facts, Json& object) {
    put_identity(facts.device, object["device"]);
    put_all(object, "interfaces", facts.interfaces, write_interface);
    put_printer(facts, object);
    put_host(facts, object);
    put_all(object, "sensors", facts.sensors, write_sensor);
    put_all(object, "states", facts.states, [](const auto& state, Json& one) {
        put(one, "descr", state.descr);
        one["value"] = state.value;
        put(one, "state", state.state);
        one["severity"] = core::word(state.severity);
    });
    put_all(object, "wireless", facts.wireless, write_sensor);
    put_all(object, "neighbors", facts.neighbors, [](const auto& neighbor, Json& one) {
        put(one, "local_port", neighbor.local_port);
        put(one, "remote_name", neighbor.remote_name);
        put(one, "remote_port", neighbor.remote_port);
        put(one, "protocol", neighbor.protocol);
    });
    put_all(object, "components", facts.components, [](const auto& component, Json& one) {
        put(one, "class", component.kind);
        put(one, "descr", component.descr);
        put(one, "model", component.model);
        put(one, "serial", component.serial);
        put(one, "version", component.version);
    });
}

void add_items(std::span<const core::ItemFinding> findings, const core::Locale& locale,
               Json& object) {
    Json& items = object["items"];
    if (!items.is_array()) items = Json::array();
    for (const auto& finding : findings) {
        Json item{{"item", finding.item}};
        put(item, "instance", finding.instance);
        item["verdict"] = core::word(finding.verdict);
        put(item, "value", finding.value);
        put(item, "unit", finding.unit);
        put(item, "threshold", finding.threshold);
        if (finding.message) item["message"] = core::render(*finding.message, locale);
        item["evidence_at"] = core::rfc3339(finding.evidence_at);
        items.push_back(std::move(item));
    }
}

}  // namespace rounds::daemon
