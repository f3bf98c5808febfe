#include "daemon/store/intervals.hpp"

#include <algorithm>

#include "daemon/store/beliefs.hpp"
#include "daemon/store/message_text.hpp"

namespace rounds::store {

namespace {

struct Open {
    core::WallTime from;
    std::int64_t known_after = 0;
};

std::optional<Open> open_interval(Database& database, std::int64_t subject) {
    auto query = database.prepare(
        "SELECT from_ms, known_after FROM state_interval WHERE subject = ? AND until_ms IS NULL");
    query.bind(subject);
    if (!query.step()) return std::nullopt;
    Open open;
    open.from = query.next<core::WallTime>();
    open.known_after = query.next<std::int64_t>();
    return open;
}

void close(Database& database, std::int64_t subject, core::WallTime at, std::int64_t known_after) {
    auto query = database.prepare(
        "UPDATE state_interval SET until_ms = ?, end_known_after = ? WHERE subject = ? AND "
        "until_ms IS NULL");
    query.bind(at).bind(known_after).bind(subject).run();
}

void drop(Database& database, std::int64_t subject) {
    database.prepare("DELETE FROM state_interval WHERE subject = ? AND until_ms IS NULL")
        .bind(subject)
        .run();
}

/// An interval as the horizon shows it: an end it does not know, or that came later, is none.
core::StateInterval next_interval(Query& query, const Database& database, const Horizon& horizon) {
    core::StateInterval interval;
    interval.subject.value = query.next<std::string>();
    interval.state = next_state(query, database);
    interval.reason = next_message(query);
    if (auto through = query.next<std::optional<std::string>>())
        interval.through = core::SubjectId{*through};
    interval.from = query.next<core::WallTime>();
    interval.until = query.next<std::optional<core::WallTime>>();
    const auto end_known_after = query.next<std::optional<std::int64_t>>();
    if (interval.until &&
        (*end_known_after >= horizon.number || *interval.until > horizon.finished)) {
        interval.until.reset();
    }
    return interval;
}

}  // namespace

void write_transition(Database& database, Subjects& subjects, const core::Transition& transition,
                      std::int64_t known_after) {
    const std::int64_t subject = subjects.number_of(database, transition.subject);
    core::WallTime at = transition.at;
    if (const auto open = open_interval(database, subject)) {
        at = std::max(at, open->from);
        if (at == open->from && open->known_after == known_after) {
            drop(database, subject);  // It lasted no time, and no round has seen it.
        } else {
            close(database, subject, at, known_after);
        }
    }
    auto query = database.prepare(R"sql(
        INSERT INTO state_interval (subject, from_ms, state, reason, reason_with, through, known_after)
        VALUES (?, ?, ?, ?, ?, ?, ?))sql");
    query.bind(subject).bind(at).bind(core::word(transition.after));
    bind_message(query, transition.reason);
    query.bind(subjects.number_of(database, transition.through)).bind(known_after).run();
}

std::vector<core::StateInterval> read_intervals(Database& database, core::Period period,
                                                const Horizon& horizon) {
    // For each subject: the last interval that began before the period, and those that began within
    // it.
    auto query = database.prepare(R"sql(
        SELECT subject.name, state, reason, reason_with, behind.name, from_ms, until_ms, end_known_after
        FROM subject
        CROSS JOIN state_interval AS i ON i.subject = subject.number
         AND i.from_ms < ?2 AND i.from_ms <= ?3 AND i.known_after < ?4
         AND i.from_ms >= ifnull((SELECT from_ms FROM state_interval AS earlier
                                  WHERE earlier.subject = subject.number AND earlier.from_ms <= ?1
                                    AND earlier.known_after < ?4
                                  ORDER BY from_ms DESC LIMIT 1), ?1)
        LEFT JOIN subject AS behind ON behind.number = i.through
        ORDER BY subject.name, from_ms)sql");
    query.bind(period.from).bind(period.until).bind(horizon.finished).bind(horizon.number);

    std::vector<core::StateInterval> found;
    while (query.step()) {
        auto interval = next_interval(query, database, horizon);
        const bool touches =
            !interval.until || (*interval.until > period.from && *interval.until > interval.from);
        if (touches) found.push_back(std::move(interval));
    }
    return found;
}

void forget_history(Database& database, core::WallTime before, std::int64_t known_to) {
    database.prepare("DELETE FROM echo_quarter WHERE from_ms < ?").bind(before - quarter).run();
    // Subject by subject: each has its oldest first, so nothing is read in vain.
    auto subjects = database.prepare("SELECT number FROM subject");
    while (subjects.step()) {
        auto query = database.prepare(
            "DELETE FROM state_interval WHERE subject = ? AND from_ms < ? AND until_ms < ? AND "
            "end_known_after < ?");
        query.bind(subjects.next<std::int64_t>()).bind(before).bind(before).bind(known_to).run();
    }
}

}  // namespace rounds::store
