#include "daemon/cli/recorded_look.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "config/encoding.hpp"
#include "core/check_item.hpp"
#include "core/text.hpp"
#include "daemon/cli/device_facts.hpp"
#include "daemon/cli/recorded_agent.hpp"
#include "daemon/system/real_clock.hpp"

namespace rounds::daemon {

namespace {

using Json = nlohmann::ordered_json;

Json json_of(const probes::SnmpObservation& seen, const core::Profiles& profiles,
             const core::Locale& locale) {
    const core::Facts& facts = *seen.facts();
    Json object{{"device", {{"profile", seen.profile}}}};
    add_facts(facts, object);
    core::ItemRules rules;
    for (const auto& profile : profiles.all)
        if (profile.name == seen.profile) rules.limits = core::limits_of(profile);
    add_items(core::judge(facts, rules, seen.at), locale, object);
    for (auto& item : object["items"]) item.erase("evidence_at");
    return object;
}

std::string value_text(const Json& value) {
    return value.is_string() ? core::printable(value.get<std::string>()) : value.dump();
}

}  // namespace

probes::SnmpObservation look_at(Recording recording, std::shared_ptr<const core::Profiles> all,
                                std::optional<core::Standing> known) {
    asio::io_context loop(1);
    RealClock clock;
    RecordedAgent agent(std::move(recording));
    const ports::SnmpAgent nobody{{}, std::make_shared<const core::SnmpCredentials>(), {}};
    const probes::SnmpLook how{agent, clock, std::move(all), config::from_gb18030, true};
    probes::SnmpObservation seen;
    asio::co_spawn(loop,
                   probes::look_by_snmp(nobody, how, core::SteadyTime::max(), std::move(known)),
                   [&](std::exception_ptr thrown, probes::SnmpObservation observation) {
                       if (thrown) std::rethrow_exception(thrown);
                       seen = std::move(observation);
                   });
    loop.run();
    return seen;
}

std::string recorded_json(const probes::SnmpObservation& seen, const core::Profiles& profiles,
                          const core::Locale& locale) {
    return json_of(seen, profiles, locale).dump(1, ' ', false, Json::error_handler_t::replace) +
           "\n";
}

std::string recorded_lines(const probes::SnmpObservation& seen, const core::Profiles& profiles,
                           const core::Locale& locale) {
    const Json object = json_of(seen, profiles, locale);
    std::string text;
    const auto line = [&](const std::string& kind, const Json& fact) {
        std::string parts;
        if (!fact.is_object()) parts = value_text(fact);
        for (const auto& [key, value] : fact.items()) {
            if (fact.is_object())
                parts += fmt::format("{}{} {}", parts.empty() ? "" : " · ", key, value_text(value));
        }
        text += fmt::format("{:<14}{}\n", kind, parts);
    };
    for (const auto& [key, value] : object["device"].items()) line(key, value);
    for (const auto& [kind, facts] : object.items()) {
        if (kind == "device") continue;
        if (!facts.is_array()) line(kind, facts);
        for (const auto& fact : facts)
            if (facts.is_array()) line(kind, fact);
    }
    return text;
}

}  // namespace rounds::daemon
