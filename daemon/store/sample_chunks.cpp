#include "daemon/store/sample_chunks.hpp"

#include <vector>

#include "daemon/store/trouble.hpp"

namespace rounds::store {

namespace {

constexpr DayTime second_ms = 1000;
constexpr DayTime samples_themselves = 0;

/// Runs work on bytes of the file; damage there is the file's.
template <class Work>
auto reading(const Database& database, Work work) {
    try {
        return work();
    } catch (const ChunkDamage& found) {
        throw Trouble(damage(database.file(), found.what()));
    }
}

/// The rows (day, bytes) of a shelf.
Query rows_of(Database& database, DayTime length_ms, std::int64_t shelf, Day first, Day last) {
    auto query = database.prepare(
        "SELECT day, bytes FROM chunk WHERE bucket_s = ? AND shelf = ? AND day >= ? AND day <= ? "
        "ORDER BY day");
    query.bind(length_ms / second_ms).bind(shelf).bind(first).bind(last);
    return query;
}

}  // namespace

DayTime length_of(core::Resolution resolution) {
    switch (resolution) {
        case core::Resolution::five_minutes: return 300'000;
        case core::Resolution::hour: return 3'600'000;
        case core::Resolution::day: break;
    }
    return day_ms;
}

void SampleChunks::each_column(Database& database, std::int64_t shelf, Day first, Day last,
                               Places places, const OnColumn& on_column) {
    auto query = rows_of(database, samples_themselves, shelf, first, last);
    while (query.step()) {
        const Day day = query.next<Day>();
        const auto bytes = query.next_blob();
        reading(database, [&] {
            ChunkReader reader(bytes, values_.integers());
            for (std::size_t on = 0; on < shelf_size; ++on) {
                const auto part = places[on] ? reader.find(on) : std::nullopt;
                if (!part) continue;
                column_.at.assign(part->at.begin(), part->at.end());
                values_.unpack(part->body, column_.at.size(), column_.values);
                on_column(day, on, column_);
            }
        });
    }
}

void SampleChunks::each_rolled(Database& database, Place place, Day first, Day last,
                               core::Resolution resolution, const OnRolled& on_rolled) {
    auto query = rows_of(database, length_of(resolution), place.shelf, first, last);
    while (query.step()) {
        const Day day = query.next<Day>();
        const auto bytes = query.next_blob();
        reading(database, [&] {
            ChunkReader reader(bytes, rollups_.integers());
            const auto part = reader.find(place.on);
            if (!part) return;
            rolled_.at.assign(part->at.begin(), part->at.end());
            rollups_.unpack(part->body, rolled_.at.size(), rolled_.buckets);
            on_rolled(day, rolled_);
        });
    }
}

bool SampleChunks::outlived_samples(Database& database, Day day, std::int64_t shelf) {
    auto query = database.prepare(
        "SELECT 1 FROM chunk AS of WHERE bucket_s = ?1 AND shelf = ?2 AND day = ?3 AND NOT EXISTS "
        "(SELECT 1 FROM chunk WHERE bucket_s = 0 AND shelf = ?2 AND day = ?3)");
    query.bind(length_of(core::Resolution::day) / second_ms).bind(shelf).bind(day);
    return query.step();
}

void SampleChunks::read(Database& database, Day day, std::int64_t shelf, Shelf& samples) {
    each_column(database, shelf, day, day, Places().set(),
                [&](Day, std::size_t on, const Column& column) { samples[on] = column; });
}

void SampleChunks::write(Database& database, DayTime length_ms, std::int64_t shelf, Day day,
                         std::string_view bytes) {
    database
        .prepare("INSERT OR REPLACE INTO chunk (bucket_s, shelf, day, bytes) VALUES (?, ?, ?, ?)")
        .bind(length_ms / second_ms)
        .bind(shelf)
        .bind(day)
        .bind_blob(bytes)
        .run();
}

void SampleChunks::write_rolled(Database& database, core::Resolution resolution, std::int64_t shelf,
                                Day day, const Shelf& samples) {
    ChunkWriter writer;
    for (std::size_t on = 0; on < shelf_size; ++on) {
        if (samples[on].empty()) continue;
        const Rolled rolled = roll_up(samples[on].at, samples[on].values, length_of(resolution));
        Bytes body;
        rollups_.pack(rolled.buckets, body);
        writer.add(on, rolled.at, std::move(body));
    }
    write(database, length_of(resolution), shelf, day, writer.finish(rollups_.integers()));
}

std::size_t SampleChunks::close(Database& database, Day day, std::int64_t shelf,
                                const Shelf& samples) {
    Shelf whole;
    read(database, day, shelf, whole);
    const bool is_late = outlived_samples(database, day, shelf);
    ChunkWriter writer;
    std::size_t count = 0;
    for (std::size_t on = 0; on < shelf_size; ++on) {
        Column& column = whole[on];
        merge(column, samples[on]);
        if (column.empty()) continue;
        count += column.at.size();
        Bytes body;
        values_.pack(column.values, body);
        writer.add(on, column.at, std::move(body));
    }
    write(database, samples_themselves, shelf, day, writer.finish(values_.integers()));
    if (is_late) return count;
    write_rolled(database, core::Resolution::hour, shelf, day, whole);
    write_rolled(database, core::Resolution::day, shelf, day, whole);
    return count;
}

void SampleChunks::keep_five_minutes(Database& database, Day first, Day before) {
    auto query = database.prepare(
        "SELECT shelf, day FROM chunk AS of WHERE bucket_s = 0 AND day >= ? AND day < ? AND NOT "
        "EXISTS (SELECT 1 FROM chunk WHERE bucket_s = ? AND shelf = of.shelf AND day = of.day)");
    query.bind(first).bind(before).bind(length_of(core::Resolution::five_minutes) / second_ms);
    std::vector<std::pair<std::int64_t, Day>> found;
    while (query.step()) {
        const auto shelf = query.next<std::int64_t>();
        found.emplace_back(shelf, query.next<Day>());
    }
    for (const auto& [shelf, day] : found) {
        Shelf samples;
        read(database, day, shelf, samples);
        write_rolled(database, core::Resolution::five_minutes, shelf, day, samples);
    }
}

}  // namespace rounds::store
