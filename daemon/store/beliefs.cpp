#include "daemon/store/beliefs.hpp"

#include <fmt/format.h>

#include "daemon/store/message_text.hpp"
#include "daemon/store/trouble.hpp"

namespace rounds::store {

namespace {

using core::Look;

std::string_view word(Look look) {
    switch (look) {
        case Look::good: return "good";
        case Look::bad: return "bad";
        case Look::none: return "none";
    }
    return "none";
}

Look look_of(std::string_view word) {
    if (word == "good") return Look::good;
    return word == "bad" ? Look::bad : Look::none;  // The schema allows no fourth.
}

void bind_doubt(Query& query, const std::optional<core::Reachability::Doubt>& doubt) {
    if (!doubt) {
        for (int column = 0; column < 6; ++column) query.bind(std::nullopt);
        return;
    }
    query.bind(word(doubt->look)).bind(doubt->in_row).bind(doubt->first).bind(doubt->last);
    query.bind(doubt->own).bind(doubt->unasked);
}

std::optional<core::Reachability::Doubt> next_doubt(Query& query) {
    const auto look = query.next<std::optional<std::string>>();
    core::Reachability::Doubt doubt;
    doubt.in_row = query.next<std::optional<int>>().value_or(0);
    doubt.first = query.next<std::optional<core::WallTime>>().value_or(doubt.first);
    doubt.last = query.next<std::optional<core::WallTime>>().value_or(doubt.last);
    doubt.own = query.next<std::optional<int>>().value_or(0);
    doubt.unasked = query.next<std::optional<int>>().value_or(0);
    if (!look) return std::nullopt;
    doubt.look = look_of(*look);
    return doubt;
}

}  // namespace

void write_belief(Database& database, Subjects& subjects, const core::SubjectId& subject,
                  const core::Reachability& belief) {
    auto query = database.prepare(R"sql(
        INSERT INTO belief (subject, state, since_ms, reason, reason_with, through,
                            doubt_look, doubt_in_row, doubt_first_ms, doubt_last_ms, doubt_own, doubt_unasked)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (subject) DO UPDATE SET
            state = excluded.state, since_ms = excluded.since_ms, reason = excluded.reason,
            reason_with = excluded.reason_with, through = excluded.through, doubt_look = excluded.doubt_look,
            doubt_in_row = excluded.doubt_in_row, doubt_first_ms = excluded.doubt_first_ms,
            doubt_last_ms = excluded.doubt_last_ms, doubt_own = excluded.doubt_own,
            doubt_unasked = excluded.doubt_unasked)sql");
    query.bind(subjects.number_of(database, subject))
        .bind(core::word(belief.state))
        .bind(belief.since);
    bind_message(query, belief.reason);
    query.bind(subjects.number_of(database, belief.through));
    bind_doubt(query, belief.doubt);
    query.run();
}

std::map<core::SubjectId, core::Reachability> read_beliefs(Database& database) {
    auto query = database.prepare(R"sql(
        SELECT subject.name, state, since_ms, reason, reason_with, behind.name,
               doubt_look, doubt_in_row, doubt_first_ms, doubt_last_ms, doubt_own, doubt_unasked
        FROM belief
        JOIN subject ON subject.number = belief.subject
        LEFT JOIN subject AS behind ON behind.number = belief.through)sql");

    std::map<core::SubjectId, core::Reachability> found;
    while (query.step()) {
        auto& belief = found[core::SubjectId{query.next<std::string>()}];
        belief.state = next_state(query, database);
        belief.since = query.next<std::optional<core::WallTime>>();
        belief.reason = next_message(query);
        if (auto through = query.next<std::optional<std::string>>())
            belief.through = core::SubjectId{*through};
        belief.doubt = next_doubt(query);
    }
    return found;
}

core::State next_state(Query& query, const Database& database) {
    const auto word = query.next<std::string>();
    const auto state = core::state_of(word);
    if (!state) throw Trouble(damage(database.file(), fmt::format("\"{}\" is no state", word)));
    return *state;
}

}  // namespace rounds::store
