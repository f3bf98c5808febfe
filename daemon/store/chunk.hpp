// A chunk: what neighbouring series have of one day, as the bytes of a row. Pure.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "daemon/store/chunk_integers.hpp"

namespace rounds::store {

/// So many series, by their numbers, lie in one chunk: enough to share time stamps and to fill pages of the database,
/// few enough that one of them is read within a millisecond.
inline constexpr std::size_t shelf_size = 32;

/// A moment of a day or a bucket of it: ms, or the number of the bucket.
using DayTime = std::uint32_t;
inline constexpr DayTime day_ms = 86'400'000;

/// Puts a chunk together. Series that were asked in the same poll share their time stamps, also when one or the other
/// is missing here and there.
class ChunkWriter {
 public:
    /// `place` (0 to shelf_size - 1) rises from call to call; `at` is not empty, below day_ms and rises; `body` is what
    /// the caller makes of the values at these times.
    void add(std::size_t place, std::span<const DayTime> at, Bytes body);
    /// The chunk; the writer is empty again.
    [[nodiscard]] Bytes finish(IntegerPacker& packer);

 private:
    struct Entry {
        std::size_t place = 0;
        std::size_t stamps = 0;
        std::vector<DayTime> at;
        Bytes body;
    };
    [[nodiscard]] std::size_t stamps_for(std::span<const DayTime> at);

    std::vector<Entry> entries_;
    std::vector<std::vector<DayTime>> stamps_;
};

/// Takes a chunk apart, of each series only what is asked for. `bytes` stays where it is as long as this lives.
class ChunkReader {
 public:
    /// Throws ChunkDamage when the bytes are none, or not those that were written. `most`: no column has more.
    ChunkReader(std::string_view bytes, IntegerPacker& packer, std::size_t most = day_ms);

    struct Part {
        std::span<const DayTime> at;  ///< Rising; good until the next find().
        std::string_view body;
    };
    /// What it has of the series at this place; empty when that has nothing. Throws ChunkDamage.
    [[nodiscard]] std::optional<Part> find(std::size_t place);

 private:
    struct Stamps {
        std::size_t count = 0;
        std::uint64_t size = 0;
        std::string_view packed;
        std::vector<DayTime> at;  ///< Empty until somebody asks.
    };
    struct Entry {
        bool present = false;
        std::size_t stamps = 0;
        std::uint64_t missing_size = 0, body_size = 0;
        std::string_view missing;  ///< Which of the stamps it has not: distances as varints.
        std::string_view body;
    };
    void read_stamps(ByteReader& reader, std::size_t most);
    void read_series(ByteReader& reader);
    const std::vector<DayTime>& unpacked(Stamps& stamps);

    IntegerPacker& packer_;
    std::vector<Stamps> stamps_;
    std::array<Entry, shelf_size> entries_{};
    std::vector<std::int64_t> numbers_;
    std::vector<DayTime> some_;
};

/// Adds what tells damaged bytes from whole ones.
void seal(Bytes& bytes);
/// The bytes before seal() was there. Throws ChunkDamage when they are not those.
[[nodiscard]] std::string_view unsealed(std::string_view bytes);

}  // namespace rounds::store
