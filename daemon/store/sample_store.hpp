// samples.db: what was measured, over time. Apart from state.db: many rows, and a crash may cost the last batch.
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
using core::Series;

struct Sample {
    Series series;
    core::WallTime at;
    double value = 0;  ///< Never NaN: what was not measured is no sample.
    friend bool operator==(const Sample&, const Sample&) = default;
};

/// Belongs to the store thread, but for hurry(). Late samples find their place; a second one of the same series and moment takes
/// the first one's.
class SampleStore {
 public:
    /// Opens, or makes, `folder`/samples.db; the caller holds the folder's lock (StateStore). Errors as there.
    static core::Result<SampleStore> open(const std::filesystem::path& folder);
    /// Beside a running daemon. Error not_found when there is none yet.
    static core::Result<SampleStore> open_read_only(const std::filesystem::path& folder);

    SampleStore(SampleStore&&) noexcept;
    SampleStore& operator=(SampleStore&&) noexcept;
    ~SampleStore();

    /// One transaction. NaN is left out.
    core::Result<void> append(std::span<const Sample> samples);

    /// The points of [from, until), oldest first; empty for a series that never was.
    [[nodiscard]] core::Result<std::vector<Point>> read(const Series& series, core::Period period);
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

    /// Removes what is older than `before`.
    core::Result<void> forget(core::WallTime before);

    /// As StateStore's. Any thread.
    void hurry() noexcept;

 private:
    struct Inside;
    explicit SampleStore(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

}  // namespace rounds::store
