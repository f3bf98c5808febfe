// Numbers of few bits, one after the other.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "daemon/store/chunk_bytes.hpp"

namespace rounds::store {

/// Appends to `out`, low bits first; finish() fills the last byte with zeros.
class BitWriter {
 public:
    explicit BitWriter(Bytes& out) : out_(out) {}

    /// `number` has no bits above `width` (0 to 64).
    void put(std::uint64_t number, unsigned width) {
        if (width > 32) {
            put(number & 0xffffffffU, 32);
            number >>= 32U;
            width -= 32;
        }
        waiting_ |= number << held_;
        for (held_ += width; held_ >= 8; held_ -= 8, waiting_ >>= 8U)
            out_ += static_cast<char>(waiting_);
    }
    void finish() {
        if (held_ > 0) out_ += static_cast<char>(waiting_);
        held_ = 0;
    }

 private:
    Bytes& out_;
    std::uint64_t waiting_ = 0;
    unsigned held_ = 0;  ///< Bits that wait, fewer than 8 between calls.
};

/// What a BitWriter wrote. The caller has seen to it that there is enough; behind the end there are zeros.
class BitReader {
 public:
    explicit BitReader(std::string_view bytes) : left_(bytes) {}

    std::uint64_t get(unsigned width) {
        if (width > 32) {
            const std::uint64_t low = get(32);
            return low | get(width - 32) << 32U;
        }
        if (held_ < width) fill();
        const std::uint64_t number = waiting_ & ((std::uint64_t{1} << width) - 1);
        waiting_ >>= width;
        held_ -= width;
        return number;
    }

 private:
    void fill() {
        if (left_.size() >= 4) {
            std::uint32_t next = 0;
            std::memcpy(&next, left_.data(), 4);
            if constexpr (std::endian::native == std::endian::big) next = __builtin_bswap32(next);
            waiting_ |= std::uint64_t{next} << held_;
            held_ += 32;
            left_.remove_prefix(4);
            return;
        }
        for (int i = 0; i < 4; ++i, held_ += 8) {
            if (left_.empty()) continue;
            waiting_ |= std::uint64_t{static_cast<std::uint8_t>(left_.front())} << held_;
            left_.remove_prefix(1);
        }
    }

    std::string_view left_;
    std::uint64_t waiting_ = 0;
    unsigned held_ = 0;
};

}  // namespace rounds::store
