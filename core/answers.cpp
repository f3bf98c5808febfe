#include "core/answers.hpp"

#include <algorithm>

namespace rounds::core {

void Answers::add_column(const Oid& column, const std::vector<SnmpVariable>& cells) {
    auto& kept = columns_[column];
    for (const SnmpVariable& cell : cells) {
        if (!cell.value.present() || !cell.name.within(column)) continue;
        const auto row = cell.name.below(column);
        kept.push_back({RowIndex(row.begin(), row.end()), cell.value});
    }
    // An agent's walk is in order; what a test or a bad agent gives may not be.
    if (!std::ranges::is_sorted(kept, {}, &Cell::row))
        std::ranges::stable_sort(kept, {}, &Cell::row);
}

void Answers::forget(const std::set<Oid>& names) {
    for (const Oid& name : names) {
        scalars_.erase(name);
        columns_.erase(name);
    }
}

void Answers::forget_row(const Oid& entry, std::span<const Oid::Part> row) {
    for (auto column = columns_.lower_bound(entry);
         column != columns_.end() && column->first.within(entry); ++column)
        std::erase_if(column->second,
                      [&](const Cell& cell) { return std::ranges::equal(cell.row, row); });
}

const SnmpValue* Answers::scalar(const Oid& name) const {
    const auto found = scalars_.find(name);
    return found == scalars_.end() || !found->second.present() ? nullptr : &found->second;
}

const SnmpValue* Answers::cell(const Oid& column, std::span<const Oid::Part> row) const {
    const auto cells = columns_.find(column);
    if (cells == columns_.end()) return nullptr;
    const auto before = [](const Cell& cell, std::span<const Oid::Part> wanted) {
        return std::ranges::lexicographical_compare(cell.row, wanted);
    };
    const auto found = std::lower_bound(cells->second.begin(), cells->second.end(), row, before);
    if (found == cells->second.end() || !std::ranges::equal(found->row, row)) return nullptr;
    return &found->value;
}

bool Answers::any_cell(const Oid& column) const {
    const auto cells = columns_.find(column);
    return cells != columns_.end() && !cells->second.empty();
}

const RowIndex* Answers::row_with(const Oid& column, std::int64_t value) const {
    const auto cells = columns_.find(column);
    if (cells == columns_.end()) return nullptr;
    const auto has = [value](const Cell& cell) { return cell.value.integer() == value; };
    const auto found = std::ranges::find_if(cells->second, has);
    return found == cells->second.end() ? nullptr : &found->row;
}

std::vector<RowIndex> Answers::rows(std::span<const Oid> columns) const {
    std::vector<RowIndex> rows;
    for (const Oid& column : columns) {
        const auto cells = columns_.find(column);
        if (cells == columns_.end()) continue;
        for (const Cell& cell : cells->second) rows.push_back(cell.row);
    }
    std::ranges::sort(rows);
    const auto [first, last] = std::ranges::unique(rows);
    rows.erase(first, last);
    return rows;
}

}  // namespace rounds::core
