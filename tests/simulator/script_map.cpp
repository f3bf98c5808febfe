#include "tests/simulator/script_map.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace rounds::simulator {

void Problems::add(const YAML::Mark& mark, std::string_view what) {
    const int line = mark.is_null() ? 0 : mark.line + 1;
    problems_.push_back({line, line == 0 ? fmt::format("{}: {}", file_, what)
                                         : fmt::format("{}:{}: {}", file_, line, what)});
}

std::vector<std::string> Problems::all() const {
    auto sorted = problems_;
    std::stable_sort(sorted.begin(), sorted.end(), [](const Problem& one, const Problem& other) {
        return one.line < other.line;
    });
    std::vector<std::string> sentences;
    sentences.reserve(sorted.size());
    for (const auto& problem : sorted) sentences.push_back(problem.sentence);
    return sentences;
}

ScriptMap::ScriptMap(YAML::Node node, std::string_view what,
                     std::initializer_list<std::string_view> known, Problems& problems)
    : node_(std::move(node)), problems_(problems) {
    if (!node_.IsMap()) {
        problems_.add(node_.Mark(),
                      fmt::format("{} is written as {{key: value, …}} with the keys {}", what,
                                  fmt::join(known, ", ")));
        node_.reset(YAML::Node{YAML::NodeType::Map});  // `=` would write into the file's own tree
        return;
    }
    std::set<std::string> seen;
    for (const auto& pair : node_) {
        const auto key = pair.first.IsScalar() ? pair.first.Scalar() : std::string{};
        if (std::find(known.begin(), known.end(), key) == known.end()) {
            problems_.add(pair.first.Mark(), fmt::format("{} has no key \"{}\"; it knows {}", what,
                                                         key, fmt::join(known, ", ")));
        } else if (!seen.insert(key).second) {
            problems_.add(pair.first.Mark(), fmt::format("{} is said twice", key));
        }
    }
}

YAML::Node ScriptMap::node(std::string_view key) const {
    for (const auto& pair : node_) {
        if (pair.first.IsScalar() && pair.first.Scalar() == key) return pair.second;
    }
    return YAML::Node{YAML::NodeType::Undefined};
}

std::optional<std::string> ScriptMap::text(std::string_view key) const {
    const auto value = node(key);
    if (!value.IsDefined()) return std::nullopt;
    if (value.IsScalar()) return value.Scalar();
    refuse(key, "one value is expected here");
    return std::nullopt;
}

std::vector<std::string> ScriptMap::texts(std::string_view key) const {
    const auto value = node(key);
    if (!value.IsDefined()) return {};
    if (value.IsScalar()) return {value.Scalar()};
    std::vector<std::string> all;
    for (const auto& item : list(key)) {
        if (item.IsScalar()) {
            all.push_back(item.Scalar());
        } else {
            problems_.add(item.Mark(), fmt::format("{}: one value is expected here", key));
        }
    }
    return all;
}

std::vector<YAML::Node> ScriptMap::list(std::string_view key) const {
    const auto value = node(key);
    if (!value.IsDefined()) return {};
    if (!value.IsSequence()) {
        refuse(key, "a list is expected here");
        return {};
    }
    return {value.begin(), value.end()};
}

void ScriptMap::refuse(std::string_view key, std::string_view why) const {
    const auto value = node(key);
    problems_.add(value.IsDefined() ? value.Mark() : node_.Mark(), fmt::format("{}: {}", key, why));
}

}  // namespace rounds::simulator
