// Samples that are in no closed chunk yet: in memory by day and shelf, and as the rows of the log.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string_view>
#include <vector>

#include "core/time.hpp"
#include "daemon/store/chunk.hpp"
#include "daemon/store/sample_store.hpp"

namespace rounds::store {

/// Days since 1970, UTC.
using Day = std::int64_t;

[[nodiscard]] Day day_of(core::WallTime at);
[[nodiscard]] core::WallTime start_of(Day day);
[[nodiscard]] DayTime time_of_day(core::WallTime at);

/// The samples of one series in one day, times rising.
struct Column {
    std::vector<DayTime> at;
    std::vector<double> values;

    /// In its place; instead of one of the same moment.
    void put(DayTime time, double value);
    [[nodiscard]] bool empty() const { return at.empty(); }
    friend bool operator==(const Column&, const Column&) = default;
};

/// The newer ones go into the older ones, and hold where both have the same moment.
void merge(Column& older, const Column& newer);

/// Which shelf a series lies on, and where on it.
struct Place {
    std::int64_t shelf = 0;
    std::size_t on = 0;
};
[[nodiscard]] Place place_of(SeriesNumber series);

using Shelf = std::array<Column, shelf_size>;

/// Never NaN.
class SampleHead {
 public:
    SampleHead() = default;
    SampleHead(SampleHead&&) noexcept = default;  ///< What is moved from may only be assigned to.
    SampleHead& operator=(SampleHead&&) noexcept = default;

    void add(const Reading& reading);
    /// How many samples of how many series and days it holds.
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::size_t series() const { return series_; }
    [[nodiscard]] bool empty() const { return days_.empty(); }
    /// When the one added last was measured; the epoch before the first.
    [[nodiscard]] core::WallTime newest() const { return newest_; }

    using Days = std::map<Day, std::map<std::int64_t, Shelf>>;
    [[nodiscard]] const Days& days() const { return days_; }
    /// Null when there is nothing of it.
    [[nodiscard]] const Column* find(Day day, Place place) const;
    /// Takes a day out.
    [[nodiscard]] SampleHead take(Day day);
    void erase(Day day, std::int64_t shelf);

 private:
    void count(const Shelf& shelf, bool added);

    Days days_;
    std::size_t size_ = 0, series_ = 0;
    core::WallTime newest_;
    Shelf* last_shelf_ = nullptr;  ///< Where the last one was put; samples come by series.
    Day last_day_ = 0;
    std::int64_t last_number_ = 0;
};

/// A batch as a row of the log: sealed, in the order given. NaN is left out.
[[nodiscard]] Bytes log_row(std::span<const Reading> readings);
/// Adds them. Throws ChunkDamage.
void replay(std::string_view row, SampleHead& head);
/// What it has of a day, by series.
[[nodiscard]] std::vector<Reading> readings_of(const SampleHead& head, Day day);

}  // namespace rounds::store
