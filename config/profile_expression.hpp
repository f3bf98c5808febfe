// Reading the expressions of a profile.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "config/profile_scope.hpp"
#include "config/yaml.hpp"
#include "core/profile.hpp"

namespace rounds::config {

/// What an expression stands in.
struct ExpressionPlace {
    ModuleDraft& draft;
    Problems& problems;
    std::optional<int> each;  ///< The table of the rule; empty: scalars.
};

/// What fills one field: an object, a template, a word or number, a map of steps, or a list of these of which the
/// first that gives a value counts. Mistakes are noted; what is wrong is left out.
[[nodiscard]] core::Expression read_expression(const Node& node, const core::FactField& field,
                                               ExpressionPlace place);

/// `where`: one requirement or a list of them.
[[nodiscard]] std::vector<core::Requirement> read_requirements(const Node& node,
                                                               ExpressionPlace place);

/// An object that stands here; a column without a row to take it from is a problem.
[[nodiscard]] std::optional<core::ObjectNumber> read_object(const Node& node,
                                                            ExpressionPlace place);

/// The parts of an index: positions in this row's own, objects, or either with a number added:
/// {index: 1, plus: 49152}, {of: exPort, plus: -1}.
std::vector<core::IndexPart> read_index(std::span<const Node> parts, ExpressionPlace place);

}  // namespace rounds::config
