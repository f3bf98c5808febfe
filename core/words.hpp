// Tables of the words by which enums are written down.
#pragma once

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace rounds::core {

/// One row of a table: a value and the word of configuration, store and JSON for it.
template <class Value>
using Word = std::pair<Value, std::string_view>;

/// The word of a value that the table has.
template <class Table, class Value>
[[nodiscard]] constexpr std::string_view word_in(const Table& table, Value value) {
    return std::ranges::find(table, value, [](const auto& row) { return row.first; })->second;
}

/// The value of a word; empty for a word that the table has not.
template <class Value, class Table>
[[nodiscard]] constexpr std::optional<Value> value_in(const Table& table, std::string_view word) {
    const auto row = std::ranges::find(table, word, [](const auto& r) { return r.second; });
    return row == table.end() ? std::nullopt : std::optional<Value>{row->first};
}

}  // namespace rounds::core
