#include "probes/snmp/ber.hpp"

#include <array>

namespace rounds::probes {

std::optional<BerReader::Item> BerReader::next() {
    if (rest_.size() < 2) return std::nullopt;
    const std::uint8_t tag = rest_[0];
    std::size_t length = rest_[1];
    std::size_t header = 2;
    if (length >= 0x80) {
        const std::size_t more = length & 0x7f;
        if (more == 0 || more > 4 || rest_.size() < 2 + more) return std::nullopt;
        length = 0;
        for (std::size_t i = 0; i < more; ++i) length = length << 8 | rest_[2 + i];
        header += more;
    }
    if (length > rest_.size() - header) return std::nullopt;
    const Item item{tag, rest_.subspan(header, length)};
    rest_ = rest_.subspan(header + length);
    return item;
}

std::optional<ByteView> BerReader::next(std::uint8_t tag) {
    const auto item = next();
    if (!item || item->tag != tag) return std::nullopt;
    return item->content;
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

std::optional<core::Oid> read_oid(ByteView content) {
    std::vector<core::Oid::Part> parts;
    parts.reserve(content.size() + 1);
    std::uint64_t number = 0;
    bool open = true;  // the last number is not at its end
    for (const std::uint8_t byte : content) {
        number = number << 7 | (byte & 0x7f);
        // The first number holds two, the first of them at most 2.
        if (number > std::uint64_t{0xffffffff} + (parts.empty() ? 80 : 0)) return std::nullopt;
        open = (byte & 0x80) != 0;
        if (open) continue;
        if (parts.empty()) {
            const std::uint64_t first = number < 40 ? 0 : number < 80 ? 1 : 2;
            parts.push_back(static_cast<core::Oid::Part>(first));
            number -= first * 40;
        }
        parts.push_back(static_cast<core::Oid::Part>(number));
        if (parts.size() > core::Oid::longest) return std::nullopt;
        number = 0;
    }
    if (open) return std::nullopt;
    return core::Oid(std::move(parts));
}

namespace {

/// Base 128, most significant first, all but the last byte with the top bit.
void append_number(Bytes& bytes, std::uint64_t number) {
    int shift = 0;
    while (number >> shift >= 0x80) shift += 7;
    for (; shift > 0; shift -= 7)
        bytes.push_back(static_cast<std::uint8_t>(0x80 | (number >> shift & 0x7f)));
    bytes.push_back(static_cast<std::uint8_t>(number & 0x7f));
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
    bytes_.insert(bytes_.end(), {ber::null, 0});
}

void BerWriter::oid(const core::Oid& oid) {
    nested(ber::oid, [&] {
        const auto parts = oid.parts();
        const std::uint64_t first = parts.empty() ? 0 : parts[0];
        append_number(bytes_, first * 40 + (parts.size() > 1 ? parts[1] : 0));
        for (std::size_t i = 2; i < parts.size(); ++i) append_number(bytes_, parts[i]);
    });
}

void BerWriter::raw(ByteView bytes) {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
}

std::size_t BerWriter::begin(std::uint8_t tag) {
    bytes_.push_back(tag);
    return bytes_.size();
}

void BerWriter::end(std::size_t start) {
    const std::size_t length = bytes_.size() - start;
    std::array<std::uint8_t, 5> header{};
    std::size_t size = 0;
    if (length < 0x80) {
        header[size++] = static_cast<std::uint8_t>(length);
    } else {
        int more = 1;
        while (length >> more * 8 != 0) ++more;
        header[size++] = static_cast<std::uint8_t>(0x80 | more);
        for (; more > 0; --more)
            header[size++] = static_cast<std::uint8_t>(length >> (more - 1) * 8);
    }
    bytes_.insert(bytes_.begin() + static_cast<std::ptrdiff_t>(start), header.begin(),
                  header.begin() + static_cast<std::ptrdiff_t>(size));
}

}  // namespace rounds::probes
