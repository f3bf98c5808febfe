#include "reports/day.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace rounds::reports {

using core::Duration;
using core::Period;
using core::State;

namespace {

constexpr Duration quarter = std::chrono::minutes{15};
constexpr std::int64_t most_points = 160;  // more than a sparkline has pixels for

Duration shared(const std::vector<Period>& windows, Period period) {
    Duration sum{0};
    for (const Period& window : windows) sum += window.overlap(period).length();
    return sum;
}

template <class Thing>
const std::vector<const Thing*>& found(
    const std::unordered_map<core::SubjectId, std::vector<const Thing*>>& in,
    const core::SubjectId& subject) {
    static const std::vector<const Thing*> none;
    const auto at = in.find(subject);
    return at == in.end() ? none : at->second;
}

template <class Thing>
const Thing* found(const std::unordered_map<core::SubjectId, const Thing*>& in,
                   const core::SubjectId& subject) {
    const auto at = in.find(subject);
    return at == in.end() ? nullptr : at->second;
}

}  // namespace

std::optional<core::Ratio> Measured::availability() const {
    const Duration all = up + down + suppressed;
    if (all <= Duration{0}) return std::nullopt;
    return core::Ratio{static_cast<double>(up.count()) / static_cast<double>(all.count())};
}

Measured& Measured::operator+=(const Measured& other) {
    up += other.up;
    down += other.down;
    suppressed += other.suppressed;
    return *this;
}

std::vector<Period> without_gaps(const std::vector<Period>& periods,
                                 const std::vector<core::Gap>& gaps) {
    std::vector<Period> left = periods;
    for (const core::Gap& gap : gaps) {
        std::vector<Period> next;
        for (const Period& period : left) {
            const Period before{period.from, std::min(period.until, gap.from)};
            const Period after{gap.until ? std::max(period.from, *gap.until) : period.until,
                               period.until};
            if (before.length() > Duration{0}) next.push_back(before);
            if (after.length() > Duration{0}) next.push_back(after);
        }
        left = std::move(next);
    }
    return left;
}

Day::Day(const core::DayRecord& record, const core::TimeZone& zone) : record_(record), zone_(zone) {
    std::vector<Period> working;
    for (const Period& hours : round().working_hours) {
        const Period part = hours.overlap(covered());
        if (part.length() > Duration{0}) working.push_back(part);
    }
    measured_ = without_gaps({covered()}, record.gaps);
    working_ = without_gaps(working, record.gaps);
    for (const core::StateInterval& interval : record.intervals)
        intervals_[interval.subject].push_back(&interval);
    for (const core::EchoSummary& echo : record.echoes) echoes_[echo.subject].push_back(&echo);
    for (const core::DeviceResult& device : round().devices)
        devices_[subject_of(device.id)] = &device;
    for (const core::LinkResult& link : round().links)
        links_[core::subject_of_link(link.name)] = &link;
}

core::WallTime Day::now() const {
    return std::max(round().finished, covered().until);
}

const Day::Intervals& Day::intervals_of(const core::SubjectId& subject) const {
    return found(intervals_, subject);
}

const core::DeviceResult* Day::device(const core::SubjectId& subject) const {
    return found(devices_, subject);
}

const core::LinkResult* Day::link(const core::SubjectId& subject) const {
    return found(links_, subject);
}

std::string Day::name_of(const core::SubjectId& subject) const {
    if (const auto* it = device(subject)) return it->name;
    if (const auto* it = link(subject)) return it->name;
    // Not in the round: an unmanaged switch, or what has left the archive since.
    for (const auto& [incident, events] : record().incidents) {
        if (incident.condition.subject == subject) return incident.name;
    }
    return subject.value;
}

Period Day::period_of(const core::StateInterval& interval) const {
    return {interval.from, interval.until.value_or(now())};
}

bool Day::in_period(const core::StateInterval& interval) const {
    return covered().overlap(period_of(interval)).length() > Duration{0};
}

Duration Day::length(Period period) const {
    Duration sum{0};
    for (const Period& part : without_gaps({period}, record_.gaps)) sum += part.length();
    return sum;
}

Measured Day::measured(const core::SubjectId& subject) const {
    return within(subject, measured_);
}

