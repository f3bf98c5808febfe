#include "tests/bench/samples_bench.hpp"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <random>
#include <vector>

#include <fmt/format.h>
#include <fmt/os.h>
#include <unistd.h>

#include "tests/bench/measure.hpp"
#include "tests/bench/sample_set.hpp"

namespace rounds::bench {

namespace {

using namespace std::chrono_literals;
using store::Reading;
using store::SampleStore;

constexpr std::size_t standard_series = 1000;
constexpr int minutes_of_a_day = 1440;

double seconds_of(const std::function<void()>& work) {
    const Stretch stretch;
    work();
    return stretch.cpu();
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

std::vector<store::SeriesNumber> numbers_of(SampleStore& store, std::size_t count) {
    std::vector<store::SeriesNumber> numbers;
    for (std::size_t i = 0; i < count; ++i) numbers.push_back(store.number(series_at(i)).value());
    return numbers;
}

std::vector<std::vector<store::Sample>> named(const std::vector<std::vector<Reading>>& polls) {
    std::vector<std::vector<store::Sample>> all;
    for (const auto& poll : polls) {
        auto& samples = all.emplace_back();
        for (std::size_t i = 0; i < poll.size(); ++i)
            samples.push_back({series_at(i), poll[i].at, poll[i].value});
    }
    return all;
}

/// In seconds, the last packing included; and what a sample takes on the disk.
struct TakenIn {
    double wall, cpu, bytes;
};
TakenIn take_in(const std::filesystem::path& parent, bool by_number) {
    const Folder folder(parent);
    auto store = SampleStore::open(folder.path).value();
    const auto polls = standard_set(numbers_of(store, standard_series), minutes_of_a_day);
    const auto by_name = by_number ? std::vector<std::vector<store::Sample>>() : named(polls);
    const Stretch stretch;
    if (by_number)
        for (const auto& poll : polls) store.append(poll).value();
    for (const auto& poll : by_name) store.append(poll).value();
    store.compact().value();
    const double count = static_cast<double>(standard_series) * minutes_of_a_day;
    return {stretch.wall(), stretch.cpu(), static_cast<double>(folder.bytes()) / count};
}

std::string standard(const std::filesystem::path& parent) {
    const auto number = take_in(parent, true);
    const auto name = take_in(parent, false);
    return fmt::format(
        R"({{"by_number": {{"wall": {:.3f}, "cpu": {:.3f}}}, "by_name": {{"wall": {:.3f}, "cpu": {:.3f}}}, "bytes": {:.3f}}})",
        number.wall, number.cpu, name.wall, name.cpu, number.bytes);
}

std::string month(const std::filesystem::path& parent) {
    constexpr int days = 31;
    constexpr std::size_t series = 320;
    const Folder folder(parent);
    auto store = SampleStore::open(folder.path).value();
    for (const auto& poll : standard_set(numbers_of(store, series), days * minutes_of_a_day))
        store.append(poll).value();
    auto reader = SampleStore::open_read_only(folder.path).value();
    const core::Period whole{first_midnight, first_midnight + days * 24h};
    std::size_t next = 0;
    const auto any = [&next] { return series_at(next = (next + 37) % series); };
    std::size_t read = reader.read(any(), whole, store::Resolution::hour)->size();  // With the log.
    const double hours =
        median_of(100, [&] { read += reader.read(any(), whole, store::Resolution::hour)->size(); });
    const core::Period day{first_midnight + 15 * 24h, first_midnight + 16 * 24h};
    const double raw = median_of(100, [&] { read += reader.read(any(), day)->size(); });
    const core::Period two{day.from + 8h, day.until + 8h};
    const double across = median_of(100, [&] { read += reader.read(any(), two)->size(); });
    constexpr std::string_view metrics[] = {"metric"};
    const double courses = seconds_of(
        [&] { read += reader.courses(first_midnight + 30 * 24h + 8h, 28, metrics)->size(); });
    return fmt::format(
        R"({{"bytes_with_log": {:.3f}, "hours_ms": {:.3f}, "day_ms": {:.3f}, "across_midnight_ms": {:.3f}, "courses_ms": {:.0f}, "read": {}}})",
        static_cast<double>(folder.bytes()) / (minutes_of_a_day * days * double{series}),
        hours * 1e3, raw * 1e3, across * 1e3, courses * 1e3, read);
}

/// A sample every five minutes of what a report shows.
std::vector<Reading> poll_of_an_office(int poll, const std::vector<store::SeriesNumber>& numbers,
                                       std::vector<double>& levels, std::size_t kinds,
                                       std::mt19937& dice) {
    const core::WallTime begin = first_midnight + 8h + 5min * poll;
    std::vector<Reading> readings;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto kind = i % kinds;
        const auto drawn = static_cast<unsigned>(dice());
        if (kind == 0) levels[i] = drawn % 100;
        if (kind == 4) levels[i] = drawn % 100'000;
        if (kind == 3 || drawn % 100 < 3) levels[i] += drawn % 3;
        readings.push_back(
            {numbers[i], begin + core::Duration{static_cast<int>(i / kinds) * 30}, levels[i]});
    }
    return readings;
}

std::string report(const std::filesystem::path& parent) {
    constexpr int devices = 10'000, polls = 288;
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
    for (int poll = 0; poll < polls; ++poll)
        store.append(poll_of_an_office(poll, numbers, levels, std::size(kinds), dice)).value();
    auto reader = SampleStore::open_read_only(folder.path).value();
    const core::Period day{first_midnight + 8h, first_midnight + 32h};
    std::size_t read = 0;
    const auto digest = [&] { read += reader.digest(day, std::span(kinds).first(3))->size(); };
    const double first = seconds_of(digest);
    const double digests = median_of(5, digest);
    const double pages = median_of(5, [&] { read += reader.pages(day)->size(); });
    store.compact().value();
    const double packed = median_of(5, digest);
    return fmt::format(
        R"({{"first_s": {:.3f}, "digests_s": {:.3f}, "pages_s": {:.3f}, "packed_s": {:.3f}, "bytes": {:.3f}, "read": {}}})",
        first, digests, pages, packed,
        static_cast<double>(folder.bytes()) / (double{polls} * static_cast<double>(numbers.size())),
        read);
}

}  // namespace

std::string samples(const SamplesWork& work) {
    switch (work.what) {
        case SamplesWork::What::standard: return standard(work.folder);
        case SamplesWork::What::month: return month(work.folder);
        case SamplesWork::What::report: break;
    }
    return report(work.folder);
}

void export_standard_set(const std::filesystem::path& file) {
    std::vector<store::SeriesNumber> places(standard_series);
    const auto polls = standard_set(places, minutes_of_a_day);
    auto out = fmt::output_file(file.string());
    for (std::size_t i = 0; i < standard_series; ++i) {
        const auto series = series_at(i);
        std::string values, stamps;
        for (const auto& poll : polls) {
            values += fmt::format("{}{}", values.empty() ? "" : ",", poll[i].value);
            stamps += fmt::format("{}{}", stamps.empty() ? "" : ",", core::to_ms(poll[i].at));
        }
        out.print(
            R"({{"metric":{{"__name__":"{}","device":"{}","instance":"{}"}},"values":[{}],"timestamps":[{}]}})"
            "\n",
            series.metric, series.subject.value, series.instance, values, stamps);
    }
}

}  // namespace rounds::bench
