// The calendar against a naive clock that somebody reads minute by minute for a year, in real zones.
#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "config/load.hpp"
#include "core/calendar.hpp"

namespace rounds::core {
namespace {

using namespace std::chrono;
using namespace std::chrono_literals;

class Dice {
 public:
    explicit Dice(std::uint64_t seed) : random_(seed) {}
    int between(int low, int high) { return std::uniform_int_distribution{low, high}(random_); }
    bool chance(int percent) { return between(1, 100) <= percent; }

 private:
    std::mt19937_64 random_;
};

/// Rules as an office might write them, and some that none would.
struct Written {
    std::vector<HoursRule> rules;
    std::set<sys_days> holidays;
    std::set<sys_days> make_up_days;

    [[nodiscard]] Calendar in(const TimeZone& zone) const {
        return {zone, rules, holidays, make_up_days};
    }
};

/// Up to three stretches; often at night, where clocks are changed, and up to midnight.
std::vector<Hours> some_times(Dice& dice) {
    std::set<int> drawn;
    const int latest = dice.chance(60) ? 300 : 1440;
    const auto count = static_cast<std::size_t>(2 * dice.between(1, 3));
    while (drawn.size() < count) {
        drawn.insert(dice.chance(50) ? dice.between(0, latest) : 30 * dice.between(0, latest / 30));
    }
    if (dice.chance(40)) drawn.insert(0);
    if (dice.chance(40)) drawn.insert(1440);

    const std::vector<int> edges(drawn.begin(), drawn.end());
    std::vector<Hours> times;
    for (std::size_t i = 0; i + 1 < edges.size(); i += dice.chance(20) ? 1 : 2) {
        times.push_back({edges[i], edges[i + 1]});
    }
    return times;
}

Written some_rules(Dice& dice, sys_days first, const std::vector<sys_days>& changes) {
    Written written;
    const int count = dice.between(1, 4);
    for (int i = 0; i < count; ++i) {
        HoursRule rule;
        if (i == 0 || dice.chance(50)) {
            rule.weekdays = Weekdays(static_cast<unsigned>(dice.between(1, 127)));
        } else {
            for (int n = dice.between(1, 6); n > 0; --n) {
                rule.days_of_month.insert(dice.chance(50) ? dice.between(1, 31)
                                                          : -dice.between(1, 31));
            }
        }
        rule.times = some_times(dice);
        written.rules.push_back(rule);
    }
    for (int i = 0; i < 20; ++i) written.holidays.insert(first + days{dice.between(-2, 368)});
    for (int i = 0; i < 10; ++i) written.make_up_days.insert(first + days{dice.between(-2, 368)});
    for (const auto change : changes) {
        if (dice.chance(70)) written.make_up_days.insert(change + days{dice.between(-1, 1)});
    }
    return written;
}

/// The rules as calendar.hpp tells them, once more and by other means.
bool is_worked(const Written& written, sys_days date) {
    if (written.make_up_days.contains(date)) return true;
    if (written.holidays.contains(date)) return false;
    for (const auto& rule : written.rules) {
        if (rule.weekdays[weekday{date}.c_encoding()]) return true;
    }
    return false;
}

bool names(const HoursRule& rule, sys_days date) {
    const Date ymd{date};
    int to_end = -1;  // -1 on the last day of the month
    for (sys_days next = date + days{1}; Date{next}.month() == ymd.month(); next += days{1})
        --to_end;
    const int day = static_cast<int>(static_cast<unsigned>(ymd.day()));
    return rule.days_of_month.contains(day) || rule.days_of_month.contains(to_end);
}

std::vector<bool> minutes_of(const Written& written, sys_days date) {
    std::vector<bool> worked(1440, false);
    if (!is_worked(written, date)) return worked;
    const HoursRule* found = nullptr;
    for (const auto& rule : written.rules) {
        if (rule.weekdays.any() && found == nullptr) found = &rule;
    }
    for (const auto& rule : written.rules) {
        if (rule.weekdays[weekday{date}.c_encoding()]) found = &rule;
    }
    for (const auto& rule : written.rules) {
        if (names(rule, date)) found = &rule;
    }
    for (const auto& [from, until] : found->times) {
        for (int minute = from; minute < until; ++minute) {
            worked[static_cast<std::size_t>(minute)] = true;
        }
    }
    return worked;
}

/// A year in one zone, minute by minute, two days more at both ends.
struct Year {
    WallTime first;                  ///< Of the minutes.
    std::vector<sys_days> day;       ///< Per minute: the day that is lived …
    std::vector<int> minute;         ///< … and how much of it has been shown.
    std::vector<std::size_t> edges;  ///< Minutes at which the offset changes.

