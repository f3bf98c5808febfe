// A small, strict reader of the HTML that reports write: enough to trust that every tag is closed
// and every attribute quoted, and to see the text as a browser would.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace rounds::reports {

struct Markup {
    struct Tag {
        std::string name;
        std::map<std::string, std::string> attributes;  ///< Unescaped.
    };
    std::vector<Tag> tags;              ///< Opening tags, in order.
    std::string text;                   ///< All text but the style sheet, unescaped.
    std::vector<std::string> problems;  ///< Empty for well-formed markup.
};

[[nodiscard]] Markup read_markup(std::string_view html);

}  // namespace rounds::reports
