// Regular expressions in linear time: a device's text can be anything, and the pattern must not make it costly.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace rounds::core {

/// The common part of the syntaxes of POSIX (ERE), Perl and RE2, on bytes: `. [a-z] [^x] \d \w \s (and \D \W \S) \b
/// ^ $ ( ) (?: ) | * + ? {2,5}`, lazy with `?` behind, `(?i)` at the beginning for upper or lower case alike. Time is
/// text × pattern (Thompson's and Pike's simulation), whatever both are. `.` is no line break; ^ and $ are the text's
/// beginning and end.
class Pattern {
 public:
    /// Error invalid_input, in words, for anything else, and for patterns of more than 2000 steps.
    static Result<Pattern> parse(std::string_view text);

    /// What the leftmost match took: the whole, then each group (empty optional: took no part). Empty: no match.
    using Groups = std::vector<std::optional<std::string_view>>;
    [[nodiscard]] std::optional<Groups> find(std::string_view text) const;
    [[nodiscard]] bool matches(std::string_view text) const;

    [[nodiscard]] const std::string& text() const { return text_; }
    friend bool operator==(const Pattern& a, const Pattern& b) { return a.text_ == b.text_; }

    /// One step of the machine; for the parser and the machine alone.
    struct Step {
        enum class Kind { bytes, split, jump, save, begin, end, word_edge, match };
        Kind kind = Kind::match;
        std::bitset<256> bytes;  ///< Of `bytes`: which it takes.
        std::size_t first = 0,
                    second = 0;  ///< Of split (first preferred), jump (first), save (first: slot).
    };

    /// Where a match can begin; for the machine alone.
    struct Beginning {
        std::bitset<256> bytes;  ///< With one of these,
        bool anywhere = false;   ///< or anywhere, for it may take none,
        bool at_start = false;   ///< and at the text's start alone.
    };

 private:
    std::string text_;
    std::vector<Step> steps_;
    std::size_t slots_ = 2;  ///< Two for the whole and for each group.
    Beginning beginning_;
};

}  // namespace rounds::core
