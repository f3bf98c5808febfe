// Everything that one look at an agent brought.
#pragma once

#include <map>
#include <set>
#include <span>
#include <vector>

#include "core/snmp.hpp"

namespace rounds::core {

/// Scalars and columns that were asked, with what came. What was asked and did not come is remembered as asked.
class Answers {
 public:
    struct Cell {
        RowIndex row;
        SnmpValue value;
        friend bool operator==(const Cell&, const Cell&) = default;
    };

    void add_scalar(const Oid& name, SnmpValue value) { scalars_[name] = std::move(value); }
    /// The cells of one column, by name; those without a value, or not within it, are left out.
    void add_column(const Oid& column, std::vector<SnmpVariable> cells);
    /// The same by row.
    void add_column(const Oid& column, std::vector<Cell> cells);

    /// Keeps these scalars and columns but for the others, as if nothing else had been asked.
    void keep(const std::set<Oid>& names, const std::set<Oid>& but_for);
    /// Takes away the cells of these rows (in order) of every column below `entry`.
    void forget_rows(const Oid& entry, std::span<const RowIndex> rows);

    [[nodiscard]] bool asked(const Oid& name) const {
        return scalars_.contains(name) || columns_.contains(name);
    }
    /// Null when it was not asked or has no value.
    [[nodiscard]] const SnmpValue* scalar(const Oid& name) const;
    [[nodiscard]] const SnmpValue* cell(const Oid& column, std::span<const Oid::Part> row) const;

    /// The cells of a column, for whoever looks up many; as long as nothing is added or taken away.
    class Column {
     public:
        Column() = default;  ///< Of no column: it has no cells.
        /// As cell(). Quickest for one row after another.
        [[nodiscard]] const SnmpValue* cell(std::span<const Oid::Part> row);

     private:
        friend class Answers;
        const std::vector<Cell>* cells_ = nullptr;
        std::size_t next_ = 0;  ///< Behind the cell that was found last.
    };
    [[nodiscard]] Column column(const Oid& column) const;
    [[nodiscard]] bool any_cell(const Oid& column) const;
    /// The first row whose value in this column is this number; null when there is none.
    [[nodiscard]] const RowIndex* row_with(const Oid& column, std::int64_t value) const;
    /// The rows of all columns together, by index, each once.
    [[nodiscard]] std::vector<RowIndex> rows(std::span<const Oid> columns) const;

    friend bool operator==(const Answers&, const Answers&) = default;

 private:
    friend struct AnswersPacking;
    std::map<Oid, SnmpValue> scalars_;
    std::map<Oid, std::vector<Cell>> columns_;  ///< By row.
};

}  // namespace rounds::core
