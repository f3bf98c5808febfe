#include "tests/simulator/snmp/mib.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>

namespace rounds::simulator {

using core::Oid;
using core::SnmpValue;
using Part = Oid::Part;
using Parts = std::span<const Part>;
using Type = SnmpValue::Type;

namespace {

bool less(Parts one, Parts other) {
    return std::lexicographical_compare(one.begin(), one.end(), other.begin(), other.end());
}

/// The first row whose index is not below (or, `above`, is greater than) this one.
std::size_t row_from(const Table& table, const Subject& subject, Parts index, bool above) {
    std::size_t low = 0, high = table.rows(subject);
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        const Index its = table.index(subject, middle);
        const bool before = above ? !less(index, its.view()) : less(its.view(), index);
        if (before) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

Oid name_of(const Table& table, const Subject& subject, Part column, std::size_t row) {
    const Index index = table.index(subject, row);
    return table.entry.with(column).with(index.view());
}

bool said(const SnmpValue& value, const Mib::Manners& manners) {
    return value.type != Type::null && (manners.counters64 || value.type != Type::counter64);
}

bool scalars(const Table& table, const Subject& subject) {
    return table.rows(subject) == 1 && table.index(subject, 0).view().back() == 0;
}

/// The name after a table's last one, on a device whose tables have no end: its index counts on.
Oid further(const Oid& name) {
    std::vector<Part> parts(name.parts().begin(), name.parts().end());
    if (parts.back() == UINT32_MAX) {
        parts.push_back(0);
    } else {
        ++parts.back();
    }
    return Oid(parts);
}

}  // namespace

Mib::Mib(std::vector<Table> tables) : tables_(std::move(tables)) {
    std::sort(tables_.begin(), tables_.end(),
              [](const Table& one, const Table& other) { return one.entry < other.entry; });
}

/// The last table that begins at this name or before; the end when none does.
std::vector<Table>::const_iterator Mib::last_at(const Oid& name) const {
    const auto after = std::upper_bound(
        tables_.begin(), tables_.end(), name,
        [](const Oid& wanted, const Table& table) { return wanted < table.entry; });
    return after == tables_.begin() ? tables_.end() : after - 1;
}

SnmpValue Mib::get(const Subject& subject, const Oid& name) const {
    const SnmpValue no_object{Type::no_such_object, {}}, no_instance{Type::no_such_instance, {}};
    const auto table = last_at(name);
    if (table == tables_.end() || !name.within(table->entry)) return no_object;
    const Parts below = name.below(table->entry);
    if (below.empty() ||
        !std::binary_search(table->columns.begin(), table->columns.end(), below.front())) {
        return no_object;
    }
    const Parts index = below.subspan(1);
    const std::size_t row = row_from(*table, subject, index, false);
    if (row >= table->rows(subject)) return no_instance;
    const Index its = table->index(subject, row);
    if (!std::ranges::equal(its.view(), index)) return no_instance;
    auto value = table->value(subject, below.front(), row);
    return value.type == Type::null ? no_instance : value;
}

std::optional<core::SnmpVariable> Mib::next(const Subject& subject, const Oid& name,
                                            Manners manners) const {
    auto table = last_at(name);
    if (table == tables_.end()) table = tables_.begin();
    for (; table != tables_.end(); ++table)
        if (auto found = next_in(*table, subject, name, manners)) return found;
    return std::nullopt;
}

std::optional<core::SnmpVariable> Mib::next_in(const Table& table, const Subject& subject,
                                               const Oid& name, Manners manners) {
    const bool inside = name.within(table.entry);
    if (!inside && table.entry < name) return std::nullopt;
    const Parts below = inside ? name.below(table.entry) : Parts{};
    const std::size_t rows = table.rows(subject);
    auto column = below.empty()
                      ? table.columns.begin()
                      : std::lower_bound(table.columns.begin(), table.columns.end(), below.front());
    for (; column != table.columns.end(); ++column) {
        const bool same = !below.empty() && *column == below.front();
        const Parts index = same ? below.subspan(1) : Parts{};
        std::size_t row = index.empty() ? 0 : row_from(table, subject, index, true);
        if (same && row >= rows && rows > 0 && (manners.loop || manners.endless) &&
            !scalars(table, subject)) {
            return core::SnmpVariable{
                manners.loop ? name_of(table, subject, *column, 0) : further(name),
                table.value(subject, *column, 0)};
        }
        for (; row < rows; ++row) {
            auto value = table.value(subject, *column, row);
            if (said(value, manners))
                return core::SnmpVariable{name_of(table, subject, *column, row), std::move(value)};
        }
    }
    return std::nullopt;
}

}  // namespace rounds::simulator
