// The facts and items of a profile file.
#include <algorithm>

#include <fmt/format.h>

#include "config/profile_expression.hpp"
#include "config/profile_file.hpp"
#include "config/profile_values.hpp"
#include "config/section.hpp"
#include "config/values.hpp"
#include "core/check_item.hpp"
#include "core/text.hpp"

namespace rounds::config {

namespace {

using core::FactKind;
using core::Rule;

/// [word, severity]
std::optional<core::StateWord> state_word(const Node& node, Problems& problems) {
    if (node.kind != Node::Kind::list || node.items.size() != 2) {
        problems.add(node.at, "needs a word and its severity, such as [failed, critical]");
        return std::nullopt;
    }
    const auto word = line_of_text(node.items[0].text);
    const auto severity = state_severity(node.items[1].text);
    if (!word) problems.add(node.items[0].at, word.error().message);
    if (!severity) problems.add(node.items[1].at, severity.error().message);
    if (!word || !severity) return std::nullopt;
    return core::StateWord{*word, *severity};
}

template <class Number>
void read_states(std::span<const Entry> entries, std::map<Number, core::StateWord>& states,
                 Problems& problems) {
    for (const Entry& entry : entries) {
        const auto number = whole_number(entry.key);
        const auto word = state_word(entry.value, problems);
        if (!number || *number < (std::is_unsigned_v<Number> ? 0 : INT32_MIN)) {
            problems.add(entry.at, fmt::format("\"{}\" is not a value; write a whole number",
                                               core::printable(entry.key, 40)));
        } else if (word) {
            states.emplace(static_cast<Number>(*number), *word);
        }
    }
}

/// {word: severity}, of words that the device itself tells.
void read_severities(std::span<const Entry> entries, Rule& rule, Problems& problems) {
    for (const Entry& entry : entries) {
        const auto severity = state_severity(entry.value.text);
        if (severity) {
            rule.severities.emplace(entry.key, *severity);
        } else {
            problems.add(entry.value.at, severity.error().message);
        }
    }
}

/// The index of a joined table's row. Objects may be of this row or of a table joined before.
void read_join_index(std::span<const Node> parts, ExpressionPlace place, const Rule& rule,
                     core::Join& join) {
    join.index = read_index(parts, place);
    for (const auto& part : join.index) {
        if (part.position > 0) continue;
        const auto& object = place.draft.module.objects[part.object];
        const bool before =
            std::ranges::find(rule.joins, object.table, &core::Join::table) != rule.joins.end();
        if (object.table >= 0 && object.table != rule.each && !before)
            place.problems.add(
                parts.front().at,
                fmt::format("{} is of a table that is not joined yet; join that one before",
                            core::printable(object.name, 60)));
    }
}

void read_join(const Entry& entry, ExpressionPlace place, Rule& rule) {
    core::Join join;
    const auto table = place.draft.table(entry.key, entry.at);
    if (!table) return;
    join.table = *table;
    if (entry.value.kind == Node::Kind::list) {
        read_join_index(entry.value.items, place, rule, join);
    } else {
        Section keys(entry.value, "join", place.problems);
        keys.require("column");
        keys.require("is");
        if (const Node* column = keys.any("column"))
            join.column = place.draft.object(column->text, column->at);
        read_join_index(keys.items("is"), place, rule, join);
        if (join.column && place.draft.module.objects[*join.column].table != *table)
            keys.problem("column", keys.place("column"),
                         fmt::format("must be one of {}", core::printable(entry.key, 60)));
    }
    rule.joins.push_back(std::move(join));
}

void check_required(const Section& keys, const Node& node, const Rule& rule, Problems& problems) {
    const auto fields = core::fields_of(rule.kind);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].required && node.kind == Node::Kind::map &&
            node.find(fields[i].name) == nullptr)
            problems.add(keys.place(), fmt::format("a rule for {} needs \"{}\"",
                                                   core::word(rule.kind), fields[i].name));
    }
}

