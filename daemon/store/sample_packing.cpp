// From batches in the log to closed chunks, and to nothing.
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "daemon/store/sample_inside.hpp"
#include "daemon/store/trouble.hpp"

namespace rounds::store {

namespace {

/// What is in no closed chunk is in memory, and is read by whoever opens the file: as many samples at most, or
/// so many of each series, since chunks of a few samples are large and are written again and again.
constexpr std::size_t most_open = 500'000;
constexpr std::size_t fewest_of_each = 24;
/// Yesterday is packed when its last samples should be there.
constexpr DayTime grace = 600'000;

constexpr std::size_t without_end = std::numeric_limits<std::size_t>::max();

}  // namespace

void SampleStore::Inside::load_log() {
    fresh = {};
    log_end = 0;
    auto query = database.prepare("SELECT number, bytes FROM log ORDER BY number");
    while (query.step()) {
        log_end = query.next<std::int64_t>();
        try {
            replay(query.next_blob(), fresh);
        } catch (const ChunkDamage& found) {
            throw Trouble(damage(database.file(), found.what()));
        }
    }
    if (!fresh.empty()) packed_day = fresh.days().begin()->first;
}

void SampleStore::Inside::log_row_of(std::span<const Reading> readings, std::int64_t number) {
    const Bytes row = log_row(readings);
    database.prepare("INSERT INTO log (number, bytes) VALUES (?, ?)")
        .bind(number)
        .bind_blob(row)
        .run();
}

void SampleStore::Inside::log(std::span<const Reading> readings) {
    log_row_of(readings, log_end + 1);
}

void SampleStore::Inside::add(std::span<const Reading> readings) {
    ++log_end;
    if (fresh.empty() && !readings.empty()) packed_day = day_of(readings.front().at);
    for (const Reading& reading : readings)
        if (!std::isnan(reading.value)) fresh.add(reading);
}

bool SampleStore::Inside::is_full() const {
    return fresh.size() >= std::max(most_open, fewest_of_each * fresh.series());
}

// Of the day of the newest sample, not of the latest: a clock that steps does not have everything packed anew with
// every batch.
bool SampleStore::Inside::is_another_day() const {
    return fresh.days().size() > 1 && day_of(fresh.newest()) != packed_day &&
           time_of_day(fresh.newest()) >= grace;
}

void SampleStore::Inside::pack_some(std::size_t samples) {
    if (!is_writer) return;
    const bool full = is_full();
    if (closes) go_on_packing(full ? without_end : samples);
    if (full || (!closes && is_another_day())) begin_packing(full);
}

void SampleStore::Inside::pack_all() {
    if (closes) go_on_packing(without_end);
    if (fresh.empty()) return;
    begin_packing(true);
    go_on_packing(without_end);
}

// What stays open is written once more, behind everything that is packed: then all rows before it can go at once.
void SampleStore::Inside::begin_packing(bool everything) {
    const Day today = day_of(fresh.newest());
    const std::int64_t end = log_end;
    if (!everything) {
        Transaction transaction(database, Transaction::Kind::write);
        log_row_of(readings_of(fresh, today), end + 1);
        transaction.commit();
        ++log_end;
    }
    closing = std::exchange(fresh, {});
    if (!everything) fresh = closing.take(today);
    closing_end = end;
    closes = true;
    packed_day = today;
}

// A crash between two parts costs nothing: the log still has everything, and what is in a chunk already finds its
// place there again.
void SampleStore::Inside::go_on_packing(std::size_t samples) {
    Transaction transaction(database, Transaction::Kind::write);
    std::vector<std::pair<Day, std::int64_t>> packed;
    std::size_t count = 0;
    bool all = true;
    for (const auto& [day, shelves] : closing.days()) {
        for (const auto& [number, shelf] : shelves) {
            if (count >= samples) {
                all = false;
                break;
            }
            count += chunks.close(database, day, number, shelf);
            packed.emplace_back(day, number);
        }
    }
    if (all) database.prepare("DELETE FROM log WHERE number <= ?").bind(closing_end).run();
    transaction.commit();
    for (const auto& [day, number] : packed) closing.erase(day, number);
    closes = !all;
}

void SampleStore::Inside::forget(const Horizons& horizons) {
    const Day whole = day_of(horizons.samples);
    const auto has_older = [whole](const SampleHead& head) {
        return !head.empty() && head.days().begin()->first <= whole;
    };
    if (has_older(fresh) || has_older(closing)) pack_all();

    Transaction transaction(database, Transaction::Kind::write);
    chunks.keep_five_minutes(database, day_of(horizons.five_minutes), whole);
    const auto drop = [&](int bucket_s, core::WallTime before) {
        database.prepare("DELETE FROM chunk WHERE bucket_s = ? AND day < ?")
            .bind(bucket_s)
            .bind(day_of(before))
            .run();
    };
    drop(0, horizons.samples);
    drop(300, horizons.five_minutes);
    drop(3600, horizons.hours);
    drop(86400, horizons.days);
    database.prepare("DELETE FROM trimmed WHERE day < ?").bind(whole).run();
    database
        .prepare(
            "INSERT INTO trimmed (day, before_ms) VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET "
            "before_ms = max(before_ms, excluded.before_ms)")
        .bind(whole)
        .bind(horizons.samples)
        .run();
    database
        .prepare(
            "INSERT INTO forgotten (before_ms) SELECT ? WHERE NOT EXISTS (SELECT 1 FROM forgotten)")
        .bind(horizons.samples)
        .run();
    database.prepare("UPDATE forgotten SET before_ms = max(before_ms, ?)")
        .bind(horizons.samples)
        .run();
    transaction.commit();
}

}  // namespace rounds::store
