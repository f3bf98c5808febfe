// Files and the environment: what the configuration is read from.
#pragma once

#include <filesystem>
#include <string>

#include "config/load.hpp"
#include "config/yaml.hpp"
#include "core/result.hpp"

namespace rounds::config {

/// The whole of a regular file of at most `limit` bytes. Errors: not_found, no_permission, invalid_input (a
/// directory, a device, too large), unavailable (the disk), each a sentence that does not repeat the name.
[[nodiscard]] core::Result<std::string> read_file(const std::filesystem::path& file,
                                                  std::uintmax_t limit);

/// Puts environment variables in place of ${NAME} in every value of the tree; $${ stands for ${. What is not
/// set, or holds control characters, is a problem.
void expand(Node& node, const Environment& environment, Problems& problems);

/// Adds what `addition` says to `base`: maps merge, lists append, a single value set twice is a problem that
/// names both places. `key` is how the place is called in sentences ("site.name").
void merge(Node& base, Node addition, const std::string& key, Problems& problems);

}  // namespace rounds::config
