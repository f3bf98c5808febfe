// A map of the configuration, read key by key: a reader of one section looks like the table of its keys.
//
//     Section keys(node, "storage", problems);
//     keys.optional("state", storage.state, path);
//     keys.optional("keep", storage.keep_days, days(1, 3650));
//
// A key that nobody asked for by the end of the scope is unknown. Every mistake is noted where it stands, and
// reading goes on.
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/yaml.hpp"
#include "core/result.hpp"

namespace rounds::config {

class Section {
 public:
    /// `title` is how the map is called in sentences: "polling.ping", "a device". A node that is no map is a
    /// problem; `key: ` with nothing behind it is an empty map. The node and the problems outlive the section.
    Section(const Node& node, std::string title, Problems& problems);
    ~Section();
    Section(const Section&) = delete;
    Section& operator=(const Section&) = delete;

    /// A single value. `parse` takes a std::string_view and gives a core::Result; `target` is left alone when
    /// the key is absent or wrong. True when it was set.
    template <class Target, class Parse>
    bool optional(std::string_view key, Target& target, const Parse& parse) {
        const Node* node = scalar(key);
        return node != nullptr && read(key, *node, target, parse);
    }

    /// As optional(); that the key is absent is a problem.
    template <class Target, class Parse>
    bool required(std::string_view key, Target& target, const Parse& parse) {
        require(key);
        return optional(key, target, parse);
    }

    /// A list of single values, appended to `target`; the wrong ones are left out.
    template <class Item, class Parse>
    void list(std::string_view key, std::vector<Item>& target, const Parse& parse) {
        for (const Node& node : items(key)) {
            Item item;
            if (is_scalar(key, node) && read(key, node, item, parse))
                target.push_back(std::move(item));
        }
    }

    /// As list(); a list without items is a problem.
    template <class Item, class Parse>
    void some(std::string_view key, std::vector<Item>& target, const Parse& parse) {
        list(key, target, parse);
        refuse_empty(key);
    }

    /// A map; null when the key is absent or no map.
    [[nodiscard]] const Node* map(std::string_view key);
    /// A map whose keys are names: its entries; empty when the key is absent or no map.
    [[nodiscard]] std::span<const Entry> entries(std::string_view key);
    /// A list: its items; empty when the key is absent or no list.
    [[nodiscard]] std::span<const Node> items(std::string_view key);
    /// A value of any kind, for keys that take several; null when absent.
    [[nodiscard]] const Node* any(std::string_view key);

    /// That the key is absent is a problem.
    void require(std::string_view key);

    /// Keys that a later version will know: refused, never ignored.
    void not_yet(std::initializer_list<std::string_view> keys);

    /// Where the key's value stands; where the map stands when it is absent.
    [[nodiscard]] Place place(std::string_view key) const;
    [[nodiscard]] Place place() const { return node_.at; }

    /// Notes a mistake in a key's value: "key: what".
    void problem(std::string_view key, Place at, std::string_view what);

 private:
    const Entry* ask(std::string_view key);
    const Node* scalar(std::string_view key);
    bool is_scalar(std::string_view key, const Node& node);
    void refuse_empty(std::string_view key);
    const Node* of_kind(std::string_view key, Node::Kind kind);

    template <class Target, class Parse>
    bool read(std::string_view key, const Node& node, Target& target, const Parse& parse) {
        auto value = parse(std::string_view(node.text));
        if (!value) {
            problem(key, node.at, value.error().message);
            return false;
        }
        target = std::move(*value);
        return true;
    }

    const Node& node_;
    std::string title_;
    Problems& problems_;
    std::vector<std::string_view> known_;
    std::vector<std::string_view> later_;  ///< Known, but only to a later version.
};

/// The sentence for a key that is not known yet.
[[nodiscard]] std::string not_yet_known(std::string_view word);

}  // namespace rounds::config
