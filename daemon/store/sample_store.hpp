// samples.db: what was measured, over time. Apart from state.db: many rows, and a crash may cost the last batch.
#pragma once

#include <compare>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

namespace rounds::store {

/// A named quantity of a subject, and of one of several: {"sw-3f", "port-in", "GE0/0/1"}.
struct Series {
    core::SubjectId subject;
    std::string metric;    ///< "cpu", "page-count" …; its unit goes with the name.
    std::string instance;  ///< Empty when there is one.
    friend auto operator<=>(const Series&, const Series&) = default;
};

struct Sample {
    Series series;
    core::WallTime at;
    double value = 0;  ///< Never NaN: what was not measured is no sample.
    friend bool operator==(const Sample&, const Sample&) = default;
};

struct Point {
    core::WallTime at;
    double value = 0;
    friend bool operator==(const Point&, const Point&) = default;
};

/// What a period says of a series.
struct Digest {
    Series series;
    std::int64_t count = 0;  ///< At least 1.
    double min = 0, avg = 0, max = 0;
    Point first, last;
    friend bool operator==(const Digest&, const Digest&) = default;
};

/// Belongs to the store thread. Late samples find their place; a second one of the same series and moment takes
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
    /// Every series with a sample in [from, until), by series.
    [[nodiscard]] core::Result<std::vector<Digest>> digest(core::Period period);

    /// Removes what is older than `before`.
    core::Result<void> forget(core::WallTime before);

 private:
    struct Inside;
    explicit SampleStore(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

}  // namespace rounds::store
