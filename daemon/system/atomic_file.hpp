// Files that are there whole, or not at all.
#pragma once

#include <filesystem>
#include <string_view>

#include "core/result.hpp"

namespace rounds::daemon {

/// Writes to a temporary file in the same folder, fsyncs it, renames it over `path`, fsyncs the folder. On an
/// error the temporary file is gone and `path` is as it was. Errors: no_permission, not_found (no such
/// folder), unavailable (disk full).
core::Result<void> write_atomically(const std::filesystem::path& path, std::string_view content);

/// What a person named as output: a file (through symbolic links) atomically, anything else (/dev/stdout, a pipe) by
/// writing into it. Errors as above.
core::Result<void> write_output(const std::filesystem::path& path, std::string_view content);

/// Removes temporary files that a crash left in a folder. Files of others are never touched.
void remove_leftovers(const std::filesystem::path& folder);

}  // namespace rounds::daemon
