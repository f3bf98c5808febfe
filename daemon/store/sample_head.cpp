#include "daemon/store/sample_head.hpp"

#include <algorithm>
#include <bit>
#include <chrono>
#include <cmath>
#include <iterator>
#include <utility>

#include "daemon/store/chunk_values.hpp"

namespace rounds::store {

namespace {

constexpr unsigned by_bits =
    4;  ///< Instead of a number of decimals, in the low three bits of a value.
constexpr unsigned kind_bits = 3;
constexpr int value_size = 8;

std::uint64_t zigzag(std::int64_t number) {
    return to_zigzag(static_cast<std::uint64_t>(number));
}
std::int64_t unzigzag(std::uint64_t number) {
    return static_cast<std::int64_t>(from_zigzag(number));
}
std::int64_t minus(std::int64_t a, std::int64_t b) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
}
std::int64_t plus(std::int64_t a, std::int64_t b) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}

void put_value(Bytes& row, double value, std::vector<std::int64_t>& scratch) {
    const auto decimals = decimals_of({&value, 1});
    if (!decimals) {
        put_varint(row, by_bits);
        return put_fixed(row, std::bit_cast<std::uint64_t>(value), value_size);
    }
    scratch.clear();
    scale_up({&value, 1}, *decimals, scratch);  // At most 2^53 units: three bits more are left.
    put_varint(row, zigzag(scratch[0]) << kind_bits | static_cast<unsigned>(*decimals));
}

double next_value(ByteReader& reader) {
    const std::uint64_t number = reader.varint();
    const auto kind = static_cast<unsigned>(number % (1U << kind_bits));
    if (kind > by_bits) throw ChunkDamage("the log of samples has a value that is not known");
    if (kind == by_bits) return std::bit_cast<double>(reader.fixed(value_size));
    return scaled_down(unzigzag(number >> kind_bits), static_cast<int>(kind));
}

}  // namespace

Day day_of(core::WallTime at) {
    return std::chrono::floor<std::chrono::days>(at).time_since_epoch().count();
}
core::WallTime start_of(Day day) {
    return core::from_ms(day * day_ms);
}
DayTime time_of_day(core::WallTime at) {
    return static_cast<DayTime>((at - std::chrono::floor<std::chrono::days>(at)).count());
}

Place place_of(SeriesNumber series) {
    constexpr auto size = static_cast<SeriesNumber>(shelf_size);
    return {series / size, static_cast<std::size_t>(series % size)};
}

void Column::put(DayTime time, double value) {
    if (at.empty() || at.back() < time) {
        at.push_back(time);
        values.push_back(value);
        return;
    }
    const auto place = std::ranges::lower_bound(at, time);
    const auto index = place - at.begin();
    if (*place == time) {
        values[static_cast<std::size_t>(index)] = value;
        return;
    }
    at.insert(place, time);
    values.insert(values.begin() + index, value);
}

void merge(Column& older, const Column& newer) {
    if (newer.empty()) return;
    if (older.empty() || older.at.back() < newer.at.front()) {
        older.at.insert(older.at.end(), newer.at.begin(), newer.at.end());
        older.values.insert(older.values.end(), newer.values.begin(), newer.values.end());
        return;
    }
    Column both;
    std::size_t i = 0;
    const auto take = [&both](const Column& from, std::size_t index) {
        both.at.push_back(from.at[index]);
        both.values.push_back(from.values[index]);
    };
    for (std::size_t j = 0; j < newer.at.size(); ++j) {
        for (; i < older.at.size() && older.at[i] < newer.at[j]; ++i) take(older, i);
        if (i < older.at.size() && older.at[i] == newer.at[j]) ++i;
        take(newer, j);
    }
    for (; i < older.at.size(); ++i) take(older, i);
    older = std::move(both);
}

void SampleHead::add(const Reading& reading) {
    const Day day = day_of(reading.at);
    const Place place = place_of(reading.series);
    if (last_shelf_ == nullptr || last_day_ != day || last_number_ != place.shelf) {
        last_shelf_ = &days_[day][place.shelf];
        last_day_ = day;
        last_number_ = place.shelf;
    }
    Column& column = (*last_shelf_)[place.on];
    if (column.empty()) ++series_;
    const std::size_t before = column.at.size();
    column.put(time_of_day(reading.at), reading.value);
    size_ += column.at.size() - before;
    newest_ = reading.at;
}

const Column* SampleHead::find(Day day, Place place) const {
    const auto shelves = days_.find(day);
    if (shelves == days_.end()) return nullptr;
    const auto shelf = shelves->second.find(place.shelf);
    if (shelf == shelves->second.end() || shelf->second[place.on].empty()) return nullptr;
    return &shelf->second[place.on];
}

void SampleHead::count(const Shelf& shelf, bool added) {
    for (const Column& column : shelf) {
        if (column.empty()) continue;
        size_ = added ? size_ + column.at.size() : size_ - column.at.size();
        series_ = added ? series_ + 1 : series_ - 1;
    }
}

SampleHead SampleHead::take(Day day) {
    SampleHead taken;
    auto node = days_.extract(day);
    if (node.empty()) return taken;
    for (const auto& [number, shelf] : node.mapped()) {
        count(shelf, false);
        taken.count(shelf, true);
    }
    taken.days_.insert(std::move(node));
    taken.newest_ = newest_;
    last_shelf_ = nullptr;
    return taken;
}

void SampleHead::erase(Day day, std::int64_t shelf) {
    const auto shelves = days_.find(day);
    if (shelves == days_.end()) return;
    if (const auto found = shelves->second.find(shelf); found != shelves->second.end()) {
        count(found->second, false);
        shelves->second.erase(found);
    }
    if (shelves->second.empty()) days_.erase(shelves);
    last_shelf_ = nullptr;
}

Bytes log_row(std::span<const Reading> readings) {
    Bytes row;
    std::vector<std::int64_t> scratch;
    SeriesNumber series = 0;
    std::int64_t at = 0;
    for (const Reading& reading : readings) {
        if (std::isnan(reading.value)) continue;
        put_varint(row, zigzag(reading.series - std::exchange(series, reading.series)));
        const std::int64_t now = core::to_ms(reading.at);
        put_varint(row, zigzag(minus(now, std::exchange(at, now))));
        put_value(row, reading.value, scratch);
    }
    seal(row);
    return row;
}

void replay(std::string_view row, SampleHead& head) {
    ByteReader reader(unsealed(row));
    SeriesNumber series = 0;
    std::int64_t at = 0;
    while (reader.left() > 0) {
        series = plus(series, unzigzag(reader.varint()));
        at = plus(at, unzigzag(reader.varint()));
        const double value = next_value(reader);
        if (series < 1 || std::isnan(value)) throw ChunkDamage("the log of samples has no sample");
        head.add({series, core::from_ms(at), value});
    }
}

std::vector<Reading> readings_of(const SampleHead& head, Day day) {
    std::vector<Reading> readings;
    const auto shelves = head.days().find(day);
    if (shelves == head.days().end()) return readings;
    for (const auto& [number, shelf] : shelves->second) {
        for (std::size_t on = 0; on < shelf_size; ++on) {
            const auto series =
                number * static_cast<SeriesNumber>(shelf_size) + static_cast<SeriesNumber>(on);
            for (std::size_t i = 0; i < shelf[on].at.size(); ++i)
                readings.push_back(
                    {series, start_of(day) + core::Duration{shelf[on].at[i]}, shelf[on].values[i]});
        }
    }
    return readings;
}

}  // namespace rounds::store
