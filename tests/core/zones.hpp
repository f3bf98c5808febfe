// Time zones built by hand from their rules, one for each way in which a clock can be moved.
#pragma once

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "core/time_zone.hpp"

namespace rounds::core::zones {

using namespace std::chrono_literals;
namespace chr = std::chrono;

inline constexpr int first_year = 2020;
inline constexpr int last_year = 2031;

inline WallTime moment(chr::sys_days day, chr::minutes utc) {
    return WallTime{day} + utc;
}

/// A zone that goes forward and back once a year. `spring` and `autumn` give, for a year, the moments
/// from which summer and standard time hold.
template <class Spring, class Autumn>
TimeZone with_summer(std::string name, chr::minutes standard, chr::minutes summer, Spring spring,
                     Autumn autumn) {
    std::vector<TimeZone::Transition> transitions{{from_ms(0), standard}};
    for (int y = first_year; y <= last_year; ++y) {
        transitions.push_back({spring(chr::year{y}), summer});
        transitions.push_back({autumn(chr::year{y}), standard});
    }
    std::ranges::sort(transitions, {}, &TimeZone::Transition::from);
    return {std::move(name), std::move(transitions)};
}

/// Never moved since 1991.
inline TimeZone shanghai() {
    return {"Asia/Shanghai", {{from_ms(0), 8h}}};
}

/// 02:00 becomes 03:00 in spring, 03:00 becomes 02:00 in autumn.
inline TimeZone berlin() {
    return with_summer(
        "Europe/Berlin", 1h, 2h,
        [](chr::year y) { return moment(chr::sys_days{y / 3 / chr::Sunday[chr::last]}, 1h); },
        [](chr::year y) { return moment(chr::sys_days{y / 10 / chr::Sunday[chr::last]}, 1h); });
}

inline TimeZone new_york() {
    return with_summer(
        "America/New_York", -5h, -4h,
        [](chr::year y) { return moment(chr::sys_days{y / 3 / chr::Sunday[2]}, 7h); },
        [](chr::year y) { return moment(chr::sys_days{y / 11 / chr::Sunday[1]}, 6h); });
}

/// Half an hour only, and the southern summer.
inline TimeZone lord_howe() {
    return with_summer(
        "Australia/Lord_Howe", 10h + 30min, 11h,
        [](chr::year y) { return moment(chr::sys_days{y / 10 / chr::Sunday[1]}, -8h - 30min); },
        [](chr::year y) { return moment(chr::sys_days{y / 4 / chr::Sunday[1]}, -9h); });
}

/// At 00:01, as until 2011: in autumn Sunday's first minute is followed by an hour of Saturday.
inline TimeZone newfoundland() {
    return with_summer(
        "America/St_Johns", -3h - 30min, -2h - 30min,
        [](chr::year y) { return moment(chr::sys_days{y / 3 / chr::Sunday[2]}, 3h + 31min); },
        [](chr::year y) { return moment(chr::sys_days{y / 11 / chr::Sunday[1]}, 2h + 31min); });
}

/// At midnight, as until 2019: in spring a day begins at 01:00, in autumn one has 25 hours.
inline TimeZone sao_paulo() {
    return with_summer(
        "America/Sao_Paulo", -3h, -2h,
        [](chr::year y) { return moment(chr::sys_days{y / 10 / chr::Sunday[3]}, 3h); },
        [](chr::year y) { return moment(chr::sys_days{y / 2 / chr::Sunday[3]}, 2h); });
}

/// Across the date line and back: 2026-12-30 never comes (as in Samoa in 2011), 2028-06-15 comes twice.
inline TimeZone date_line() {
    return {"Pacific/Apia",
            {{from_ms(0), -10h},
             {moment(chr::year{2026} / 12 / 30, 10h), 14h},
             {moment(chr::year{2028} / 6 / 15, 10h), -10h}}};
}

inline std::vector<TimeZone> all() {
    return {shanghai(),     berlin(),    new_york(), lord_howe(),
            newfoundland(), sao_paulo(), date_line()};
}

}  // namespace rounds::core::zones
