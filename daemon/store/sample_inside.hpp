// What is inside a SampleStore: for its own files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "daemon/store/database.hpp"
#include "daemon/store/sample_chunks.hpp"
#include "daemon/store/sample_head.hpp"
#include "daemon/store/sample_store.hpp"

namespace rounds::store {

/// Of each series of a shelf its points, times rising.
using ShelfPoints = std::array<std::vector<Point>, shelf_size>;

struct SampleStore::Inside {
    Inside(Database opened, bool writes) : database(std::move(opened)), is_writer(writes) {}

    Database database;
    bool is_writer;
    SampleChunks chunks;

    // What is in the log: still to be packed, and of that what is being packed, a part with every append().
    SampleHead fresh, closing;
    std::int64_t log_end = 0;      ///< The number of the last row.
    std::int64_t closing_end = 0;  ///< Rows up to this one hold what `closing` was made of.
    bool closes = false;           ///< There are such rows.
    Day packed_day = 0;            ///< The day that went on when older ones were packed.
    std::int64_t seen = -1;        ///< A reader's: the version of the data that `fresh` is of.

    struct Hash {
        std::size_t operator()(const Series& series) const noexcept;
    };
    std::unordered_map<Series, SeriesNumber, Hash> numbers;
    SeriesNumber highest = 0;  ///< Numbers up to it are given.

    /// Of the series in the database; a new one gets one. Within a transaction; forget_numbers() when that fails.
    SeriesNumber number_of(const Series& series);
    void forget_numbers();
    /// 0: it has none.
    SeriesNumber find(const Series& series);
    /// Throws invalid_input for a number that no series has.
    void require_known(SeriesNumber number);

    /// Before any reading, within its transaction: a reader sees what was committed meanwhile.
    void look();
    /// The points of these series in a period, from the chunks, `closing` and `fresh`.
    void read(std::int64_t shelf, core::Period period, Places places, ShelfPoints& points);
    /// Each series of these metrics that has points in the period, with them; which the callee may put in another order.
    using OnSeries = std::function<void(Series series, std::span<Point> points)>;
    void each_series(core::Period period, Metrics metrics, const OnSeries& on_series);
    std::vector<Rollup> read(SeriesNumber series, core::Period period, Resolution resolution);

    /// Adds a batch: pack_some() before the transaction, log() in it, add() when it is committed.
    void log(std::span<const Reading> readings);
    void add(std::span<const Reading> readings);
    void load_log();
    /// Packs about so many samples, or more, if it is time for that.
    void pack_some(std::size_t samples);
    void pack_all();

    void forget(const Horizons& horizons);

 private:
    [[nodiscard]] bool is_full() const;
    [[nodiscard]] bool is_another_day() const;
    void begin_packing(bool everything);
    void go_on_packing(std::size_t samples);
    void log_row_of(std::span<const Reading> readings, std::int64_t number);
    std::map<Day, core::WallTime> trimmed_days();
};

/// The series of these metrics by their numbers, and by shelf: for going through all of them.
struct Wanted {
    std::map<std::int64_t, Places> shelves;
    std::unordered_map<SeriesNumber, Series> series;
};
[[nodiscard]] Wanted wanted(Database& database, SampleStore::Metrics metrics);

/// Moves the rows of version 1 into chunks, in one transaction, and makes the file small again.
void pack_rows(Database& database);

}  // namespace rounds::store
