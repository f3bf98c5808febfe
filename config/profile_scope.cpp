#include "config/profile_scope.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "core/text.hpp"

namespace rounds::config {

namespace {

/// " did you mean …?" for a name of thousands: the nearest, not all of them.
template <class Names>
std::string advice(std::string_view name, const Names& names, std::string_view otherwise) {
    std::vector<std::string_view> words;
    for (const auto& [word, what] : names) words.push_back(word);
    const auto near = core::nearest(name, words.data(), words.data() + words.size());
    return near.empty() ? std::string(otherwise) : fmt::format("did you mean \"{}\"?", near);
}

}  // namespace

void ProfileScope::include(const ProfileScope& other, Place at, Problems& problems) {
    for (const auto& [name, table] : other.tables) {
        const auto [known, added] = tables.emplace(name, table);
        if (!added && known->second.entry != table.entry) {
            problems.add(
                at, fmt::format("{} is {} here and {} at {}; give one of them another name", name,
                                known->second.entry.text(), table.entry.text(),
                                problems.show(table.at)));
        }
    }
    for (const auto& [name, object] : other.objects) {
        const auto [known, added] = objects.emplace(name, object);
        if (!added && known->second.oid != object.oid) {
            problems.add(
                at,
                fmt::format("{} is {} here and {} at {}; give one of them another name", name,
                            known->second.oid.text(), object.oid.text(), problems.show(object.at)));
        }
    }
}

int ModuleDraft::table_number(const std::string& name, const ProfileScope::Table& table) {
    const auto found = std::ranges::find(module.tables, name, &core::Module::Table::name);
    if (found != module.tables.end()) return static_cast<int>(found - module.tables.begin());
    module.tables.push_back({.name = name, .entry = table.entry, .columns = {}});
    return static_cast<int>(module.tables.size()) - 1;
}

std::optional<int> ModuleDraft::table(std::string_view name, Place at) {
    const auto found = scope_.tables.find(name);
    if (found != scope_.tables.end()) return table_number(found->first, found->second);
    problems_.add(at, fmt::format("\"{}\" is not a table; {}", core::printable(name, 60),
                                  advice(name, scope_.tables,
                                         "write it under tables, or use the profile that has it")));
    return std::nullopt;
}

std::optional<core::ObjectNumber> ModuleDraft::object(std::string_view name, Place at) {
    const auto known = std::ranges::find(module.objects, name, &core::MibObject::name);
    if (known != module.objects.end())
        return static_cast<core::ObjectNumber>(known - module.objects.begin());
    const auto found = scope_.objects.find(name);
    if (found == scope_.objects.end()) {
        problems_.add(
            at, fmt::format(
                    "\"{}\" is not an object; {}", core::printable(name, 60),
                    advice(name, scope_.objects,
                           "write it under scalars or tables, or use the profile that has it")));
        return std::nullopt;
    }
    const auto& [oid, table, place] = found->second;
    const core::ObjectNumber number = module.objects.size();
    const int in = table.empty() ? -1 : table_number(table, scope_.tables.find(table)->second);
    module.objects.push_back({.name = found->first, .oid = oid, .table = in});
    if (in >= 0) module.tables[static_cast<std::size_t>(in)].columns.push_back(number);
    return number;
}

}  // namespace rounds::config
