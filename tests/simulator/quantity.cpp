#include "tests/simulator/quantity.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace rounds::simulator {
namespace {

constexpr double longest = 24.0 * 3600 * 1e6;  // a day, in microseconds

/// The number at the front of `text`, which it consumes; empty when there is none.
std::optional<double> take_number(std::string_view& text) {
    const auto end = std::min(text.find_first_not_of("0123456789."), text.size());
    double number = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + end, number);
    if (error != std::errc{} || rest != text.data() + end) return std::nullopt;
    text.remove_prefix(end);
    return number;
}

/// The unit at the front of `text`, which it consumes, in microseconds; empty when there is none.
std::optional<double> take_unit(std::string_view& text) {
    static constexpr std::array<std::pair<std::string_view, double>, 5> units{
        {{"us", 1}, {"ms", 1e3}, {"s", 1e6}, {"m", 60e6}, {"h", 3600e6}}};
    for (const auto& [word, microseconds] : units) {
        if (!text.starts_with(word)) continue;
        text.remove_prefix(word.size());
        return microseconds;
    }
    return std::nullopt;
}

core::Error not_a_duration(std::string_view text) {
    return {core::Error::Kind::invalid_input,
            fmt::format("\"{}\" is not a duration; write it like 300us, 20ms, 40s or 1m10s, "
                        "at most a day",
                        text)};
}

}  // namespace

core::Result<core::Microseconds> duration_of(std::string_view text) {
    std::string_view rest = text;
    double sum = 0;
    do {
        const auto number = take_number(rest);
        const auto unit = number ? take_unit(rest) : std::nullopt;
        if (!unit) return not_a_duration(text);
        sum += *number * *unit;
        if (sum > longest) return not_a_duration(text);
    } while (!rest.empty());
    return core::Microseconds{std::llround(sum)};
}

core::Result<double> share_of(std::string_view text) {
    std::string_view rest = text;
    const auto number = take_number(rest);
    const double share = number.value_or(-1) / (rest == "%" ? 100 : 1);
    if (!number || (!rest.empty() && rest != "%") || share > 1) {
        return core::Error{core::Error::Kind::invalid_input,
                           fmt::format("\"{}\" is not a share; write it like 5% or 0.05", text)};
    }
    return share;
}

core::Result<bool> truth_of(std::string_view text) {
    if (text == "true") return true;
    if (text == "false") return false;
    return core::Error{core::Error::Kind::invalid_input,
                       fmt::format("\"{}\" is neither true nor false", text)};
}

core::Result<std::uint64_t> number_of(std::string_view text) {
    std::uint64_t number = 0;
    const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc{} && rest == text.data() + text.size()) return number;
    return core::Error{core::Error::Kind::invalid_input,
                       fmt::format("\"{}\" is not a whole number", text)};
}

std::string spoken(core::Microseconds duration) {
    const auto count = static_cast<double>(duration.count());
    if (count < 1e3) return fmt::format("{} us", duration.count());
    if (count < 1e6) return fmt::format("{:.4g} ms", count / 1e3);
    return fmt::format("{:.4g} s", count / 1e6);
}

std::string spoken(double share) {
    return fmt::format("{:.4g} %", share * 100);
}

}  // namespace rounds::simulator
