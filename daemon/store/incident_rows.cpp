#include "daemon/store/incident_rows.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "daemon/store/message_text.hpp"
#include "daemon/store/name_list.hpp"
#include "daemon/store/trouble.hpp"

namespace rounds::store {

namespace {

/// Since when it is both resolved and well; empty while it is not both.
std::optional<core::WallTime> over_since(const core::Incident& incident) {
    if (!incident.resolved || !incident.recovered) return std::nullopt;
    return std::max(*incident.resolved, *incident.recovered);
}

/// "GZ-20261124-0007" counts for the day "GZ-20261124".
void write_number_given(Database& database, const core::IncidentId& id) {
    const auto dash = id.value.rfind('-');
    if (dash == std::string::npos) return;
    int number = 0;
    std::from_chars(id.value.data() + dash + 1, id.value.data() + id.value.size(), number);
    database
        .prepare(
            "INSERT INTO incident_day (day, last) VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET "
            "last "
            "= max(last, excluded.last)")
        .bind(id.value.substr(0, dash))
        .bind(number)
        .run();
}

std::int64_t write_new(Database& database, Subjects& subjects, const core::Incident& incident,
                       std::int64_t known_after) {
    std::optional<std::int64_t> subject;
    if (!incident.condition.subject.empty())
        subject = subjects.number_of(database, incident.condition.subject);
    auto query = database.prepare(R"sql(
        INSERT INTO incident (id, subject, item, instance, name, began_ms, opened_ms, resolved_ms,
                              ended_known_after, changes, known_after)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, '[]', ?10))sql");
    query.bind(incident.id.value).bind(subject).bind(incident.condition.item);
    query.bind(incident.condition.instance).bind(incident.name);
    query.bind(incident.began).bind(incident.opened).bind(incident.resolved);
    query.bind(incident.resolved ? std::optional{known_after} : std::nullopt);
    query.bind(known_after).run();
    write_number_given(database, incident.id);
    return *number_of(database, incident.id);
}

/// The row of the incident, made when it is not there, and what the row itself says of its state.
std::int64_t write_head(Database& database, Subjects& subjects, const core::IncidentMemory& after,
                        std::int64_t known_after) {
    const auto& incident = after.incident;
    auto number = number_of(database, incident.id);
    if (!number) number = write_new(database, subjects, incident, known_after);
    auto query = database.prepare(R"sql(
        UPDATE incident
        SET ended_known_after = CASE WHEN ?1 IS NULL THEN NULL WHEN resolved_ms IS ?1 THEN ended_known_after
                                     ELSE ?2 END,
            resolved_ms = ?1, over_ms = ?3, changes = ?4
        WHERE number = ?5)sql");
    query.bind(incident.resolved).bind(known_after).bind(over_since(incident));
    query.bind(text_of(after.changes)).bind(*number).run();
    return *number;
}

void bind_version(Query& query, const core::Incident& incident) {
    query.bind(static_cast<int>(incident.severity)).bind(core::word(incident.verdict));
    query.bind(core::word(incident.state));
    bind_message(query, incident.summary);
    query.bind(incident.acknowledged).bind(incident.acknowledged_by);
    query.bind(incident.recovered).bind(incident.resolved).bind(incident.flapping);
    query.bind(text_of(incident.suppressed));
}

/// Writes over the last version, when that was of no event and no round has seen it.
bool refresh_version(Database& database, std::int64_t number, const core::Incident& incident,
                     std::int64_t known_after) {
    auto last = database.prepare(R"sql(
        SELECT number, by_event, known_after FROM incident_version
        WHERE incident = ? ORDER BY number DESC LIMIT 1)sql");
    last.bind(number);
    if (!last.step()) return false;
    const auto version = last.next<std::int64_t>();
    const bool by_event = last.next<bool>();
    if (by_event || last.next<std::int64_t>() != known_after) return false;
    auto query = database.prepare(R"sql(
        UPDATE incident_version
        SET severity = ?, verdict = ?, state = ?, summary = ?, summary_with = ?, acknowledged_ms = ?,
            acknowledged_by = ?, recovered_ms = ?, resolved_ms = ?, flapping = ?, suppressed = ?
        WHERE number = ?)sql");
    bind_version(query, incident);
    query.bind(version).run();
    return true;
}

void write_version(Database& database, std::int64_t number, const IncidentChange& change,
                   std::int64_t known_after) {
    const auto& [after, events, hooks] = change;
    if (events.empty() && refresh_version(database, number, after.incident, known_after)) return;
    auto query = database.prepare(R"sql(
        INSERT INTO incident_version
               (severity, verdict, state, summary, summary_with, acknowledged_ms, acknowledged_by,
                recovered_ms, resolved_ms, flapping, suppressed, incident, event, by_event, known_after)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql");
    bind_version(query, after.incident);
    query.bind(number).bind(after.events).bind(!events.empty()).bind(known_after).run();
}

void write_event(Database& database, std::int64_t number, const core::IncidentEvent& event,
                 std::int64_t known_after) {
    auto query = database.prepare(R"sql(
        INSERT INTO incident_event (incident, number, id, kind, at_ms, actor, reason, reason_with, comment,
                                    version, known_after)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?,
                (SELECT max(number) FROM incident_version WHERE incident = ?1), ?))sql");
    query.bind(number).bind(event.number).bind(event.id.value).bind(core::word(event.kind));
    query.bind(event.at).bind(event.actor);
    bind_message(query, event.reason);
    query.bind(event.comment).bind(known_after).run();
}

std::string bad_word(std::string_view what, std::string_view word) {
    return fmt::format("\"{}\" is no {} of an incident", word, what);
}

template <class T>
T known(const Database& database, std::optional<T> value, std::string_view what,
        std::string_view word) {
    if (!value) throw Trouble(damage(database.file(), bad_word(what, word)));
    return *value;
}

/// What a version says; a summary that this version of Rounds has no words for is "?".
void next_version(Query& query, const Database& database, core::Incident& incident) {
    incident.severity = static_cast<core::Severity>(query.next<int>());
    const auto verdict = query.next<std::string>();
    incident.verdict = known(database, core::verdict_of(verdict), "verdict", verdict);
    const auto state = query.next<std::string>();
    incident.state = known(database, core::incident_state_of(state), "state", state);
    incident.summary =
        next_message(query).value_or(core::Message{core::MessageId::incident_unknown_reason});
    incident.acknowledged = query.next<std::optional<core::WallTime>>();
    incident.acknowledged_by = query.next<std::string>();
    incident.recovered = query.next<std::optional<core::WallTime>>();
    incident.resolved = query.next<std::optional<core::WallTime>>();
    incident.flapping = query.next<bool>();
    incident.suppressed = subjects_of(query.next<std::string>());
}

/// What never changes.
core::Incident read_head(Database& database, std::int64_t number) {
    auto query = database.prepare(R"sql(
        SELECT incident.id, subject.name, item, instance, incident.name, began_ms, opened_ms
        FROM incident LEFT JOIN subject ON subject.number = incident.subject
        WHERE incident.number = ?)sql");
    query.bind(number).step();
    core::Incident incident;
    incident.id.value = query.next<std::string>();
    incident.condition.subject.value = query.next<std::optional<std::string>>().value_or("");
    incident.condition.item = query.next<std::string>();
    incident.condition.instance = query.next<std::string>();
    incident.name = query.next<std::string>();
    incident.began = query.next<core::WallTime>();
    incident.opened = query.next<core::WallTime>();
    return incident;
}

/// The incident as the horizon shows it.
core::Incident read_incident(Database& database, std::int64_t number, const Horizon& horizon) {
    auto incident = read_head(database, number);
    auto query = database.prepare(R"sql(
        SELECT severity, verdict, state, summary, summary_with, acknowledged_ms, acknowledged_by,
               recovered_ms, resolved_ms, flapping, suppressed
        FROM incident_version WHERE incident = ? AND known_after < ?
        ORDER BY number DESC LIMIT 1)sql");
    if (query.bind(number).bind(horizon.number).step()) next_version(query, database, incident);
    return incident;
}

core::IncidentEvent next_event(Query& query, const Database& database) {
    core::IncidentEvent event;
    event.incident.value = query.next<std::string>();
    event.number = query.next<int>();
    event.id.value = query.next<std::string>();
    const auto kind = query.next<std::string>();
    event.kind = known(database, core::incident_event_of(kind), "event", kind);
    event.at = query.next<core::WallTime>();
    event.actor = query.next<std::string>();
    event.reason = next_message(query);
    event.comment = query.next<std::string>();
    return event;
}

}  // namespace

