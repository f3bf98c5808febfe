// Values as people read them.
#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "core/message.hpp"
#include "core/text.hpp"
#include "core/time_format.hpp"

namespace rounds::core {

namespace {

/// How a span is written up to a bound: in which unit, with how many decimals.
struct Scale {
    std::int64_t below;  ///< Microseconds, after rounding.
    std::int64_t unit;   ///< Microseconds.
    int decimals;
    std::string_view name;
};

constexpr std::array round_trip_scales{Scale{10, 1'000, 3, "ms"},
                                       Scale{100, 1'000, 2, "ms"},
                                       Scale{100'000, 1'000, 1, "ms"},
                                       Scale{1'000'000, 1'000, 0, "ms"},
                                       Scale{10'000'000, 1'000'000, 2, "s"},
                                       Scale{100'000'000, 1'000'000, 1, "s"},
                                       Scale{INT64_MAX, 1'000'000, 0, "s"}};

std::int64_t power_of_ten(int exponent) {
    std::int64_t power = 1;
    while (exponent-- > 0) power *= 10;
    return power;
}

/// Longer than any real span, and far enough from where rounding overflows.
template <class Span>
Span bounded(Span span) {
    constexpr Span most = std::chrono::days{1'000'000};
    return std::clamp(span, -most, most);
}

std::int64_t rounded_to(std::int64_t value, std::int64_t step) {
    return (value + step / 2) / step * step;
}

/// Three digits at most; whole milliseconds and seconds, which people set as limits, without
/// decimals.
std::string show_round_trip(Microseconds span) {
    const std::int64_t us = span.count();
    if (us < 0) return "-" + show_round_trip(-span);
    for (const Scale& scale : round_trip_scales) {
        const std::int64_t rounded = rounded_to(us, scale.unit / power_of_ten(scale.decimals));
        if (rounded >= scale.below) continue;
        const int decimals = us % scale.unit == 0 ? 0 : scale.decimals;
        return fmt::format("{:.{}f} {}",
                           static_cast<double>(rounded) / static_cast<double>(scale.unit), decimals,
                           scale.name);
    }
    return "?";
}

std::string without_trailing_zeros(std::string number) {
    if (number.find('.') == std::string::npos) return number;
    number.erase(number.find_last_not_of('0') + 1);
    if (number.back() == '.') number.pop_back();
    return number;
}

/// From here on digits would only be noise: 1.2e+18.
constexpr double unwieldy = 1e15;

/// One decimal, and more where nearly nothing would look like nothing, or nearly all like all.
std::string show_ratio(Ratio ratio) {
    const double percent = ratio.value * 100;
    if (!std::isfinite(percent)) return "?";
    if (std::abs(percent) >= unwieldy) return fmt::format("{:.3g}%", percent);
    for (const int decimals : {1, 2, 3}) {
        const std::string text = without_trailing_zeros(fmt::format("{:.{}f}", percent, decimals));
        const bool overstated = (text == "0" && percent > 0) || (text == "100" && percent < 100);
        if (!overstated) return (text == "-0" ? "0" : text) + "%";
    }
    return percent < 50 ? "<0.001%" : ">99.999%";
}

struct SpanWords {
    std::string_view milliseconds, seconds, minutes, hours, days;
};

constexpr SpanWords english_words{"ms", "s", "min", "h", "d"};
constexpr SpanWords chinese_words{"毫秒", "秒", "分", "时", "天"};

/// "15 h 51 min"; the second part only when it is not 0.
std::string two_parts(std::int64_t amount, std::int64_t per_big, std::string_view big,
                      std::string_view small) {
    if (amount % per_big == 0) return fmt::format("{} {}", amount / per_big, big);
    return fmt::format("{} {} {} {}", amount / per_big, big, amount % per_big, small);
}

/// The two largest units that say something; rounded to the nearest, never to "60 min".
std::string show_span(Duration span, Language language) {
    const std::int64_t ms = span.count();
    if (ms < 0) return "-" + show_span(-span, language);
    const SpanWords& words = language == Language::chinese ? chinese_words : english_words;

    constexpr std::int64_t second = 1'000;
    constexpr std::int64_t minute = 60 * second;
    constexpr std::int64_t hour = 60 * minute;
    constexpr std::int64_t day = 24 * hour;
    const auto count = [ms](std::int64_t unit) { return rounded_to(ms, unit) / unit; };
    if (ms == 0) return fmt::format("0 {}", words.seconds);
    if (ms < second) return fmt::format("{} {}", ms, words.milliseconds);
    if (rounded_to(ms, 100) < 10 * second) {
        const double seconds = static_cast<double>(rounded_to(ms, 100)) / 1000;
        return fmt::format("{} {}", seconds, words.seconds);
    }
    if (count(second) < 60) return fmt::format("{} {}", count(second), words.seconds);
    if (count(second) < 600) return two_parts(count(second), 60, words.minutes, words.seconds);
    if (count(minute) < 60) return fmt::format("{} {}", count(minute), words.minutes);
    if (count(minute) < day / minute)
        return two_parts(count(minute), 60, words.hours, words.minutes);
    if (count(hour) < 100 * (day / hour))
        return two_parts(count(hour), 24, words.days, words.hours);
    return fmt::format("{} {}", count(day), words.days);
}

std::string show_number(double number) {
    if (!std::isfinite(number)) return "?";
    if (number == 0) return "0";
    if (std::abs(number) >= unwieldy) return fmt::format("{:.3g}", number);
    return std::abs(number) < 99.95 ? fmt::format("{:.3g}", number) : fmt::format("{:.0f}", number);
}

struct Shower {
    const Locale& locale;

    std::string operator()(const std::string& text) const { return printable(text); }
    std::string operator()(std::int64_t number) const { return fmt::format("{}", number); }
    std::string operator()(double number) const { return show_number(number); }
    std::string operator()(Ratio ratio) const { return show_ratio(ratio); }
    std::string operator()(Microseconds span) const { return show_round_trip(bounded(span)); }
    std::string operator()(Duration span) const {
        return show_span(bounded(span), locale.language);
    }
    std::string operator()(WallTime time) const { return day_and_clock(time, locale); }
};

}  // namespace

std::string show(const Value& value, const Locale& locale) {
    return std::visit(Shower{locale}, value);
}

}  // namespace rounds::core
