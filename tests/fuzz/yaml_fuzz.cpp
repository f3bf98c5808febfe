// libFuzzer: any bytes as one YAML file, from the parser to the tree.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "config/files.hpp"
#include "config/yaml.hpp"

namespace {

using rounds::config::Node;

/// Every place is within the file, and nothing is nested deeper than promised.
void check(const Node& node, int depth) {
    if (node.at.line < 1 || node.at.column < 1 || depth > rounds::config::deepest) std::abort();
    for (const Node& item : node.items) check(item, depth + 1);
    for (const auto& entry : node.entries) {
        if (entry.at.line < 1 || entry.at.column < 1 || node.find(entry.key) == nullptr)
            std::abort();
        check(entry.value, depth + 1);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace config = rounds::config;
    config::Problems problems;
    const int file = problems.open("fuzz.yaml");
    auto tree =
        config::parse_yaml(std::string(reinterpret_cast<const char*>(data), size), file, problems);
    if (tree) {
        check(*tree, 0);
        Node twice = *tree;
        config::expand(
            *tree, [](const std::string& name) { return std::optional(name); }, problems);
        config::merge(twice, std::move(*tree), {}, problems);
    }
    for (const auto& problem : problems.sorted()) {
        if (problem.sentence().find('\n') != std::string::npos) std::abort();
    }
    return 0;
}
