#include "daemon/store/sample_store.hpp"

#include <cmath>
#include <map>
#include <system_error>

#include <fmt/format.h>

#include "daemon/store/attempt.hpp"
#include "daemon/store/database.hpp"
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
    if (version != 0 || !empty) return require_version(database, version);
    Transaction transaction(database, Transaction::Kind::write);
    database.run(tables);
    database.run(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", samples_id,
                             samples_version));
    transaction.commit();
}

Series next_series(Query& query) {
    Series series;
    series.subject.value = query.next<std::string>();
    series.metric = query.next<std::string>();
    series.instance = query.next<std::string>();
    return series;
}

Point next_point(Query& query) {
    const auto at = query.next<core::WallTime>();
    return {at, query.next<double>()};
}

}  // namespace

struct SampleStore::Inside {
    Database database;
    std::map<Series, std::int64_t> numbers;

    std::int64_t number_of(const Series& series) {
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
};

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

core::Result<std::vector<Digest>> SampleStore::digest(core::Period period) {
    return attempt([&] {
        auto query = inside_->database.prepare(R"sql(
            SELECT subject, metric, instance, n, low, mean, high,
                   first_ms, (SELECT value FROM sample WHERE series = number AND at_ms = first_ms),
                   last_ms,  (SELECT value FROM sample WHERE series = number AND at_ms = last_ms)
            FROM (SELECT series.number AS number, subject, metric, instance, count(*) AS n, min(value) AS low,
                         avg(value) AS mean, max(value) AS high, min(at_ms) AS first_ms, max(at_ms) AS last_ms
                  FROM series JOIN sample ON sample.series = series.number
                  WHERE at_ms >= ? AND at_ms < ?
                  GROUP BY series.number)
            ORDER BY subject, metric, instance)sql");
        query.bind(period.from).bind(period.until);
        std::vector<Digest> digests;
        while (query.step()) {
            Digest digest{.series = next_series(query)};
            digest.count = query.next<std::int64_t>();
            digest.min = query.next<double>();
            digest.avg = query.next<double>();
            digest.max = query.next<double>();
            digest.first = next_point(query);
            digest.last = next_point(query);
            digests.push_back(std::move(digest));
        }
        return digests;
    });
}

core::Result<void> SampleStore::forget(core::WallTime before) {
    return attempt([&] {
        Transaction transaction(inside_->database, Transaction::Kind::write);
        inside_->database
            .prepare("DELETE FROM sample WHERE at_ms < ? AND series IN (SELECT number FROM series)")
            .bind(before)
            .run();
        transaction.commit();
    });
}

}  // namespace rounds::store
