// From the fields of one rule's row to one fact.
#pragma once

#include <vector>

#include "core/facts.hpp"
#include "core/profile.hpp"

namespace rounds::core {

/// The facts of this kind so far. Of the device: none, ever.
[[nodiscard]] std::size_t how_many(const Facts& facts, FactKind kind);

/// Adds the fact that these data make (by the numbers of fields_of(); the required ones are there). What cannot be
/// (an index that is no number, a level over 100 %, a temperature of 65535 °C) is left out. Of the device and the
/// page count what is already known stays.
void add_fact(const Rule& rule, const std::vector<Datum>& data, Facts& facts);

/// When all is there: interfaces by index, each once.
void settle(Facts& facts);

}  // namespace rounds::core
