// Secrets: written in the configuration, or read from a file that it names.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "config/section.hpp"
#include "core/result.hpp"

namespace rounds::config {

/// What a secret's file holds, without one line break at its end: one line of UTF-8 without control
/// characters. The file is regular and of at most 64 KiB. Errors: those of read_file and invalid_input,
/// each a sentence that repeats neither name nor content.
[[nodiscard]] core::Result<std::string> read_secret_file(const std::filesystem::path& file);

/// A secret under `key` ("secret"), or in the file under `file_key` ("secret_file"; relative paths start at
/// the file that names them). Both at once, and an empty one, are problems; no sentence repeats a secret.
/// `target` is left alone unless true is returned. Both keys outlive `keys`.
bool read_secret(Section& keys, std::string_view key, std::string_view file_key,
                 const Problems& problems, std::string& target);

}  // namespace rounds::config
