// rounds incidents list | show | report | ack | comment | resolve | close
#include <array>
#include <cstdlib>

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include "core/text.hpp"
#include "core/time_format.hpp"
#include "daemon/cli/api_client.hpp"
#include "daemon/cli/asking.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/incident_lines.hpp"
#include "daemon/cli/speak.hpp"
#include "daemon/cli/table.hpp"

namespace rounds::daemon {

namespace {

using core::MessageId;

/// The person at the terminal: who called sudo, else who is logged in; empty when nobody knows.
std::string person_here() {
    if (const char* before = std::getenv("SUDO_USER"); before != nullptr && *before != '\0')
        return before;
    std::array<char, 16384> buffer{};
    ::passwd entry{};
    ::passwd* found = nullptr;
    if (::getpwuid_r(::getuid(), &entry, buffer.data(), buffer.size(), &found) != 0 ||
        found == nullptr)
        return {};
    return entry.pw_name;
}

const core::Error nobody{core::Error::Kind::invalid_input,
                         "this login has no name: say who acts with --by NAME"};

std::string page_of(const std::string& id) {
    return "/v1/incidents/" + percent_encoded(id);
}

}  // namespace

int list_incidents(const IncidentOptions& options) {
    const auto loaded = config::load(options.config);
    if (!loaded.setup) return complain(loaded.problems);
    const auto locale = locale_of(*loaded.setup, options.locale);
    const auto target =
        "/v1/incidents" + in_language(locale) + (options.all ? "" : "&state=unresolved");
    const auto found = look_up(*loaded.setup, target);
    if (!found) return complain(found.error());
    if (options.json) return say(written(found->object));
    const auto& incidents = part_of(found->object, "incidents");
    if (!incidents.empty()) return say(incident_table(incidents, locale));
    const auto none = options.all ? MessageId::api_no_incident : MessageId::api_nothing_unresolved;
    return say(core::render({none}, locale) + "\n");
}

int show_incident(const IncidentOptions& options) {
    const auto loaded = config::load(options.config);
    if (!loaded.setup) return complain(loaded.problems);
    const auto locale = locale_of(*loaded.setup, options.locale);
    const auto found = look_up(*loaded.setup, page_of(options.id) + in_language(locale));
    if (!found) return complain(found.error());
    if (options.json) return say(written(found->object));
    return say(incident_text(part_of(found->object, "incident"), part_of(found->object, "events"),
                             locale));
}

int report_incident(const IncidentOptions& options) {
    const auto loaded = config::load(options.config);
    if (!loaded.setup) return complain(loaded.problems);
    const auto actor = options.by.value_or(person_here());
    if (actor.empty()) return complain(nobody);
    Json body{{"actor", actor}, {"subject", options.subject}, {"text", options.text}};
    if (options.severity) body["severity"] = *options.severity;
    const auto done = order(*loaded.setup, "/v1/incidents", body);
    if (!done) return complain(done.error());
    if (options.json) return say(written(done->object));
    const auto locale = locale_of(*loaded.setup, options.locale);
    return say(incident_table(Json::array({part_of(done->object, "incident")}), locale));
}

int act_on_incident(const IncidentOptions& options) {
    const auto loaded = config::load(options.config);
    if (!loaded.setup) return complain(loaded.problems);
    const auto actor = options.by.value_or(person_here());
    if (actor.empty()) return complain(nobody);
    Json body{{"actor", actor}};
    if (!options.comment.empty()) body["comment"] = options.comment;
    const auto done = order(*loaded.setup, page_of(options.id) + "/" + options.action, body);
    if (!done) return complain(done.error());
    if (options.json) return say(written(done->object));
    const auto locale = locale_of(*loaded.setup, options.locale);
    const auto& incident = part_of(done->object, "incident");
    const core::Message message{
        options.action == "comment" ? MessageId::api_commented : MessageId::api_now,
        {{"id", text_in(incident, "id")}, {"state", state_word(incident, locale)}}};
    return say(core::render(message, locale) + "\n");
}

}  // namespace rounds::daemon
