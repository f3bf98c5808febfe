#include "core/forecast.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace rounds::core {

namespace {

double between(WallTime from, WallTime until) {
    return static_cast<double>((until - from).count());
}

/// What is left until the end: falls to 0 whichever way the level runs.
std::vector<Point> left_of(std::span<const Point> days, RunsTo end) {
    std::vector<Point> left;
    for (const Point& point : days) {
        if (!std::isfinite(point.value)) continue;
        if (!left.empty() && point.at <= left.back().at) continue;
        left.push_back({point.at, end == RunsTo::empty ? point.value : 100 - point.value});
        const bool refilled = left.size() > 1 && point.at > left[left.size() - 2].at &&
                              left.back().value - left[left.size() - 2].value >= refill_step;
        if (refilled) left.erase(left.begin(), left.end() - 1);
    }
    return left;
}

struct Trend {
    double slope = 0;      ///< Percent points per millisecond; the median of all pairs.
    double agreement = 0;  ///< Of the pairs that differ, the share that falls.
};

Trend trend_of(const std::vector<Point>& left) {
    std::vector<double> slopes;
    double falling = 0;
    double rising = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
        for (std::size_t j = i + 1; j < left.size(); ++j) {
            const double change = left[j].value - left[i].value;
            falling += change < 0 ? 1 : 0;
            rising += change > 0 ? 1 : 0;
            slopes.push_back(change / between(left[i].at, left[j].at));
        }
    }
    const auto middle = slopes.begin() + static_cast<std::ptrdiff_t>(slopes.size() / 2);
    std::ranges::nth_element(slopes, middle);
    return {*middle, falling + rising > 0 ? falling / (falling + rising) : 0};
}

}  // namespace

std::optional<Duration> runs_out_in(std::span<const Point> days, RunsTo end, WallTime now) {
    const std::vector<Point> left = left_of(days, end);
    if (left.size() < std::size_t{least_days}) return std::nullopt;
    const Point& last = left.back();
    if (last.at - left.front().at < least_span || now - last.at > oldest_last) return std::nullopt;
    if (left.front().value - last.value < least_change) return std::nullopt;
    const Trend trend = trend_of(left);
    if (trend.slope >= 0 || trend.agreement < least_agreement) return std::nullopt;
    const double lasts = last.value / -trend.slope - between(last.at, now);
    if (lasts > static_cast<double>(longest_forecast.count())) return std::nullopt;
    return Duration{std::max<std::int64_t>(0, std::llround(lasts))};
}

}  // namespace rounds::core
