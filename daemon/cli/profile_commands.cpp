#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "config/encoding.hpp"
#include "config/files.hpp"
#include "config/profiles.hpp"
#include "core/check_item.hpp"
#include "core/explanation.hpp"
#include "core/reading.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/device_facts.hpp"
#include "daemon/cli/recorded_agent.hpp"
#include "daemon/cli/speak.hpp"
#include "daemon/system/real_clock.hpp"
#include "probes/snmp_probe.hpp"

namespace rounds::daemon {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::uintmax_t largest_recording = std::uintmax_t{256} << 20;

config::LoadedProfiles profiles_of(const ProfileOptions& options) {
    std::optional<std::filesystem::path> folder;
    if (std::filesystem::is_directory(options.folder)) folder = options.folder;
    return config::load_profiles(folder, options.files);
}

/// The look that a daemon would take, at a recording.
probes::SnmpObservation look_at(Recording recording, std::shared_ptr<const core::Profiles> all) {
    asio::io_context loop(1);
    RealClock clock;
    RecordedAgent agent(std::move(recording));
    const ports::SnmpAgent nobody{{}, std::make_shared<const core::SnmpCredentials>(), {}};
    const probes::SnmpLook how{agent, clock, std::move(all), config::from_gb18030, true};
    probes::SnmpObservation seen;
    asio::co_spawn(loop, probes::look_by_snmp(nobody, how, core::SteadyTime::max()),
                   [&](std::exception_ptr thrown, probes::SnmpObservation observation) {
                       if (thrown) std::rethrow_exception(thrown);
                       seen = std::move(observation);
                   });
    loop.run();
    return seen;
}

/// As in `rounds inspect --json`, less what only a living device has.
Json json_of(const probes::SnmpObservation& seen, const core::Facts& facts,
             const core::Profiles& profiles, const core::Locale& locale) {
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
    return value.is_string() ? value.get<std::string>() : value.dump();
}

/// One line for each fact: "sensors   class temperature · descr Mainboard · value 43.0".
std::string lines_of(const Json& object) {
    std::string text;
    const auto line = [&](const std::string& kind, const Json& fact) {
        std::string parts;
        if (!fact.is_object()) parts = value_text(fact);
        for (const auto& [key, value] : fact.items()) {
            if (fact.is_object())
                parts += fmt::format("{}{} {}", parts.empty() ? "" : " · ", key, value_text(value));
        }
        text += fmt::format("{:<13}{}\n", kind, parts);
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

}  // namespace

int check_profiles(const ProfileOptions& options) {
    const auto loaded = profiles_of(options);
    if (!loaded.profiles) return complain(loaded.problems);
    return say(fmt::format("{} profiles, no mistake\n", loaded.profiles->all.size()));
}

int try_profiles(const ProfileOptions& options) {
    const auto loaded = profiles_of(options);
    if (!loaded.profiles) return complain(loaded.problems);
    const auto text = config::read_file(options.recording, largest_recording);
    if (!text) return complain(text.error().within(options.recording.string()));
    auto recording = read_recording(*text);
    if (!recording) return complain(recording.error().within(options.recording.string()));
    const auto seen = look_at(*std::move(recording), loaded.profiles);
    core::Locale locale;
    if (options.locale)
        locale.language = core::language_of(*options.locale).value_or(locale.language);
    for (const auto& missing : seen.missing)
        complain({core::Error::Kind::invalid_input, core::render(missing, locale)});
    const core::Facts* facts = seen.facts();
    if (facts == nullptr)
        return complain({core::Error::Kind::not_found, core::render(*seen.why_not(), locale)});
    if (options.explain) {
        const auto by = core::recognise(*loaded.profiles, *seen.answers, config::from_gb18030);
        return say(core::explain(by, *seen.answers, config::from_gb18030));
    }
    const Json object = json_of(seen, *facts, *loaded.profiles, locale);
    if (!options.json) return say(lines_of(object));
    return say(object.dump(1, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace rounds::daemon