Measured Day::measured_at_work(const core::SubjectId& subject) const {
    return within(subject, working_);
}

Measured Day::within(const core::SubjectId& subject, const std::vector<Period>& windows) const {
    Measured sum;
    for (const core::StateInterval* interval : intervals_of(subject)) {
        const Duration time = shared(windows, period_of(*interval));
        if (interval->state == State::up) sum.up += time;
        if (interval->state == State::down) sum.down += time;
        if (interval->state == State::suppressed) sum.suppressed += time;
    }
    return sum;
}

Strip Day::strip(const core::SubjectId& subject) const {
    Strip strip{.whole = covered(), .parts = {}, .working_hours = round().working_hours};
    for (const core::StateInterval* interval : intervals_of(subject)) {
        for (const Period& window : measured_) {
            const Period part = window.overlap(period_of(*interval));
            if (part.length() == Duration{0}) continue;
            const bool goes_on = !strip.parts.empty() &&
                                 strip.parts.back().state == interval->state &&
                                 strip.parts.back().period.until == part.from;
            if (goes_on)
                strip.parts.back().period.until = part.until;
            else
                strip.parts.push_back({interval->state, part});
        }
    }
    return strip;
}

core::EchoSummary Day::echo(const core::SubjectId& subject,
                            const std::optional<core::EchoStats>& evidence) const {
    core::EchoSummary sum;
    sum.subject = subject;
    for (const core::EchoSummary* part : found(echoes_, subject)) {
        if (part->rtt_count > 0) {
            sum.rtt_min_us =
                sum.rtt_count > 0 ? std::min(sum.rtt_min_us, part->rtt_min_us) : part->rtt_min_us;
            sum.rtt_max_us = std::max(sum.rtt_max_us, part->rtt_max_us);
        }
        sum.sent += part->sent;
        sum.received += part->received;
        sum.rtt_count += part->rtt_count;
        sum.rtt_sum_us += part->rtt_sum_us;
        sum.jitter_count += part->jitter_count;
        sum.jitter_sum_us += part->jitter_sum_us;
    }
    if (sum.sent == 0 && evidence) sum.add(*evidence);
    return sum;
}

namespace {

/// Those of one subject and metric, of things that are sorted by series.
template <class Thing>
std::span<const Thing> of_metric(const std::vector<Thing>& all, const core::SubjectId& subject,
                                 std::string_view metric) {
    const auto of = [](const Thing& thing) {
        return std::pair<std::string_view, std::string_view>(thing.series.subject.value,
                                                             thing.series.metric);
    };
    return std::ranges::equal_range(
        all, std::pair<std::string_view, std::string_view>(subject.value, metric), {}, of);
}

}  // namespace

std::span<const core::Digest> Day::digests(const core::SubjectId& subject,
                                           std::string_view metric) const {
    return of_metric(record_.measured.digests, subject, metric);
}

std::span<const core::Course> Day::courses(const core::SubjectId& subject,
                                           std::string_view metric) const {
    return of_metric(record_.measured.courses, subject, metric);
}

Line Day::line(const core::SubjectId& subject) const {
    const core::WallTime start = core::quarter_of(covered().from);
    const std::int64_t quarters = (covered().until - start + quarter - Duration{1}) / quarter;
    if (quarters <= 0) return {};
    const std::int64_t together = (quarters + most_points - 1) / most_points;
    std::vector<std::pair<std::int64_t, std::int64_t>> sums(
        static_cast<std::size_t>((quarters + together - 1) / together));
    for (const core::EchoSummary* part : found(echoes_, subject)) {
        const std::int64_t at = (part->from - start) / quarter / together;
        if (part->from < start || at >= static_cast<std::int64_t>(sums.size())) continue;
        sums[static_cast<std::size_t>(at)].first += part->rtt_sum_us;
        sums[static_cast<std::size_t>(at)].second += part->rtt_count;
    }
    Line line;
    for (const auto& [sum, count] : sums) {
        if (count > 0)
            line.values.emplace_back(static_cast<double>(sum) / static_cast<double>(count) / 1e6);
        else
            line.values.emplace_back();
    }
    return line;
}

}  // namespace rounds::reports
