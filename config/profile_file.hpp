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
    Node tree;
    std::vector<Use> uses;
    ProfileScope declared;
    std::vector<core::Recogniser> recognisers;
    bool recognises = false;  ///< Is it a profile? Else it is for others to use.
    bool shipped = false;     ///< As ProfileText::shipped.
};

/// Reads the declarations: title, use, recognise, vendor, class, scalars, tables. `tree` as parse_yaml() gave it.
[[nodiscard]] ProfileFile read_profile_file(std::string name, Node tree, Problems& problems);

/// Compiles the rest (only_if, facts, items) with the names of `scope`, its own and those of what it uses.
[[nodiscard]] core::Module compile_module(const ProfileFile& file, const ProfileScope& scope,
                                          Problems& problems);

}  // namespace rounds::config
