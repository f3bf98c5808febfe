// A column of doubles as few bytes, and back bit for bit. Pure.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "daemon/store/chunk_integers.hpp"

namespace rounds::store {

/// The fewest decimals (0 to 3) with which all of them are integers of at most 2^53 divided by a power of ten, bit
/// for bit; empty when there is no such number (and then also for -0.0, NaN and the infinities).
[[nodiscard]] std::optional<int> decimals_of(std::span<const double> values);
/// Such values as those integers, appended.
void scale_up(std::span<const double> values, int decimals, std::vector<std::int64_t>& integers);
/// And back: the same bits.
[[nodiscard]] double scaled_down(std::int64_t integer, int decimals);

/// Integers and decimals are kept as integers, anything else by its bits. One thread at a time.
class ValuePacker {
 public:
    /// Any doubles, NaN and the infinities among them; appended to `out`.
    void pack(std::span<const double> values, Bytes& out);
    /// As IntegerPacker's.
    void unpack(std::string_view bytes, std::size_t count, std::vector<double>& values);

    IntegerPacker& integers() { return packer_; }

 private:
    IntegerPacker packer_;
    std::vector<std::int64_t> numbers_;
};

}  // namespace rounds::store
