#include "config/profile_expression.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "config/profile_values.hpp"
#include "config/section.hpp"
#include "config/values.hpp"
#include "core/text.hpp"

namespace rounds::config {

namespace {

using core::Choice;
using core::FactField;
using Type = FactField::Type;

/// A scalar, or every item of a list of them.
std::vector<const Node*> scalars_of(const Node& node) {
    std::vector<const Node*> nodes;
    if (node.kind == Node::Kind::scalar) nodes.push_back(&node);
    for (const Node& item : node.items) nodes.push_back(&item);
    return nodes;
}

bool is_number(std::string_view text) {
    return decimal_number(text).has_value();
}

/// A position in an index, from 1.
core::Result<std::size_t> index_part(std::string_view text) {
    const auto position = number(1, 128)(text);
    if (!position) return position.error();
    return static_cast<std::size_t>(*position);
}

/// Of one object in a text: "{ifPhysAddress:mac}".
const core::Transform* text_transform(std::string_view name, const Node& node,
                                      ExpressionPlace place) {
    const auto found = transform(name);
    if (!found) {
        place.problems.add(node.at, found.error().message);
        return nullptr;
    }
    if ((*found)->least == 1) return *found;
    place.problems.add(node.at, fmt::format("{} takes {} objects, and a text has room for one",
                                            (*found)->name, (*found)->least));
    return nullptr;
}

/// "{ifName} in {slot}": text and objects by turns.
std::vector<core::TextPart> template_parts(const Node& node, ExpressionPlace place) {
    std::vector<core::TextPart> parts;
    std::string_view rest = node.text;
    while (true) {
        const auto open = rest.find('{');
        parts.push_back({.text = std::string(rest.substr(0, open)), .then = {}, .index = {}});
        if (open == std::string_view::npos) break;
        const auto close = rest.find('}', open);
        if (close == std::string_view::npos) {
            place.problems.add(node.at, fmt::format("\"{}\" has a {{ without its }}",
                                                    core::printable(node.text, 60)));
            break;
        }
        Node name = node;
        name.text = rest.substr(open + 1, close - open - 1);
        std::string how;
        if (const auto colon = name.text.find(':'); colon != std::string::npos) {
            how = name.text.substr(colon + 1);
            name.text.resize(colon);
        }
        if (const auto position = index_part(name.text)) {
            parts.back().index = *position;
            parts.back().index_text = how == "text";
            if (!how.empty() && how != "text")
                place.problems.add(node.at, fmt::format("{{{}}} is a part of the row's index; only "
                                                        "{{{}:text}} can be made of it",
                                                        name.text, name.text));
        } else {
            parts.back().then = read_object(name, place);
            if (!how.empty()) parts.back().as = text_transform(how, node, place);
        }
        rest.remove_prefix(close + 1);
        if (rest.empty()) break;
    }
    return parts;
}

/// A number or the name of an object that has one.
std::optional<core::Operand> operand(Section& keys, std::string_view key, ExpressionPlace place) {
    const Node* node = keys.any(key);
    if (node == nullptr) return std::nullopt;
    if (const auto number = decimal_number(node->text); number && node->kind == Node::Kind::scalar)
        return *number;
    if (const auto object = read_object(*node, place)) return *object;
    return std::nullopt;
}

void read_map(Section& keys, const FactField& field, Problems& problems, Choice& choice) {
    for (const Entry& entry : keys.entries("map")) {
        if (entry.value.kind != Node::Kind::scalar) {
            problems.add(entry.value.at, fmt::format("map: \"{}\" needs a single value",
                                                     core::printable(entry.key, 60)));
            continue;
        }
        const auto word = field_word(field, entry.value.text);
        const bool number = (field.type == Type::level || field.type == Type::number) &&
                            is_number(entry.value.text);
        if (!word && !number) {
            problems.add(entry.value.at, fmt::format("map: {}", word.error().message));
        } else {
            choice.map.emplace(entry.key, entry.value.text);
        }
    }
    keys.optional("rest", choice.map_rest, [](std::string_view text) -> core::Result<bool> {
        if (text == "keep") return true;
        return refusal(text, "what becomes of other values",
                       "write keep, or leave it out to drop them");
    });
}

void read_within(Section& keys, Choice& choice) {
    std::vector<double> bounds;
    keys.list("within", bounds, decimal_number);
    if (bounds.empty()) return;
    if (bounds.size() == 2 && bounds[0] <= bounds[1]) {
        choice.within.emplace(bounds[0], bounds[1]);
    } else {
        keys.problem("within", keys.place("within"),
                     "needs two numbers, the least and the most, such as [0, 100]");
    }
}

void read_sources(Section& keys, const Node* of, ExpressionPlace place, Choice& choice) {
    if (of != nullptr) {
        for (const Node* node : scalars_of(*of)) {
            if (const auto object = read_object(*node, place)) choice.of.push_back(*object);
        }
        if (scalars_of(*of).empty())
            keys.problem("of", of->at, "names an object, or a list of them with `as`");
    }
    if (const Node* text = keys.any("text")) choice.text = template_parts(*text, place);
    if (std::size_t position = 0; keys.optional("index", position, index_part))
        choice.index = position;
    if (std::size_t position = 0; keys.optional("index_text", position, index_part))
        choice.index_text = position;
    if (const Node* value = keys.any("value")) {
        if (const auto number = decimal_number(value->text)) {
            choice.constant = *number;
        } else {
            choice.constant = value->text;
        }
    }
}

void check_sources(Section& keys, const Node* of, const Choice& choice) {
    const int sources = (of != nullptr ? 1 : 0) + (choice.text.empty() ? 0 : 1) +
                        (choice.constant ? 1 : 0) + (choice.index ? 1 : 0) +
                        (choice.index_text ? 1 : 0);
    if (sources != 1)
        keys.problem("of", keys.place(), "needs one source: of, text, value, index or index_text");
    if (of == nullptr || choice.of.size() != scalars_of(*of).size()) return;
    const std::size_t least = choice.as == nullptr ? 1 : choice.as->least;
    const std::size_t most = choice.as == nullptr ? 1 : choice.as->most;
    if (choice.of.size() >= least && choice.of.size() <= most) return;
    keys.problem(
        "of", of->at,
        choice.as == nullptr
            ? "names several objects; only a transform (as) takes more than one"
            : fmt::format("{} takes {} objects, not {}", choice.as->name, most, choice.of.size()));
}

Choice read_choice(const Node& node, const FactField& field, ExpressionPlace place) {
    Choice choice;
    Section keys(node, fmt::format("{}", field.name), place.problems);
    if (const Node* in = keys.any("in")) {
        choice.under = read_index(keys.items("under"), place);
        choice.in = place.draft.table(in->text, in->at);
        place.each = choice.in ? choice.in : std::optional(0);
    }
    const Node* of = keys.any("of");
    read_sources(keys, of, place, choice);
    keys.optional("fold", choice.fold, fold);
    if (const Node* where = keys.any("where")) choice.where = read_requirements(*where, place);
    keys.list("absent", choice.absent, decimal_number);
    keys.optional("as", choice.as, transform);
    keys.optional("match", choice.match, pattern);
    keys.optional("base", choice.base, number(2, 16));
    read_map(keys, field, place.problems, choice);
    choice.less = operand(keys, "less", place);
    choice.times = operand(keys, "times", place);
    choice.over = operand(keys, "over", place);
    choice.plus = operand(keys, "plus", place);
    choice.out_of = operand(keys, "out_of", place);
    read_within(keys, choice);
    check_sources(keys, of, choice);
    return choice;
}

/// What stands alone: an object, a template, or the word or number that a field takes.
std::optional<Choice> read_plain(const Node& node, const FactField& field, ExpressionPlace place) {
    Choice choice;
    const bool number = is_number(node.text);
    const bool level_word = field.type == Type::level && field_word(field, node.text).has_value();
    if (field.type == Type::word || level_word) {
        auto word = field_word(field, node.text);
        if (!word) {
            place.problems.add(node.at, word.error().message);
            return std::nullopt;
        }
        choice.constant = *std::move(word);
    } else if (field.type == Type::flag && (node.text == "true" || node.text == "false")) {
        choice.constant = std::int64_t{node.text == "true"};
    } else if (field.type != Type::text && number) {
        choice.constant = *decimal_number(node.text);
    } else if (field.type == Type::text && node.text.find('{') != std::string::npos) {
        choice.text = template_parts(node, place);
    } else if (const auto object = read_object(node, place)) {
        choice.of = {*object};
    } else {
        return std::nullopt;
    }
    return choice;
}

void read_choices(const Node& node, const FactField& field, ExpressionPlace place,
                  core::Expression& expression) {
    switch (node.kind) {
        case Node::Kind::scalar:
            if (auto choice = read_plain(node, field, place))
                expression.push_back(*std::move(choice));
            return;
        case Node::Kind::map: expression.push_back(read_choice(node, field, place)); return;
        case Node::Kind::list:
            for (const Node& item : node.items) read_choices(item, field, place, expression);
            return;
        case Node::Kind::nothing:
            place.problems.add(
                node.at,
                fmt::format("{}: has no value; write one or take the key out", field.name));
    }
}

core::Requirement read_requirement(const Node& node, ExpressionPlace place) {
    core::Requirement requirement;
    Section keys(node, "where", place.problems);
    if (std::size_t position = 0; keys.optional("index", position, index_part)) {
        requirement.index = position;
        if (!place.each)
            place.problems.add(node.at, "index: there is no row here; write `each` in the rule");
    } else {
        keys.require("of");
        if (const Node* of = keys.any("of")) requirement.of = read_object(*of, place).value_or(0);
    }
    const auto words = [&](std::string_view key, std::vector<std::string>& target) {
        const Node* written = keys.any(key);
        if (written == nullptr) return;
        for (const Node* word : scalars_of(*written)) target.push_back(word->text);
        if (target.empty()) keys.problem(key, written->at, "needs a value or a list of values");
    };
    words("is", requirement.is);
    words("not", requirement.is_not);
    const auto optional = [&](std::string_view key, auto& target, const auto& parse) {
        auto value =
            target.value_or(typename std::remove_reference_t<decltype(target)>::value_type{});
        if (keys.optional(key, value, parse)) target = std::move(value);
    };
    keys.optional("match", requirement.match, pattern);
    keys.optional("no_match", requirement.no_match, pattern);
    optional("above", requirement.above, decimal_number);
    optional("below", requirement.below, decimal_number);
    optional("present", requirement.present, truth);
    if (const Node* equals = keys.any("equals")) requirement.equals = read_object(*equals, place);
    return requirement;
}

}  // namespace

std::optional<core::ObjectNumber> read_object(const Node& node, ExpressionPlace place) {
    if (node.kind != Node::Kind::scalar) {
        place.problems.add(
            node.at, fmt::format("must be the name of an object, not {}", describe(node.kind)));
        return std::nullopt;
    }
    const auto number = place.draft.object(node.text, node.at);
    if (number && !place.each && place.draft.module.objects[*number].table >= 0) {
        const auto& table =
            place.draft.module
                .tables[static_cast<std::size_t>(place.draft.module.objects[*number].table)];
        place.problems.add(
            node.at,
            fmt::format("{} is a column and there is no row here; write `in: {}` beside it, or "
                        "`each: {}` in the rule",
                        core::printable(node.text, 60), table.name, table.name));
    }
    return number;
}

std::vector<core::IndexPart> read_index(std::span<const Node> parts, ExpressionPlace place) {
    std::vector<core::IndexPart> index;
    for (const Node& node : parts) {
        core::IndexPart part;
        if (node.kind == Node::Kind::map) {
            Section keys(node, "a part of an index", place.problems);
            const bool position = keys.optional("index", part.position, index_part);
            const Node* of = position ? nullptr : keys.any("of");
            if (!position && of == nullptr) keys.require("index");
            keys.optional("plus", part.plus, whole_number);
            if (!position) {
                const auto object = of == nullptr ? std::nullopt : read_object(*of, place);
                if (!object) continue;
                part.object = *object;
            }
        } else if (const auto position = index_part(node.text)) {
            part.position = *position;
        } else if (const auto object = read_object(node, place)) {
            part.object = *object;
        } else {
            continue;
        }
        index.push_back(part);
    }
    return index;
}

core::Expression read_expression(const Node& node, const FactField& field, ExpressionPlace place) {
    core::Expression expression;
    read_choices(node, field, place, expression);
    return expression;
}

std::vector<core::Requirement> read_requirements(const Node& node, ExpressionPlace place) {
    std::vector<core::Requirement> requirements;
    if (node.kind == Node::Kind::list) {
        for (const Node& item : node.items) requirements.push_back(read_requirement(item, place));
    } else {
        requirements.push_back(read_requirement(node, place));
    }
    return requirements;
}

}  // namespace rounds::config
