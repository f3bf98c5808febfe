// What a SampleStore says of a period: of one series after the other, never all samples in memory.
#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/pages_printed.hpp"
#include "daemon/store/attempt.hpp"
#include "daemon/store/sample_inside.hpp"

namespace rounds::store {

namespace {

constexpr core::Duration day = std::chrono::hours(24);

/// ["cpu","memory"], for json_each. Metrics are our own words: nothing in them needs escaping.
std::string list_of(SampleStore::Metrics metrics) {
    std::string list = "[";
    for (const std::string_view metric : metrics) {
        if (list.size() > 1) list += ',';
        list.append("\"").append(metric).append("\"");
    }
    return list + "]";
}

/// Of at least one point, by time; they are in another order afterwards.
Digest digest_of(Series series, std::span<Point> points) {
    const auto count = static_cast<std::ptrdiff_t>(points.size());
    Digest digest{.series = std::move(series), .count = count};
    digest.first = points.front();
    digest.last = points.back();
    double sum = 0;
    for (const Point& point : points) sum += point.value;
    digest.avg = sum / static_cast<double>(count);
    // Only as far sorted as is asked for: before the one in its place none is higher, behind it none lower.
    const auto ranked = points.begin() + (count * 95 + 99) / 100 - 1;
    std::ranges::nth_element(points, ranked, {}, &Point::value);
    digest.p95 = ranked->value;
    digest.min = std::ranges::min_element(points, {}, &Point::value)->value;
    digest.max = std::ranges::max_element(points, {}, &Point::value)->value;
    return digest;
}

}  // namespace

Wanted wanted(Database& database, SampleStore::Metrics metrics) {
    Wanted found;
    auto query = database.prepare(
        "SELECT number, subject, metric, instance FROM series WHERE metric IN (SELECT value FROM "
        "json_each(?))");
    query.bind(list_of(metrics));
    while (query.step()) {
        const auto number = query.next<SeriesNumber>();
        const Place place = place_of(number);
        found.shelves[place.shelf].set(place.on);
        Series& series = found.series[number];
        series.subject.value = query.next<std::string>();
        series.metric = query.next<std::string>();
        series.instance = query.next<std::string>();
    }
    return found;
}

void SampleStore::Inside::each_series(core::Period period, Metrics metrics,
                                      const OnSeries& on_series) {
    Transaction view(database, Transaction::Kind::read);
    look();
    Wanted all = wanted(database, metrics);
    ShelfPoints points;
    for (const auto& [shelf, places] : all.shelves) {
        read(shelf, period, places, points);
        for (std::size_t on = 0; on < shelf_size; ++on) {
            if (points[on].empty()) continue;
            const auto number =
                shelf * static_cast<SeriesNumber>(shelf_size) + static_cast<SeriesNumber>(on);
            on_series(std::move(all.series.at(number)), points[on]);
        }
    }
}

// Points are added up here and not by SQL: a percentile there sorts each series, which took four fifths of the time.
core::Result<std::vector<Digest>> SampleStore::digest(core::Period period, Metrics metrics) {
    return attempt([&] {
        std::vector<Digest> digests;
        inside_->each_series(period, metrics, [&](Series series, std::span<Point> points) {
            digests.push_back(digest_of(std::move(series), points));
        });
        std::ranges::sort(digests, {}, &Digest::series);
        return digests;
    });
}

core::Result<std::vector<core::Course>> SampleStore::courses(core::WallTime until, int days,
                                                             Metrics metrics) {
    return attempt([&] {
        const core::WallTime from = until - days * day;
        std::vector<core::Course> courses;
        inside_->each_series({from, until}, metrics, [&](Series series, std::span<Point> points) {
            core::Course course{std::move(series), {}};
            for (std::size_t i = 0; i < points.size(); ++i) {
                const bool closes_day =
                    i + 1 == points.size() ||
                    (points[i].at - from) / day != (points[i + 1].at - from) / day;
                if (closes_day) course.days.push_back(points[i]);
            }
            courses.push_back(std::move(course));
        });
        std::ranges::sort(courses, {}, &core::Course::series);
        return courses;
    });
}

core::Result<std::map<core::SubjectId, std::int64_t>> SampleStore::pages(core::Period period) {
    return attempt([&] {
        constexpr std::array<std::string_view, 1> page_count{"page-count"};
        std::map<core::SubjectId, std::int64_t> pages;
        inside_->each_series({period.from - day, period.until}, page_count,
                             [&](const Series& series, std::span<Point> points) {
                                 // Of what was before the period only the last: from there on pages are this period's.
                                 auto first =
                                     std::ranges::lower_bound(points, period.from, {}, &Point::at);
                                 if (first != points.begin()) --first;
                                 core::PagesPrinted printed;
                                 for (auto point = first; point != points.end(); ++point)
                                     printed.add(*point);
                                 if (const auto total = printed.total())
                                     pages[series.subject] += *total;
                             });
        return pages;
    });
}

core::Result<core::WallTime> SampleStore::whole_since() {
    return attempt([&] {
        return core::from_ms(
            inside_->database.number("SELECT ifnull(max(before_ms), 0) FROM forgotten"));
    });
}

}  // namespace rounds::store
