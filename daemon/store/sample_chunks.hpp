// The chunks of samples.db: read by shelf, written by day and shelf.
#pragma once

#include <bitset>
#include <cstdint>
#include <functional>

#include "core/series.hpp"
#include "daemon/store/chunk_rollups.hpp"
#include "daemon/store/chunk_values.hpp"
#include "daemon/store/database.hpp"
#include "daemon/store/sample_head.hpp"

namespace rounds::store {

/// Which series of a shelf.
using Places = std::bitset<shelf_size>;

[[nodiscard]] DayTime length_of(core::Resolution resolution);

/// The closed chunks of a database that it does not own, within the caller's transaction. Every function throws
/// Trouble. One thread at a time.
class SampleChunks {
 public:
    using OnColumn = std::function<void(Day day, std::size_t on, const Column& column)>;
    /// What these series of a shelf have of the days [first, last], by day.
    void each_column(Database& database, std::int64_t shelf, Day first, Day last, Places places,
                     const OnColumn& on_column);

    using OnRolled = std::function<void(Day day, const Rolled& rolled)>;
    /// What is kept of a series' buckets, of the days [first, last], by day; nothing at all for a day without them.
    void each_rolled(Database& database, Place place, Day first, Day last,
                     core::Resolution resolution, const OnRolled& on_rolled);

    /// Puts samples into their chunk and sums the day up anew, unless its sums outlived it. How many samples that chunk
    /// has now.
    std::size_t close(Database& database, Day day, std::int64_t shelf, const Shelf& samples);

    /// The samples of this day are forgotten, and its buckets are not: these say more than samples that come now.
    [[nodiscard]] bool outlived_samples(Database& database, Day day, std::int64_t shelf);

    /// Keeps buckets of five minutes of the days [first, before), of which samples are about to be forgotten.
    void keep_five_minutes(Database& database, Day first, Day before);

 private:
    void read(Database& database, Day day, std::int64_t shelf, Shelf& samples);
    void write(Database& database, DayTime length_ms, std::int64_t shelf, Day day,
               std::string_view bytes);
    void write_rolled(Database& database, core::Resolution resolution, std::int64_t shelf, Day day,
                      const Shelf& samples);

    ValuePacker values_;
    RollupPacker rollups_;
    Column column_;
    Rolled rolled_;
};

}  // namespace rounds::store
