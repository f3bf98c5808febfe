#include "config/profile_file.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "config/profile_values.hpp"
#include "config/section.hpp"
#include "config/values.hpp"
#include "core/text.hpp"

namespace rounds::config {

namespace {

using core::DeviceClass;

core::Result<DeviceClass> device_class(std::string_view text) {
    const auto fields = core::fields_of(core::FactKind::device);
    if (const auto known = core::device_class_of(text)) return *known;
    return refusal(text, "a class", suggestion(text, fields[core::field::device_class].words));
}

/// "[9].1.3.1": below the first nine parts of the device's own sysObjectID.
core::Result<core::Oid> object_oid(std::string_view text) {
    if (!text.starts_with('[')) return oid(text);
    const auto close = text.find("].");
    const auto parts =
        number(4, 60)(text.substr(1, close == std::string_view::npos ? 0 : close - 1));
    if (close == std::string_view::npos || !parts) {
        return refusal(text, "an OID",
                       "write one such as 1.3.6.1.2.1.1.1.0, or [9].1.3 for what "
                       "is below the first nine parts of sysObjectID");
    }
    // What stands behind may begin with any number, unlike a whole OID.
    auto rest = oid("1.3." + std::string(text.substr(close + 2)));
    if (!rest) return rest;
    return core::Oid({core::own_mark + static_cast<core::Oid::Part>(*parts)})
        .with(rest->parts().subspan(2));
}

core::Result<core::Oid> scalar_oid(std::string_view text) {
    auto parsed = object_oid(text);
    if (parsed && core::is_own(*parsed)) return parsed;
    if (!parsed || parsed->size() >= 4) return parsed;
    return refusal(text, "a scalar's OID", "write it whole, with its .0 at the end");
}

/// A name that two declarations give different meanings is a mistake.
void declare(ProfileScope& scope, const Entry& entry, core::Oid oid, std::string table,
             Problems& problems) {
    const auto [known, added] = scope.objects.emplace(
        entry.key, ProfileScope::Object{std::move(oid), std::move(table), entry.at});
    if (!added) {
        problems.add(entry.at,
                     fmt::format("{} is declared already at {}", core::printable(entry.key, 60),
                                 problems.show(known->second.at)));
    }
}

void read_scalars(std::span<const Entry> entries, ProfileScope& scope, Problems& problems) {
    for (const Entry& entry : entries) {
        auto name = scalar_oid(entry.value.text);
        if (name) {
            declare(scope, entry, *std::move(name), {}, problems);
        } else {
            problems.add(entry.value.at, fmt::format("{}: {}", core::printable(entry.key, 60),
                                                     name.error().message));
        }
    }
}

void read_table(const Entry& entry, ProfileScope& scope, Problems& problems) {
    Section keys(entry.value, entry.key, problems);
    core::Oid row;
    const bool known = keys.required("entry", row, object_oid);
    keys.require("columns");
    const auto columns = keys.entries("columns");
    if (!known) return;
    if (row.size() >= core::Oid::longest)
        return problems.add(entry.at, "entry: with a column's number it is longer than any OID");
    scope.tables.emplace(entry.key, ProfileScope::Table{row, entry.at});
    for (const Entry& column : columns) {
        const auto number = config::number(1, 2'000'000'000)(column.value.text);
        if (number && column.value.kind == Node::Kind::scalar) {
            declare(scope, column, row.with(static_cast<core::Oid::Part>(*number)), entry.key,
                    problems);
        } else {
            problems.add(column.value.at, fmt::format("{}: needs its number in the row, such as 3",
                                                      core::printable(column.key, 60)));
        }
    }
}

void read_recogniser(const Node& node, core::Recogniser recogniser, Problems& problems,
                     std::vector<core::Recogniser>& recognisers) {
    Section keys(node, "recognise", problems);
    std::vector<core::Oid> roots;
    const Node* written = keys.any("sys_object_id");
    if (written != nullptr && written->kind == Node::Kind::list) {
        keys.some("sys_object_id", roots, oid);
    } else if (written != nullptr) {
        core::Oid root;
        if (keys.optional("sys_object_id", root, oid)) roots.push_back(root);
    }
    keys.optional("sys_descr", recogniser.sys_descr, pattern);
    keys.optional("vendor", recogniser.vendor, line_of_text);
    keys.optional("class", recogniser.device_class, device_class);
    if (written == nullptr && node.kind == Node::Kind::map && node.find("sys_descr") == nullptr)
        problems.add(node.at, "recognise needs sys_object_id, sys_descr or both");
    if (roots.empty()) roots.emplace_back();
    for (core::Oid& root : roots) {
        recogniser.sys_object_id = std::move(root);
        if (recogniser.sys_descr || !recogniser.sys_object_id.empty())
            recognisers.push_back(recogniser);
    }
}

void read_declarations(const Node& tree, ProfileFile& file, Problems& problems) {
    Section keys(tree, "the profile", problems);
    keys.required("title", file.title, line_of_text);
    for (const Node& used : keys.items("use")) {
        auto word = profile_name(used.text);
        if (word) {
            file.uses.push_back({*std::move(word), used.at});
        } else {
            problems.add(used.at, fmt::format("use: {}", word.error().message));
        }
    }
    core::Recogniser usual;
    keys.optional("vendor", usual.vendor, line_of_text);
    keys.optional("class", usual.device_class, device_class);
    for (const Node& node : keys.items("recognise"))
        read_recogniser(node, usual, problems, file.recognisers);
    file.recognises = tree.find("recognise") != nullptr;
    read_scalars(keys.entries("scalars"), file.declared, problems);
    for (const Entry& table : keys.entries("tables")) read_table(table, file.declared, problems);
    for (const std::string_view later : {"only_if", "changed_by", "facts", "items"})
        static_cast<void>(keys.any(later));
}

}  // namespace

ProfileFile read_profile_file(std::string name, const Node& tree, Problems& problems) {
    ProfileFile file;
    file.name = std::move(name);
    read_declarations(tree, file, problems);
    return file;
}

}  // namespace rounds::config
