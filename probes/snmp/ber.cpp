#include "probes/snmp/ber.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace rounds::probes {

std::optional<BerReader::Item> BerReader::next_long() {
    const std::uint8_t tag = rest_[0];
    const std::size_t more = rest_[1] & 0x7f;
    if (more == 0 || more > 4 || rest_.size() < 2 + more) return std::nullopt;
    std::size_t length = 0;
    for (std::size_t i = 0; i < more; ++i) length = length << 8 | rest_[2 + i];
    return take(tag, 2 + more, length);
}

std::optional<std::int64_t> BerReader::next_integer() {
    const auto content = next(ber::integer);
    return content ? read_integer(*content) : std::nullopt;
}

std::optional<std::int64_t> read_integer(ByteView content) {
    if (content.empty() || content.size() > 8) return std::nullopt;
    std::uint64_t value = (content[0] & 0x80) != 0 ? ~std::uint64_t{0} : 0;
    for (const std::uint8_t byte : content) value = value << 8 | byte;
    return static_cast<std::int64_t>(value);
}

namespace {

/// The number at `at`, which moves behind it; empty when it has no end or is too large for any OID's.
std::optional<std::uint64_t> next_number(ByteView bytes, std::size_t& at) {
    std::uint64_t number = 0;
    while (at < bytes.size() && number >> 32 == 0) {
        const std::uint8_t byte = bytes[at++];
        number = number << 7 | (byte & 0x7f);
        if (byte < 0x80) return number;
    }
    return std::nullopt;
}

/// Almost every number of an OID is below 128: then a byte is a number, and the first one two.
bool is_short(ByteView bytes) {
    if (bytes.empty() || bytes.size() >= core::Oid::longest) return false;
    constexpr std::uint64_t tops = 0x8080808080808080;
    std::size_t at = 0;
    for (std::uint64_t eight = 0; at + sizeof eight <= bytes.size(); at += sizeof eight) {
        std::memcpy(&eight, &bytes[at], sizeof eight);
        if ((eight & tops) != 0) return false;
    }
    for (; at < bytes.size(); ++at) {
        if (bytes[at] >= 0x80) return false;
    }
    return true;
}

core::Oid read_short(ByteView content) {
    return core::Oid::written(content.size() + 1, [&](std::span<core::Oid::Part> parts) {
        const std::uint8_t head = content[0];
        parts[0] = head < 40 ? 0 : head < 80 ? 1 : 2;
        parts[1] = head - parts[0] * 40;
        std::copy(content.begin() + 1, content.end(), parts.begin() + 2);
    });
}

std::optional<core::Oid> read_long(ByteView content) {
    std::size_t at = 0;
    const auto head = next_number(content, at);
    if (!head) return std::nullopt;
    // The first number holds two, the first of them at most 2.
    const std::uint64_t first = *head < 40 ? 0 : *head < 80 ? 1 : 2;
    if (*head - first * 40 > 0xffffffff) return std::nullopt;
    std::array<core::Oid::Part, core::Oid::longest> parts;
    parts[0] = static_cast<core::Oid::Part>(first);
    parts[1] = static_cast<core::Oid::Part>(*head - first * 40);
    std::size_t count = 2;
    while (at < content.size()) {
        const auto number = next_number(content, at);
        if (!number || *number > 0xffffffff || count == parts.size()) return std::nullopt;
        parts[count++] = static_cast<core::Oid::Part>(*number);
    }
    return core::Oid(std::span(parts).first(count));
}

}  // namespace

std::optional<core::Oid> read_oid(ByteView content) {
    return is_short(content) ? read_short(content) : read_long(content);
}

bool is_oid(ByteView content) {
    return is_short(content) || read_long(content).has_value();
}

bool is_oid(ByteView content, const core::Oid& oid) {
    if (!is_short(content)) return read_long(content) == oid;
    const auto parts = oid.parts();
    return parts.size() == content.size() + 1 && parts[0] * 40 + parts[1] == content[0] &&
           std::equal(content.begin() + 1, content.end(), parts.begin() + 2);
}

namespace {

constexpr std::size_t longest_number = 6;  // bytes: of the first, which holds two

/// Base 128, most significant first, all but the last byte with the top bit. Returns its end.
std::uint8_t* write_number(std::uint8_t* to, std::uint64_t number) {
    int shift = 0;
    while (number >> shift >= 0x80) shift += 7;
    for (; shift > 0; shift -= 7)
        *to++ = static_cast<std::uint8_t>(0x80 | (number >> shift & 0x7f));
    *to++ = static_cast<std::uint8_t>(number & 0x7f);
    return to;
}

}  // namespace

void BerWriter::integer(std::int64_t value) {
    std::size_t size = 8;
    // A leading byte that only repeats the sign is not written.
    while (size > 1 && value >> (size * 8 - 9) == (value < 0 ? -1 : 0)) --size;
    std::uint8_t* to = room(2 + size);
    *to++ = ber::integer;
    *to++ = static_cast<std::uint8_t>(size);
    for (std::size_t i = size; i > 0; --i) *to++ = static_cast<std::uint8_t>(value >> (i - 1) * 8);
    written(to);
}

void BerWriter::octets(ByteView bytes) {
    nested(ber::octets, [&] { raw(bytes); });
}

void BerWriter::octets(std::string_view bytes) {
    nested(ber::octets,
           [&] { written(std::copy(bytes.begin(), bytes.end(), room(bytes.size()))); });
}

void BerWriter::null() {
    begin(ber::null);
    end(size_);
}

void BerWriter::oid(const core::Oid& oid) {
    const auto parts = oid.parts();
    nested(ber::oid, [&] {
        std::uint8_t* to = room(longest_number * (parts.size() + 1));
        const std::uint64_t first = parts.empty() ? 0 : parts[0];
        to = write_number(to, first * 40 + (parts.size() > 1 ? parts[1] : 0));
        for (std::size_t i = 2; i < parts.size(); ++i) {
            if (parts[i] < 0x80) {
                *to++ = static_cast<std::uint8_t>(parts[i]);
            } else {
                to = write_number(to, parts[i]);
            }
        }
        written(to);
    });
}

void BerWriter::raw(ByteView bytes) {
    written(std::copy(bytes.begin(), bytes.end(), room(bytes.size())));
}

/// A length that needs more than the byte kept for it moves what is behind; few items of a message do.
void BerWriter::end_long(std::size_t start, std::size_t length) {
    std::size_t more = 1;
    while (length >> more * 8 != 0) ++more;
    room(more);
    std::uint8_t* const content = bytes_.data() + start;
    std::copy_backward(content, content + length, content + length + more);
    content[-1] = static_cast<std::uint8_t>(0x80 | more);
    for (std::size_t i = 0; i < more; ++i)
        content[i] = static_cast<std::uint8_t>(length >> (more - 1 - i) * 8);
    size_ += more;
}

}  // namespace rounds::probes