void write_incident(Database& database, Subjects& subjects, const IncidentChange& change,
                    std::int64_t known_after) {
    const auto number = write_head(database, subjects, change.after, known_after);
    write_version(database, number, change, known_after);
    for (const auto& event : change.events) {
        write_event(database, number, event, known_after);
        for (const auto& hook : change.hooks) {
            database.prepare("INSERT INTO delivery (hook, incident, event) VALUES (?, ?, ?)")
                .bind(hook)
                .bind(number)
                .bind(event.number)
                .run();
        }
    }
}

std::optional<std::int64_t> number_of(Database& database, const core::IncidentId& id) {
    auto query = database.prepare("SELECT number FROM incident WHERE id = ?");
    if (!query.bind(id.value).step()) return std::nullopt;
    return query.next<std::int64_t>();
}

core::Incident read_incident(Database& database, std::int64_t number) {
    return read_incident(database, number, Horizon{});
}

core::Incident read_incident_after(Database& database, std::int64_t number, int event) {
    auto incident = read_head(database, number);
    auto query = database.prepare(R"sql(
        SELECT severity, verdict, state, summary, summary_with, acknowledged_ms, acknowledged_by,
               recovered_ms, resolved_ms, flapping, suppressed
        FROM incident_event AS e JOIN incident_version AS v ON v.number = e.version
        WHERE e.incident = ? AND e.number = ?)sql");
    if (query.bind(number).bind(event).step()) next_version(query, database, incident);
    return incident;
}

