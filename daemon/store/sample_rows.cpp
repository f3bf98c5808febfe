// From version 1 of samples.db, a row for each sample, to chunks.
#include "daemon/store/sample_inside.hpp"
#include "daemon/store/sample_tables.hpp"
#include "daemon/store/trouble.hpp"

namespace rounds::store {

namespace {

/// What the rows have of a shelf.
SampleHead rows_of(Database& database, std::int64_t shelf) {
    constexpr auto size = static_cast<SeriesNumber>(shelf_size);
    auto query = database.prepare(
        "SELECT series, at_ms, value FROM sample WHERE series >= ? AND series < ?");
    query.bind(shelf * size).bind((shelf + 1) * size);
    SampleHead head;
    while (query.step()) {
        const auto series = query.next<SeriesNumber>();
        const auto at = query.next<core::WallTime>();
        head.add({series, at, query.next<double>()});
    }
    return head;
}

/// Rows took ten times the space that chunks take.
void make_small(Database& database) noexcept {
    try {
        database.run("PRAGMA auto_vacuum = INCREMENTAL; VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
    } catch (const Trouble&) {  // NOLINT(bugprone-empty-catch)
        // There is no room to do it in, or somebody reads: the space is used again as samples come.
    }
}

}  // namespace

void pack_rows(Database& database) {
    SampleChunks chunks;
    {
        Transaction transaction(database, Transaction::Kind::write);
        make_chunk_tables(database);
        const auto last =
            place_of(database.number("SELECT ifnull(max(series), 0) FROM sample")).shelf;
        for (std::int64_t number = 0; number <= last; ++number) {
            const SampleHead head = rows_of(database, number);
            for (const auto& [day, shelves] : head.days())
                for (const auto& [shelf, samples] : shelves)
                    (void)chunks.close(database, day, shelf, samples);
        }
        drop_rows(database);
        transaction.commit();
    }
    make_small(database);
}

}  // namespace rounds::store
