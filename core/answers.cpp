#include "core/answers.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace rounds::core {

void Answers::add_column(const Oid& column, std::vector<SnmpVariable> cells) {
    std::vector<Cell> by_row;
    by_row.reserve(cells.size());
    for (SnmpVariable& cell : cells) {
        if (cell.name.within(column))
            by_row.push_back({RowIndex(cell.name.below(column)), std::move(cell.value)});
    }
    add_column(column, std::move(by_row));
}

void Answers::add_column(const Oid& column, std::vector<Cell> cells) {
    std::erase_if(cells, [](const Cell& cell) { return !cell.value.present(); });
    // An agent's walk is in order; what a test or a bad agent gives may not be.
    if (!std::ranges::is_sorted(cells, {}, &Cell::row))
        std::ranges::stable_sort(cells, {}, &Cell::row);
    auto& kept = columns_[column];
    if (kept.empty()) {
        kept = std::move(cells);
        return;
    }
    const auto known = static_cast<std::ptrdiff_t>(kept.size());
    std::ranges::move(cells, std::back_inserter(kept));
    std::ranges::inplace_merge(kept, kept.begin() + known, {}, &Cell::row);
}

void Answers::keep(const std::set<Oid>& names, const std::set<Oid>& but_for) {
    const auto to_go = [&](const auto& entry) {
        return !names.contains(entry.first) || but_for.contains(entry.first);
    };
    std::erase_if(scalars_, to_go);
    std::erase_if(columns_, to_go);
}

void Answers::forget_rows(const Oid& entry, std::span<const RowIndex> rows) {
    for (auto column = columns_.lower_bound(entry);
         column != columns_.end() && column->first.within(entry); ++column)
        std::erase_if(column->second,
                      [&](const Cell& cell) { return std::ranges::binary_search(rows, cell.row); });
}

const SnmpValue* Answers::scalar(const Oid& name) const {
    const auto found = scalars_.find(name);
    return found == scalars_.end() || !found->second.present() ? nullptr : &found->second;
}

const SnmpValue* Answers::cell(const Oid& column, std::span<const Oid::Part> row) const {
    return this->column(column).cell(row);
}

Answers::Column Answers::column(const Oid& column) const {
    Column found;
    const auto cells = columns_.find(column);
    if (cells != columns_.end()) found.cells_ = &cells->second;
    return found;
}

const SnmpValue* Answers::Column::cell(std::span<const Oid::Part> row) {
    if (cells_ == nullptr) return nullptr;
    const auto is_it = [&](std::size_t at) {
        return at < cells_->size() && std::ranges::equal((*cells_)[at].row, row);
    };
    const bool same_again = next_ > 0 && is_it(next_ - 1);
    if (!same_again && !is_it(next_)) {
        const auto before = [](const Cell& cell, std::span<const Oid::Part> wanted) {
            return std::ranges::lexicographical_compare(cell.row, wanted);
        };
        const auto found = std::lower_bound(cells_->begin(), cells_->end(), row, before);
        const auto at = static_cast<std::size_t>(found - cells_->begin());
        if (!is_it(at)) return nullptr;
        next_ = at;
    }
    if (!same_again) ++next_;
    return &(*cells_)[next_ - 1].value;
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
        // Most columns have the rows of the first.
        const std::size_t known = rows.size();
        std::size_t at = 0;
        for (const Cell& cell : cells->second) {
            while (at < known && rows[at] < cell.row) ++at;
            if (at == known || rows[at] != cell.row) rows.push_back(cell.row);
        }
        if (rows.size() > known && known > 0) {
            std::inplace_merge(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(known),
                               rows.end());
        }
        const auto [first, last] = std::ranges::unique(rows);
        rows.erase(first, last);
    }
    return rows;
}

}  // namespace rounds::core
