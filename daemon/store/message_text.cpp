#include "daemon/store/message_text.hpp"

#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

namespace rounds::store {

namespace {

using nlohmann::json;

struct Encode {
    json operator()(const std::string& text) const { return {"text", text}; }
    json operator()(std::int64_t number) const { return {"integer", number}; }
    json operator()(double number) const { return {"number", number}; }
    json operator()(core::Ratio ratio) const { return {"ratio", ratio.value}; }
    json operator()(core::Microseconds time) const { return {"time_us", time.count()}; }
    json operator()(core::Duration time) const { return {"time_ms", time.count()}; }
    json operator()(core::WallTime moment) const { return {"moment_ms", core::to_ms(moment)}; }
};

double real(const json& number) {
    return number.is_null() ? std::numeric_limits<double>::quiet_NaN() : number.get<double>();
}

std::optional<core::Value> value_of(const std::string& type, const json& value) {
    if (type == "text") return value.get<std::string>();
    if (type == "integer") return value.get<std::int64_t>();
    if (type == "number") return real(value);
    if (type == "ratio") return core::Ratio{real(value)};
    if (type == "time_us") return core::Microseconds{value.get<std::int64_t>()};
    if (type == "time_ms") return core::Duration{value.get<std::int64_t>()};
    if (type == "moment_ms") return core::from_ms(value.get<std::int64_t>());
    return std::nullopt;
}

}  // namespace

std::string parameters_text(const core::Message& message) {
    json all = json::array();
    for (const auto& [name, value] : message.with) {
        json one = std::visit(Encode{}, value);
        one.insert(one.begin(), name);
        all.push_back(std::move(one));
    }
    return all.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<core::Message> message_of(std::string_view key, std::string_view parameters) {
    const auto id = core::message_id(key);
    if (!id) return std::nullopt;
    try {
        core::Message message{*id};
        for (const auto& one : json::parse(parameters)) {
            auto value = value_of(one.at(1).get<std::string>(), one.at(2));
            if (!value) return std::nullopt;
            message.with.emplace_back(one.at(0).get<std::string>(), std::move(*value));
        }
        return message;
    } catch (const json::exception&) {
        return std::nullopt;
    }
}

void bind_message(Query& query, const std::optional<core::Message>& message) {
    if (message) {
        query.bind(core::key(message->id)).bind(parameters_text(*message));
    } else {
        query.bind(std::nullopt).bind(std::nullopt);
    }
}

std::optional<core::Message> next_message(Query& query) {
    const auto key = query.next<std::optional<std::string>>();
    const auto parameters = query.next<std::optional<std::string>>();
    return key ? message_of(*key, parameters.value_or("[]")) : std::nullopt;
}

}  // namespace rounds::store
