#include "daemon/store/chunk_integers.hpp"

#include <algorithm>
#include <bit>
#include <limits>

#include "daemon/store/chunk_bits.hpp"

namespace rounds::store {

namespace {

// The first byte of a column: the packing, and above it the order of the differences.
enum Packing : unsigned { same = 0, bits = 1, planes = 2, varints = 3, split = 4 };
constexpr unsigned order_step = 8;
constexpr int orders = 3;

constexpr std::size_t group = 32;          ///< So many share a width of bits.
constexpr std::uint8_t exceptional = 255;  ///< As a byte of the split packing: see the end of it.

/// Differences wrap around as unsigned numbers do: what was added is taken away again, whatever it was.
std::int64_t minus(std::int64_t a, std::int64_t b) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
}
std::int64_t plus(std::int64_t a, std::int64_t b) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}
std::uint64_t zigzag(std::int64_t number) {
    return to_zigzag(static_cast<std::uint64_t>(number));
}
std::int64_t unzigzag(std::uint64_t number) {
    return static_cast<std::int64_t>(from_zigzag(number));
}

void difference(std::vector<std::int64_t>& numbers) {
    for (std::size_t i = 0; i + 1 < numbers.size(); ++i)
        numbers[i] = minus(numbers[i + 1], numbers[i]);
    numbers.pop_back();
}

/// The number that `percent` of them do not exceed, about: found among a hundred or two of them, spread evenly. It is
/// a guess at which packing will be short, and need not be exact.
template <class Number>
Number percentile(std::span<const Number> numbers, std::size_t percent) {
    constexpr std::size_t enough = 128;
    const std::size_t stride = std::max<std::size_t>(1, numbers.size() / enough);
    std::vector<Number> some;
    some.reserve(2 * enough);
    for (std::size_t i = 0; i < numbers.size(); i += stride) some.push_back(numbers[i]);
    const auto place = some.begin() + static_cast<std::ptrdiff_t>(some.size() * percent / 100);
    std::nth_element(some.begin(), place, some.end());
    return *place;
}

unsigned width_of(std::uint64_t number) {
    return static_cast<unsigned>(std::bit_width(number));
}

}  // namespace

struct IntegerPacker::Layout {
    int order = 0;
    std::int64_t median = 0;
    std::uint64_t cost = std::numeric_limits<std::uint64_t>::max();  ///< In bits, about.
};

IntegerPacker::Layout IntegerPacker::best_layout(std::span<const std::int64_t> numbers) {
    Layout best;
    differences_.assign(numbers.begin(), numbers.end());
    for (int order = 0; order < orders && !differences_.empty(); ++order) {
        const auto median = percentile<std::int64_t>(differences_, 50);
        Layout layout{.order = order, .median = median, .cost = 0};
        for (const std::int64_t number : differences_)
            layout.cost += width_of(zigzag(minus(number, layout.median)));
        if (layout.cost < best.cost) best = layout;
        if (best.cost == 0) break;
        difference(differences_);
    }
    return best;
}

void IntegerPacker::fold(std::span<const std::int64_t> numbers, const Layout& layout) {
    differences_.assign(numbers.begin(), numbers.end());
    for (int order = 0; order < layout.order; ++order) difference(differences_);
    folded_.clear();
    for (const std::int64_t number : differences_)
        folded_.push_back(zigzag(minus(number, layout.median)));
}

void IntegerPacker::offer(unsigned packing) {
    if (packing_ != same && trial_.size() >= best_.size()) return;
    packing_ = packing;
    best_.swap(trial_);
}

void IntegerPacker::pack(std::span<const std::int64_t> numbers, Bytes& out) {
    if (numbers.empty()) return;
    const Layout layout = best_layout(numbers);
    fold(numbers, layout);
    packing_ = same;
    best_.clear();
    if (layout.cost != 0) {
        pack_bits();
        pack_planes();
        pack_varints();
        // Where noise begins: above it few bits are left, and zstd's Huffman codes find out how they are spread.
        const unsigned width = width_of(percentile<std::uint64_t>(folded_, 97));
        for (const unsigned kept : {7U, 5U})
            if (width >= kept) pack_split(width - kept);
    }
    out += static_cast<char>(packing_ + order_step * static_cast<unsigned>(layout.order));
    put_varint(out, zigzag(layout.median));
    // What each difference begins with: the first number, then the first difference.
    if (layout.order > 0) put_varint(out, zigzag(numbers[0]));
    if (layout.order > 1) put_varint(out, zigzag(minus(numbers[1], numbers[0])));
    out += best_;
}

void IntegerPacker::pack_bits() {
    trial_.clear();
    for (std::size_t at = 0; at < folded_.size(); at += group) {
        const auto part = std::span(folded_).subspan(at, std::min(group, folded_.size() - at));
        const unsigned width = width_of(std::ranges::max(part));
        trial_ += static_cast<char>(width);
        BitWriter writer(trial_);
        for (const std::uint64_t number : part) writer.put(number, width);
        writer.finish();
    }
    offer(bits);
}

void IntegerPacker::unpack_bits(ByteReader& reader) {
    for (std::size_t at = 0; at < folded_.size(); at += group) {
        const auto part = std::span(folded_).subspan(at, std::min(group, folded_.size() - at));
        const unsigned width = reader.byte();
        if (width > 64) throw ChunkDamage("a column of samples has more than 64 bits a number");
        BitReader source(reader.take((part.size() * width + 7) / 8));
        for (std::uint64_t& number : part) number = source.get(width);
    }
}

