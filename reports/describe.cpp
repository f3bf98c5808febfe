// Strips and lines in words: what a screen reader says, and what a terminal cannot draw.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "reports/content.hpp"
#include "reports/day.hpp"
#include "reports/words.hpp"

namespace rounds::reports {

using core::Duration;
using core::Locale;
using core::Message;
using core::MessageId;
using core::State;

namespace {

constexpr std::size_t most_times = 3;

// "10:12–11:05" within a day, with the date in longer strips; more than a few end with "…".
std::string times(const std::vector<core::Period>& periods, const Strip& strip,
                  const Locale& locale) {
    const bool one_day = strip.whole.length() <= std::chrono::hours{26};
    std::vector<std::string> words;
    for (const core::Period& period : periods) {
        if (words.size() == most_times) {
            words.emplace_back("…");
            break;
        }
        if (one_day)
            words.push_back(fmt::format("{}–{}", clock_text(zone_of(locale), period.from),
                                        clock_text(zone_of(locale), period.until)));
        else
            words.push_back(during(zone_of(locale), period));
    }
    return fmt::format("{}",
                       fmt::join(words, locale.language == core::Language::chinese ? "、" : ", "));
}

std::vector<core::Period> periods_of(const Strip& strip, State state) {
    std::vector<core::Period> found;
    for (const Strip::Part& part : strip.parts) {
        if (part.state == state) found.push_back(part.period);
    }
    return found;
}

Duration total(const std::vector<core::Period>& periods) {
    Duration sum{0};
    for (const core::Period& period : periods) sum += period.length();
    return sum;
}

std::string joined(const std::vector<Message>& messages, const Locale& locale) {
    return joined_parts({.parts = messages}, locale);
}

}  // namespace

std::string describe(const Strip& strip, const Locale& locale) {
    const auto down = periods_of(strip, State::down), hidden = periods_of(strip, State::suppressed);
    const auto off = periods_of(strip, State::off);
    const Measured time{.up = total(periods_of(strip, State::up)),
                        .down = total(down),
                        .suppressed = total(hidden)};
    std::vector<Message> words;
    if (const auto availability = time.availability()) {
        if (down.empty() && hidden.empty())
            words.push_back({MessageId::report_strip_up});
        else
            words.push_back({MessageId::report_strip_share, {{"share", *availability}}});
    } else if (off.empty()) {
        words.push_back({MessageId::report_strip_nothing});
    }
    if (!down.empty())
        words.push_back({MessageId::report_strip_outages,
                         {{"count", static_cast<std::int64_t>(down.size())},
                          {"times", times(down, strip, locale)}}});
    if (!hidden.empty())
        words.push_back(
            {MessageId::report_strip_suppressed, {{"times", times(hidden, strip, locale)}}});
    if (!off.empty())
        words.push_back(
            {words.empty() ? MessageId::report_strip_only_off : MessageId::report_strip_off});
    return joined(words, locale);
}

std::string describe(const Line& line, const Locale& locale) {
    std::vector<double> values;
    for (const auto& value : line.values) {
        if (value) values.push_back(*value);
    }
    if (values.empty()) return render({MessageId::report_line_nothing}, locale);
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    const auto time = [](double seconds) {
        return core::Microseconds{std::llround(seconds * 1e6)};
    };
    if (time(*low) == time(*high))
        return render({MessageId::report_line_point, {{"low", time(*low)}}}, locale);
    return render({MessageId::report_line_range, {{"low", time(*low)}, {"high", time(*high)}}},
                  locale);
}

}  // namespace rounds::reports
