// BER (X.690) as SNMP uses it: definite lengths, tags of one byte. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "core/oid.hpp"

namespace rounds::probes {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

/// The tags of RFC 2578 and RFC 3416 that stand around values.
namespace ber {
inline constexpr std::uint8_t integer = 0x02, octets = 0x04, null = 0x05, oid = 0x06,
                              sequence = 0x30;
}

/// Reads one item after another; never beyond its bytes.
class BerReader {
 public:
    struct Item {
        std::uint8_t tag = 0;
        ByteView content;
    };

    explicit BerReader(ByteView bytes) : rest_(bytes) {}
    [[nodiscard]] bool empty() const { return rest_.empty(); }
    [[nodiscard]] ByteView rest() const { return rest_; }
    /// The next item; empty at the end and when what follows is cut or no BER.
    std::optional<Item> next() {
        if (rest_.size() < 2) return std::nullopt;
        if (rest_[1] >= 0x80) return next_long();
        return take(rest_[0], 2, rest_[1]);
    }
    /// The content of the next item if it has this tag.
    std::optional<ByteView> next(std::uint8_t tag) {
        const auto item = next();
        if (!item || item->tag != tag) return std::nullopt;
        return item->content;
    }
    /// The next item if it is an INTEGER of at most 64 bits.
    std::optional<std::int64_t> next_integer();

 private:
    std::optional<Item> next_long();  ///< Its length takes more than a byte.
    std::optional<Item> take(std::uint8_t tag, std::size_t header, std::size_t length) {
        if (length > rest_.size() - header) return std::nullopt;
        const Item item{tag, rest_.subspan(header, length)};
        rest_ = rest_.subspan(header + length);
        return item;
    }

    ByteView rest_;
};

/// INTEGER: two's complement, 1 to 8 bytes.
[[nodiscard]] std::optional<std::int64_t> read_integer(ByteView content);
/// An OID of 2 to 128 numbers of 32 bits.
[[nodiscard]] std::optional<core::Oid> read_oid(ByteView content);
/// Would read_oid() read it?
[[nodiscard]] bool is_oid(ByteView content);
/// Would it read this one? Reads no more than it has to.
[[nodiscard]] bool is_oid(ByteView content, const core::Oid& oid);

/// Appends items to a message; lengths are as short as can be.
class BerWriter {
 public:
    BerWriter() : bytes_(usual_message) {}
    void integer(std::int64_t value);
    void octets(ByteView bytes);
    void octets(std::string_view bytes);
    void null();
    /// An OID of less than two numbers is written as the first one that follows it.
    void oid(const core::Oid& oid);
    /// Bytes that are BER already.
    void raw(ByteView bytes);
    /// What `content` writes, as one item.
    template <class Content>
    void nested(std::uint8_t tag, Content content) {
        const std::size_t start = begin(tag);
        content();
        end(start);
    }

    [[nodiscard]] Bytes take() {
        bytes_.resize(std::exchange(size_, 0));
        return std::exchange(bytes_, {});
    }

 private:
    static constexpr std::size_t usual_message = 512;  // bytes

    /// Where `most` bytes may be written; written() says how far they were.
    std::uint8_t* room(std::size_t most) {
        if (bytes_.size() - size_ < most) bytes_.resize(2 * (size_ + most));
        return bytes_.data() + size_;
    }
    void written(const std::uint8_t* end) { size_ = static_cast<std::size_t>(end - bytes_.data()); }
    std::size_t begin(std::uint8_t tag) {
        std::uint8_t* const to = room(2);
        to[0] = tag;
        size_ += 2;
        return size_;
    }
    void end(std::size_t start) {
        const std::size_t length = size_ - start;
        if (length >= 0x80) return end_long(start, length);
        bytes_[start - 1] = static_cast<std::uint8_t>(length);
    }
    void end_long(std::size_t start, std::size_t length);

    Bytes bytes_;           ///< The message, and room for more of it.
    std::size_t size_ = 0;  ///< Of the message.
};

}  // namespace rounds::probes