void IntegerPacker::pack_planes() {
    const unsigned used = (width_of(std::ranges::max(folded_)) + 7) / 8;
    plain_.clear();
    for (unsigned plane = 0; plane < used; ++plane)
        for (const std::uint64_t number : folded_)
            plain_ += static_cast<char>(number >> (8 * plane));
    trial_.assign(1, static_cast<char>(used));
    trial_ += zstd_.compress(plain_);
    offer(planes);
}

void IntegerPacker::unpack_planes(ByteReader& reader) {
    const unsigned used = reader.byte();
    if (used > 8) throw ChunkDamage("a column of samples has more than 8 bytes a number");
    zstd_.decompress(reader.take(reader.left()), folded_.size() * used, unpacked_);
    std::ranges::fill(folded_, 0);
    const char* next = unpacked_.data();
    for (unsigned plane = 0; plane < used; ++plane)
        for (std::uint64_t& number : folded_)
            number |= std::uint64_t{static_cast<std::uint8_t>(*next++)} << (8 * plane);
}

void IntegerPacker::pack_varints() {
    plain_.clear();
    for (const std::uint64_t number : folded_) put_varint(plain_, number);
    trial_.clear();
    put_varint(trial_, plain_.size());
    trial_ += zstd_.compress(plain_);
    offer(varints);
}

void IntegerPacker::unpack_varints(ByteReader& reader) {
    const std::uint64_t size = reader.varint();
    if (size > folded_.size() * 10)
        throw ChunkDamage("a column of samples is longer than it can be");
    zstd_.decompress(reader.take(reader.left()), size, unpacked_);
    ByteReader source(unpacked_);
    for (std::uint64_t& number : folded_) number = source.varint();
    if (source.left() != 0) throw ChunkDamage("a column of samples goes on behind its end");
}

void IntegerPacker::pack_split(unsigned low) {
    plain_.clear();
    Bytes exceptions;
    trial_.assign(1, static_cast<char>(low));
    BitWriter writer(trial_);
    for (const std::uint64_t number : folded_) {
        writer.put(number & ((std::uint64_t{1} << low) - 1), low);
        const std::uint64_t high = number >> low;
        plain_ += static_cast<char>(std::min<std::uint64_t>(high, exceptional));
        if (high >= exceptional) put_varint(exceptions, high);
    }
    writer.finish();
    put_varint(trial_, exceptions.size());
    trial_ += exceptions;
    trial_ += zstd_.compress(plain_);
    offer(split);
}

void IntegerPacker::unpack_split(ByteReader& reader) {
    const unsigned low = reader.byte();
    if (low > 63) throw ChunkDamage("a column of samples has more than 64 bits a number");
    BitReader source(reader.take((folded_.size() * low + 7) / 8));
    ByteReader exceptions(reader.take(reader.varint()));
    zstd_.decompress(reader.take(reader.left()), folded_.size(), unpacked_);
    for (std::size_t i = 0; i < folded_.size(); ++i) {
        std::uint64_t high = static_cast<std::uint8_t>(unpacked_[i]);
        if (high == exceptional) high = exceptions.varint();
        folded_[i] = high << low | source.get(low);
    }
}

void IntegerPacker::read_body(unsigned packing, ByteReader& reader, std::size_t count) {
    folded_.assign(count, 0);
    switch (packing) {
        case same: break;
        case bits: unpack_bits(reader); break;
        case planes: unpack_planes(reader); break;
        case varints: unpack_varints(reader); break;
        case split: unpack_split(reader); break;
        default: throw ChunkDamage("a column of samples has a packing that is not known");
    }
    if (reader.left() != 0) throw ChunkDamage("a column of samples goes on behind its end");
}

void IntegerPacker::unfold(int order, ByteReader& reader, std::size_t count,
                           std::vector<std::int64_t>& numbers) {
    const std::int64_t median = unzigzag(reader.varint());
    std::int64_t first = order > 0 ? unzigzag(reader.varint()) : 0;
    std::int64_t step = order > 1 ? unzigzag(reader.varint()) : 0;
    const unsigned packing = packing_;
    read_body(packing, reader, count - static_cast<std::size_t>(order));
    numbers.clear();
    numbers.reserve(count);
    if (order > 0) numbers.push_back(first);
    if (order > 1) numbers.push_back(first = plus(first, step));
    for (const std::uint64_t folded : folded_) {
        const std::int64_t number = plus(unzigzag(folded), median);
        if (order == 0) {
            numbers.push_back(number);
            continue;
        }
        step = order == 1 ? number : plus(step, number);
        numbers.push_back(first = plus(first, step));
    }
}

void IntegerPacker::unpack(std::string_view bytes, std::size_t count,
                           std::vector<std::int64_t>& numbers) {
    numbers.clear();
    ByteReader reader(bytes);
    if (count == 0) {
        if (reader.left() != 0) throw ChunkDamage("a column of samples goes on behind its end");
        return;
    }
    const unsigned head = reader.byte();
    const int order = static_cast<int>(head / order_step);
    if (order >= orders || static_cast<std::size_t>(order) >= count)
        throw ChunkDamage("a column of samples has differences that are not known");
    packing_ = head % order_step;
    unfold(order, reader, count, numbers);
}

}  // namespace rounds::store
