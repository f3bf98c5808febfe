#include "daemon/hooks/payload.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/text.hpp"
#include "core/time_format.hpp"

namespace rounds::hooks {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t longest_name = 200;
constexpr std::size_t longest_comment = 4000;
constexpr std::size_t longest_sentence = 1000;

std::string name_of(std::string_view text) {
    return core::printable(text, longest_name);
}

/// What people wrote in several lines stays in several lines.
std::string lines_of(std::string_view text) {
    std::string lines;
    std::size_t left = longest_comment;
    while (left > 0) {
        const auto end = text.find('\n');
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        const std::string shown = core::printable(line, left);
        lines += shown;
        left -= std::min(left, shown.size() + 1);
        if (end == std::string_view::npos) return lines;
        lines += '\n';
        text.remove_prefix(end + 1);
    }
    return lines + "…";
}

/// A parameter in SI units: seconds, a share of 1, RFC 3339.
struct ParameterWriter {
    Json operator()(const std::string& text) const { return name_of(text); }
    Json operator()(std::int64_t value) const { return value; }
    Json operator()(double value) const {
        if (!std::isfinite(value)) return nullptr;
        return value;
    }
    Json operator()(core::Ratio share) const { return (*this)(share.value); }
    Json operator()(core::Microseconds span) const {
        return static_cast<double>(span.count()) / 1e6;
    }
    Json operator()(core::Duration span) const { return static_cast<double>(span.count()) / 1e3; }
    Json operator()(core::WallTime time) const { return core::rfc3339(time); }
};

Json message_json(const core::Message& message, const core::Locale& locale) {
    Json with = Json::object();
    for (const auto& [name, value] : message.with)
        with[name] = std::visit(ParameterWriter{}, value);
    return {{"text", core::printable(core::render(message, locale), longest_sentence)},
            {"id", core::key(message.id)},
            {"with", std::move(with)}};
}

/// What is empty is absent.
void put_text(Json& object, const char* key, const std::string& text) {
    if (!text.empty()) object[key] = name_of(text);
}
void put_time(Json& object, const char* key, const std::optional<core::WallTime>& time) {
    if (time) object[key] = core::rfc3339(*time);
}

void put_device(Json& subject, const core::Device& device, const core::Office& office) {
    subject["kind"] = "device";
    put_text(subject, "name", device.name);
    put_text(subject, "address", device.address);
    subject["class"] = core::word(device.device_class);
    put_text(subject, "location", device.location);
    put_text(subject, "department", device.department);
    if (device.owner.empty()) return;
    const auto owner = office.people.find(device.owner);
    put_text(subject, "owner",
             owner == office.people.end() ? device.owner.value : owner->second.name);
}

void put_link(Json& subject, const core::Link& link) {
    subject["kind"] = "link";
    put_text(subject, "name", link.name);
    put_text(subject, "carrier", link.carrier);
    put_text(subject, "circuit", link.circuit);
    put_text(subject, "fault_phone", link.fault_phone);
}

Json subject_json(const core::Incident& incident, const core::Office& office) {
    const core::SubjectId& id = incident.condition.subject;
    if (id.empty()) return {{"kind", "rounds"}};

    Json subject{{"kind", "device"}, {"id", name_of(id.value)}};
    if (const core::Device* device = office.find({id.value})) {
        put_device(subject, *device, office);
        return subject;
    }
    const auto link = std::ranges::find_if(
        office.links, [&](const core::Link& one) { return core::subject_of_link(one.name) == id; });
    if (link != office.links.end()) {
        put_link(subject, *link);
        return subject;
    }
    if (id.value.starts_with("link:")) subject["kind"] = "link";
    put_text(subject, "name", incident.name);
    return subject;
}

Json suppressed_json(const core::Incident& incident, const core::Office& office) {
    Json devices = Json::array();
    for (const core::SubjectId& id : incident.suppressed) {
        if (devices.size() == most_suppressed) break;
        const core::Device* device = office.find({id.value});
        devices.push_back({{"id", name_of(id.value)},
                           {"name", name_of(device == nullptr ? id.value : device->name)}});
    }
    return {{"count", incident.suppressed.size()}, {"devices", std::move(devices)}};
}

Json incident_json(const core::Incident& incident, const core::Office& office,
                   const core::Locale& locale) {
    Json object{{"id", name_of(incident.id.value)},
                {"subject", subject_json(incident, office)},
                {"item", name_of(incident.condition.item)}};
    put_text(object, "instance", incident.condition.instance);
    object["severity"] = static_cast<int>(incident.severity);
    object["state"] = core::word(incident.state);
    object["verdict"] = core::word(incident.verdict);
    object["summary"] = message_json(incident.summary, locale);
    put_time(object, "began", incident.began);
    put_time(object, "opened", incident.opened);
    put_time(object, "acknowledged", incident.acknowledged);
    put_text(object, "acknowledged_by", incident.acknowledged_by);
    put_time(object, "recovered", incident.recovered);
    put_time(object, "resolved", incident.resolved);
    object["flapping"] = incident.flapping;
    object["suppressed"] = suppressed_json(incident, office);
    return object;
}

std::string type_of(const core::IncidentEvent& event) {
    return "incident." + std::string(core::word(event.kind));
}

/// Who did it, why, and in which words.
void put_doing(Json& object, const core::IncidentEvent& event, const core::Locale& locale) {
    put_text(object, "actor", event.actor);
    if (event.reason) object["reason"] = message_json(*event.reason, locale);
    if (!event.comment.empty()) object["comment"] = lines_of(event.comment);
}

std::string body_of(const core::EventId& id, const std::string& type, core::WallTime at,
                    Json data) {
    const Json body{{"version", payload_version},
                    {"id", id.value},
                    {"type", type},
                    {"timestamp", core::rfc3339(at)},
                    {"data", std::move(data)}};
    return body.dump();
}

}  // namespace

std::string incident_body(const Told& told, const core::Office& office, const std::string& site,
                          const core::Locale& locale) {
    const core::IncidentEvent& event = told.event;
    Json data{
        {"site", name_of(site)}, {"locale", core::tag(locale.language)}, {"number", event.number}};
    put_doing(data, event, locale);
    data["incident"] = incident_json(told.incident, office, locale);

    return body_of(event.id, type_of(event), event.at, std::move(data));
}

std::string test_body(const core::EventId& id, core::WallTime at, const std::string& site,
                      const core::Locale& locale) {
    Json data{
        {"site", name_of(site)},
        {"locale", core::tag(locale.language)},
        {"message", message_json({.id = core::MessageId::hook_test_message, .with = {}}, locale)}};
    return body_of(id, "test", at, std::move(data));
}

std::string incident_text(const core::Incident& incident, const core::Office& office,
                          const core::Locale& locale) {
    return incident_json(incident, office, locale).dump();
}

std::string event_text(const core::IncidentEvent& event, const core::Locale& locale) {
    Json object{{"id", event.id.value},
                {"type", type_of(event)},
                {"timestamp", core::rfc3339(event.at)},
                {"number", event.number}};
    put_doing(object, event, locale);
    return object.dump();
}

std::string message_text(const core::Message& message, const core::Locale& locale) {
    return message_json(message, locale).dump();
}

}  // namespace rounds::hooks
