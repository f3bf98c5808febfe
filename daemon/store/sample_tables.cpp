#include "daemon/store/sample_tables.hpp"

#include <fmt/format.h>

#include "daemon/store/trouble.hpp"

namespace rounds::store {

namespace {

/// "RNDM" in the file's header. The version is raised when the tables change. Version 1 had a row for each sample,
/// in a table "sample" (series, at_ms, value).
constexpr std::int32_t samples_id = 0x524e444d;
constexpr int samples_version = 2;
constexpr int version_of_rows = 1;

constexpr const char* series_table = R"sql(
    CREATE TABLE series (
        number   INTEGER PRIMARY KEY,
        subject  TEXT NOT NULL,
        metric   TEXT NOT NULL,
        instance TEXT NOT NULL,
        UNIQUE (subject, metric, instance)
    ) STRICT;
)sql";

// Days: since 1970, UTC. Times: UTC, ms since 1970.
constexpr const char* chunk_tables = R"sql(
    -- What the 32 series of a shelf (series.number / 32) have of a day: see chunk.hpp.
    CREATE TABLE chunk (
        bucket_s INTEGER NOT NULL,  -- length of the buckets: 0 (the samples themselves), 300, 3600 or 86400
        shelf    INTEGER NOT NULL,
        day      INTEGER NOT NULL,
        bytes    BLOB NOT NULL,
        PRIMARY KEY (bucket_s, shelf, day)
    ) STRICT;
    -- Samples that are in no chunk yet: a row for each batch, in the order they came: see sample_head.hpp.
    CREATE TABLE log (
        number INTEGER PRIMARY KEY,
        bytes  BLOB NOT NULL
    ) STRICT;
    -- Days of which forget() left a part: there is nothing of them before this moment, whatever the chunks say.
    CREATE TABLE trimmed (
        day       INTEGER PRIMARY KEY,
        before_ms INTEGER NOT NULL
    ) STRICT;
)sql";

// Until when samples were forgotten; at most one row. Not all databases of version 1 have it.
constexpr const char* forgotten_table =
    "CREATE TABLE IF NOT EXISTS forgotten (before_ms INTEGER NOT NULL) STRICT;";

void require_known(Database& database, std::int64_t version) {
    if (database.number("PRAGMA application_id") != samples_id)
        throw Trouble(damage(database.file(), "it is a database of some other program"));
    if (version > samples_version) {
        throw Trouble({core::Error::Kind::newer,
                       fmt::format("{} was written by a later Rounds (version {}; this one knows "
                                   "{}): install that version again, or move the file away",
                                   database.file().string(), version, samples_version)});
    }
    if (version < version_of_rows)
        throw Trouble(damage(database.file(), fmt::format("it says version {}", version)));
}

}  // namespace

bool prepare_samples(Database& database) {
    const bool empty = database.number("SELECT count(*) FROM sqlite_schema") == 0;
    const auto version = database.number("PRAGMA user_version");
    // Before the first table is made: compact() gives pages back, which the log needs for a day at most.
    if (empty && version == 0) database.run("PRAGMA auto_vacuum = INCREMENTAL");
    database.run(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000;");
    if (!empty || version != 0) {
        require_known(database, version);
        return version == version_of_rows;
    }
    Transaction transaction(database, Transaction::Kind::write);
    database.run(series_table);
    make_chunk_tables(database);
    database.run(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", samples_id,
                             samples_version));
    transaction.commit();
    return false;
}

void require_samples(Database& database) {
    const auto version = database.number("PRAGMA user_version");
    require_known(database, version);
    if (version == samples_version) return;
    throw Trouble(
        {core::Error::Kind::unavailable,
         fmt::format("{} has version {}, this Rounds reads {}: the daemon brings it up to "
                     "date when it starts (systemctl restart rounds)",
                     database.file().string(), version, samples_version)});
}

void make_chunk_tables(Database& database) {
    database.run(chunk_tables);
    database.run(forgotten_table);
}

void drop_rows(Database& database) {
    database.run("DROP TABLE sample");
    database.run(fmt::format("PRAGMA user_version = {}", samples_version));
}

}  // namespace rounds::store
