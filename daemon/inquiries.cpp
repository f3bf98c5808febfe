#include "daemon/inquiries.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "core/text.hpp"
#include "core/time_format.hpp"
#include "daemon/hooks/payload.hpp"
#include "daemon/status.hpp"

namespace rounds::daemon {

namespace {

using core::Error;
using Json = nlohmann::ordered_json;

/// Parked deliveries that are shown; their number is always told.
constexpr std::size_t most_parked = 500;

struct Which {
    bool unresolved_only = false;
    std::optional<core::IncidentState> state;
};

core::Result<Which> which_of(const std::string& word) {
    if (word.empty()) return Which{};
    if (word == "unresolved") return Which{.unresolved_only = true, .state = {}};
    if (const auto state = core::incident_state_of(word)) {
        const bool alive =
            *state == core::IncidentState::open || *state == core::IncidentState::acknowledged;
        return Which{.unresolved_only = alive, .state = state};
    }
    return Error{Error::Kind::invalid_input,
                 fmt::format("\"{}\" is no state of an incident; it is one of open, acknowledged, "
                             "resolved, closed, unresolved",
                             core::printable(word, 40))};
}

core::Result<std::string> incidents(store::StateStore& store, const config::Setup& setup,
                                    const core::Locale& locale, const Target& target) {
    const auto which = which_of(target.value("state"));
    if (!which) return which.error();
    const auto found =
        store.incidents().list({.unresolved_only = which->unresolved_only, .subject = {}});
    if (!found) return found.error();
    std::vector<std::string> texts;
    for (const auto& incident : *found) {
        if (!which->state || incident.state == *which->state)
            texts.push_back(hooks::incident_text(incident, setup.office, locale));
    }
    return fmt::format(R"({{"incidents":[{}]}})", fmt::join(texts, ","));
}

core::Result<std::string> incident(store::StateStore& store, const config::Setup& setup,
                                   const core::Locale& locale, const std::string& id) {
    const auto found = store.incidents().show({id});
    if (!found) return Error{found.error().kind, core::printable(found.error().message)};
    std::vector<std::string> events;
    for (const auto& event : found->events) events.push_back(hooks::event_text(event, locale));
    return fmt::format(R"({{"incident":{},"events":[{}]}})",
                       hooks::incident_text(found->incident, setup.office, locale),
                       fmt::join(events, ","));
}

/// Those of the configuration, and those left over from an earlier one that still have something.
Json hooks_of(const config::Setup& setup, const std::vector<store::Backlog>& backlog) {
    Json all = Json::array();
    const auto add = [&](const std::string& name, const core::Hook* hook) {
        const auto stands = std::ranges::find(backlog, name, &store::Backlog::hook);
        const bool has = stands != backlog.end();
        Json entry{{"name", name}, {"configured", hook != nullptr}};
        if (hook != nullptr) {
            entry["type"] = core::word(hook->type);
            entry["url"] = core::origin(hook->url);
            entry["min_severity"] = static_cast<int>(hook->min_severity);
        }
        entry["pending"] = has ? stands->pending : 0;
        entry["parked"] = has ? stands->parked : 0;
        all.push_back(std::move(entry));
    };
    for (const auto& hook : setup.hooks) add(hook.name, &hook);
    for (const auto& [name, pending, parked] : backlog) {
        if (std::ranges::find(setup.hooks, name, &core::Hook::name) == setup.hooks.end())
            add(name, nullptr);
    }
    return all;
}

Json parked_json(const store::Delivery& delivery, const core::Locale& locale) {
    Json entry{{"number", delivery.number},
               {"hook", delivery.hook},
               {"incident", delivery.incident.id.value},
               {"event", delivery.event.id.value},
               {"type", "incident." + std::string(core::word(delivery.event.kind))},
               {"timestamp", core::rfc3339(delivery.event.at)},
               {"attempts", delivery.attempts}};
    if (delivery.done) entry["parked"] = core::rfc3339(*delivery.done);
    if (delivery.why) entry["reason"] = Json::parse(hooks::message_text(*delivery.why, locale));
    return entry;
}

core::Result<std::string> hooks_page(store::StateStore& store, const config::Setup& setup,
                                     const core::Locale& locale) {
    const auto backlog = store.outbox().backlog();
    if (!backlog) return backlog.error();
    const auto parked = store.outbox().parked("");
    if (!parked) return parked.error();
    Json page{{"hooks", hooks_of(setup, *backlog)}, {"parked", Json::array()}};
    for (const auto& delivery : *parked) {
        if (page["parked"].size() == most_parked) break;
        page["parked"].push_back(parked_json(delivery, locale));
    }
    return page.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Error no_page(const Target& target) {
    return {Error::Kind::not_found,
            fmt::format("there is no /{} in this version of the API",
                        core::printable(fmt::format("{}", fmt::join(target.path, "/")), 100))};
}

}  // namespace

core::Result<core::Locale> locale_of(const config::Setup& setup, const Target& target) {
    auto locale = setup.locale();
    if (const auto asked = target.value("locale"); !asked.empty()) {
        const auto language = core::language_of(asked);
        if (!language) {
            return Error{
                Error::Kind::invalid_input,
                fmt::format("\"{}\" is no locale; it is en or zh-CN", core::printable(asked, 40))};
        }
        locale.language = *language;
    }
    return locale;
}

core::Result<std::string> inquire(store::StateStore& store, const config::Setup& setup,
                                  const Target& target, core::WallTime now) {
    const auto asked = locale_of(setup, target);
    if (!asked) return asked.error();
    const auto& locale = *asked;
    const auto& path = target.path;
    if (path.size() < 2 || path.size() > 3 || path[0] != "v1") return no_page(target);
    if (path.size() == 3)
        return path[1] == "incidents" ? incident(store, setup, locale, path[2])
                                      : core::Result<std::string>(no_page(target));
    if (path[1] == "incidents") return incidents(store, setup, locale, target);
    if (path[1] == "hooks") return hooks_page(store, setup, locale);
    if (path[1] != "status") return no_page(target);
    const auto status = status_of(store, setup, now);
    if (!status) return status.error();
    return status_json(*status, setup, locale);
}

}  // namespace rounds::daemon
