#include "daemon/store/facts_text.hpp"

#include <type_traits>
#include <vector>

#include <nlohmann/json.hpp>

namespace rounds::store {

namespace {

using Json = nlohmann::json;

// Each kind of fact says its fields once; a Writer or a Reader goes through them.

template <class Way>
void go(Way& way, core::IdentityFacts& facts) {
    way("class", facts.device_class);
    way("vendor", facts.vendor);
    way("model", facts.model);
    way("serial", facts.serial);
    way("version", facts.version);
    way("sys_name", facts.sys_name);
    way("sys_descr", facts.sys_descr);
    way("location", facts.location);
    way("contact", facts.contact);
    way("sys_object_id", facts.sys_object_id);
    way("uptime_ms", facts.uptime);
    way("agent_uptime_ms", facts.agent_uptime);
}

template <class Way>
void go(Way& way, core::SupplyFacts& facts) {
    way("descr", facts.descr);
    way("type", facts.type);
    way("color", facts.color);
    way("percent", facts.percent);
    way("level_state", facts.state);
}

template <class Way>
void go(Way& way, core::TrayFacts& facts) {
    way("descr", facts.descr);
    way("percent", facts.percent);
    way("level_state", facts.state);
}

template <class Way>
void go(Way& way, core::ComponentFacts& facts) {
    way("kind", facts.kind);
    way("descr", facts.descr);
    way("model", facts.model);
    way("serial", facts.serial);
    way("version", facts.version);
}

template <class Way>
void go(Way& way, core::AlertFacts& facts) {
    way("severity", facts.severity);
    way("descr", facts.descr);
}

template <class Way>
void go(Way& way, core::ProcessorFacts& facts) {
    way("descr", facts.descr);
    way("percent", facts.percent);
}

template <class Way>
void go(Way& way, core::MemoryFacts& facts) {
    way("descr", facts.descr);
    way("kind", facts.kind);
    way("total_bytes", facts.total_bytes);
    way("used_bytes", facts.used_bytes);
    way("percent", facts.percent);
}

template <class Way>
void go(Way& way, core::StorageFacts& facts) {
    way("descr", facts.descr);
    way("type", facts.type);
    way("size_bytes", facts.size_bytes);
    way("used_bytes", facts.used_bytes);
    way("percent", facts.percent);
    way("exempt", facts.exempt);
}

template <class Way>
void go(Way& way, core::SensorFacts& facts) {
    way("kind", facts.kind);
    way("descr", facts.descr);
    way("value", facts.value);
    way("unit", facts.unit);
    way("low_critical", facts.low_critical);
    way("low_warning", facts.low_warning);
    way("high_warning", facts.high_warning);
    way("high_critical", facts.high_critical);
}

template <class Way>
void go(Way& way, core::StateFacts& facts) {
    way("descr", facts.descr);
    way("value", facts.value);
    way("state", facts.state);
    way("severity", facts.severity);
    way("item", facts.item);
}

template <class Way>
void go(Way& way, core::Facts& facts) {
    way("device", facts.device);
    way("supplies", facts.supplies);
    way("trays", facts.trays);
    way("outputs", facts.outputs);
    way("page_count", facts.page_count);
    way("console_text", facts.console_text);
    way("alerts", facts.alerts);
    way("processors", facts.processors);
    way("memory", facts.memory);
    way("storage", facts.storage);
    way("sensors", facts.sensors);
    way("states", facts.states);
    way("wireless", facts.wireless);
    way("components", facts.components);
}

/// Puts down what is there: what is empty is left out.
struct Writer {
    Json object = Json::object();

    void operator()(const char* name, auto& field) {
        if (auto json = of(field); !json.is_null()) object[name] = std::move(json);
    }
    static Json of(const std::string& text) { return text.empty() ? Json() : Json(text); }
    static Json of(bool flag) { return flag ? Json(true) : Json(); }
    static Json of(std::int64_t number) { return number; }
    static Json of(double number) { return number; }
    static Json of(core::Duration span) { return span.count(); }
    static Json of(const core::Oid& oid) { return of(oid.text()); }
    static Json of(core::DeviceClass device_class) { return std::string(word(device_class)); }
    static Json of(core::LevelState state) { return std::string(word(state)); }
    static Json of(core::Verdict verdict) { return std::string(word(verdict)); }
    template <class T>
    static Json of(std::optional<T>& value) {
        return value ? of(*value) : Json();
    }
    template <class T>
    static Json of(std::vector<T>& list) {
        Json all;
        for (auto& one : list) all.push_back(of(one));
        return all;
    }
    template <class T>
        requires std::is_aggregate_v<T>
    static Json of(T& facts) {
        Writer inner;
        go(inner, facts);
        return std::move(inner.object);
    }
};

/// Takes what is there and of the right kind; all else stays as it is.
struct Reader {
    const Json& object;

    void operator()(const char* name, auto& field) const {
        if (!object.is_object()) return;
        if (const auto found = object.find(name); found != object.end()) take(*found, field);
    }
    static void take(const Json& json, std::string& text) {
        if (json.is_string()) text = json.get<std::string>();
    }
    static void take(const Json& json, bool& flag) {
        if (json.is_boolean()) flag = json.get<bool>();
    }
    static void take(const Json& json, std::int64_t& number) {
        if (json.is_number_integer()) number = json.get<std::int64_t>();
    }
    static void take(const Json& json, double& number) {
        if (json.is_number()) number = json.get<double>();
    }
    static void take(const Json& json, core::Duration& span) {
        if (json.is_number_integer()) span = core::Duration{json.get<std::int64_t>()};
    }
    static void take(const Json& json, core::Oid& oid) {
        if (!json.is_string()) return;
        if (auto read = core::Oid::parse(json.get<std::string>())) oid = std::move(*read);
    }
    static void take(const Json& json, core::Verdict& verdict) {
        if (json.is_string()) verdict = core::verdict_of(json.get<std::string>()).value_or(verdict);
    }
    static void take(const Json& json, std::optional<core::DeviceClass>& device_class) {
        if (json.is_string()) device_class = core::device_class_of(json.get<std::string>());
    }
    static void take(const Json& json, std::optional<core::LevelState>& state) {
        if (json.is_string()) state = core::level_state_of(json.get<std::string>());
    }
    template <class T>
    static void take(const Json& json, std::optional<T>& value) {
        take(json, value.emplace());
    }
    template <class T>
    static void take(const Json& json, std::vector<T>& list) {
        if (!json.is_array()) return;
        for (const Json& one : json) take(one, list.emplace_back());
    }
    template <class T>
        requires std::is_aggregate_v<T>
    static void take(const Json& json, T& facts) {
        Reader inner{json};
        go(inner, facts);
    }
};

}  // namespace

std::string facts_text(const core::Facts& facts) {
    core::Facts copy = facts;  // Writers and Readers go through the same fields.
    return Writer::of(copy).dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<core::Facts> facts_of(std::string_view text) {
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object()) return std::nullopt;
    core::Facts facts;
    Reader::take(json, facts);
    return facts;
}

}  // namespace rounds::store
