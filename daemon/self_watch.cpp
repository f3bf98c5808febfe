#include "daemon/self_watch.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/day_record.hpp"
#include "core/time_format.hpp"

namespace rounds::daemon {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_quarters = std::size_t{10} * 24 * 4;

double seconds(core::Duration time) {
    return std::chrono::duration<double>(time).count();
}

Json looks_json(const core::SelfReport::Looks& looks) {
    return {{"looks", looks.count},
            {"late", looks.late},
            {"latest_seconds", seconds(looks.latest)},
            {"overran", looks.overran}};
}

}  // namespace

core::SelfReport& SelfWatch::quarter(core::WallTime at) {
    const auto begin = core::quarter_of(at);
    const auto last = quarters_.empty() ? quarters_.end() : std::prev(quarters_.end());
    const bool begins = last != quarters_.end() && last->first < begin;
    if (begins) tell(last->first, last->second);
    auto& report = quarters_[begin];
    if (quarters_.size() >
        most_quarters) {  // Not this one, though the clock was set back before all others.
        const auto oldest = quarters_.begin();
        quarters_.erase(oldest->first == begin ? std::prev(quarters_.end()) : oldest);
    }
    return report;
}

void SelfWatch::tell(core::WallTime quarter, const core::SelfReport& report) {
    if (report.keeps_up() != behind_) return;
    behind_ = !behind_;
    const auto looks = report.looks();
    if (behind_) {
        log_->warn(
            "Rounds does not keep up: quarter_begin_ms={} looks={} late={} latest_ms={} "
            "longer_than_interval={}; longer intervals, fewer devices or a faster machine are "
            "needed",
            core::to_ms(quarter), looks.count, looks.late, looks.latest.count(), looks.overran);
    } else {
        log_->warn("Rounds keeps up again: quarter_begin_ms={} looks={}", core::to_ms(quarter),
                   looks.count);
    }
}

void SelfWatch::pinged(core::WallTime at, core::Duration lateness, bool too_long) {
    quarter(at).ping.add(lateness, too_long);
}

void SelfWatch::read_by_snmp(core::WallTime at, core::Duration lateness, bool too_long) {
    quarter(at).snmp.add(lateness, too_long);
}

void SelfWatch::wrote(core::WallTime at, core::Duration took) {
    quarter(at).add_write(took);
}

core::SelfReport SelfWatch::over(core::Period period) const {
    core::SelfReport sum;
    sum.since = std::max(period.from, started_);
    for (auto quarter = quarters_.lower_bound(core::quarter_of(period.from));
         quarter != quarters_.end() && quarter->first < period.until; ++quarter)
        sum.add(quarter->second);
    return sum;
}

std::string self_json(const SelfStatus& status, const std::vector<store::Backlog>& hooks,
                      core::WallTime now) {
    const auto& report = status.last_hour;
    std::int64_t pending = 0, parked = 0;
    for (const auto& hook : hooks) {
        pending += hook.pending;
        parked += hook.parked;
    }
    const auto mean =
        report.writes == 0 ? 0.0 : seconds(report.writing) / static_cast<double>(report.writes);
    const Json object{{"keeps_up", report.keeps_up()},
                      {"started", core::rfc3339(status.started)},
                      {"running_seconds", seconds(now - status.started)},
                      {"resident_bytes", status.process.resident_bytes},
                      {"cpu_seconds", seconds(status.process.cpu)},
                      {"last_hour",
                       {{"ping", looks_json(report.ping)},
                        {"snmp", looks_json(report.snmp)},
                        {"writes",
                         {{"count", report.writes},
                          {"mean_seconds", mean},
                          {"longest_seconds", seconds(report.longest_write)}}}}},
                      {"waiting",
                       {{"changes", status.waiting_changes},
                        {"samples", status.waiting_samples},
                        {"deliveries", pending},
                        {"parked", parked}}}};
    return object.dump();
}

}  // namespace rounds::daemon
