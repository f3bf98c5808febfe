// samples.db: what was measured, over time. Apart from state.db: many samples, and a crash may cost the last batch.
// How they lie there: docs/decisions/0013.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/id.hpp"
#include "core/result.hpp"
#include "core/series.hpp"
#include "core/time.hpp"

namespace rounds::store {

using core::Digest;
using core::Point;
using core::Resolution;
using core::Rollup;
using core::Series;

struct Sample {
    Series series;
    core::WallTime at;
    double value = 0;  ///< Never NaN: what was not measured is no sample.
    friend bool operator==(const Sample&, const Sample&) = default;
};

/// A series of one samples.db, as SampleStore::number says; of use in that file only.
using SeriesNumber = std::int64_t;

/// A sample of a series that is known by its number.
struct Reading {
    SeriesNumber series = 0;
    core::WallTime at;
    double value = 0;  ///< As a Sample's.
};

/// From when on each resolution is kept; the epoch: for ever.
struct Horizons {
    core::WallTime samples{}, five_minutes{}, hours{}, days{};
};

/// Belongs to the store thread, but for hurry(). Values come back bit for bit. Times are those of the samples: they may
/// come in any order and the clock may step either way, a late sample finds its place, and a second one of the same
/// series and moment takes the first one's.
class SampleStore {
 public:
    /// Opens, or makes, `folder`/samples.db; the caller holds the folder's lock (StateStore). A file of an earlier
    /// version is brought up to date, which takes about a second for a million samples. Errors as there.
    static core::Result<SampleStore> open(const std::filesystem::path& folder);
    /// Beside a running daemon. Error not_found when there is none yet, unavailable when it is of an earlier version.
    static core::Result<SampleStore> open_read_only(const std::filesystem::path& folder);

    SampleStore(SampleStore&&) noexcept;
    SampleStore& operator=(SampleStore&&) noexcept;
    ~SampleStore();

    /// One transaction: all are on the disk and can be read, or none. NaN is left out. Sums up older samples by and by,
    /// a part with every call.
    core::Result<void> append(std::span<const Sample> samples);
    /// The same for series whose numbers are known. Error invalid_input for a number that no series has.
    core::Result<void> append(std::span<const Reading> readings);
    /// The series' number; a new one gets one. Numbers are never used again.
    [[nodiscard]] core::Result<SeriesNumber> number(const Series& series);

    /// The points of [from, until), oldest first; empty for a series that never was.
    [[nodiscard]] core::Result<std::vector<Point>> read(const Series& series, core::Period period);
    /// The buckets that begin in [from, until), oldest first. Of five minutes: as long as there are samples, or as
    /// forget() was told to keep them.
    [[nodiscard]] core::Result<std::vector<Rollup>> read(const Series& series, core::Period period,
                                                         Resolution resolution);
    /// The series of these metrics with a sample in [from, until), by series.
    using Metrics = std::span<const std::string_view>;
    [[nodiscard]] core::Result<std::vector<Digest>> digest(core::Period period, Metrics metrics);
    /// Their courses over `days` times 24 hours up to `until`, by series.
    [[nodiscard]] core::Result<std::vector<core::Course>> courses(core::WallTime until, int days,
                                                                  Metrics metrics);
    /// By the page counts of [from, until), and the last one before it unless it is older than a day.
    [[nodiscard]] core::Result<std::map<core::SubjectId, std::int64_t>> pages(core::Period period);

    /// Before this nothing is whole any more: forget() was there. The epoch when it never was.
    [[nodiscard]] core::Result<core::WallTime> whole_since();

    /// Removes the samples that are older than `before`; what they were summed up to stays.
    core::Result<void> forget(core::WallTime before);
    /// Removes what is older than this, each resolution by itself: samples to the moment, buckets by whole days (UTC).
    core::Result<void> forget(const Horizons& horizons);

    /// Packs everything into closed chunks now and gives unused space back; for a measurement or before a copy is made.
    core::Result<void> compact();

    /// As StateStore's. Any thread.
    void hurry() noexcept;

 private:
    struct Inside;
    explicit SampleStore(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

}  // namespace rounds::store
