#include "daemon/hooks/http_date.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <vector>

namespace rounds::hooks {

namespace {

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::vector<std::string_view> split(std::string_view text, std::string_view at) {
    std::vector<std::string_view> words;
    while (true) {
        const auto begin = text.find_first_not_of(at);
        if (begin == std::string_view::npos || words.size() > 8) return words;
        const auto end = std::min(text.find_first_of(at, begin), text.size());
        words.push_back(text.substr(begin, end - begin));
        text.remove_prefix(end);
    }
}

/// One or two (or four) digits and nothing else; -1 for anything else.
int number(std::string_view text, std::size_t most) {
    if (text.empty() || text.size() > most) return -1;
    int value = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() ? value : -1;
}

int year_of(std::string_view text) {
    const int year = number(text, 4);
    if (text.size() == 4) return year;
    if (text.size() != 2 || year < 0) return -1;
    return year < 70 ? 2000 + year : 1900 + year;
}

std::optional<core::WallTime> moment(std::string_view day, std::string_view month,
                                     std::string_view year, std::string_view clock) {
    const auto* const named = std::ranges::find(months, month);
    const auto parts = split(clock, ":");
    if (named == months.end() || parts.size() != 3 || clock.size() != 8) return std::nullopt;
    const int y = year_of(year), d = number(day, 2);
    const int hour = number(parts[0], 2), minute = number(parts[1], 2),
              second = number(parts[2], 2);
    if (y < 0 || d < 0 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
        second > 60) {
        return std::nullopt;
    }
    const auto m = static_cast<unsigned>(named - months.begin()) + 1;
    const std::chrono::year_month_day date{std::chrono::year{y}, std::chrono::month{m},
                                           std::chrono::day{static_cast<unsigned>(d)}};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
           std::chrono::seconds{second};
}

}  // namespace

std::optional<core::WallTime> http_date(std::string_view text) {
    if (text.size() > 50) return std::nullopt;
    const auto words = split(text, " ");
    const auto is_weekday = [&](std::size_t least) {
        return words[0].size() >= least && words[0].ends_with(',');
    };
    if (words.size() == 6 && words[5] == "GMT" && is_weekday(4))
        return moment(words[1], words[2], words[3], words[4]);
    if (words.size() == 4 && words[3] == "GMT" && is_weekday(7)) {
        const auto date = split(words[1], "-");
        if (date.size() == 3) return moment(date[0], date[1], date[2], words[2]);
    }
    if (words.size() == 5 && words[0].size() == 3)
        return moment(words[2], words[1], words[4], words[3]);
    return std::nullopt;
}

}  // namespace rounds::hooks
