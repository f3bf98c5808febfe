// The objects that a profile file may name, and the module that is made of it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "config/problems.hpp"
#include "core/profile.hpp"

namespace rounds::config {

/// Names of MIB objects with what they stand for.
struct ProfileScope {
    struct Table {
        core::Oid entry;
        Place at;
    };
    struct Object {
        core::Oid oid;
        std::string table;  ///< Empty: a scalar.
        Place at;
    };
    std::map<std::string, Table, std::less<>> tables;
    std::map<std::string, Object, std::less<>> objects;

    /// Takes in what a used file declares. A name that means something else there is a problem at `at`.
    void include(const ProfileScope& other, Place at, Problems& problems);
};

/// A module under construction: objects and tables become part of it when a rule names them.
class ModuleDraft {
 public:
    ModuleDraft(const ProfileScope& scope, Problems& problems)
        : scope_(scope), problems_(problems) {}

    /// The number of an object; a name that is not known is a problem.
    std::optional<core::ObjectNumber> object(std::string_view name, Place at);
    /// The number of a table.
    std::optional<int> table(std::string_view name, Place at);

    core::Module module;

 private:
    int table_number(const std::string& name, const ProfileScope::Table& table);

    const ProfileScope& scope_;
    Problems& problems_;
};

}  // namespace rounds::config
