// Text from outside, made safe to show.
#pragma once

#include <string>
#include <string_view>

namespace rounds::core {

/// The text as one line of valid UTF-8: control characters, line breaks, bidirectional overrides and
/// invalid bytes are shown as \x1b, \n, \u202e … For logs and terminals. Never longer than `limit`
/// characters (code points); cut text ends with "…".
[[nodiscard]] std::string printable(std::string_view text, std::size_t limit = 200);

/// Is this well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms, at most U+10FFFF)?
[[nodiscard]] bool is_utf8(std::string_view text);

/// Columns the text takes on a terminal: East Asian wide characters take two, combining ones none.
[[nodiscard]] std::size_t columns(std::string_view text);

/// The text filled with spaces on the right (or left) to this many columns.
[[nodiscard]] std::string pad_right(std::string_view text, std::size_t width);
[[nodiscard]] std::string pad_left(std::string_view text, std::size_t width);

/// "did you mean": the candidate nearest to a misspelt word, or empty when none is near (edit distance
/// over a third of its length).
[[nodiscard]] std::string_view nearest(std::string_view word, const std::string_view* begin,
                                       const std::string_view* end);

}  // namespace rounds::core
