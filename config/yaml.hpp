// YAML as a tree that remembers where everything was written. The only home of libyaml.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/problems.hpp"

namespace rounds::config {

struct Entry;

/// One value of a YAML file.
struct Node {
    enum class Kind {
        nothing,  ///< `key:` with nothing behind it, `~` or `null`.
        scalar,
        list,
        map,
    };
    Kind kind = Kind::nothing;
    Place at;
    std::string text;            ///< Of a scalar, without its quotes.
    std::vector<Node> items;     ///< Of a list.
    std::vector<Entry> entries;  ///< Of a map, in the order of writing; every key once.

    /// The entry of a map with this key; null when there is none.
    [[nodiscard]] const Entry* find(std::string_view key) const;
};

/// One `key: value` of a map.
struct Entry {
    std::string key;
    Place at;  ///< Of the key.
    Node value;
};

/// "a list", "a map" … for sentences.
[[nodiscard]] std::string_view describe(Node::Kind kind);

/// Reads one YAML document. Refused, as problems of `file` (a number from Problems::open): text that is not
/// YAML, keys set twice, anchors and aliases, merge keys, tags, a second document, nesting deeper than
/// `deepest`. Empty when there is nothing to go on with: after a syntax error (a problem says so), and for a
/// text with nothing in it (no problem).
inline constexpr int deepest = 32;
[[nodiscard]] std::optional<Node> parse_yaml(std::string_view text, int file, Problems& problems);

}  // namespace rounds::config
