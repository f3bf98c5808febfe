// A configuration written for one test.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "config/load.hpp"
#include "tests/support/temp_folder.hpp"

namespace rounds::config {

/// Files in a folder of their own; rounds.yaml is the first to be read.
class Written {
 public:
    explicit Written(const std::string& rounds_yaml) { file("rounds.yaml", rounds_yaml); }

    Written& file(const std::string& name, const std::string& text) {
        const auto path = folder_ / name;
        std::filesystem::create_directories(path.parent_path());
        folder_.write(name, text);
        return *this;
    }
    Written& set(const std::string& variable, const std::string& value) {
        variables_[variable] = value;
        return *this;
    }

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }

    [[nodiscard]] Loaded load() const {
        return config::load(
            folder_ / "rounds.yaml", [this](const std::string& name) -> std::optional<std::string> {
                const auto found = variables_.find(name);
                return found == variables_.end() ? std::nullopt : std::optional(found->second);
            });
    }

    /// The problems' sentences, with file names from the folder on.
    [[nodiscard]] std::vector<std::string> sentences() const {
        std::vector<std::string> all;
        const std::string prefix = folder_.path().string() + "/";
        for (const Problem& problem : load().problems) {
            std::string sentence = problem.sentence();
            for (auto at = sentence.find(prefix); at != std::string::npos;
                 at = sentence.find(prefix)) {
                sentence.erase(at, prefix.size());
            }
            all.push_back(std::move(sentence));
        }
        return all;
    }

 private:
    tests::TempFolder folder_;
    std::map<std::string, std::string> variables_;
};

}  // namespace rounds::config
