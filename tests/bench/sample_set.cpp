#include "tests/bench/sample_set.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include <fmt/format.h>

namespace rounds::bench {

namespace {

using namespace std::chrono_literals;
using store::Reading;

constexpr std::size_t series_of_a_device = 20;

/// One series as it goes on from minute to minute.
struct Source {
    enum class Kind { round_trip, counter, gauge } kind;
    double level, pace;

    double next(double by_day, std::mt19937& dice) {
        std::normal_distribution<double> noise(0, 1);
        const unsigned drawn = static_cast<unsigned>(dice()) % 1000;
        switch (kind) {
            case Kind::round_trip:
                return std::round(level * std::exp(0.05 * noise(dice)) * (drawn < 10 ? 3 : 1));
            case Kind::counter:
                level += std::max(0.0, std::round(pace * by_day * (1 + 0.15 * noise(dice))));
                return level;
            case Kind::gauge: break;
        }
        if (drawn < 15) level += drawn < 7 ? -pace : pace;
        return level;
    }
};

std::vector<Source> standard_sources(int count, std::mt19937& dice) {
    std::uniform_real_distribution<double> spread(0, 1);
    std::vector<Source> sources;
    for (int i = 0; i < count; ++i) {
        const double drawn = spread(dice);
        switch (i % 3) {
            case 0:
                sources.push_back({Source::Kind::round_trip, 200 * std::pow(100, drawn), 0});
                break;
            case 1:
                sources.push_back(
                    {Source::Kind::counter, std::round(1e12 * drawn), 100 * std::pow(1e6, drawn)});
                break;
            default:
                sources.push_back(
                    {Source::Kind::gauge, std::round(20 + 60 * drawn), i % 2 == 0 ? 0.5 : 1});
        }
    }
    return sources;
}

}  // namespace

std::vector<std::vector<Reading>> standard_set(const std::vector<store::SeriesNumber>& numbers,
                                               int minutes) {
    std::mt19937 dice(1);
    auto sources = standard_sources(static_cast<int>(numbers.size()), dice);
    std::vector<std::vector<Reading>> polls;
    for (int minute = 0; minute < minutes; ++minute) {
        const double by_day = 1 + 0.8 * std::sin(minute / 1440.0 * 6.283);
        std::vector<Reading> poll;
        core::WallTime at;
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            if (i % series_of_a_device == 0)
                at = first_midnight + 1min * minute +
                     1s * static_cast<int>(i / series_of_a_device) + core::Duration{dice() % 30};
            poll.push_back({numbers[i], at, sources[i].next(by_day, dice)});
        }
        polls.push_back(std::move(poll));
    }
    return polls;
}

store::Series series_at(std::size_t place) {
    return {{fmt::format("device-{:04}", place / series_of_a_device)},
            "metric",
            fmt::format("{}", place % series_of_a_device)};
}

}  // namespace rounds::bench
