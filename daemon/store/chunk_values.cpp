#include "daemon/store/chunk_values.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace rounds::store {

namespace {

// The first byte of a column: so many decimals, or
constexpr unsigned by_bits = 4;
constexpr std::array<double, by_bits> powers{1, 10, 100, 1000};
constexpr double most_exact = 9007199254740992.0;  // 2^53: up to it every integer is a double.

/// The nearest integer; of what is one to begin with, itself. Faster than the library's, which minds the mode of rounding.
std::int64_t nearest(double value) {
    return static_cast<std::int64_t>(value + std::copysign(0.5, value));
}

std::int64_t scaled_up(double value, int decimals) {
    return decimals == 0 ? static_cast<std::int64_t>(value)
                         : nearest(value * powers[static_cast<std::size_t>(decimals)]);
}

bool is_scaled(double value, int decimals) {
    const double scaled = value * powers[static_cast<std::size_t>(decimals)];
    if (!(std::abs(scaled) <= most_exact)) return false;
    const double back = scaled_down(scaled_up(value, decimals), decimals);
    return std::bit_cast<std::uint64_t>(back) == std::bit_cast<std::uint64_t>(value);
}

}  // namespace

double scaled_down(std::int64_t integer, int decimals) {
    const auto number = static_cast<double>(integer);
    return decimals == 0 ? number : number / powers[static_cast<std::size_t>(decimals)];
}

std::optional<int> decimals_of(std::span<const double> values) {
    int decimals = 0;
    for (const double value : values) {
        // What has one decimal has two as well, but for the largest: the first ones are looked at again below.
        while (!is_scaled(value, decimals)) {
            if (++decimals == static_cast<int>(powers.size())) return std::nullopt;
        }
    }
    if (decimals == 0) return 0;
    const bool all = std::ranges::all_of(values, [&](double v) { return is_scaled(v, decimals); });
    return all ? std::optional(decimals) : std::nullopt;
}

void scale_up(std::span<const double> values, int decimals, std::vector<std::int64_t>& integers) {
    for (const double value : values) integers.push_back(scaled_up(value, decimals));
}

void ValuePacker::pack(std::span<const double> values, Bytes& out) {
    if (values.empty()) return;
    numbers_.clear();
    const auto decimals = decimals_of(values);
    if (decimals) {
        scale_up(values, *decimals, numbers_);
    } else {
        for (const double value : values) numbers_.push_back(std::bit_cast<std::int64_t>(value));
    }
    out += static_cast<char>(decimals ? static_cast<unsigned>(*decimals) : by_bits);
    packer_.pack(numbers_, out);
}

void ValuePacker::unpack(std::string_view bytes, std::size_t count, std::vector<double>& values) {
    values.clear();
    ByteReader reader(bytes);
    const unsigned kind = count == 0 ? by_bits : reader.byte();
    if (kind > by_bits) throw ChunkDamage("a column of samples has a kind that is not known");
    packer_.unpack(reader.take(reader.left()), count, numbers_);
    values.reserve(count);
    if (kind == by_bits) {
        for (const std::int64_t number : numbers_) values.push_back(std::bit_cast<double>(number));
    } else {
        for (const std::int64_t number : numbers_)
            values.push_back(scaled_down(number, static_cast<int>(kind)));
    }
}

}  // namespace rounds::store
