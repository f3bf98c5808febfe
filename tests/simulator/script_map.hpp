// A YAML mapping read strictly: every key known, none twice, every value of its type.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <yaml-cpp/yaml.h>

#include "core/result.hpp"

namespace rounds::simulator {

/// Collects problems with their lines.
class Problems {
 public:
    explicit Problems(std::string file) : file_(std::move(file)) {}
    void add(const YAML::Mark& mark, std::string_view what);
    [[nodiscard]] std::vector<std::string> all() const;

 private:
    struct Problem {
        int line;
        std::string sentence;
    };
    std::string file_;
    std::vector<Problem> problems_;
};

/// One mapping of the file. Each take_… returns empty when the key is absent or its value is
/// refused.
class ScriptMap {
 public:
    /// Refuses `node` when it is no mapping, and its keys that are not `known`.
    ScriptMap(YAML::Node node, std::string_view what, std::initializer_list<std::string_view> known,
              Problems& problems);

    [[nodiscard]] std::optional<std::string> text(std::string_view key) const;

    /// The value as `read` understands it.
    template <class T>
    [[nodiscard]] std::optional<T> value(std::string_view key,
                                         core::Result<T> (*read)(std::string_view)) const {
        const auto words = text(key);
        if (!words) return std::nullopt;
        const auto result = read(*words);
        if (result) return *result;
        refuse(key, result.error().message);
        return std::nullopt;
    }

    /// The value's texts: one, or a list of them.
    [[nodiscard]] std::vector<std::string> texts(std::string_view key) const;
    /// The nodes of a list.
    [[nodiscard]] std::vector<YAML::Node> list(std::string_view key) const;
    [[nodiscard]] YAML::Node node(std::string_view key) const;
    [[nodiscard]] bool has(std::string_view key) const { return node(key).IsDefined(); }

    /// A problem at the key, or at the whole mapping when it is absent.
    void refuse(std::string_view key, std::string_view why) const;

 private:
    YAML::Node node_;
    Problems& problems_;
};

}  // namespace rounds::simulator
