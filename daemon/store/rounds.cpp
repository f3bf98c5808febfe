#include "daemon/store/rounds.hpp"

#include "daemon/store/round_results.hpp"

namespace rounds::store {

namespace {

StateStore::RoundHead next_head(Query& query) {
    StateStore::RoundHead head;
    head.id.value = query.next<std::string>();
    head.name = query.next<std::string>();
    head.scheduled = query.next<core::WallTime>();
    head.began = query.next<core::WallTime>();
    head.finished = query.next<core::WallTime>();
    head.by_hand = query.next<bool>();
    return head;
}

std::vector<core::Period> read_hours(Database& database, std::int64_t round) {
    auto query = database.prepare(
        "SELECT from_ms, until_ms FROM round_hours WHERE round = ? ORDER BY position");
    query.bind(round);
    std::vector<core::Period> hours;
    while (query.step()) {
        const auto from = query.next<core::WallTime>();
        hours.push_back({from, query.next<core::WallTime>()});
    }
    return hours;
}

void write_self(Database& database, std::int64_t round, const core::SelfReport& self) {
    auto query = database.prepare(R"sql(
        INSERT INTO round_self (round, since_ms, ping_looks, ping_late, ping_overran, ping_latest_ms,
                                snmp_looks, snmp_late, snmp_overran, snmp_latest_ms,
                                writes, writing_ms, longest_write_ms)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql");
    query.bind(round).bind(self.since);
    for (const auto& looks : {self.ping, self.snmp}) {
        query.bind(looks.count).bind(looks.late).bind(looks.overran);
        query.bind(looks.latest.count());
    }
    query.bind(self.writes).bind(self.writing.count()).bind(self.longest_write.count()).run();
}

std::optional<core::SelfReport> read_self(Database& database, std::int64_t round) {
    auto query = database.prepare(R"sql(
        SELECT since_ms, ping_looks, ping_late, ping_overran, ping_latest_ms,
               snmp_looks, snmp_late, snmp_overran, snmp_latest_ms,
               writes, writing_ms, longest_write_ms
        FROM round_self WHERE round = ?)sql");
    query.bind(round);
    if (!query.step()) return std::nullopt;
    const auto next_time = [&] { return core::Duration{query.next<std::int64_t>()}; };
    core::SelfReport self;
    self.since = query.next<core::WallTime>();
    for (auto* looks : {&self.ping, &self.snmp}) {
        looks->count = query.next<std::int64_t>();
        looks->late = query.next<std::int64_t>();
        looks->overran = query.next<std::int64_t>();
        looks->latest = next_time();
    }
    self.writes = query.next<std::int64_t>();
    self.writing = next_time();
    self.longest_write = next_time();
    return self;
}

std::int64_t write_head(Database& database, const core::RoundRecord& round) {
    auto query = database.prepare(R"sql(
        INSERT INTO round (id, name, site, scheduled_ms, began_ms, finished_ms, by_hand,
                           covered_from_ms, covered_until_ms)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?))sql");
    query.bind(round.id.value).bind(round.name).bind(round.site);
    query.bind(round.scheduled).bind(round.began).bind(round.finished).bind(round.by_hand);
    query.bind(round.covered.from).bind(round.covered.until).run();
    return last_round_number(database);
}

}  // namespace

void write_round(Database& database, const core::RoundRecord& round) {
    const std::int64_t number = write_head(database, round);
    if (round.self) write_self(database, number, *round.self);
    for (std::size_t place = 0; place < round.working_hours.size(); ++place) {
        database
            .prepare(
                "INSERT INTO round_hours (round, position, from_ms, until_ms) VALUES (?, ?, ?, ?)")
            .bind(number)
            .bind(place)
            .bind(round.working_hours[place].from)
            .bind(round.working_hours[place].until)
            .run();
    }
    for (std::size_t place = 0; place < round.devices.size(); ++place) {
        write_device_result(database, number, place, round.devices[place]);
    }
    for (std::size_t place = 0; place < round.links.size(); ++place) {
        write_link_result(database, number, place, round.links[place]);
    }
}

std::vector<StateStore::RoundHead> read_rounds_begun(Database& database, core::Period period) {
    auto query = database.prepare(R"sql(
        SELECT id, name, scheduled_ms, began_ms, finished_ms, by_hand FROM round
        WHERE began_ms >= ? AND began_ms < ?
        ORDER BY began_ms, number)sql");
    query.bind(period.from).bind(period.until);
    std::vector<StateStore::RoundHead> found;
    while (query.step()) found.push_back(next_head(query));
    return found;
}

std::optional<StateStore::RoundHead> read_last_round(Database& database, const std::string& name,
                                                     Asked asked) {
    auto query = database.prepare(R"sql(
        SELECT id, name, scheduled_ms, began_ms, finished_ms, by_hand FROM round
        WHERE name = ? AND by_hand <= ?
        ORDER BY number DESC LIMIT 1)sql");
    query.bind(name).bind(asked == Asked::anyhow);
    if (!query.step()) return std::nullopt;
    return next_head(query);
}

bool read_was_made(Database& database, const std::string& name, core::WallTime scheduled) {
    auto query = database.prepare("SELECT 1 FROM round WHERE name = ? AND scheduled_ms = ?");
    return query.bind(name).bind(scheduled).step();
}

std::optional<NumberedRound> read_round(Database& database, const core::RoundId& id) {
    auto query = database.prepare(R"sql(
        SELECT number, name, site, scheduled_ms, began_ms, finished_ms, by_hand, covered_from_ms, covered_until_ms
        FROM round WHERE id = ?)sql");
    query.bind(id.value);
    if (!query.step()) return std::nullopt;

    NumberedRound found;
    core::RoundRecord& round = found.round;
    round.id = id;
    found.number = query.next<std::int64_t>();
    round.name = query.next<std::string>();
    round.site = query.next<std::string>();
    round.scheduled = query.next<core::WallTime>();
    round.began = query.next<core::WallTime>();
    round.finished = query.next<core::WallTime>();
    round.by_hand = query.next<bool>();
    round.covered.from = query.next<core::WallTime>();
    round.covered.until = query.next<core::WallTime>();
    round.working_hours = read_hours(database, found.number);
    round.devices = read_device_results(database, found.number);
    round.links = read_link_results(database, found.number);
    round.self = read_self(database, found.number);
    return found;
}

void forget_rounds(Database& database, core::WallTime before) {
    database.prepare("DELETE FROM round WHERE finished_ms < ?").bind(before).run();
}

Needed read_needed(Database& database) {
    auto query = database.prepare("SELECT min(covered_from_ms), min(number) FROM round");
    query.step();
    Needed needed;
    needed.from = query.next<std::optional<core::WallTime>>().value_or(needed.from);
    needed.first = query.next<std::optional<std::int64_t>>().value_or(needed.first);
    return needed;
}

}  // namespace rounds::store
