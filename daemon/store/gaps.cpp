#include "daemon/store/gaps.hpp"

#include <algorithm>

namespace rounds::store {

namespace {

constexpr core::Duration shortest_gap{1'000};

std::optional<core::WallTime> first_moment(Query& query) {
    if (!query.step()) return std::nullopt;
    return query.next<core::WallTime>();
}

void add_not_running(Database& database, core::Period period, const Horizon& horizon,
                     std::vector<core::Gap>& gaps) {
    auto query = database.prepare(R"sql(
        SELECT before.seen_ms, after.started_ms
        FROM run AS after JOIN run AS before ON before.number = after.number - 1
        WHERE after.started_ms - before.seen_ms >= ? AND after.started_ms > ? AND before.seen_ms < ?
          AND after.known_after < ?)sql");
    query.bind(shortest_gap).bind(period.from).bind(period.until).bind(horizon.number);
    while (query.step()) {
        core::Gap gap;
        gap.from = query.next<core::WallTime>();
        gap.until = query.next<core::WallTime>();
        gaps.push_back(gap);
    }
}

void add_blind(Database& database, core::Period period, const Horizon& horizon,
               std::vector<core::Gap>& gaps) {
    auto query = database.prepare(R"sql(
        SELECT from_ms, until_ms, end_known_after FROM blindness
        WHERE from_ms < ? AND from_ms <= ? AND known_after < ?)sql");
    query.bind(period.until).bind(horizon.finished).bind(horizon.number);
    while (query.step()) {
        core::Gap gap;
        gap.cause = core::Gap::Cause::blind;
        gap.from = query.next<core::WallTime>();
        gap.until = query.next<std::optional<core::WallTime>>();
        const auto end_known_after = query.next<std::optional<std::int64_t>>();
        if (gap.until && (*end_known_after >= horizon.number || *gap.until > horizon.finished))
            gap.until.reset();
        if (gap.until && (*gap.until <= period.from || *gap.until - gap.from < shortest_gap))
            continue;
        gaps.push_back(gap);
    }
}

}  // namespace

std::int64_t write_run(Database& database, core::WallTime started) {
    database.prepare("INSERT INTO run (started_ms, seen_ms, known_after) VALUES (?1, ?1, ?2)")
        .bind(started)
        .bind(last_round_number(database))
        .run();
    return database.number("SELECT max(number) FROM run");
}

void write_seen(Database& database, std::int64_t run, core::WallTime seen) {
    database.prepare("UPDATE run SET seen_ms = max(seen_ms, ?) WHERE number = ?")
        .bind(seen)
        .bind(run)
        .run();
}

void write_run_end(Database& database, std::int64_t run, core::WallTime ended) {
    write_seen(database, run, ended);
    database.prepare("UPDATE run SET ended = 1 WHERE number = ?").bind(run).run();
}

std::optional<Run> read_last_run(Database& database) {
    auto query =
        database.prepare("SELECT started_ms, seen_ms, ended FROM run ORDER BY number DESC LIMIT 1");
    if (!query.step()) return std::nullopt;
    Run run;
    run.started = query.next<core::WallTime>();
    run.seen = query.next<core::WallTime>();
    run.ended = query.next<bool>();
    return run;
}

std::optional<core::WallTime> read_first_started(Database& database) {
    auto query = database.prepare("SELECT started_ms FROM run ORDER BY number LIMIT 1");
    return first_moment(query);
}

void write_blind_from(Database& database, core::WallTime from, std::int64_t known_after) {
    database
        .prepare(
            "INSERT INTO blindness (from_ms, known_after) VALUES (?, ?) ON CONFLICT DO NOTHING")
        .bind(from)
        .bind(known_after)
        .run();
}

void write_blind_until(Database& database, core::WallTime until, std::int64_t known_after) {
    database
        .prepare(R"sql(
        UPDATE blindness SET until_ms = max(from_ms, ?), end_known_after = ? WHERE until_ms IS NULL)sql")
        .bind(until)
        .bind(known_after)
        .run();
}

std::optional<core::WallTime> read_blind_since(Database& database) {
    auto query = database.prepare("SELECT from_ms FROM blindness WHERE until_ms IS NULL");
    return first_moment(query);
}

std::vector<core::Gap> read_gaps(Database& database, core::Period period, const Horizon& horizon) {
    std::vector<core::Gap> gaps;
    add_not_running(database, period, horizon, gaps);
    add_blind(database, period, horizon, gaps);
    std::ranges::stable_sort(gaps, {}, &core::Gap::from);
    return gaps;
}

void forget_gaps(Database& database, core::WallTime before, std::int64_t known_to) {
    database
        .prepare(R"sql(
        DELETE FROM run
        WHERE number > (SELECT min(number) FROM run)
          AND EXISTS (SELECT 1 FROM run AS next WHERE next.number = run.number + 1 AND next.started_ms < ?))sql")
        .bind(before)
        .run();
    database.prepare("DELETE FROM blindness WHERE until_ms < ? AND end_known_after < ?")
        .bind(before)
        .bind(known_to)
        .run();
}

}  // namespace rounds::store
