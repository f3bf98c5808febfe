#include "config/dates.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "config/values.hpp"

namespace rounds::config {

namespace {

using core::Result;
using std::chrono::sys_days;

constexpr int minutes_a_day = 24 * 60;

/// Exactly this many digits as a number.
std::optional<int> digits(std::string_view text, std::size_t count) {
    if (text.size() != count || text.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// "08:30" as minutes, up to 24:00.
std::optional<int> minutes(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto hour = digits(text.substr(0, colon), 2);
    const auto minute = digits(text.substr(colon + 1), 2);
    if (!hour || !minute || *minute > 59) return std::nullopt;
    const int sum = *hour * 60 + *minute;
    return sum <= minutes_a_day ? std::optional{sum} : std::nullopt;
}

std::optional<sys_days> date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto year = digits(text.substr(0, 4), 4);
    const auto month = digits(text.substr(5, 2), 2);
    const auto day = digits(text.substr(8, 2), 2);
    if (!year || !month || !day) return std::nullopt;
    const std::chrono::year_month_day whole{std::chrono::year{*year},
                                            std::chrono::month{static_cast<unsigned>(*month)},
                                            std::chrono::day{static_cast<unsigned>(*day)}};
    return whole.ok() && *year >= 1970 ? std::optional{sys_days{whole}} : std::nullopt;
}

std::optional<int> day_of_month(std::string_view text) {
    const bool from_end = text.starts_with('-');
    const std::string_view number = text.substr(from_end ? 1 : 0);
    const auto day = digits(number, std::clamp<std::size_t>(number.size(), 1, 2));
    if (!day || *day < 1 || *day > 31) return std::nullopt;
    return from_end ? -*day : *day;
}

/// Monday first: as people write a week. The number is the bit of core::Weekdays.
constexpr std::array<std::string_view, 7> weekday_names{"mon", "tue", "wed", "thu",
                                                        "fri", "sat", "sun"};
constexpr std::size_t bit_of(std::size_t from_monday) {
    return (from_monday + 1) % 7;
}

std::optional<std::size_t> weekday(std::string_view text) {
    const auto found = std::ranges::find(weekday_names, text);
    if (found == weekday_names.end()) return std::nullopt;
    return static_cast<std::size_t>(found - weekday_names.begin());
}

/// "a..b" as both ends, "a" as the same end twice.
std::pair<std::string_view, std::string_view> ends(std::string_view text) {
    const auto dots = text.find("..");
    if (dots == std::string_view::npos) return {text, text};
    return {text.substr(0, dots), text.substr(dots + 2)};
}

}  // namespace

std::string show(core::Hours hours) {
    return fmt::format("{:02}:{:02}-{:02}:{:02}", hours.from / 60, hours.from % 60,
                       hours.until / 60, hours.until % 60);
}

std::string show(sys_days day) {
    const std::chrono::year_month_day whole{day};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(whole.year()),
                       static_cast<unsigned>(whole.month()), static_cast<unsigned>(whole.day()));
}

Result<int> time_of_day(std::string_view text) {
    const auto time = minutes(text);
    if (time && *time < minutes_a_day) return *time;
    return refusal(text, "a time of day", "write it like \"08:30\"");
}

Result<core::Hours> hours(std::string_view text) {
    const auto dash = text.find('-');
    const auto from = minutes(text.substr(0, dash));
    const auto until =
        dash == std::string_view::npos ? std::nullopt : minutes(text.substr(dash + 1));
    if (!from || !until)
        return refusal(text, "a stretch of hours", "write it like \"09:00-18:00\"");
    if (*from < *until) return core::Hours{*from, *until};
    return refusal(text, "a stretch of hours of one day",
                   "write one that goes over midnight as two: \"22:00-24:00\" and \"00:00-06:00\"");
}

Result<core::Weekdays> weekdays(std::string_view text) {
    const auto [first, last] = ends(text);
    const auto from = weekday(first);
    const auto until = weekday(last);
    if (!from) return refusal(first, "a weekday", suggestion(first, weekday_names));
    if (!until) return refusal(last, "a weekday", suggestion(last, weekday_names));
    core::Weekdays days;
    for (std::size_t day = *from; day != *until; day = (day + 1) % 7) days.set(bit_of(day));
    days.set(bit_of(*until));
    return days;
}

Result<std::vector<int>> days_of_month(std::string_view text) {
    const auto [first, last] = ends(text);
    const auto from = day_of_month(first);
    const auto until = day_of_month(last);
    if (!from || !until || *from > *until || (*from < 0) != (*until < 0)) {
        return refusal(text, "days of a month",
                       "write them like 1, 1..3 from its beginning or -3..-1 from its end");
    }
    std::vector<int> days;
    for (int day = *from; day <= *until; ++day) days.push_back(day);
    return days;
}

Result<std::vector<sys_days>> dates(std::string_view text) {
    const auto [first, last] = ends(text);
    const auto from = date(first);
    const auto until = date(last);
    if (!from || !until) {
        return refusal(text, "a date",
                       "write it like 2026-10-01, or 2026-10-01..2026-10-07 for several days");
    }
    if (*until < *from || *until - *from > std::chrono::days{366}) {
        return refusal(text, "a stretch of at most a year", "write the earlier date first");
    }
    std::vector<sys_days> days;
    for (auto day = *from; day <= *until; day += std::chrono::days{1}) days.push_back(day);
    return days;
}

}  // namespace rounds::config
