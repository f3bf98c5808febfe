// The system's time zones as offset transitions: its zone files, read by Howard Hinnant's date-tz.
//
// The library knows the transitions that the files list and not the rule behind them. Debian's files list
// them up to October 2037; later moments keep the last offset (winter time in the north).
#include <algorithm>
#include <exception>
#include <fstream>
#include <string_view>
#include <vector>

#include <date/tz.h>
#include <fmt/format.h>

#include "config/load.hpp"
#include "core/text.hpp"

namespace rounds::config {

namespace {

using core::Error;

constexpr std::string_view zone_folder = "/usr/share/zoneinfo/";

/// Where the files' lists end, and with them what the library knows.
constexpr date::sys_seconds last_known = date::sys_days{date::year{2037} / 12 / 31};

core::TimeZone offsets_of(const date::time_zone& zone) {
    std::vector<core::TimeZone::Transition> transitions;
    date::sys_seconds at{};  // 1970: nothing older is ever stored
    while (at < last_known) {
        const auto info = zone.get_info(at);
        // Changes of the abbreviation alone are no transitions.
        if (transitions.empty() || transitions.back().offset != info.offset) {
            transitions.push_back({core::WallTime{at.time_since_epoch()}, info.offset});
        }
        at = info.end;
    }
    return {zone.name(), std::move(transitions)};
}

/// Does the zone's file begin as a zone file does? The library does not refuse others: it aborts.
bool has_zone_file(const std::string& name) {
    std::ifstream file{std::string(zone_folder) + name, std::ios::binary};
    char magic[4] = {};
    return file.read(magic, sizeof magic) && std::string_view(magic, sizeof magic) == "TZif";
}

std::string hint_for(const std::string& name, const std::vector<date::time_zone>& zones) {
    std::vector<std::string_view> names;
    names.reserve(zones.size());
    for (const auto& zone : zones) names.emplace_back(zone.name());
    const auto near = core::nearest(name, names.data(), names.data() + names.size());
    return near.empty() ? std::string("write an IANA name such as Asia/Shanghai")
                        : fmt::format("did you mean {}?", near);
}

Error no_zones() {
    return {Error::Kind::not_found,
            fmt::format("this machine has no time zones in {}: install the package tzdata",
                        zone_folder)};
}

Error damaged(const std::string& name) {
    return {Error::Kind::damaged,
            fmt::format("the zone file {}{} is damaged: reinstall the package tzdata", zone_folder,
                        name)};
}

core::Result<core::TimeZone> find(const std::string& name) {
    const auto& zones = date::get_tzdb().zones;
    if (zones.empty()) return no_zones();
    // Only names that the library itself has listed reach the file system.
    const auto zone = std::ranges::find(zones, name, [](const auto& one) { return one.name(); });
    if (zone == zones.end()) {
        return Error{Error::Kind::invalid_input,
                     fmt::format("there is no time zone \"{}\": {}", core::printable(name),
                                 hint_for(name, zones))};
    }
    if (!has_zone_file(name)) return damaged(name);
    try {
        return offsets_of(*zone);
    } catch (const std::exception&) {  // cut short
        return damaged(name);
    }
}

/// The zone that TZ names: "Asia/Shanghai", ":Asia/Shanghai" or a file below the zone folder.
std::string name_in_environment(std::string_view value) {
    if (value.starts_with(':')) value.remove_prefix(1);
    if (value.starts_with(zone_folder)) value.remove_prefix(zone_folder.size());
    return std::string(value);
}

}  // namespace

core::Result<core::TimeZone> system_time_zone(const std::string& name) {
    try {
        return find(name);
    } catch (const std::exception&) {  // the folder itself cannot be read
        return no_zones();
    }
}

core::TimeZone local_time_zone() {
    try {
        const auto tz = process_environment()("TZ");
        const auto zone =
            system_time_zone(tz ? name_in_environment(*tz) : date::current_zone()->name());
        return zone.has_value() ? *zone : core::TimeZone::utc();
    } catch (const std::exception&) {  // neither /etc/localtime nor /etc/timezone names one
        return core::TimeZone::utc();
    }
}

}  // namespace rounds::config
