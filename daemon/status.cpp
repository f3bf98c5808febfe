#include "daemon/status.hpp"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/time_format.hpp"
#include "daemon/hooks/payload.hpp"

namespace rounds::daemon {

namespace {

using core::State;
using Json = nlohmann::ordered_json;

/// The daemon gives a sign of life three times a minute.
constexpr core::Duration believed_alive = std::chrono::seconds(60);

/// Incidents that are shown; their number is always told.
constexpr std::size_t most_incidents = 50;

void look_around(Status& status, const store::Memory& memory, const config::Setup& setup) {
    std::map<core::SubjectId, std::int64_t> behind;
    const auto belief_of = [&](const core::SubjectId& id) {
        const auto found = memory.beliefs.find(id);
        return found == memory.beliefs.end() ? core::Reachability{} : found->second;
    };
    const auto look = [&](const core::SubjectId& id, const std::string& name) {
        auto belief = belief_of(id);
        ++status.count[belief.state];
        if (belief.state == State::suppressed && belief.through) ++behind[*belief.through];
        if (belief.state == State::down) status.troubles.push_back({name, std::move(belief)});
    };
    for (const auto& device : setup.office.devices) {
        if (device.watched()) look(core::subject_of(device.id), device.name);
    }
    for (const auto& link : setup.office.links) look(core::subject_of_link(link.name), link.name);
    for (auto& trouble : status.troubles) {
        for (const auto& device : setup.office.devices) {
            if (device.name == trouble.name) trouble.behind = behind[core::subject_of(device.id)];
        }
    }
    std::ranges::stable_sort(status.troubles, {},
                             [](const auto& trouble) { return trouble.belief.since; });
}

}  // namespace

bool Status::running() const {
    return sign_age && !ended && *sign_age <= believed_alive;
}

core::Result<Status> status_of(store::StateStore& store, const config::Setup& setup,
                               core::WallTime now) {
    const auto memory = store.recall();
    if (!memory) return memory.error();
    auto last_round = store.last_round(setup.daily.after);
    if (!last_round) return last_round.error();
    auto incidents = store.incidents().list({.unresolved_only = true, .subject = {}});
    if (!incidents) return incidents.error();

    Status status;
    status.incidents = std::move(*incidents);
    status.blind_since = memory->blind_since;
    status.last_round = std::move(*last_round);
    if (memory->last_run) {
        status.sign_age = std::max(now - memory->last_run->seen, core::Duration{0});
        status.ended = memory->last_run->ended;
    }
    look_around(status, *memory, setup);
    return status;
}

std::string status_json(const Status& status, const config::Setup& setup,
                        const core::Locale& locale) {
    Json object{{"daemon_running", status.running()}, {"daemon_ended", status.ended}};
    if (status.sign_age)
        object["sign_of_life_age_seconds"] = static_cast<double>(status.sign_age->count()) / 1000.0;
    if (status.blind_since) object["blind_since"] = core::rfc3339(*status.blind_since);
    for (const auto state :
         {State::up, State::down, State::suppressed, State::off, State::unknown}) {
        const auto found = status.count.find(state);
        object["counts"][std::string(core::word(state))] =
            found == status.count.end() ? 0 : found->second;
    }
    object["down"] = Json::array();
    for (const auto& [name, belief, behind] : status.troubles) {
        Json entry{{"name", name}, {"suppressed_behind", behind}};
        if (belief.reason) entry["reason"] = core::render(*belief.reason, locale);
        if (belief.since) entry["since"] = core::rfc3339(*belief.since);
        object["down"].push_back(std::move(entry));
    }
    object["unresolved_incidents"] = status.incidents.size();
    object["incidents"] = Json::array();
    for (const auto& incident : status.incidents) {
        if (object["incidents"].size() == most_incidents) break;
        object["incidents"].push_back(
            Json::parse(hooks::incident_text(incident, setup.office, locale)));
    }
    if (status.last_round) {
        object["last_round"] = {{"id", status.last_round->id.value},
                                {"name", status.last_round->name},
                                {"began", core::rfc3339(status.last_round->began)}};
    }
    return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace rounds::daemon