    [[nodiscard]] WallTime at(std::size_t n) const { return first + minutes{n}; }
    [[nodiscard]] std::size_t size() const { return day.size(); }
};

/// A clock that is never put back: where the office's is, it stands until that one has caught up.
Year read_clock(const TimeZone& zone, year which) {
    Year read{.first = sys_days{which / 1 / 1} - 2 * 24h, .day = {}, .minute = {}, .edges = {}};
    const WallTime end = sys_days{(which + years{1}) / 1 / 1} + 2 * 24h;
    seconds offset = zone.offset_at(read.first);
    WallTime shown{};
    for (WallTime t = read.first; t < end; t += 1min) {
        const seconds now = zone.offset_at(t);
        if (now != offset) read.edges.push_back(read.size());
        offset = now;
        shown = std::max(shown, t + now);
        const auto date = floor<days>(shown);
        read.day.push_back(date);
        read.minute.push_back(static_cast<int>(floor<minutes>(shown - date).count()));
    }
    return read;
}

/// What the naive clock says of one set of rules.
struct Naive {
    std::vector<int> before{0};  ///< Minutes worked before the n-th.
    std::vector<std::pair<std::size_t, std::size_t>>
        worked_days;  ///< First and last minute worked.

    [[nodiscard]] bool works(std::size_t n) const { return before[n + 1] > before[n]; }
    [[nodiscard]] minutes between(std::size_t from, std::size_t until) const {
        return minutes{before[until] - before[from]};
    }
};

Naive count(const Year& read, const Written& written) {
    Naive naive;
    sys_days today{};
    sys_days last_worked{};
    std::vector<bool> worked;
    for (std::size_t n = 0; n < read.size(); ++n) {
        if (worked.empty() || read.day[n] != today) worked = minutes_of(written, read.day[n]);
        today = read.day[n];
        const bool now = worked[static_cast<std::size_t>(read.minute[n])];
        naive.before.push_back(naive.before.back() + (now ? 1 : 0));
        if (!now) continue;
        if (naive.worked_days.empty() || last_worked != today) naive.worked_days.emplace_back(n, n);
        naive.worked_days.back().second = n;
        last_worked = today;
    }
    return naive;
}

struct Case {
    std::string zone;
    int year;
};

void PrintTo(const Case& c, std::ostream* out) {
    *out << c.zone << ' ' << c.year;
}

class CalendarYear : public ::testing::TestWithParam<Case> {
 protected:
    CalendarYear()
        : zone_(config::system_time_zone(GetParam().zone).value()),
          read_(read_clock(zone_, year{GetParam().year})) {}

    std::vector<sys_days> changes() const {
        std::vector<sys_days> found;
        for (const std::size_t edge : read_.edges) found.push_back(read_.day[edge]);
        return found;
    }
    /// A minute not in the margins; half of them near a change of the clock, if there is one.
    std::size_t some_minute(Dice& dice) const {
        const int last = static_cast<int>(read_.size()) - 2 * 1440;
        if (read_.edges.empty() || dice.chance(50)) {
            return static_cast<std::size_t>(dice.between(2 * 1440, last));
        }
        const auto edge = read_.edges[static_cast<std::size_t>(
            dice.between(0, static_cast<int>(read_.edges.size()) - 1))];
        return static_cast<std::size_t>(
            std::clamp(static_cast<int>(edge) + dice.between(-600, 600), 2 * 1440, last));
    }
    void check(const Calendar& calendar, const Naive& naive, Dice& dice) const;
    void check_moments(const Calendar& calendar, const Naive& naive, Dice& dice) const;
    void check_period(const Calendar& calendar, const Naive& naive, std::size_t from,
                      std::size_t until) const;
    void check_split(const Calendar& calendar, Dice& dice) const;

