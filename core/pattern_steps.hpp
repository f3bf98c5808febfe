// What a pattern's text means to the machine that runs it.
#pragma once

#include <string_view>
#include <vector>

#include "core/pattern.hpp"

namespace rounds::core {

struct PatternSteps {
    std::vector<Pattern::Step> steps;
    std::size_t slots = 2;  ///< Two for the whole and for each group.
};

/// Error invalid_input as Pattern::parse().
[[nodiscard]] Result<PatternSteps> steps_of(std::string_view pattern);

/// The bit of a byte in Step::bytes.
[[nodiscard]] inline std::size_t slot(char c) {
    return static_cast<unsigned char>(c);
}
/// What \w takes.
[[nodiscard]] inline bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace rounds::core
