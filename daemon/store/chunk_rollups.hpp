// What is left of samples when they are summed up by buckets of time. Pure.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "daemon/store/chunk.hpp"
#include "daemon/store/chunk_values.hpp"

namespace rounds::store {

/// Of at least one sample.
struct Bucket {
    double min = 0, max = 0, last = 0;
    double sum = 0;  ///< Exact for integers and decimals up to 2^53 units; else rounded once.
    std::int64_t count = 0;
    friend bool operator==(const Bucket&, const Bucket&) = default;
};

struct Rolled {
    std::vector<DayTime>
        at;  ///< Numbers of the buckets that have a sample, rising: 0 begins at midnight UTC.
    std::vector<Bucket> buckets;
};

/// The samples of a day, times rising, by buckets of `length_ms`.
[[nodiscard]] Rolled roll_up(std::span<const DayTime> at, std::span<const double> values,
                             DayTime length_ms);

/// Buckets as few bytes. One thread at a time.
class RollupPacker {
 public:
    /// Appended to `out`.
    void pack(std::span<const Bucket> buckets, Bytes& out);
    /// As IntegerPacker's. Throws ChunkDamage also for a bucket of no samples.
    void unpack(std::string_view bytes, std::size_t count, std::vector<Bucket>& buckets);

    IntegerPacker& integers() { return packer_; }

 private:
    void put_column(Bytes& out);
    void next_column(ByteReader& reader, std::size_t count, std::vector<std::int64_t>& column);

    IntegerPacker packer_;
    std::vector<std::int64_t> column_;
    std::vector<std::int64_t> counts_, min_, max_, last_, sum_;
};

}  // namespace rounds::store
