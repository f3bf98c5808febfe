// UTF-8, one code point at a time (RFC 3629).
#pragma once

#include <cstddef>
#include <string_view>

namespace rounds::core {

/// The first code point of a text, or its first byte when that begins none.
struct CodePoint {
    char32_t value = 0;     ///< U+FFFD when not valid.
    std::size_t bytes = 1;  ///< What it takes of the text: 1..4; 1 when not valid.
    bool valid = false;  ///< False for surrogates, overlong forms, values over U+10FFFF, cut text.
};

/// Decodes the beginning of a text that is not empty.
[[nodiscard]] CodePoint first_code_point(std::string_view text);

}  // namespace rounds::core
