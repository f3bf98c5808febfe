#include "core/time_zone.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace rounds::core {

namespace {

using namespace std::chrono_literals;

/// No zone was ever further from UTC (Manila until 1844: -15:56).
constexpr auto furthest_offset = 26h;

auto period_of(const std::vector<TimeZone::Transition>& transitions, WallTime time) {
    const auto after = std::ranges::upper_bound(transitions, time, {}, &TimeZone::Transition::from);
    return after == transitions.begin() ? after : std::prev(after);
}

}  // namespace

TimeZone::TimeZone(std::string name, std::vector<Transition> transitions)
    : name_(std::move(name)), transitions_(std::move(transitions)) {}

TimeZone TimeZone::utc() {
    return {"UTC", {{WallTime{}, 0s}}};
}

std::chrono::seconds TimeZone::offset_at(WallTime time) const {
    return period_of(transitions_, time)->offset;
}

LocalTime TimeZone::to_local(WallTime time) const {
    return LocalTime{time.time_since_epoch() + offset_at(time)};
}

WallTime TimeZone::to_wall(LocalTime time) const {
    const WallTime as_utc{time.time_since_epoch()};
    auto current = period_of(transitions_, as_utc - furthest_offset);
    // The first period in which the clock gets as far. Where it begins later already, the time was
    // skipped.
    WallTime moment = as_utc - current->offset;
    for (auto next = std::next(current); next != transitions_.end() && moment >= next->from;
         ++next) {
        current = next;
        moment = std::max(as_utc - current->offset, current->from);
    }
    return moment;
}

Date TimeZone::date_at(WallTime time) const {
    return Date{std::chrono::floor<std::chrono::days>(to_local(time))};
}

WallTime TimeZone::start_of(Date date) const {
    return to_wall(LocalTime{std::chrono::local_days{date}});
}

}  // namespace rounds::core
