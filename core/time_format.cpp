#include "core/time_format.hpp"

#include <array>
#include <charconv>

#include <fmt/format.h>

namespace rounds::core {

namespace {

using namespace std::chrono;

constexpr std::array<std::string_view, 7> english_weekdays{
    "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 7> chinese_weekdays{"星期日", "星期一", "星期二", "星期三",
                                                           "星期四", "星期五", "星期六"};

/// A moment as the reader's clock and calendar show it.
struct Shown {
    Date date;
    hh_mm_ss<Duration> clock;
    std::string_view zone;  ///< "" in office time, " UTC" without one.
};

Shown shown(WallTime time, const TimeZone* zone) {
    const LocalTime local =
        zone != nullptr ? zone->to_local(time) : LocalTime{time.time_since_epoch()};
    const auto day = floor<days>(local);
    return {Date{day}, hh_mm_ss{local - day}, zone != nullptr ? "" : " UTC"};
}

/// Exactly `digits` digits as a number; empty otherwise.
std::optional<int> number_of(std::string_view digits) {
    int number = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number * 10 + (c - '0');
    }
    return number;
}

}  // namespace

std::string date_text(Date date) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::optional<Date> date_of(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    const auto y = number_of(text.substr(0, 4));
    const auto m = number_of(text.substr(5, 2));
    const auto d = number_of(text.substr(8, 2));
    if (!y || !m || !d) return std::nullopt;
    const Date date{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
    return date.ok() && *y > 0 ? std::optional{date} : std::nullopt;
}

std::string_view weekday_name(Date date, Language language) {
    const auto& names = language == Language::chinese ? chinese_weekdays : english_weekdays;
    return names[weekday{sys_days{date}}.c_encoding()];
}

std::string clock_text(WallTime time, const Locale& locale) {
    const Shown at = shown(time, locale.zone);
    return fmt::format("{:02}:{:02}{}", at.clock.hours().count(), at.clock.minutes().count(),
                       at.zone);
}

std::string day_and_clock(WallTime time, const Locale& locale) {
    return date_and_clock(time, locale).substr(5);
}

std::string date_and_clock(WallTime time, const Locale& locale) {
    return fmt::format("{} {}", date_text(shown(time, locale.zone).date), clock_text(time, locale));
}

std::string rfc3339(WallTime time) {
    const Shown at = shown(time, nullptr);
    const auto ms = at.clock.subseconds().count();
    return fmt::format("{}T{:02}:{:02}:{:02}{}Z", date_text(at.date), at.clock.hours().count(),
                       at.clock.minutes().count(), at.clock.seconds().count(),
                       ms == 0 ? "" : fmt::format(".{:03}", ms));
}

}  // namespace rounds::core
