#include "config/section.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "config/values.hpp"
#include "core/text.hpp"

namespace rounds::config {

std::string not_yet_known(std::string_view word) {
    return fmt::format("\"{}\" is not yet known to this version of Rounds; take it out",
                       core::printable(word, 60));
}

Section::Section(const Node& node, std::string title, Problems& problems)
    : node_(node), title_(std::move(title)), problems_(problems) {
    if (node.kind == Node::Kind::scalar || node.kind == Node::Kind::list) {
        problems.add(node.at, fmt::format("{} must be a map such as {{key: value}}, not {}", title_,
                                          describe(node.kind)));
    }
}

Section::~Section() {
    for (const Entry& entry : node_.entries) {
        if (std::ranges::find(known_, entry.key) != known_.end()) continue;
        if (std::ranges::find(later_, entry.key) != later_.end()) continue;
        problems_.add(entry.at, problems_.full()
                                    ? std::string{}
                                    : fmt::format("unknown key \"{}\" in {}; {}",
                                                  core::printable(entry.key, 60), title_,
                                                  suggestion(entry.key, known_)));
    }
}

const Entry* Section::ask(std::string_view key) {
    known_.push_back(key);
    return node_.find(key);
}

const Node* Section::any(std::string_view key) {
    const Entry* entry = ask(key);
    return entry == nullptr ? nullptr : &entry->value;
}

const Node* Section::scalar(std::string_view key) {
    const Node* node = any(key);
    return node != nullptr && is_scalar(key, *node) ? node : nullptr;
}

bool Section::is_scalar(std::string_view key, const Node& node) {
    if (node.kind == Node::Kind::scalar) return true;
    if (node.kind == Node::Kind::nothing) {
        problem(key, node.at, "has no value; write one or take the key out");
    } else {
        problem(key, node.at, fmt::format("must be a single value, not {}", describe(node.kind)));
    }
    return false;
}

const Node* Section::of_kind(std::string_view key, Node::Kind kind) {
    const Node* node = any(key);
    if (node == nullptr || node->kind == Node::Kind::nothing) return nullptr;
    if (node->kind == kind) return node;
    problem(
        key, node->at,
        fmt::format("must be {} such as {}, not {}", describe(kind),
                    kind == Node::Kind::list ? "[a, b]" : "{key: value}", describe(node->kind)));
    return nullptr;
}

const Node* Section::map(std::string_view key) {
    return of_kind(key, Node::Kind::map);
}

std::span<const Entry> Section::entries(std::string_view key) {
    const Node* node = map(key);
    return node == nullptr ? std::span<const Entry>{} : std::span<const Entry>(node->entries);
}

std::span<const Node> Section::items(std::string_view key) {
    const Node* node = of_kind(key, Node::Kind::list);
    return node == nullptr ? std::span<const Node>{} : std::span<const Node>(node->items);
}

void Section::refuse_empty(std::string_view key) {
    const Entry* entry = node_.find(key);
    if (entry == nullptr) return;
    const Node& node = entry->value;
    if (node.kind == Node::Kind::nothing || (node.kind == Node::Kind::list && node.items.empty())) {
        problem(key, node.at, "is an empty list; write at least one item or take the key out");
    }
}

void Section::require(std::string_view key) {
    // What is no map has been refused already.
    if (node_.kind != Node::Kind::map && node_.kind != Node::Kind::nothing) return;
    if (node_.find(key) == nullptr)
        problems_.add(node_.at, fmt::format("{} needs \"{}\"", title_, key));
}

void Section::not_yet(std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys) {
        later_.push_back(key);
        if (const Entry* entry = node_.find(key)) problems_.add(entry->at, not_yet_known(key));
    }
}

Place Section::place(std::string_view key) const {
    const Entry* entry = node_.find(key);
    return entry == nullptr ? node_.at : entry->value.at;
}

void Section::problem(std::string_view key, Place at, std::string_view what) {
    problems_.add(at, fmt::format("{}: {}", key, what));
}

}  // namespace rounds::config
