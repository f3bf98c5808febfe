// What is in closed chunks and what is not, as one.
#include <algorithm>
#include <map>
#include <utility>

#include "daemon/store/sample_inside.hpp"

namespace rounds::store {

namespace {

constexpr core::Duration moment{1};

/// Those of the column that are within the period, behind the points that are there.
void add_points(Day day, const Column& column, core::Period period, std::vector<Point>& points) {
    const core::WallTime midnight = start_of(day);
    const auto index_of = [&](core::WallTime time) -> std::size_t {
        if (time <= midnight) return 0;
        if (time - midnight >= core::Duration{day_ms}) return column.at.size();
        const auto place = std::ranges::lower_bound(column.at, time_of_day(time));
        return static_cast<std::size_t>(place - column.at.begin());
    };
    const std::size_t end = index_of(period.until);
    for (std::size_t i = index_of(period.from); i < end; ++i)
        points.push_back({midnight + core::Duration{column.at[i]}, column.values[i]});
}

/// By days what is open of a shelf, the newer over the older.
std::map<Day, Shelf> open_of(const SampleHead& older, const SampleHead& newer, std::int64_t shelf,
                             Day first, Day last, Places places) {
    std::map<Day, Shelf> open;
    for (const SampleHead* head : {&older, &newer}) {
        const auto& days = head->days();
        for (auto day = days.lower_bound(first); day != days.end() && day->first <= last; ++day) {
            const auto found = day->second.find(shelf);
            if (found == day->second.end()) continue;
            for (std::size_t on = 0; on < shelf_size; ++on)
                if (places[on] && !found->second[on].empty())
                    merge(open[day->first][on], found->second[on]);
        }
    }
    return open;
}

}  // namespace

void SampleStore::Inside::look() {
    if (is_writer) return;
    const auto version = database.number("PRAGMA data_version");
    if (version == seen) return;
    load_log();
    seen = version;
}

std::map<Day, core::WallTime> SampleStore::Inside::trimmed_days() {
    std::map<Day, core::WallTime> trimmed;
    auto query = database.prepare("SELECT day, before_ms FROM trimmed");
    while (query.step()) {
        const Day day = query.next<Day>();
        trimmed[day] = query.next<core::WallTime>();
    }
    return trimmed;
}

void SampleStore::Inside::read(std::int64_t shelf, core::Period period, Places places,
                               ShelfPoints& points) {
    for (auto& of_one : points) of_one.clear();
    if (period.until <= period.from) return;
    const Day first = day_of(period.from), last = day_of(period.until - moment);
    auto open = open_of(closing, fresh, shelf, first, last, places);
    const auto trimmed = trimmed_days();
    const auto give = [&](Day day, std::size_t on, const Column& column) {
        core::Period part = period;
        if (const auto cut = trimmed.find(day); cut != trimmed.end())
            part.from = std::max(part.from, cut->second);
        add_points(day, column, part, points[on]);
    };
    const auto give_open = [&](Day before) {
        while (!open.empty() && open.begin()->first < before) {
            for (std::size_t on = 0; on < shelf_size; ++on)
                give(open.begin()->first, on, open.begin()->second[on]);
            open.erase(open.begin());
        }
    };
    chunks.each_column(database, shelf, first, last, places,
                       [&](Day day, std::size_t on, const Column& column) {
                           give_open(day);
                           const auto also = open.find(day);
                           if (also == open.end()) return give(day, on, column);
                           Column whole = column;
                           merge(whole, also->second[on]);
                           also->second[on] = std::move(whole);
                       });
    give_open(last + 1);
}

std::vector<Rollup> SampleStore::Inside::read(SeriesNumber series, core::Period period,
                                              Resolution resolution) {
    std::vector<Rollup> rollups;
    if (period.until <= period.from) return rollups;
    const Place place = place_of(series);
    const Day first = day_of(period.from), last = day_of(period.until - moment);
    const DayTime length = length_of(resolution);

    std::map<Day, Rolled> days;
    chunks.each_rolled(database, place, first, last, resolution,
                       [&](Day day, const Rolled& rolled) { days[day] = rolled; });
    Places places;
    places.set(place.on);
    const auto sum_up = [&](Day day, const Column& column) {
        days[day] = roll_up(column.at, column.values, length);
    };
    // What is not summed up yet, or was summed up before the last samples came.
    for (const auto& [day, shelf] : open_of(closing, fresh, place.shelf, first, last, places)) {
        if (chunks.outlived_samples(database, day, place.shelf)) continue;
        Column whole;
        chunks.each_column(database, place.shelf, day, day, places,
                           [&](Day, std::size_t, const Column& column) { whole = column; });
        merge(whole, shelf[place.on]);
        sum_up(day, whole);
    }
    if (resolution == Resolution::five_minutes) {
        chunks.each_column(database, place.shelf, first, last, places,
                           [&](Day day, std::size_t, const Column& column) {
                               if (!days.contains(day)) sum_up(day, column);
                           });
    }
    for (const auto& [day, rolled] : days) {
        for (std::size_t i = 0; i < rolled.at.size(); ++i) {
            const Bucket& bucket = rolled.buckets[i];
            const auto from = start_of(day) + core::Duration{std::int64_t{rolled.at[i]} * length};
            if (!period.contains(from)) continue;
            rollups.push_back({.from = from,
                               .count = bucket.count,
                               .min = bucket.min,
                               .max = bucket.max,
                               .last = bucket.last,
                               .avg = bucket.sum / static_cast<double>(bucket.count)});
        }
    }
    return rollups;
}

}  // namespace rounds::store
