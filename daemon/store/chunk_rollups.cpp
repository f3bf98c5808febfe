#include "daemon/store/chunk_rollups.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>

namespace rounds::store {

namespace {

constexpr unsigned by_bits = 4;  // instead of a number of decimals; as in a column of values

/// Wraps around: what is taken away is added again.
std::int64_t minus(std::int64_t a, std::int64_t b) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
}
std::int64_t plus(std::int64_t a, std::int64_t b) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}
std::int64_t times(std::int64_t a, std::int64_t b) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) * static_cast<std::uint64_t>(b));
}

/// In the unit in which the values are integers there is no rounding; elsewhere there is one, at the end.
double sum_of(std::span<const double> values, std::optional<int> decimals,
              std::vector<std::int64_t>& scratch) {
    long double sum = 0;
    if (!decimals) {
        for (const double value : values) sum += value;
        return static_cast<double>(sum);
    }
    scratch.clear();
    scale_up(values, *decimals, scratch);
    for (const std::int64_t number : scratch) sum += static_cast<long double>(number);
    constexpr std::array<long double, by_bits> powers{1, 10, 100, 1000};
    return static_cast<double>(sum / powers[static_cast<std::size_t>(*decimals)]);
}

/// Minimum, maximum, last and sum of each, one kind after the other.
std::vector<double> values_of(std::span<const Bucket> buckets) {
    std::vector<double> values;
    for (const auto member : {&Bucket::min, &Bucket::max, &Bucket::last, &Bucket::sum})
        for (const Bucket& bucket : buckets) values.push_back(bucket.*member);
    return values;
}

}  // namespace

Rolled roll_up(std::span<const DayTime> at, std::span<const double> values, DayTime length_ms) {
    Rolled rolled;
    std::vector<std::int64_t> scratch;
    const auto decimals = decimals_of(values);
    for (std::size_t begin = 0, end = 0; begin < at.size(); begin = end) {
        const DayTime number = at[begin] / length_ms;
        while (end < at.size() && at[end] / length_ms == number) ++end;
        const auto part = values.subspan(begin, end - begin);
        const auto [min, max] = std::ranges::minmax_element(part);
        rolled.at.push_back(number);
        rolled.buckets.push_back({.min = *min,
                                  .max = *max,
                                  .last = part.back(),
                                  .sum = sum_of(part, decimals, scratch),
                                  .count = static_cast<std::int64_t>(part.size())});
    }
    return rolled;
}

void RollupPacker::put_column(Bytes& out) {
    Bytes packed;
    packer_.pack(column_, packed);
    put_varint(out, packed.size());
    out += packed;
    column_.clear();
}

void RollupPacker::pack(std::span<const Bucket> buckets, Bytes& out) {
    const std::size_t count = buckets.size();
    const auto values = values_of(buckets);
    const auto decimals = decimals_of(values);
    out += static_cast<char>(decimals ? static_cast<unsigned>(*decimals) : by_bits);
    column_.clear();
    for (const Bucket& bucket : buckets) column_.push_back(bucket.count);
    put_column(out);
    if (!decimals) {
        for (const double value : values) {
            column_.push_back(std::bit_cast<std::int64_t>(value));
            if (column_.size() == count) put_column(out);
        }
        return;
    }
    std::vector<std::int64_t> scaled;
    scale_up(values, *decimals, scaled);
    // The minimum says most of the others already: they are kept as what they have above it.
    const std::span all(scaled);
    const auto min = all.first(count);
    column_.assign(min.begin(), min.end());
    put_column(out);
    for (const std::size_t kind : {1U, 2U, 3U}) {
        for (std::size_t i = 0; i < count; ++i) {
            const auto base = kind < 3 ? min[i] : times(min[i], buckets[i].count);
            column_.push_back(minus(all[kind * count + i], base));
        }
        put_column(out);
    }
}

void RollupPacker::next_column(ByteReader& reader, std::size_t count,
                               std::vector<std::int64_t>& column) {
    packer_.unpack(reader.take(reader.varint()), count, column);
}

void RollupPacker::unpack(std::string_view bytes, std::size_t count, std::vector<Bucket>& buckets) {
    ByteReader reader(bytes);
    const unsigned kind = reader.byte();
    if (kind > by_bits) throw ChunkDamage("a column of samples has a kind that is not known");
    for (auto* column : {&counts_, &min_, &max_, &last_, &sum_})
        next_column(reader, count, *column);
    if (reader.left() != 0) throw ChunkDamage("a column of samples goes on behind its end");
    const auto value = [kind](std::int64_t number) {
        return kind == by_bits ? std::bit_cast<double>(number)
                               : scaled_down(number, static_cast<int>(kind));
    };
    buckets.clear();
    buckets.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        if (counts_[i] < 1) throw ChunkDamage("a bucket of samples has none");
        const bool apart = kind == by_bits;
        const std::int64_t base = apart ? 0 : min_[i];
        buckets.push_back({.min = value(min_[i]),
                           .max = value(plus(max_[i], base)),
                           .last = value(plus(last_[i], base)),
                           .sum = value(plus(sum_[i], times(base, counts_[i]))),
                           .count = counts_[i]});
    }
}

}  // namespace rounds::store
