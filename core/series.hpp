// What was measured over time.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/id.hpp"
#include "core/time.hpp"

namespace rounds::core {

/// A named quantity of a subject, and of one of several: {"sw-3f", "port-in", "GE0/0/1"}.
struct Series {
    SubjectId subject;
    std::string metric;    ///< "cpu", "page-count" …; its unit goes with the name.
    std::string instance;  ///< Empty when there is one.
    friend auto operator<=>(const Series&, const Series&) = default;
};

struct Point {
    WallTime at;
    double value = 0;
    friend bool operator==(const Point&, const Point&) = default;
};

/// How finely a series is told. Buckets begin at whole multiples of their length since 1970, UTC.
enum class Resolution { five_minutes, hour, day };

/// What a bucket of time says of a series.
struct Rollup {
    WallTime from;           ///< Where the bucket begins.
    std::int64_t count = 0;  ///< At least 1: a bucket without a sample is none.
    double min = 0, max = 0, last = 0;
    double avg = 0;  ///< NaN when infinities of both signs are among them.
    friend bool operator==(const Rollup&, const Rollup&) = default;
};

/// What a period says of a series.
struct Digest {
    Series series;
    std::int64_t count = 0;  ///< At least 1.
    double min = 0, avg = 0, max = 0;
    double p95 = 0;  ///< The 95th percentile, nearest rank: the value that 95 of 100 do not exceed.
    Point first, last;
    friend bool operator==(const Digest&, const Digest&) = default;
};

/// How a series went over weeks: the last point of each day that has one, oldest first.
struct Course {
    Series series;
    std::vector<Point> days;
    friend bool operator==(const Course&, const Course&) = default;
};

/// What the samples say of a data period and of the weeks before it. Empty: nothing is kept of that time.
struct Measurements {
    std::vector<Digest> digests;              ///< Of the data period, by series.
    std::vector<Course> courses;              ///< Up to the end of the data period, by series.
    std::map<SubjectId, std::int64_t> pages;  ///< Printed in the data period; see PagesPrinted.
    friend bool operator==(const Measurements&, const Measurements&) = default;
};

}  // namespace rounds::core
