// The bytes of a chunk of samples: written at the end, read within bounds.
#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>

namespace rounds::store {

using Bytes = std::string;

/// Bytes that no chunk consists of. Never leaves this room: whoever knows the file makes it an Error.
class ChunkDamage : public std::exception {
 public:
    explicit ChunkDamage(const char* how) : how_(how) {}
    [[nodiscard]] const char* what() const noexcept override { return how_; }

 private:
    const char* how_;  ///< A literal.
};

/// Seven bits a byte, the low ones first (LEB128).
inline void put_varint(Bytes& out, std::uint64_t number) {
    for (; number >= 0x80; number >>= 7U) out += static_cast<char>(number | 0x80U);
    out += static_cast<char>(number);
}

/// The low `size` bytes of a number, the lowest first.
inline void put_fixed(Bytes& out, std::uint64_t number, int size) {
    for (; size > 0; --size, number >>= 8U) out += static_cast<char>(number);
}

/// Small numbers of either sign become small numbers: 0, -1, 1, -2 … are 0, 1, 2, 3 …
constexpr std::uint64_t to_zigzag(std::uint64_t number) {
    return (number << 1U) ^ (0 - (number >> 63U));
}
constexpr std::uint64_t from_zigzag(std::uint64_t number) {
    return (number >> 1U) ^ (0 - (number & 1U));
}

/// Throws ChunkDamage instead of reading behind the end.
class ByteReader {
 public:
    explicit ByteReader(std::string_view bytes) : left_(bytes) {}

    [[nodiscard]] std::size_t left() const { return left_.size(); }

    std::string_view take(std::uint64_t size) {
        if (size > left_.size()) throw ChunkDamage("a chunk of samples ends too early");
        const auto taken = left_.substr(0, static_cast<std::size_t>(size));
        left_.remove_prefix(taken.size());
        return taken;
    }
    std::uint8_t byte() { return static_cast<std::uint8_t>(take(1).front()); }
    std::uint64_t varint() {
        std::uint64_t number = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            const std::uint64_t next = byte();
            number |= (next & 0x7fU) << shift;
            if (next < 0x80) return number;
        }
        throw ChunkDamage("a chunk of samples has a number without end");
    }
    std::uint64_t fixed(int size) {
        const auto bytes = take(static_cast<std::uint64_t>(size));
        std::uint64_t number = 0;
        for (int i = size - 1; i >= 0; --i)
            number = number << 8U | static_cast<std::uint8_t>(bytes[static_cast<std::size_t>(i)]);
        return number;
    }

 private:
    std::string_view left_;
};

}  // namespace rounds::store
