#include "tests/store/model.hpp"

#include <algorithm>

namespace rounds::store {

namespace {

constexpr core::Duration second{1'000};
constexpr core::Duration quarter{900'000};

}  // namespace

void Model::begin_run(core::WallTime now) {
    runs_.push_back({now, now, false});
}

void Model::end_run(core::WallTime now) {
    runs_.back().seen = std::max(runs_.back().seen, now);
    runs_.back().ended = true;
}

void Model::commit(const Changes& changes) {
    for (const auto& [subject, belief] : changes.beliefs) beliefs_[subject] = belief;
    for (const auto& transition : changes.transitions) take(transition);
    for (const auto& echo : changes.echoes) take(echo);
    if (changes.alive) runs_.back().seen = std::max(runs_.back().seen, *changes.alive);
    take_blindness(changes.blind_from, changes.blind_until);
    for (const auto& change : changes.incidents) take(change);
    for (const auto& [subject, change] : changes.item_changes) {
        auto& items = items_[subject];
        items.erase(change.id);
        if (change.after != core::Verdict::ok) {
            items[change.id] = {
                .verdict = change.after, .message = change.message, .since = change.at};
        }
        if (items.empty()) items_.erase(subject);
    }
    for (const auto& round : changes.rounds) records_.push_back(record_of(round));
}

void Model::take(const core::Transition& transition) {
    auto& states = intervals_[transition.subject];
    core::WallTime at = transition.at;
    if (!states.empty()) {
        at = std::max(at, states.back().from);
        states.back().until = at;
        if (states.back().from == at) states.pop_back();
    }
    states.push_back({transition.subject, transition.after, transition.reason, transition.through,
                      at, std::nullopt});
}

void Model::take(const core::EchoSummary& echo) {
    auto& quarters = echoes_[echo.subject];
    const auto [place, fresh] = quarters.emplace(echo.from, echo);
    if (fresh) return;
    core::EchoSummary& sum = place->second;
    if (echo.rtt_count > 0) {
        sum.rtt_min_us =
            sum.rtt_count > 0 ? std::min(sum.rtt_min_us, echo.rtt_min_us) : echo.rtt_min_us;
        sum.rtt_max_us =
            sum.rtt_count > 0 ? std::max(sum.rtt_max_us, echo.rtt_max_us) : echo.rtt_max_us;
    }
    sum.sent += echo.sent;
    sum.received += echo.received;
    sum.rtt_count += echo.rtt_count;
    sum.rtt_sum_us += echo.rtt_sum_us;
    sum.jitter_count += echo.jitter_count;
    sum.jitter_sum_us += echo.jitter_sum_us;
}

void Model::take(const IncidentChange& change) {
    const auto same = [&](const IncidentLife& life) {
        return life.memory.incident.id == change.after.incident.id;
    };
    auto life = std::ranges::find_if(incidents_, same);
    if (life == incidents_.end()) life = incidents_.insert(incidents_.end(), IncidentLife{});
    life->memory = change.after;
    for (const auto& event : change.events) {
        life->events.push_back(event);
        life->after.push_back(change.after.incident);
        life->hooks.push_back(change.hooks);
    }
}

void Model::take_blindness(std::optional<core::WallTime> from,
                           std::optional<core::WallTime> until) {
    const bool blind = !blind_.empty() && !blind_.back().until;
    if (from && !blind) blind_.push_back({core::Gap::Cause::blind, *from, std::nullopt});
    if (until && !blind_.empty() && !blind_.back().until)
        blind_.back().until = std::max(*until, blind_.back().from);
}

Memory Model::memory() const {
    Memory memory;
    memory.beliefs = beliefs_;
    memory.items = items_;
    if (!runs_.empty()) memory.last_run = runs_.back();
    if (!runs_.empty()) memory.first_started = runs_.front().started;
    if (!blind_.empty() && !blind_.back().until) memory.blind_since = blind_.back().from;
    std::map<core::Condition, core::IncidentMemory> last;
    for (const auto& life : incidents_)
        last.insert_or_assign(life.memory.incident.condition, life.memory);
    for (const auto& life : incidents_) {
        if (last.at(life.memory.incident.condition) == life.memory)
            memory.incidents.push_back(life.memory);
        const auto& id = life.memory.incident.id.value;
        auto& given = memory.incident_numbers[id.substr(0, id.rfind('-'))];
        given = std::max(given, std::stoi(id.substr(id.rfind('-') + 1)));
    }
    return memory;
}

std::vector<core::Gap> Model::gaps(core::Period period) const {
    return gaps({std::min(period.from, period.until), period.until}, core::WallTime::max());
}

std::vector<core::Gap> Model::gaps(core::Period period, core::WallTime finished) const {
    std::vector<core::Gap> found;
    for (std::size_t run = 1; run < runs_.size(); ++run) {
        const auto from = runs_[run - 1].seen, until = runs_[run].started;
        if (until - from < second || until <= period.from || from >= period.until) continue;
        found.push_back({core::Gap::Cause::not_running, from, until});
    }
    for (core::Gap gap : blind_) {
        if (gap.from > finished) continue;
        if (gap.until && *gap.until > finished) gap.until.reset();
        if (gap.until && *gap.until - gap.from < second) continue;
        if (gap.from < period.until && (!gap.until || *gap.until > period.from))
            found.push_back(gap);
    }
    std::ranges::stable_sort(found, {}, &core::Gap::from);
    return found;
}

core::DayRecord Model::record_of(const core::RoundRecord& round) const {
    core::DayRecord record;
    record.round = round;
    const core::Period covered{std::min(round.covered.from, round.covered.until),
                               round.covered.until};
    for (const auto& [subject, states] : intervals_) {
        for (core::StateInterval state : states) {
            if (state.from > round.finished || state.from >= covered.until) continue;
            if (state.until && *state.until > round.finished) state.until.reset();
            if (!state.until || *state.until > covered.from) record.intervals.push_back(state);
        }
    }
    for (const auto& [subject, quarters] : echoes_) {
        for (const auto& [from, echo] : quarters) {
            if (from + quarter > covered.from && from < covered.until)
                record.echoes.push_back(echo);
        }
    }
    record.gaps = gaps(covered, round.finished);
    for (const auto& life : incidents_) {
        const auto& resolved = life.memory.incident.resolved;
        if (!resolved || *resolved > covered.from)
            record.incidents.push_back({life.memory.incident, life.events});
    }
    return record;
}

}  // namespace rounds::store
