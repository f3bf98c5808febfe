// Archives in CSV: one row a device, one column a key of it.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "config/yaml.hpp"

namespace rounds::config {

/// The rows of an archive as if they had been written in YAML, each a map of its cells that are not empty.
/// The heading names the keys of a device, in any order, in English or in Chinese (设备名称, IP地址 …); common
/// Chinese words in the cells (交换机, 在用, 一级, 是) become the configuration's. Empty, with a problem, when the
/// file cannot be read; `named_at` is where the configuration names it.
[[nodiscard]] std::optional<std::vector<Node>> read_archive(const std::filesystem::path& file,
                                                            Place named_at, Problems& problems);

}  // namespace rounds::config
