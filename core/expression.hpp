// Evaluating a profile's expressions over what an agent answered.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <vector>

#include "core/answers.hpp"
#include "core/profile.hpp"

namespace rounds::core {

/// The rows of a module's tables, each table's put together once, and their cells, each column looked for once. Refers
/// to what outlives it.
class TableRows {
 public:
    TableRows(const Module& module, const Answers& answers)
        : module_(module), answers_(answers), columns_(module.objects.size()) {}
    /// In the order of a walk, each once.
    const std::vector<RowIndex>& of(int table);
    /// The value of a column's object in this row; null when it has none.
    const SnmpValue* cell(ObjectNumber object, std::span<const Oid::Part> row);
    /// May so many rows more be looked through? A device with huge tables is not to hold up the others: what goes
    /// beyond has no value.
    bool spend(std::size_t rows);

 private:
    const Module& module_;
    const Answers& answers_;
    std::map<int, std::vector<RowIndex>> known_;
    std::vector<std::optional<Answers::Column>> columns_;  ///< By object; empty: not looked for.
    std::size_t left_ = 500'000;
};

/// Where an expression is evaluated: a module's row, or (table -1) its scalars. Refers to what outlives it.
struct Place {
    const Module& module;
    const Answers& answers;
    const FromGb18030& decode;
    TableRows& rows;
    int table = -1;
    RowIndex row = {};
    const std::vector<Join>* joins = nullptr;  ///< Null: none.
    /// The rows of `table` that one fact stands for (Rule::per); null: not grouped.
    const std::vector<RowIndex>* group = nullptr;
    const Place* outer =
        nullptr;  ///< From where another table's rows are looked at; null: from nowhere.
};

/// How a row of that table is found; null: its index is the same.
[[nodiscard]] const Join* join_to(const std::vector<Join>& joins, int table);

/// The objects that a choice looks at, in the order in which it does.
[[nodiscard]] std::vector<ObjectNumber> objects_of(const Choice& choice);

/// The objects on which it depends for which rows a rule makes facts.
[[nodiscard]] std::vector<ObjectNumber> objects_choosing_rows(const Rule& rule);

/// The raw value of an object here; null when it has none.
[[nodiscard]] const SnmpValue* raw(const Place& place, ObjectNumber number);

/// The value of the first choice that gives one.
[[nodiscard]] Datum evaluate(const Expression& expression, const Place& place);

/// How many choices, from the first, are looked at for that: all of them when none gives a value.
[[nodiscard]] std::size_t choices_tried(const Expression& expression, const Place& place);

[[nodiscard]] bool holds(const std::vector<Requirement>& requirements, const Place& place);

}  // namespace rounds::core
