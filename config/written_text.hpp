// A file's text by lines and characters, as its writer sees it in an editor.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rounds::config {

/// Lines and columns over a text that outlives it. Used by one thread at a time. Lines count from 0 here, bytes within a line too.
class WrittenText {
 public:
    explicit WrittenText(std::string_view text);

    [[nodiscard]] std::size_t lines() const { return starts_.size(); }
    /// One line without its line break; empty beyond the end.
    [[nodiscard]] std::string_view line(std::size_t number) const;
    /// The column of a byte in a line, in characters from 1.
    [[nodiscard]] int column(std::size_t line, std::size_t byte) const;

    struct Unreadable {
        int line = 0;    ///< From 1.
        int column = 0;  ///< From 1; 0 when the line has no characters to count.
        std::string why;
    };
    /// The first byte that no text has: not UTF-8, or a control character.
    [[nodiscard]] std::optional<Unreadable> first_unreadable() const;

    /// Is there a tab in the blanks a line begins with?
    [[nodiscard]] bool tab_indents(std::size_t line) const;

 private:
    std::string_view text_;
    std::vector<std::size_t> starts_;
};

}  // namespace rounds::config
