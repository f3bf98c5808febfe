#include "daemon/store/sample_store.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <system_error>

#include <fmt/format.h>

#include "daemon/store/attempt.hpp"
#include "daemon/store/sample_inside.hpp"
#include "daemon/store/sample_tables.hpp"
#include "daemon/store/trouble.hpp"

namespace rounds::store {

namespace {

/// So many older samples are packed with each batch, or some times what the batch has: a commit of the store thread
/// waits for it for some 20 ms, and the packing is done long before it is time for the next.
constexpr std::size_t packed_at_once = 100'000;
std::size_t packed_besides(std::size_t samples) {
    return std::max(packed_at_once, 4 * samples);
}

}  // namespace

std::size_t SampleStore::Inside::Hash::operator()(const Series& series) const noexcept {
    const std::hash<std::string> hash;
    std::size_t sum = hash(series.subject.value);
    sum = sum * 31 + hash(series.metric);
    return sum * 31 + hash(series.instance);
}

SeriesNumber SampleStore::Inside::find(const Series& series) {
    auto query = database.prepare(
        "SELECT number FROM series WHERE subject = ? AND metric = ? AND instance = ?");
    query.bind(series.subject.value).bind(series.metric).bind(series.instance);
    return query.step() ? query.next<SeriesNumber>() : 0;
}

SeriesNumber SampleStore::Inside::number_of(const Series& series) {
    if (const auto known = numbers.find(series); known != numbers.end()) return known->second;
    database
        .prepare(
            "INSERT INTO series (subject, metric, instance) VALUES (?, ?, ?) ON CONFLICT "
            "DO NOTHING")
        .bind(series.subject.value)
        .bind(series.metric)
        .bind(series.instance)
        .run();
    const SeriesNumber number = find(series);
    highest = std::max(highest, number);
    return numbers[series] = number;
}

// Series are never removed: up to the highest all are there.
void SampleStore::Inside::require_known(SeriesNumber number) {
    if (number > highest) highest = database.number("SELECT ifnull(max(number), 0) FROM series");
    if (number >= 1 && number <= highest) return;
    throw Trouble({core::Error::Kind::invalid_input,
                   fmt::format("no series of {} has the number {}: SampleStore::number gives one",
                               database.file().string(), number)});
}

void SampleStore::Inside::forget_numbers() {
    numbers.clear();
    highest = 0;
}

SampleStore::SampleStore(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
SampleStore::SampleStore(SampleStore&&) noexcept = default;
SampleStore& SampleStore::operator=(SampleStore&&) noexcept = default;
SampleStore::~SampleStore() = default;

core::Result<SampleStore> SampleStore::open(const std::filesystem::path& folder) {
    return attempt([&] {
        auto database = Database::open(folder / "samples.db", Database::Access::write);
        if (prepare_samples(database)) pack_rows(database);
        auto inside = std::make_unique<Inside>(std::move(database), true);
        inside->load_log();
        return SampleStore(std::move(inside));
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
        require_samples(database);
        return SampleStore(std::make_unique<Inside>(std::move(database), false));
    });
}

void SampleStore::hurry() noexcept {
    inside_->database.hurry();
}

core::Result<SeriesNumber> SampleStore::number(const Series& series) {
    auto found = in_one(inside_->database, [&] { return inside_->number_of(series); });
    if (!found) inside_->forget_numbers();  // Those given in it are not true.
    return found;
}

core::Result<void> SampleStore::append(std::span<const Sample> samples) {
    auto done = attempt([&] {
        inside_->pack_some(packed_besides(samples.size()));
        std::vector<Reading> readings;
        readings.reserve(samples.size());
        Transaction transaction(inside_->database, Transaction::Kind::write);
        for (const Sample& sample : samples)
            readings.push_back({inside_->number_of(sample.series), sample.at, sample.value});
        inside_->log(readings);
        transaction.commit();
        inside_->add(readings);
    });
    if (!done) inside_->forget_numbers();
    return done;
}

core::Result<void> SampleStore::append(std::span<const Reading> readings) {
    return attempt([&] {
        inside_->pack_some(packed_besides(readings.size()));
        Transaction transaction(inside_->database, Transaction::Kind::write);
        for (const Reading& reading : readings) inside_->require_known(reading.series);
        inside_->log(readings);
        transaction.commit();
        inside_->add(readings);
    });
}

core::Result<std::vector<Point>> SampleStore::read(const Series& series, core::Period period) {
    return attempt([&] {
        Transaction view(inside_->database, Transaction::Kind::read);
        inside_->look();
        const SeriesNumber number = inside_->find(series);
        if (number == 0) return std::vector<Point>();
        const Place place = place_of(number);
        ShelfPoints points;
        inside_->read(place.shelf, period, Places().set(place.on), points);
        return std::move(points[place.on]);
    });
}

core::Result<std::vector<Rollup>> SampleStore::read(const Series& series, core::Period period,
                                                    Resolution resolution) {
    return attempt([&] {
        Transaction view(inside_->database, Transaction::Kind::read);
        inside_->look();
        const SeriesNumber number = inside_->find(series);
        if (number == 0) return std::vector<Rollup>();
        return inside_->read(number, period, resolution);
    });
}

core::Result<void> SampleStore::forget(core::WallTime before) {
    return forget(Horizons{.samples = before});
}

core::Result<void> SampleStore::forget(const Horizons& horizons) {
    return attempt([&] { inside_->forget(horizons); });
}

core::Result<void> SampleStore::compact() {
    return attempt([&] {
        inside_->pack_all();
        inside_->database.run("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)");
    });
}

}  // namespace rounds::store
