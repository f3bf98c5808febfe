// A column of integers as few bytes, and back. Pure.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "daemon/store/chunk_bytes.hpp"
#include "daemon/store/chunk_zstd.hpp"

namespace rounds::store {

/// Integers are written as themselves, as differences or as differences of differences, around their median; and
/// these in the packing that is the shortest: nothing at all, bits, bytes by their place and zstd, varints and zstd,
/// or low bits as they are and the rest as bytes and zstd (noise: docs/decisions/0013).
/// Keeps working memory from column to column. One thread at a time.
class IntegerPacker {
 public:
    /// Any integers of 64 bits, in any order; appended to `out`. How many there were is not written.
    void pack(std::span<const std::int64_t> numbers, Bytes& out);
    /// The `count` integers that `bytes` is the packing of, all of it. Throws ChunkDamage when it is none.
    void unpack(std::string_view bytes, std::size_t count, std::vector<std::int64_t>& numbers);

 private:
    struct Layout;  ///< Which differences, and around what.
    Layout best_layout(std::span<const std::int64_t> numbers);
    void fold(std::span<const std::int64_t> numbers, const Layout& layout);
    void unfold(int order, ByteReader& reader, std::size_t count,
                std::vector<std::int64_t>& numbers);
    void read_body(unsigned packing, ByteReader& reader, std::size_t count);

    void pack_bits();
    void pack_planes();
    void pack_varints();
    void pack_split(unsigned low);
    void unpack_bits(ByteReader& reader);
    void unpack_planes(ByteReader& reader);
    void unpack_varints(ByteReader& reader);
    void unpack_split(ByteReader& reader);
    void offer(unsigned packing);  ///< Takes what is in trial_ when it is shorter.

    Zstd zstd_;
    std::vector<std::int64_t> differences_;
    std::vector<std::uint64_t> folded_;  ///< Distances from the median, by zigzag.
    unsigned packing_ = 0;
    Bytes trial_, best_, plain_, unpacked_;
};

}  // namespace rounds::store
