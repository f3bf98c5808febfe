#include "daemon/cli/facts_json.hpp"

#include <nlohmann/json.hpp>

#include "core/time_format.hpp"
#include "daemon/cli/device_facts.hpp"

namespace rounds::daemon {

namespace {

// Keys in the order in which they were added: a person reads this too.
using Json = nlohmann::ordered_json;

std::string reason_of(const core::Conclusion& conclusion, const core::Locale& locale) {
    return conclusion.reason ? core::render(*conclusion.reason, locale) : std::string();
}

void put(Json& object, const char* name, const std::string& text) {
    if (!text.empty()) object[name] = text;
}

double seconds(core::Microseconds time) {
    return std::chrono::duration<double>(time).count();
}

Json reachability(const core::Conclusion& conclusion, const std::optional<core::EchoStats>& echo,
                  const core::Locale& locale) {
    Json object{{"verdict", core::word(conclusion.verdict)}};
    put(object, "reason", reason_of(conclusion, locale));
    if (!echo) return object;
    object["loss_ratio"] = echo->loss();
    if (echo->rtt) {
        object["rtt_seconds"] = {{"min", seconds(echo->rtt->min)},
                                 {"avg", seconds(echo->rtt->avg)},
                                 {"max", seconds(echo->rtt->max)}};
    }
    if (echo->jitter) object["jitter_seconds"] = seconds(*echo->jitter);
    return object;
}

Json items(const core::Conclusion& conclusion, const std::optional<core::WallTime>& evidence_at,
           const core::Locale& locale) {
    Json item{{"item", "reachability"}, {"verdict", core::word(conclusion.verdict)}};
    put(item, "message", reason_of(conclusion, locale));
    if (evidence_at) item["evidence_at"] = core::rfc3339(*evidence_at);
    return Json::array({std::move(item)});
}

/// Text from outside may be anything: what is not UTF-8 is replaced, never thrown at the user.
std::string line_of(const Json& object) {
    return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string facts_json(const core::DeviceResult& device, const core::Locale& locale) {
    return facts_json(device, nullptr, {}, locale);
}

std::string facts_json(const core::DeviceResult& device, const core::Facts* facts,
                       std::span<const core::ItemFinding> findings, const core::Locale& locale) {
    Json about{{"name", device.name}};
    put(about, "id", device.id.value);
    put(about, "address", device.address);
    about["class"] = core::word(device.device_class);
    put(about, "model", device.model);
    put(about, "location", device.location);
    Json object{{"device", std::move(about)}, {"verdict", core::word(device.conclusion.verdict)}};
    put(object, "reason", reason_of(device.conclusion, locale));
    object["reachability"] = reachability(device.conclusion, device.echo, locale);
    if (facts != nullptr) add_facts(*facts, object);
    object["items"] = items(device.conclusion, device.evidence_at, locale);
    add_items(findings, locale, object);
    return line_of(object);
}

std::string facts_json(const core::LinkResult& link, const core::Locale& locale) {
    Json about{{"name", link.name}};
    put(about, "device", link.device);
    put(about, "interface", link.interface);
    put(about, "carrier", link.carrier);
    Json object{{"link", std::move(about)}, {"verdict", core::word(link.conclusion.verdict)}};
    put(object, "reason", reason_of(link.conclusion, locale));
    object["reachability"] = reachability(link.conclusion, link.echo, locale);
    object["targets"] = {{"asked", link.targets}, {"answered", link.answered}};
    if (link.dns_took)
        object["dns_seconds"] = std::chrono::duration<double>(*link.dns_took).count();
    object["items"] = items(link.conclusion, link.evidence_at, locale);
    add_items(link.findings, locale, object);
    return line_of(object);
}

}  // namespace rounds::daemon
