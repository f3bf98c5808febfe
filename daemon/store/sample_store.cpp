#include "daemon/store/sample_store.hpp"

#include <cmath>
#include <system_error>

#include <fmt/format.h>

#include "daemon/store/attempt.hpp"
#include "daemon/store/database.hpp"
#include "daemon/store/sample_inside.hpp"
#include "daemon/store/trouble.hpp"

namespace rounds::store {

namespace {

/// "RNDM" in the file's header. The version is raised when the tables change.
constexpr std::int32_t samples_id = 0x524e444d;
constexpr int samples_version = 1;

constexpr const char* tables = R"sql(
    CREATE TABLE series (
        number   INTEGER PRIMARY KEY,
        subject  TEXT NOT NULL,
        metric   TEXT NOT NULL,
        instance TEXT NOT NULL,
        UNIQUE (subject, metric, instance)
    ) STRICT;
    -- Times: UTC, ms since 1970. By series, then time: what is read together lies together.
    CREATE TABLE sample (
        series INTEGER NOT NULL,
        at_ms  INTEGER NOT NULL,
        value  REAL NOT NULL,
        PRIMARY KEY (series, at_ms)
    ) STRICT, WITHOUT ROWID;
)sql";

// Until when samples were forgotten; at most one row. Databases of before it existed get it when they are opened.
constexpr const char* forgotten_table =
    "CREATE TABLE IF NOT EXISTS forgotten (before_ms INTEGER NOT NULL) STRICT";

void require_version(Database& database, std::int64_t version) {
    const auto owner = database.number("PRAGMA application_id");
    if (owner != samples_id)
        throw Trouble(damage(database.file(), "it is a database of some other program"));
    if (version == samples_version) return;
    throw Trouble({core::Error::Kind::newer,
                   fmt::format("{} was written by a later Rounds (version {}; this one knows {}): "
                               "install that version again, or move the file away",
                               database.file().string(), version, samples_version)});
}

void prepare(Database& database) {
    database.run(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000;");
    const auto version = database.number("PRAGMA user_version");
    const bool empty = database.number("SELECT count(*) FROM sqlite_schema") == 0;
    if (version != 0 || !empty) {
        require_version(database, version);
        return database.run(forgotten_table);
    }
    Transaction transaction(database, Transaction::Kind::write);
    database.run(tables);
    database.run(forgotten_table);
    database.run(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", samples_id,
                             samples_version));
    transaction.commit();
}

Point next_point(Query& query) {
    const auto at = query.next<core::WallTime>();
    return {at, query.next<double>()};
}

}  // namespace

std::int64_t SampleStore::Inside::number_of(const Series& series) {
    if (const auto known = numbers.find(series); known != numbers.end()) return known->second;
    database
        .prepare(
            "INSERT INTO series (subject, metric, instance) VALUES (?, ?, ?) ON CONFLICT "
            "DO NOTHING")
        .bind(series.subject.value)
        .bind(series.metric)
        .bind(series.instance)
        .run();
    auto query = database.prepare(
        "SELECT number FROM series WHERE subject = ? AND metric = ? AND instance = ?");
    query.bind(series.subject.value).bind(series.metric).bind(series.instance).step();
    return numbers[series] = query.next<std::int64_t>();
}

SampleStore::SampleStore(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
SampleStore::SampleStore(SampleStore&&) noexcept = default;
SampleStore& SampleStore::operator=(SampleStore&&) noexcept = default;
SampleStore::~SampleStore() = default;

core::Result<SampleStore> SampleStore::open(const std::filesystem::path& folder) {
    return attempt([&] {
        auto database = Database::open(folder / "samples.db", Database::Access::write);
        prepare(database);
        return SampleStore(std::make_unique<Inside>(Inside{std::move(database), {}}));
    });
}

core::Result<SampleStore> SampleStore::open_read_only(const std::filesystem::path& folder) {
    return attempt([&] {
        const auto file = folder / "samples.db";
        std::error_code error;
        if (!std::filesystem::exists(file, error)) {
            throw Trouble({core::Error::Kind::not_found,
                           fmt::format("nothing is measured in {} yet", folder.string())});
        }
        auto database = Database::open(file, Database::Access::read);
        require_version(database, database.number("PRAGMA user_version"));
        return SampleStore(std::make_unique<Inside>(Inside{std::move(database), {}}));
    });
}

void SampleStore::hurry() noexcept {
    inside_->database.hurry();
}

core::Result<void> SampleStore::append(std::span<const Sample> samples) {
    auto done = attempt([&] {
        Transaction transaction(inside_->database, Transaction::Kind::write);
        for (const Sample& sample : samples) {
            if (std::isnan(sample.value)) continue;
            inside_->database
                .prepare("INSERT OR REPLACE INTO sample (series, at_ms, value) VALUES (?, ?, ?)")
                .bind(inside_->number_of(sample.series))
                .bind(sample.at)
                .bind(sample.value)
                .run();
        }
        transaction.commit();
    });
    if (!done) inside_->numbers.clear();  // Those given in it are not true.
    return done;
}

core::Result<std::vector<Point>> SampleStore::read(const Series& series, core::Period period) {
    return attempt([&] {
        auto query = inside_->database.prepare(R"sql(
            SELECT at_ms, value FROM sample
            WHERE series = (SELECT number FROM series WHERE subject = ? AND metric = ? AND instance = ?)
              AND at_ms >= ? AND at_ms < ?
            ORDER BY at_ms)sql");
        query.bind(series.subject.value).bind(series.metric).bind(series.instance);
        query.bind(period.from).bind(period.until);
        std::vector<Point> points;
        while (query.step()) points.push_back(next_point(query));
        return points;
    });
}

core::Result<void> SampleStore::forget(core::WallTime before) {
    return attempt([&] {
        Transaction transaction(inside_->database, Transaction::Kind::write);
        inside_->database
            .prepare("DELETE FROM sample WHERE at_ms < ? AND series IN (SELECT number FROM series)")
            .bind(before)
            .run();
        inside_->database
            .prepare(
                "INSERT INTO forgotten (before_ms) SELECT ? WHERE NOT EXISTS (SELECT 1 FROM "
                "forgotten)")
            .bind(before)
            .run();
        inside_->database.prepare("UPDATE forgotten SET before_ms = max(before_ms, ?)")
            .bind(before)
            .run();
        transaction.commit();
    });
}

}  // namespace rounds::store
