// What a SampleStore says of a period: of one series after the other, never all samples in memory.
#include <algorithm>
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

Series next_series(Query& query) {
    Series series;
    series.subject.value = query.next<std::string>();
    series.metric = query.next<std::string>();
    series.instance = query.next<std::string>();
    return series;
}

Point next_point(Query& query) {
    const auto at = query.next<core::WallTime>();
    return {at, query.next<double>()};
}

/// Into `points`, whose memory serves for series after series.
void read_points(Database& database, std::int64_t series, core::Period period,
                 std::vector<Point>& points) {
    points.clear();
    auto query = database.prepare(
        "SELECT at_ms, value FROM sample WHERE series = ? AND at_ms >= ? AND at_ms < ? "
        "ORDER BY at_ms");
    query.bind(series).bind(period.from).bind(period.until);
    while (query.step()) points.push_back(next_point(query));
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

// Points are added up here and not by SQL: a percentile there sorts each series, which took four fifths of the time.
core::Result<std::vector<Digest>> SampleStore::digest(core::Period period, Metrics metrics) {
    return attempt([&] {
        auto& database = inside_->database;
        Transaction view(database, Transaction::Kind::read);
        auto query = database.prepare(R"sql(
            SELECT subject, metric, instance, number FROM series
            WHERE metric IN (SELECT value FROM json_each(?))
            ORDER BY subject, metric, instance)sql");
        query.bind(list_of(metrics));
        std::vector<Digest> digests;
        std::vector<Point> points;
        while (query.step()) {
            Series series = next_series(query);
            read_points(database, query.next<std::int64_t>(), period, points);
            if (!points.empty()) digests.push_back(digest_of(std::move(series), points));
        }
        return digests;
    });
}

// The last sample of each day is sought, not found among all: a year of them costs no more than a day.
core::Result<std::vector<core::Course>> SampleStore::courses(core::WallTime until, int days,
                                                             Metrics metrics) {
    return attempt([&] {
        auto query = inside_->database.prepare(R"sql(
            WITH RECURSIVE day (from_ms) AS (
                SELECT ?1 - ?2 * 86400000
                UNION ALL SELECT from_ms + 86400000 FROM day WHERE from_ms + 86400000 < ?1)
            SELECT subject, metric, instance, at_ms, value
            FROM series CROSS JOIN day CROSS JOIN sample
            WHERE metric IN (SELECT value FROM json_each(?3)) AND sample.series = series.number
              AND at_ms = (SELECT max(at_ms) FROM sample AS closing
                           WHERE closing.series = series.number
                             AND closing.at_ms >= from_ms AND closing.at_ms < from_ms + 86400000)
            ORDER BY subject, metric, instance, at_ms)sql");
        query.bind(until).bind(days).bind(list_of(metrics));
        std::vector<core::Course> courses;
        while (query.step()) {
            Series series = next_series(query);
            if (courses.empty() || courses.back().series != series)
                courses.push_back({std::move(series), {}});
            courses.back().days.push_back(next_point(query));
        }
        return courses;
    });
}

core::Result<std::map<core::SubjectId, std::int64_t>> SampleStore::pages(core::Period period) {
    return attempt([&] {
        auto query = inside_->database.prepare(R"sql(
            SELECT subject, at_ms, value
            FROM series JOIN sample ON sample.series = series.number
            WHERE metric = 'page-count' AND at_ms < ?2
              AND at_ms >= ifnull((SELECT max(at_ms) FROM sample AS before
                                   WHERE before.series = series.number AND before.at_ms >= ?3 AND before.at_ms < ?1),
                                  ?1)
            ORDER BY subject, at_ms)sql");
        query.bind(period.from).bind(period.until).bind(period.from - day);
        std::map<core::SubjectId, core::PagesPrinted> printed;
        while (query.step()) {
            auto& printer = printed[core::SubjectId{query.next<std::string>()}];
            printer.add(next_point(query));
        }
        std::map<core::SubjectId, std::int64_t> pages;
        for (const auto& [subject, printer] : printed) {
            if (const auto total = printer.total()) pages.emplace(subject, *total);
        }
        return pages;
    });
}

core::Result<core::WallTime> SampleStore::whole_since() {
    return attempt([&] {
        auto& database = inside_->database;
        const bool told =
            database.number("SELECT count(*) FROM sqlite_schema WHERE name = 'forgotten'") > 0;
        return core::from_ms(
            told ? database.number("SELECT ifnull(max(before_ms), 0) FROM forgotten") : 0);
    });
}

}  // namespace rounds::store