    TimeZone zone_;
    Year read_;
};

void CalendarYear::check_moments(const Calendar& calendar, const Naive& naive, Dice& dice) const {
    for (int i = 0; i < 1000; ++i) {
        const std::size_t n = some_minute(dice);
        const WallTime moment = read_.at(n) + Duration{dice.between(0, 59'999)};
        ASSERT_EQ(calendar.is_working(moment), naive.works(n)) << "at " << to_ms(moment);
    }
}

void CalendarYear::check_period(const Calendar& calendar, const Naive& naive, std::size_t from,
                                std::size_t until) const {
    const Period period{read_.at(from), read_.at(until)};
    WallTime last = period.from;
    Duration sum{0};
    for (const auto& part : calendar.working_hours(period)) {
        ASSERT_GE(part.from, last);
        ASSERT_LT(part.from, part.until);
        ASSERT_LE(part.until, period.until);
        const auto index = [&](WallTime t) {
            return static_cast<std::size_t>((t - read_.first) / 1min);
        };
        ASSERT_EQ(part.length(), naive.between(index(part.from), index(part.until)));
        last = part.until;
        sum += part.length();
    }
    ASSERT_EQ(sum, naive.between(from, until))
        << to_ms(period.from) << " to " << to_ms(period.until);
    ASSERT_EQ(calendar.working_time(period), sum);

    const auto whole = std::ranges::count_if(naive.worked_days, [&](const auto& worked) {
        return worked.first >= from && worked.second < until;
    });
    ASSERT_EQ(calendar.whole_working_days(period), whole);
}

/// To the millisecond, where the naive clock does not see: the parts make the whole.
void CalendarYear::check_split(const Calendar& calendar, Dice& dice) const {
    std::vector<WallTime> cuts;
    for (int i = 0; i < 5; ++i) {
        cuts.push_back(read_.at(some_minute(dice)) + Duration{dice.between(0, 59'999)});
    }
    std::ranges::sort(cuts);
    Duration sum{0};
    for (std::size_t i = 1; i < cuts.size(); ++i)
        sum += calendar.working_time({cuts[i - 1], cuts[i]});
    ASSERT_EQ(sum, calendar.working_time({cuts.front(), cuts.back()}));
}

void CalendarYear::check(const Calendar& calendar, const Naive& naive, Dice& dice) const {
    ASSERT_NO_FATAL_FAILURE(check_moments(calendar, naive, dice));
    for (int i = 0; i < 100; ++i) {
        const std::size_t from = some_minute(dice);
        const std::size_t until =
            dice.chance(70) ? std::min(from + static_cast<std::size_t>(dice.between(0, 4 * 1440)),
                                       read_.size() - 1)
                            : some_minute(dice);
        ASSERT_NO_FATAL_FAILURE(
            check_period(calendar, naive, std::min(from, until), std::max(from, until)));
    }
    for (int i = 0; i < 5; ++i) ASSERT_NO_FATAL_FAILURE(check_split(calendar, dice));
}

TEST_P(CalendarYear, AgreesWithANaiveClock) {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Dice dice(seed * 10'007 + static_cast<std::uint64_t>(GetParam().year));
        const Written written =
            some_rules(dice, sys_days{year{GetParam().year} / 1 / 1}, changes());
        const Naive naive = count(read_, written);
        ASSERT_GT(naive.before.back(), 0);
        ASSERT_NO_FATAL_FAILURE(check(written.in(zone_), naive, dice));
    }
}

INSTANTIATE_TEST_SUITE_P(
    Zones, CalendarYear,
    ::testing::Values(Case{"Europe/Berlin", 2026}, Case{"Europe/Berlin", 2035},
                      Case{"America/New_York", 2026}, Case{"America/New_York", 2006},
                      Case{"Australia/Lord_Howe", 2026},  // half an hour
                      Case{"Asia/Shanghai", 2026},        // no change
                      Case{"Asia/Shanghai", 1988},        // summer time, 1986 to 1991
                      Case{"America/Havana", 2026},       // 00:00 twice, and 00:00 never
                      Case{"America/Asuncion", 2016},     // 24:00 back to 23:00
                      Case{"America/St_Johns", 2010},     // 00:01 back to 23:01
                      Case{"Africa/Casablanca", 2026},    // summer time but for Ramadan
                      Case{"Pacific/Apia", 2011}),        // a day skipped
    [](const auto& test) {
        std::string name = test.param.zone + std::to_string(test.param.year);
        std::erase_if(name, [](char c) { return c == '/' || c == '_'; });
        return name;
    });

}  // namespace
}  // namespace rounds::core
