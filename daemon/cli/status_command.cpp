#include <algorithm>
#include <map>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/text.hpp"
#include "core/time_format.hpp"
#include "daemon/cli/commands.hpp"
#include "daemon/cli/progress_bar.hpp"
#include "daemon/cli/speak.hpp"
#include "daemon/store/state_store.hpp"
#include "daemon/system/real_clock.hpp"

namespace rounds::daemon {

namespace {

using core::MessageId;
using core::State;
using Heads = std::optional<store::StateStore::RoundHead>;

/// The daemon gives a sign of life three times a minute.
constexpr core::Duration believed_alive = std::chrono::seconds(60);

struct Trouble {
    std::string name;
    core::Reachability belief;
    std::int64_t behind = 0;
};

/// What is on the one screen.
struct Picture {
    std::vector<Trouble> troubles;  ///< What is down, the longest first.
    std::map<State, std::int64_t> count;
    std::optional<core::Duration> sign_age;  ///< Since the last sign of life; empty: never ran.
    bool ended = false;
    std::optional<core::WallTime> blind_since;
    Heads last_round;

    [[nodiscard]] bool running() const { return sign_age && !ended && *sign_age <= believed_alive; }
};

Picture picture_of(const store::Memory& memory, const config::Setup& setup, Heads last_round,
                   core::WallTime now) {
    Picture picture{.blind_since = memory.blind_since, .last_round = std::move(last_round)};
    if (memory.last_run) {
        picture.sign_age = std::max(now - memory.last_run->seen, core::Duration{0});
        picture.ended = memory.last_run->ended;
    }
    std::map<core::SubjectId, std::int64_t> behind;
    const auto belief_of = [&](const core::SubjectId& id) {
        const auto found = memory.beliefs.find(id);
        return found == memory.beliefs.end() ? core::Reachability{} : found->second;
    };
    const auto look = [&](const core::SubjectId& id, const std::string& name) {
        auto belief = belief_of(id);
        ++picture.count[belief.state];
        if (belief.state == State::suppressed && belief.through) ++behind[*belief.through];
        if (belief.state == State::down) picture.troubles.push_back({name, std::move(belief)});
    };
    for (const auto& device : setup.office.devices) {
        if (device.due()) look(core::subject_of(device.id), device.name);
    }
    for (const auto& link : setup.office.links) look(core::subject_of_link(link.name), link.name);
    for (auto& trouble : picture.troubles) {
        for (const auto& device : setup.office.devices) {
            if (device.name == trouble.name) trouble.behind = behind[core::subject_of(device.id)];
        }
    }
    std::ranges::stable_sort(picture.troubles, {}, [](const Trouble& t) { return t.belief.since; });
    return picture;
}

std::string words_of(MessageId id, const core::Locale& locale,
                     std::vector<std::pair<std::string, core::Value>> with = {}) {
    return core::render({id, std::move(with)}, locale);
}

std::string daemon_line(const Picture& picture, const core::Locale& locale) {
    if (!picture.sign_age) return words_of(MessageId::cli_daemon_never, locale);
    const auto id = picture.running() ? MessageId::cli_daemon_alive
                    : picture.ended   ? MessageId::cli_daemon_ended
                                      : MessageId::cli_daemon_gone;
    return words_of(id, locale, {{"ago", *picture.sign_age}});
}

std::string text_of(const Picture& picture, const core::Locale& locale) {
    auto count = [&](State state) {
        return picture.count.contains(state) ? picture.count.at(state) : 0;
    };
    std::string text;
    if (picture.troubles.empty()) {
        if (count(State::unknown) == 0 && picture.running())
            text += words_of(MessageId::cli_all_well, locale) + "\n";
    } else {
        text += words_of(MessageId::cli_wrong_now, locale,
                         {{"count", static_cast<std::int64_t>(picture.troubles.size())}}) +
                "\n";
    }
    for (const auto& trouble : picture.troubles) {
        text += fmt::format("  {}  ", core::printable(trouble.name, 60));
        if (trouble.belief.reason) text += core::render(*trouble.belief.reason, locale);
        if (trouble.belief.since)
            text +=
                "  " + words_of(MessageId::cli_since, locale, {{"since", *trouble.belief.since}});
        if (trouble.behind > 0)
            text += "  " + words_of(MessageId::cli_behind, locale, {{"count", trouble.behind}});
        text += "\n";
    }
    if (picture.blind_since)
        text += words_of(MessageId::cli_blind, locale, {{"since", *picture.blind_since}}) + "\n";
    text += words_of(MessageId::cli_counts, locale,
                     {{"up", count(State::up)},
                      {"down", count(State::down)},
                      {"suppressed", count(State::suppressed)},
                      {"off", count(State::off)},
                      {"unknown", count(State::unknown)}}) +
            "\n";
    text += picture.last_round ? words_of(MessageId::cli_last_round, locale,
                                          {{"name", picture.last_round->name},
                                           {"at", picture.last_round->began},
                                           {"id", picture.last_round->id.value}})
                               : words_of(MessageId::cli_no_round, locale);
    return text + "\n" + daemon_line(picture, locale) + "\n";
}

std::string json_of(const Picture& picture, const core::Locale& locale) {
    nlohmann::ordered_json object{{"daemon_running", picture.running()}};
    if (picture.sign_age)
        object["sign_of_life_age_seconds"] =
            static_cast<double>(picture.sign_age->count()) / 1000.0;
    if (picture.blind_since) object["blind_since"] = core::rfc3339(*picture.blind_since);
    for (const auto state :
         {State::up, State::down, State::suppressed, State::off, State::unknown}) {
        object["counts"][std::string(core::word(state))] =
            picture.count.contains(state) ? picture.count.at(state) : 0;
    }
    object["down"] = nlohmann::ordered_json::array();
    for (const auto& trouble : picture.troubles) {
        nlohmann::ordered_json entry{{"name", trouble.name}, {"suppressed_behind", trouble.behind}};
        if (trouble.belief.reason) entry["reason"] = core::render(*trouble.belief.reason, locale);
        if (trouble.belief.since) entry["since"] = core::rfc3339(*trouble.belief.since);
        object["down"].push_back(std::move(entry));
    }
    if (picture.last_round) {
        object["last_round"] = {{"id", picture.last_round->id.value},
                                {"name", picture.last_round->name},
                                {"began", core::rfc3339(picture.last_round->began)}};
    }
    return object.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

int code_of(const Picture& picture) {
    if (!picture.troubles.empty()) return 2;
    if (!picture.running() || picture.blind_since) return 3;
    return 0;
}

}  // namespace

int status(const StatusOptions& options) {
    const auto loaded = config::load(options.config);
    if (!loaded.setup) return complain(loaded.problems);
    auto store = store::StateStore::open_read_only(loaded.setup->state);
    if (!store) return complain(store.error(), 3);
    const auto memory = store->recall();
    if (!memory) return complain(memory.error(), 3);
    const auto last_round = store->last_round(loaded.setup->daily.after);
    if (!last_round) return complain(last_round.error(), 3);

    const auto picture = picture_of(*memory, *loaded.setup, *last_round, RealClock().wall());
    const auto locale = locale_of(*loaded.setup, options.locale);
    return say(options.json ? json_of(picture, locale) : text_of(picture, locale),
               code_of(picture));
}

}  // namespace rounds::daemon
