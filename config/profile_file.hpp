// One profile file: what it declares, and what it says.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/profile_scope.hpp"
#include "config/yaml.hpp"
#include "core/profile.hpp"

namespace rounds::config {

/// A file read, but not yet compiled: its names may come from the files it uses.
struct ProfileFile {
    struct Use {
        std::string name;
        Place at;
    };
    std::string name, title;
    std::vector<Use> uses;
    ProfileScope declared;
    std::vector<core::Recogniser> recognisers;
    bool recognises = false;  ///< Is it a profile? Else it is for others to use.
};

/// Reads the declarations: title, use, recognise, vendor, class, scalars, tables. `tree` as parse_yaml() gave it.
[[nodiscard]] ProfileFile read_profile_file(std::string name, const Node& tree, Problems& problems);

/// Compiles the rest of its tree (only_if, changed_by, facts, items) with the names of `scope`, its own and those of what it uses.
[[nodiscard]] core::Module compile_module(const ProfileFile& file, const Node& tree,
                                          const ProfileScope& scope, Problems& problems);

}  // namespace rounds::config