Rule read_rule(const Node& node, FactKind kind, ModuleDraft& draft, Problems& problems) {
    Rule rule;
    rule.kind = kind;
    ExpressionPlace place{.draft = draft, .problems = problems, .each = std::nullopt};
    Section keys(node, fmt::format("a rule for {}", core::word(kind)), problems);
    if (const Node* each = keys.any("each")) {
        rule.each = draft.table(each->text, each->at);
        place.each = rule.each ? rule.each : std::optional(0);
    }
    for (const Entry& join : keys.entries("join")) read_join(join, place, rule);
    if (const Node* where = keys.any("where")) rule.where = read_requirements(*where, place);
    keys.optional("fallback", rule.fallback, truth);
    keys.optional("passing", rule.passing, truth);
    rule.passing = rule.each && (rule.passing || kind == FactKind::alerts ||
                                 kind == FactKind::console_text || kind == FactKind::neighbors);
    if (const Node* per = keys.any("per")) {
        if (rule.each) {
            rule.per = read_expression(*per, {.name = "per"}, place);
        } else {
            problems.add(per->at, "per: groups the rows of a table; write `each` as well");
        }
    }
    const auto fields = core::fields_of(kind);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const Node* field = keys.any(fields[i].name);
        if (field != nullptr)
            rule.fields.emplace_back(i, read_expression(*field, fields[i], place));
    }
    if (kind == FactKind::states) {
        read_states(keys.entries("states"), rule.states, problems);
        read_states(keys.entries("bits"), rule.bits, problems);
        read_severities(keys.entries("severities"), rule, problems);
        const bool told = node.find("word") != nullptr;
        if (rule.states.empty() == rule.bits.empty() && !(told && rule.bits.empty()))
            problems.add(node.at,
                         "a rule for states needs either states or bits: what its values mean");
    }
    check_required(keys, node, rule, problems);
    return rule;
}

void read_facts(const Node& node, ModuleDraft& draft, Problems& problems) {
    Section keys(node, "facts", problems);
    for (const std::string_view word : core::fact_kind_words()) {
        const FactKind kind = *core::fact_kind_of(word);
        const Node* rules = keys.any(word);
        if (rules == nullptr) continue;
        if (rules->kind == Node::Kind::list) {
            for (const Node& rule : rules->items)
                draft.module.rules.push_back(read_rule(rule, kind, draft, problems));
        } else {
            draft.module.rules.push_back(read_rule(*rules, kind, draft, problems));
        }
    }
}

void read_items(std::span<const Entry> entries, core::ItemLimits& limits, Problems& problems) {
    for (const Entry& entry : entries) {
        const auto items = core::limited_item_words();
        if (std::ranges::find(items, entry.key) == items.end()) {
            problems.add(entry.at,
                         fmt::format("\"{}\" is not a check item with limits; {}",
                                     core::printable(entry.key, 60), suggestion(entry.key, items)));
        }
        core::Limits<double> both;
        Section keys(entry.value, entry.key, problems);
        keys.optional("warning", both.warning, item_limit);
        keys.optional("critical", both.critical, item_limit);
        limits.emplace(entry.key, both);
    }
}

/// An object, or a list of them.
void read_objects(const Entry& entry, ModuleDraft& draft, Problems& problems,
                  std::vector<core::ObjectNumber>& objects) {
    const auto add = [&](const Node& name) {
        if (name.kind != Node::Kind::scalar) {
            problems.add(name.at,
                         fmt::format("{}: names an object, or a list of objects", entry.key));
        } else if (const auto object = draft.object(name.text, name.at)) {
            objects.push_back(*object);
        }
    };
    if (entry.value.kind != Node::Kind::list) add(entry.value);
    for (const Node& item : entry.value.items) add(item);
}

void read_changed_by(const Entry& entry, ModuleDraft& draft, Problems& problems) {
    auto& marks = draft.module.changed_by;
    read_objects(entry, draft, problems, marks);
    if (std::ranges::any_of(marks, [&](auto one) { return draft.module.objects[one].table >= 0; }))
        problems.add(entry.at, "changed_by: names scalars, such as ifTableLastChange; no columns");
}

}  // namespace

core::Module compile_module(const ProfileFile& file, const Node& tree, const ProfileScope& scope,
                            Problems& problems) {
    ModuleDraft draft(scope, problems);
    draft.module.name = file.name;
    draft.module.title = file.title;
    // What a profile file may hold has been checked when its declarations were read.
    if (const Entry* only_if = tree.find("only_if"))
        read_objects(*only_if, draft, problems, draft.module.only_if);
    if (const Entry* marks = tree.find("changed_by")) read_changed_by(*marks, draft, problems);
    if (const Entry* facts = tree.find("facts")) read_facts(facts->value, draft, problems);
    if (const Entry* items = tree.find("items")) {
        if (items->value.kind == Node::Kind::map) {
            read_items(items->value.entries, draft.module.limits, problems);
        } else {
            problems.add(items->value.at,
                         "items: must be a map such as {temperature: {warning: 60}}");
        }
    }
    return std::move(draft.module);
}

}  // namespace rounds::config
