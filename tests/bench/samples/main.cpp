// samples_bench [FOLDER]   how fast samples are taken in and read, and what they take on the disk
//
// Makes samples.db in folders of its own below FOLDER (the temporary folder unless said) and removes them. Build it
// with the release preset: cmake --build --preset release --target samples_bench. By hand; not a test.
//
// Times are those of the processor, user and system, of one thread.
//
// The standard set: 1,000 series of 50 devices, one sample a minute for a day; a third each of round-trip times
// (µs, noise of 5 %, a spike now and then), rising counters (100 to 100 million a minute, more by day than by night,
// noise of 15 %) and gauges that hardly move (half degrees, percents).
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <time.h>
#include <unistd.h>

#include "daemon/store/sample_store.hpp"

namespace {

using namespace std::chrono_literals;
using namespace rounds;
using store::Reading;
using store::SampleStore;
using store::Series;

const core::WallTime midnight = core::from_ms(20'600LL * 86'400'000);

/// Of a processor: other work on the machine does not count, and all of this is on one thread.
double cpu_now() {
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

double seconds_of(const std::function<void()>& work) {
    const double began = cpu_now();
    work();
    return cpu_now() - began;
}

double median_of(int times, const std::function<void()>& work) {
    std::vector<double> all;
    for (int i = 0; i < times; ++i) all.push_back(seconds_of(work));
    std::ranges::sort(all);
    return all[all.size() / 2];
}

class Folder {
 public:
    explicit Folder(const std::filesystem::path& parent) {
        std::string pattern = (parent / "samples-bench-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) {
            fmt::print(stderr, "no folder can be made below {}\n", parent.string());
            std::exit(1);
        }
        path = pattern;
    }
    ~Folder() { std::filesystem::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    /// Of the database with all that belongs to it.
    [[nodiscard]] std::uintmax_t bytes() const {
        std::uintmax_t sum = 0;
        for (const auto& file : std::filesystem::directory_iterator(path)) sum += file.file_size();
        return sum;
    }

    std::filesystem::path path;
};

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

/// The polls of the standard set, minute by minute: the series of a device at the same moment, which is late by up to
/// 30 ms each time.
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
            if (i % 20 == 0)
                at = midnight + 1min * minute + 1s * static_cast<int>(i / 20) +
                     core::Duration{dice() % 30};
            poll.push_back({numbers[i], at, sources[i].next(by_day, dice)});
        }
        polls.push_back(std::move(poll));
    }
    return polls;
}

std::vector<store::SeriesNumber> numbers_of(SampleStore& store, int count) {
    std::vector<store::SeriesNumber> numbers;
    for (int i = 0; i < count; ++i)
        numbers.push_back(
            store
                .number(
                    {{fmt::format("device-{:04}", i / 20)}, "metric", fmt::format("{}", i % 20)})
                .value());
    return numbers;
}

void measure_standard_set(const std::filesystem::path& parent) {
    for (const bool by_number : {true, false}) {
        const Folder folder(parent);
        auto store = SampleStore::open(folder.path).value();
        const auto numbers = numbers_of(store, 1000);
        const auto polls = standard_set(numbers, 1440);
        std::vector<std::vector<store::Sample>> named;
        for (const auto& poll : polls) {
            if (by_number) break;
            auto& samples = named.emplace_back();
            for (std::size_t i = 0; i < poll.size(); ++i)
                samples.push_back(
                    {{{fmt::format("device-{:04}", i / 20)}, "metric", fmt::format("{}", i % 20)},
                     poll[i].at,
                     poll[i].value});
        }
        const double taken = seconds_of([&] {
            for (const auto& poll : polls)
                if (by_number) store.append(poll).value();
            for (const auto& samples : named) store.append(samples).value();
        });
        const double packed = seconds_of([&] { store.compact().value(); });
        const double count = 1000.0 * 1440;
        fmt::print(
            "standard set by {}: {:.2f} million samples/s ({:.2f} s, of which the last packing "
            "{:.2f} s)\n",
            by_number ? "number" : "name", count / (taken + packed) / 1e6, taken + packed, packed);
        if (by_number)
            fmt::print("on the disk: {:.3f} bytes a sample, {} in all\n",
                       static_cast<double>(folder.bytes()) / count, folder.bytes());
    }
}

void measure_month(const std::filesystem::path& parent) {
    constexpr int days = 31, series = 320;
    const Folder folder(parent);
    auto store = SampleStore::open(folder.path).value();
    for (const auto& poll : standard_set(numbers_of(store, series), days * 1440))
        store.append(poll).value();
    fmt::print(
        "a month of {} series, its last day not packed: {:.3f} bytes a sample with the log\n",
        series, static_cast<double>(folder.bytes()) / (1440.0 * days * series));
    auto reader = SampleStore::open_read_only(folder.path).value();
    const core::Period month{midnight, midnight + days * 24h};
    int next = 0;
    const auto any = [&next]() -> Series {
        next = (next + 37) % series;
        return {{fmt::format("device-{:04}", next / 20)}, "metric", fmt::format("{}", next % 20)};
    };
    std::size_t count =
        reader.read(any(), month, store::Resolution::hour)->size();  // takes the log in
    const double hours = median_of(
        100, [&] { count += reader.read(any(), month, store::Resolution::hour)->size(); });
    fmt::print("a month of one series by the hour: {:.2f} ms\n", hours * 1e3);
    const core::Period day{midnight + 15 * 24h, midnight + 16 * 24h};
    const double raw = median_of(100, [&] { count += reader.read(any(), day)->size(); });
    fmt::print("a day of one series, each sample: {:.2f} ms\n", raw * 1e3);
    const core::Period two{day.from + 8h, day.until + 8h};
    const double across = median_of(100, [&] { count += reader.read(any(), two)->size(); });
    fmt::print("the same from 8:00 to 8:00: {:.2f} ms\n", across * 1e3);
    constexpr std::string_view metrics[] = {"metric"};
    const double courses =
        seconds_of([&] { count += reader.courses(midnight + 30 * 24h + 8h, 28, metrics)->size(); });
    fmt::print("the course of 28 days of {} series: {:.0f} ms ({} read)\n", series, courses * 1e3,
               count);
}

void measure_report(const std::filesystem::path& parent) {
    constexpr int devices = 10'000;
    constexpr std::string_view kinds[] = {"cpu", "memory", "sensor-temperature", "page-count",
                                          "port-in"};
    const Folder folder(parent);
    auto store = SampleStore::open(folder.path).value();
    std::vector<store::SeriesNumber> numbers;
    for (int i = 0; i < devices; ++i)
        for (const auto kind : kinds)
            numbers.push_back(
                store.number({{fmt::format("device-{:05}", i)}, std::string(kind), ""}).value());
    std::mt19937 dice(2);
    std::vector<double> levels(numbers.size(), 40.0);
    const core::WallTime begin = midnight + 8h;
    const double taken = seconds_of([&] {
        for (int poll = 0; poll < 288; ++poll) {
            std::vector<Reading> readings;
            for (std::size_t i = 0; i < numbers.size(); ++i) {
                const auto kind = i % std::size(kinds);
                const auto drawn = static_cast<unsigned>(dice());
                if (kind == 0 || kind == 4) levels[i] = kind == 0 ? drawn % 100 : drawn % 100'000;
                if (kind == 3 || drawn % 100 < 3) levels[i] += drawn % 3;
                const auto at = begin + 5min * poll +
                                core::Duration{static_cast<int>(i / std::size(kinds)) * 30};
                readings.push_back({numbers[i], at, levels[i]});
            }
            store.append(readings).value();
        }
    });
    fmt::print("a day of {} devices, 50,000 series: taken in within {:.1f} s\n", devices, taken);
    auto reader = SampleStore::open_read_only(folder.path).value();
    const core::Period day{begin, begin + 24h};
    std::size_t count = 0;
    const double first =
        seconds_of([&] { count += reader.digest(day, std::span(kinds).first(3))->size(); });
    const double digests =
        median_of(5, [&] { count += reader.digest(day, std::span(kinds).first(3))->size(); });
    const double pages = median_of(5, [&] { count += reader.pages(day)->size(); });
    fmt::print(
        "its 30,000 digests for the report: {:.2f} s ({:.2f} s with the log); pages of 10,000: "
        "{:.2f} s ({} read)\n",
        digests, first, pages, count);
    store.compact().value();
    const double closed =
        median_of(5, [&] { count += reader.digest(day, std::span(kinds).first(3))->size(); });
    fmt::print("the same when all is packed: {:.2f} s; {:.2f} bytes a sample\n", closed,
               static_cast<double>(folder.bytes()) / (288.0 * 50'000));
}

}  // namespace

int main(int argc, char** argv) {
    const std::filesystem::path parent =
        argc > 1 ? std::filesystem::path(argv[1]) : std::filesystem::temp_directory_path();
    for (int run = 0; run < 3; ++run) measure_standard_set(parent);
    measure_month(parent);
    measure_report(parent);
    return 0;
}