core::IncidentEvent read_event(Database& database, std::int64_t number, int event) {
    auto query = database.prepare(R"sql(
        SELECT incident.id, e.number, e.id, kind, at_ms, actor, reason, reason_with, comment
        FROM incident_event AS e JOIN incident ON incident.number = e.incident
        WHERE e.incident = ? AND e.number = ?)sql");
    query.bind(number).bind(event).step();
    return next_event(query, database);
}

core::IncidentMemory read_memory(Database& database, std::int64_t number) {
    core::IncidentMemory memory{.incident = read_incident(database, number)};
    auto query = database.prepare(R"sql(
        SELECT changes, (SELECT max(number) FROM incident_event WHERE incident = ?1)
        FROM incident WHERE number = ?1)sql");
    query.bind(number).step();
    memory.changes = moments_of(query.next<std::string>());
    memory.events = query.next<std::optional<int>>().value_or(0);
    return memory;
}

core::IncidentHistory read_history(Database& database, std::int64_t number,
                                   const Horizon& horizon) {
    core::IncidentHistory history{.incident = read_incident(database, number, horizon)};
    auto query = database.prepare(R"sql(
        SELECT incident.id, e.number, e.id, kind, at_ms, actor, reason, reason_with, comment
        FROM incident_event AS e JOIN incident ON incident.number = e.incident
        WHERE e.incident = ? AND e.known_after < ?
        ORDER BY e.number)sql");
    query.bind(number).bind(horizon.number);
    while (query.step()) history.events.push_back(next_event(query, database));
    return history;
}

std::vector<core::IncidentMemory> read_remembered(Database& database) {
    auto query = database.prepare(R"sql(
        SELECT number FROM incident AS this
        WHERE (over_ms IS NULL OR over_ms > ifnull((SELECT max(seen_ms) FROM run), 0) - ?)
          AND NOT EXISTS (SELECT 1 FROM incident AS later
                          WHERE ifnull(later.subject, 0) = ifnull(this.subject, 0)
                            AND later.item = this.item AND later.instance = this.instance
                            AND later.number > this.number)
        ORDER BY +number)sql");
    query.bind(core::longest_memory);
    std::vector<core::IncidentMemory> found;
    while (query.step()) found.push_back(read_memory(database, query.next<std::int64_t>()));
    return found;
}

std::map<std::string, int> read_incident_numbers(Database& database) {
    auto query = database.prepare("SELECT day, last FROM incident_day");
    std::map<std::string, int> numbers;
    while (query.step()) {
        auto& last = numbers[query.next<std::string>()];
        last = query.next<int>();
    }
    return numbers;
}

std::vector<core::IncidentHistory> read_incidents_since(Database& database, core::WallTime from,
                                                        const Horizon& horizon) {
    auto query = database.prepare(R"sql(
        SELECT number FROM incident AS this
        WHERE (resolved_ms IS NULL OR resolved_ms > ?1 OR ended_known_after >= ?2) AND known_after < ?2
        ORDER BY +number)sql");
    query.bind(from).bind(horizon.number);
    std::vector<core::IncidentHistory> found;
    while (query.step()) {
        auto history = read_history(database, query.next<std::int64_t>(), horizon);
        const auto& resolved = history.incident.resolved;
        if (!resolved || *resolved > from) found.push_back(std::move(history));
    }
    return found;
}

void forget_incidents(Database& database, core::WallTime before, std::int64_t known_to) {
    database
        .prepare(R"sql(
        DELETE FROM incident
        WHERE over_ms < ? AND ended_known_after < ?
          AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.incident = incident.number AND state = 'pending'))sql")
        .bind(before)
        .bind(known_to)
        .run();
}

}  // namespace rounds::store
