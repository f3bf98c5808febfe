// The system's time zones (its zone files, by way of date-tz) as offset transitions.
#include <exception>
#include <string_view>
#include <vector>

#include <date/tz.h>
#include <fmt/format.h>

#include "config/load.hpp"
#include "core/text.hpp"

namespace rounds::config {

namespace {

/// The zone files say what is known until 2037; from then on the last offset stays.
constexpr date::sys_seconds last_known = date::sys_days{date::year{2037} / 12 / 31};

core::TimeZone offsets_of(const date::time_zone& zone) {
    std::vector<core::TimeZone::Transition> transitions;
    date::sys_seconds at{};  // 1970: nothing older is ever stored
    while (at < last_known) {
        const auto info = zone.get_info(at);
        if (transitions.empty() || transitions.back().offset != info.offset) {
            transitions.push_back({core::WallTime(at.time_since_epoch()), info.offset});
        }
        if (info.end <= at) break;
        at = info.end;
    }
    return {zone.name(), std::move(transitions)};
}

std::string hint_for(const std::string& name) {
    std::vector<std::string> names;
    for (const auto& zone : date::get_tzdb().zones) names.push_back(zone.name());
    const std::vector<std::string_view> views(names.begin(), names.end());
    const auto near = core::nearest(name, views.data(), views.data() + views.size());
    return near.empty() ? std::string("write an IANA name such as Asia/Shanghai")
                        : fmt::format("did you mean {}?", near);
}

}  // namespace

core::Result<core::TimeZone> system_time_zone(const std::string& name) {
    using Kind = core::Error::Kind;
    try {
        return offsets_of(*date::locate_zone(name));
    } catch (const std::exception&) {
        // Not that one; whether any is known decides what there is to say.
    }
    try {
        return core::Error{Kind::invalid_input,
                           fmt::format("there is no time zone \"{}\": {}",
                                       core::printable(name, 80), hint_for(name))};
    } catch (const std::exception&) {
        return core::Error{Kind::not_found, "this machine has no time zones: install tzdata"};
    }
}

core::TimeZone local_time_zone() {
    try {
        return offsets_of(*date::current_zone());
    } catch (const std::exception&) {
        return core::TimeZone::utc();
    }
}

}  // namespace rounds::config
