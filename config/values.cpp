#include "config/values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/text.hpp"

namespace rounds::config {

namespace {

using namespace std::chrono_literals;
using core::Error;
using core::Microseconds;
using core::Result;

constexpr std::string_view digits = "0123456789";

struct Unit {
    std::string_view name;
    Microseconds length;
};
/// From large to small: the order in which they are written. "m" is a minute; "ms" is looked for first.
constexpr std::array<Unit, 6> units{
    {{"d", 24h}, {"h", 1h}, {"m", 1min}, {"s", 1s}, {"ms", 1ms}, {"us", 1us}}};
constexpr Microseconds longest_span = 366 * 24h * 100;

constexpr std::string_view span_advice =
    "write a number with its unit, such as 500ms, 30s, 5m or 1h30m";

/// A number without sign at the beginning of `text`, which then begins behind it.
std::optional<std::int64_t> take_number(std::string_view& text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || text.front() == '-') return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

/// "2.5" as a number, without sign or exponent.
std::optional<double> decimal(std::string_view text) {
    if (text.empty() || text.size() > 15 ||
        text.find_first_not_of("0123456789.") != std::string_view::npos) {
        return std::nullopt;
    }
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// The only word of which the other is a beginning: "warn" for warning, "monday" for mon.
std::string_view begun_by(std::string_view word, std::span<const std::string_view> words) {
    const auto begins = [word](std::string_view other) {
        return std::min(word.size(), other.size()) >= 3 &&
               (other.starts_with(word) || word.starts_with(other));
    };
    const auto found = std::ranges::find_if(words, begins);
    return std::ranges::count_if(words, begins) == 1 ? *found : std::string_view{};
}

}  // namespace

Error refusal(std::string_view text, std::string_view what, std::string_view advice) {
    return {Error::Kind::invalid_input,
            fmt::format("\"{}\" is not {}; {}", core::printable(text, 80), what, advice)};
}

std::string suggestion(std::string_view word, std::span<const std::string_view> words) {
    auto near = core::nearest(word, words.data(), words.data() + words.size());
    if (near.empty()) near = begun_by(word, words);
    if (!near.empty()) return fmt::format("did you mean \"{}\"?", near);
    constexpr std::size_t too_many = 100;
    if (words.size() > too_many) return fmt::format("none of {} is like it", words.size());
    return fmt::format("it is one of {}", fmt::join(words, ", "));
}

Result<std::string> line_of_text(std::string_view text) {
    constexpr std::size_t longest = 200;
    if (text.find_first_not_of(" \t") == std::string_view::npos) {
        return Error{Error::Kind::invalid_input, "is empty; write something or take the key out"};
    }
    if (core::printable(text, longest) != text) {
        return refusal(
            text, "a line of text",
            fmt::format("it has control characters or more than {} characters", longest));
    }
    return std::string(text);
}

Result<bool> truth(std::string_view text) {
    // Spreadsheets write TRUE.
    if (text == "true" || text == "True" || text == "TRUE") return true;
    if (text == "false" || text == "False" || text == "FALSE") return false;
    return refusal(text, "a yes or no", "write true or false");
}

Parser<int> number(int least, int most) {
    return [least, most](std::string_view text) -> Result<int> {
        int value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error == std::errc{} && end == text.data() + text.size() && value >= least &&
            value <= most) {
            return value;
        }
        return refusal(text, fmt::format("a whole number from {} to {}", least, most),
                       "write one within them");
    };
}

Result<Microseconds> span_of_time(std::string_view text) {
    const auto no_span = [text] { return refusal(text, "a span of time", span_advice); };
    if (text.empty()) return no_span();
    Microseconds sum{0};
    auto next_unit = units.begin();
    for (std::string_view rest = text; !rest.empty();) {
        const auto count = take_number(rest);
        if (!count) return no_span();
        const std::string_view name = rest.substr(0, rest.find_first_of(digits));
        const auto unit =
            std::find_if(next_unit, units.end(), [&](const Unit& u) { return u.name == name; });
        if (unit == units.end()) return no_span();
        if (*count > longest_span / unit->length) return no_span();
        sum += *count * unit->length;
        next_unit = std::next(unit);
        rest.remove_prefix(name.size());
    }
    if (sum > longest_span) return no_span();
    return sum;
}

std::string show(core::Duration span) {
    if (span == 0ms) return "0s";
    std::string text;
    Microseconds rest = span;
    for (const auto& [name, length] : units) {
        if (const auto count = rest / length; count > 0) text += fmt::format("{}{}", count, name);
        rest %= length;
    }
    return text;
}

Parser<core::Duration> duration(core::Duration least, core::Duration most) {
    return [least, most](std::string_view text) -> Result<core::Duration> {
        const auto span = span_of_time(text);
        if (!span) return span.error();
        if (*span % 1ms == 0us && *span >= least && *span <= most) {
            return std::chrono::duration_cast<core::Duration>(*span);
        }
        return refusal(text, fmt::format("within {} to {}", show(least), show(most)),
                       "write a span within them");
    };
}

Parser<int> days(int least, int most) {
    return [least, most](std::string_view text) -> Result<int> {
        const auto span = span_of_time(text);
        const auto count = span ? *span / 24h : 0;
        if (span && *span % 24h == 0us && count >= least && count <= most)
            return static_cast<int>(count);
        return refusal(text, fmt::format("a number of days from {}d to {}d", least, most),
                       "write it like 400d");
    };
}

Result<std::optional<Microseconds>> round_trip_limit(std::string_view text) {
    if (text == "never") return std::optional<Microseconds>{};
    const auto span = span_of_time(text);
    if (span && *span >= 1us && *span <= 60s) return std::optional{*span};
    return refusal(text, "a time from 1us to 60s", "write it like 100ms, or never");
}

Result<std::optional<double>> share_limit(std::string_view text) {
    if (text == "never") return std::optional<double>{};
    if (text.ends_with('%')) {
        const auto percent = decimal(text.substr(0, text.size() - 1));
        if (percent && *percent > 0 && *percent <= 100) return std::optional{*percent / 100};
    }
    return refusal(text, "a share above 0% and up to 100%", "write it like 5%, or never");
}

Result<std::optional<double>> item_limit(std::string_view text) {
    if (text == "never") return std::optional<double>{};
    const auto number = text.ends_with('%') ? text.substr(0, text.size() - 1) : text;
    if (const auto value = decimal(number)) return value;
    return refusal(text, "a limit", "write a number in the item's unit, such as 85%, or never");
}

Result<std::int64_t> bandwidth(std::string_view text) {
    constexpr std::array<std::pair<char, double>, 5> prefixes{
        {{'k', 1e3}, {'K', 1e3}, {'M', 1e6}, {'G', 1e9}, {'T', 1e12}}};
    if (!text.empty()) {
        const auto* prefix =
            std::ranges::find(prefixes, text.back(), &std::pair<char, double>::first);
        const auto amount =
            prefix == prefixes.end() ? std::nullopt : decimal(text.substr(0, text.size() - 1));
        if (amount && *amount > 0 && *amount < 1e6) return std::llround(*amount * prefix->second);
    }
    return refusal(text, "a bandwidth", "write bits per second like 512k, 200M or 1G");
}

Result<std::filesystem::path> path(std::string_view text) {
    const auto line = line_of_text(text);
    if (!line) return line.error();
    return std::filesystem::path(*line);
}

}  // namespace rounds::config
