#include "probes/snmp/ber.hpp"

#include <array>

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

}  // namespace

std::optional<core::Oid> read_oid(ByteView content) {
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
        std::uint64_t number = content[at];
        if (number < 0x80) {
            ++at;
        } else {
            const auto longer = next_number(content, at);
            if (!longer || *longer > 0xffffffff) return std::nullopt;
            number = *longer;
        }
        if (count == parts.size()) return std::nullopt;
        parts[count++] = static_cast<core::Oid::Part>(number);
    }
    return core::Oid(std::span(parts).first(count));
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
    nested(ber::integer, [&] {
        for (std::size_t i = size; i > 0; --i)
            bytes_.push_back(static_cast<std::uint8_t>(value >> (i - 1) * 8));
    });
}

void BerWriter::octets(ByteView bytes) {
    nested(ber::octets, [&] { raw(bytes); });
}

void BerWriter::octets(std::string_view bytes) {
    nested(ber::octets, [&] { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); });
}

void BerWriter::null() {
    bytes_.push_back(ber::null);
    bytes_.push_back(0);
}

void BerWriter::oid(const core::Oid& oid) {
    const auto parts = oid.parts();
    nested(ber::oid, [&] {
        const std::size_t start = bytes_.size();
        bytes_.resize(start + longest_number * (parts.size() + 1));
        const std::uint64_t first = parts.empty() ? 0 : parts[0];
        std::uint8_t* end =
            write_number(&bytes_[start], first * 40 + (parts.size() > 1 ? parts[1] : 0));
        for (std::size_t i = 2; i < parts.size(); ++i) {
            if (parts[i] < 0x80) {
                *end++ = static_cast<std::uint8_t>(parts[i]);
            } else {
                end = write_number(end, parts[i]);
            }
        }
        bytes_.resize(static_cast<std::size_t>(end - bytes_.data()));
    });
}

void BerWriter::raw(ByteView bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
}

std::size_t BerWriter::begin(std::uint8_t tag) {
    bytes_.push_back(tag);
    bytes_.push_back(0);
    return bytes_.size();
}

/// A length that needs more than the byte kept for it moves what is behind; few items of a message do.
void BerWriter::end(std::size_t start) {
    const std::size_t length = bytes_.size() - start;
    if (length < 0x80) {
        bytes_[start - 1] = static_cast<std::uint8_t>(length);
        return;
    }
    std::array<std::uint8_t, 4> header{};
    std::size_t size = 1;
    while (length >> size * 8 != 0) ++size;
    for (std::size_t i = 0; i < size; ++i)
        header[i] = static_cast<std::uint8_t>(length >> (size - 1 - i) * 8);
    bytes_[start - 1] = static_cast<std::uint8_t>(0x80 | size);
    bytes_.insert(bytes_.begin() + static_cast<std::ptrdiff_t>(start), header.begin(),
                  header.begin() + static_cast<std::ptrdiff_t>(size));
}

}  // namespace rounds::probes
