#include "core/expression.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <span>

namespace rounds::core {

namespace {

/// The parts of an index from here; empty when one of them has no value.
std::optional<RowIndex> key_of(const std::vector<IndexPart>& parts, const Place& place) {
    std::vector<Oid::Part> key;
    const auto add = [&](std::int64_t number, std::int64_t plus) {
        constexpr std::int64_t most = 0xffff'ffff;
        if (number < 0 || number > most || plus < -most || plus > most) return false;
        if (number + plus < 0 || number + plus > most) return false;
        key.push_back(static_cast<Oid::Part>(number + plus));
        return true;
    };
    for (const auto& part : parts) {
        if (part.position > 0) {
            if (part.position > place.row.size()) return std::nullopt;
            if (!add(place.row[part.position - 1], part.plus)) return std::nullopt;
            continue;
        }
        const SnmpValue* value = raw(place, part.object);
        if (value == nullptr) return std::nullopt;
        if (const Oid* oid = value->oid()) {  // A RowPointer or an OID as index.
            key.insert(key.end(), oid->parts().begin(), oid->parts().end());
        } else if (const auto number = value->integer(); !number || !add(*number, part.plus)) {
            return std::nullopt;
        }
    }
    return RowIndex(key);
}

/// Which row of the other table belongs to this place.
std::optional<RowIndex> joined_row(const Place& place, const Join& join) {
    auto key = key_of(join.index, place);
    if (!key || !join.column) return key;
    if (key->size() != 1) return std::nullopt;
    const Oid& column = place.module.objects[*join.column].oid;
    const RowIndex* row = place.answers.row_with(column, (*key)[0]);
    return row == nullptr ? std::nullopt : std::optional(*row);
}

Datum value_of(const Place& place, ObjectNumber number) {
    const SnmpValue* value = raw(place, number);
    return value == nullptr ? Datum() : plain(*value, place.decode);
}

/// Does a value equal what a profile writes? Numbers by value: "3" is 3.
bool equals(const Datum& datum, const std::string& written) {
    return text_of(datum) == written;
}

/// A part of the row's index, from 1.
Datum index_part(const Place& place, std::size_t position) {
    if (position > place.row.size()) return {};
    return std::int64_t{place.row[position - 1]};
}

bool is_within(const Requirement& requirement, const std::optional<double>& number) {
    return number && (!requirement.above || *number > *requirement.above) &&
           (!requirement.below || *number < *requirement.below);
}

bool holds(const Requirement& requirement, const Place& place) {
    if (requirement.is_of_number_alone()) {  // Of every counter of every port: without a Datum.
        const SnmpValue* value = raw(place, requirement.of);
        if (value == nullptr) return false;
        if (value->is_whole()) return is_within(requirement, value->number());
    }
    const Datum datum =
        requirement.index ? index_part(place, *requirement.index) : value_of(place, requirement.of);
    if (requirement.present && *requirement.present != present(datum)) return false;
    const bool wants_one = !requirement.is.empty() || requirement.match || requirement.above ||
                           requirement.below || requirement.equals;
    if (!present(datum)) return !wants_one;
    const auto same = [&](const std::string& written) { return equals(datum, written); };
    if (!requirement.is.empty() && std::ranges::none_of(requirement.is, same)) return false;
    if (std::ranges::any_of(requirement.is_not, same)) return false;
    if (requirement.match && !requirement.match->matches(text_of(datum))) return false;
    if (requirement.no_match && requirement.no_match->matches(text_of(datum))) return false;
    if (requirement.equals) {
        if (place.outer == nullptr) return false;
        const Datum other = value_of(*place.outer, *requirement.equals);
        if (!present(other) || text_of(other) != text_of(datum)) return false;
    }
    if (!requirement.above && !requirement.below) return true;
    return is_within(requirement, number_of(datum));
}

/// A text that is part of the row's index, from 1.
Datum index_text(const Place& place, std::size_t position, const FromGb18030& decode) {
    if (position > place.row.size()) return {};
    const auto rest = place.row.numbers().subspan(position - 1);
    const bool told = rest.front() < rest.size();
    const auto octets = told ? rest.subspan(1, rest.front()) : rest;
    std::string bytes;
    for (const Oid::Part part : octets) {
        if (part > 255) return {};
        bytes += static_cast<char>(part);
    }
    std::string text = readable(bytes, decode);
    return text.empty() ? Datum() : Datum(std::move(text));
}

Datum text_from(const std::vector<TextPart>& parts, const Place& place) {
    std::string text;
    bool any = false;
    bool asked = false;
    for (const TextPart& part : parts) {
        text += part.text;
        if (part.index)
            text += text_of(part.index_text ? index_text(place, *part.index, place.decode)
                                            : index_part(place, *part.index));
        if (!part.then) continue;
        asked = true;
        const SnmpValue* value = raw(place, *part.then);
        const Datum datum = part.as == nullptr ? value_of(place, *part.then)
                                               : part.as->apply({&value, 1}, place.decode);
        any = any || present(datum);
        text += text_of(datum);
    }
    if (asked && !any) return {};
    text = readable(text, {});
    return text.empty() ? Datum() : Datum(std::move(text));
}

Datum source_of(const Choice& choice, const Place& place) {
    if (choice.constant) return *choice.constant;
    if (choice.index) return index_part(place, *choice.index);
    if (choice.index_text) return index_text(place, *choice.index_text, place.decode);
    if (!choice.text.empty()) return text_from(choice.text, place);
    if (choice.as == nullptr) return value_of(place, choice.of.front());
    std::vector<const SnmpValue*> arguments;
    arguments.reserve(choice.of.size());
    for (const ObjectNumber number : choice.of) arguments.push_back(raw(place, number));
    return choice.as->apply(arguments, place.decode);
}

std::optional<double> number_at(const Operand& operand, const Place& place) {
    if (const auto* number = std::get_if<double>(&operand)) return *number;
    return number_of(value_of(place, std::get<ObjectNumber>(operand)));
}

/// A text's first group, or all that the pattern took.
Datum matched(const Pattern& pattern, const Datum& datum) {
    const std::string text = text_of(datum);
    const auto groups = pattern.find(text);
    if (!groups) return {};
    const auto& part = groups->size() > 1 ? (*groups)[1] : groups->front();
    if (!part || part->empty()) return {};
    return std::string(*part);
}

/// "0f:a0" in base 16: 4000. Nothing for what is no such number of at most 64 bits.
Datum in_base(int base, const Datum& datum) {
    std::string digits = text_of(datum);
    std::erase_if(digits, [](char c) { return c == ':' || c == ' '; });
    std::uint64_t number = 0;
    const char* end = digits.data() + digits.size();
    const auto [stop, failed] = std::from_chars(digits.data(), end, number, base);
    if (failed != std::errc{} || stop != end || digits.empty()) return {};
    return number;
}

Datum mapped(const Choice& choice, Datum datum) {
    const auto found = choice.map.find(text_of(datum));
    if (found != choice.map.end()) return found->second;
    return choice.map_rest ? std::move(datum) : Datum();
}

/// The steps with numbers; a value without arithmetic keeps all its digits.
Datum calculated(const Choice& choice, const Place& place, Datum datum) {
    if (!choice.less && !choice.times && !choice.over && !choice.plus && !choice.out_of)
        return datum;
    auto value = number_of(datum);
    const auto step = [&](const std::optional<Operand>& operand, auto calculate) {
        if (!operand || !value) return;
        const auto other = number_at(*operand, place);
        value = other ? std::optional(calculate(*value, *other)) : std::nullopt;
    };
    step(choice.less, [](double a, double b) { return a - b; });
    step(choice.times, [](double a, double b) { return a * b; });
    step(choice.over, [](double a, double b) { return b != 0 ? a / b : NAN; });
    step(choice.plus, [](double a, double b) { return a + b; });
    step(choice.out_of, [](double a, double b) { return b > 0 ? 100 * a / b : NAN; });
    return value && std::isfinite(*value) ? Datum(*value) : Datum();
}

bool is_absent(const Choice& choice, const Datum& datum) {
    if (choice.absent.empty()) return false;
    const auto number = number_of(datum);
    return number && std::ranges::find(choice.absent, *number) != choice.absent.end();
}

bool implausible(const Choice& choice, const Datum& datum) {
    if (!choice.within) return false;
    const auto number = number_of(datum);
    return !number || *number < choice.within->first || *number > choice.within->second;
}

Datum at(const Choice& choice, const Place& place) {
    if (!holds(choice.where, place)) return {};
    Datum datum = source_of(choice, place);
    if (!present(datum) || is_absent(choice, datum)) return {};
    if (choice.match) datum = matched(*choice.match, datum);
    if (present(datum) && choice.base != 0) datum = in_base(choice.base, datum);
    if (present(datum) && !choice.map.empty()) datum = mapped(choice, std::move(datum));
    if (present(datum)) datum = calculated(choice, place, std::move(datum));
    return present(datum) && implausible(choice, datum) ? Datum() : datum;
}

Datum folded(Fold fold, const std::vector<Datum>& values) {
    if (fold == Fold::count) return static_cast<std::int64_t>(values.size());
    std::vector<double> numbers;
    for (const Datum& datum : values) {
        if (const auto number = number_of(datum)) numbers.push_back(*number);
    }
    if (numbers.empty()) return {};
    if (fold == Fold::largest) return std::ranges::max(numbers);
    if (fold == Fold::smallest) return std::ranges::min(numbers);
    double sum = 0;
    for (const double number : numbers) sum += number;
    return fold == Fold::sum ? sum : sum / static_cast<double>(numbers.size());
}

/// The rows that begin so, of rows in order.
std::span<const RowIndex> beginning_with(const RowIndex& beginning,
                                         std::span<const RowIndex> rows) {
    const auto first_parts = [&](const RowIndex& row) {
        return row.numbers().first(std::min(row.size(), beginning.size()));
    };
    const auto [first, last] = std::ranges::equal_range(
        rows, beginning.numbers(),
        [](auto a, auto b) { return std::ranges::lexicographical_compare(a, b); }, first_parts);
    return {first, last};
}

Datum in_rows(const Choice& choice, const Place& place) {
    std::vector<Datum> values;
    Place inside = place;
    inside.table = *choice.in;
    inside.joins = nullptr;
    inside.group = nullptr;
    inside.outer = &place;
    const bool grouped = place.group != nullptr && choice.in == place.table;
    std::span<const RowIndex> rows = grouped ? *place.group : place.rows.of(*choice.in);
    if (!choice.under.empty()) {
        const auto beginning = key_of(choice.under, place);
        if (!beginning) return {};
        rows = beginning_with(*beginning, rows);
    }
    if (rows.empty() || !place.rows.spend(rows.size())) return {};
    for (const auto& row : rows) {
        inside.row = row;
        Datum datum = at(choice, inside);
        if (!present(datum)) continue;
        if (choice.fold == Fold::first) return datum;
        values.push_back(std::move(datum));
    }
    return choice.fold == Fold::first ? Datum() : folded(choice.fold, values);
}

}  // namespace

const Join* join_to(const std::vector<Join>& joins, int table) {
    const auto found = std::ranges::find(joins, table, &Join::table);
    return found == joins.end() ? nullptr : &*found;
}

namespace {

void add_objects(const std::vector<Requirement>& requirements, std::vector<ObjectNumber>& all) {
    for (const Requirement& requirement : requirements) {
        if (!requirement.index) all.push_back(requirement.of);
        if (requirement.equals) all.push_back(*requirement.equals);
    }
}

void add_objects(const std::vector<IndexPart>& parts, std::vector<ObjectNumber>& all) {
    for (const IndexPart& part : parts)
        if (part.position == 0) all.push_back(part.object);
}

}  // namespace

std::vector<ObjectNumber> objects_of(const Choice& choice) {
    std::vector<ObjectNumber> all = choice.of;
    for (const TextPart& part : choice.text)
        if (part.then) all.push_back(*part.then);
    add_objects(choice.where, all);
    add_objects(choice.under, all);
    for (const auto* operand :
         {&choice.less, &choice.times, &choice.over, &choice.plus, &choice.out_of}) {
        if (!*operand) continue;
        if (const auto* object = std::get_if<ObjectNumber>(&**operand)) all.push_back(*object);
    }
    return all;
}

std::vector<ObjectNumber> objects_choosing_rows(const Rule& rule) {
    std::vector<ObjectNumber> all;
    add_objects(rule.where, all);
    for (const Choice& choice : rule.per)
        for (const ObjectNumber object : objects_of(choice)) all.push_back(object);
    for (const Join& join : rule.joins) add_objects(join.index, all);
    return all;
}

const std::vector<RowIndex>& TableRows::of(int table) {
    const auto [known, fresh] = known_.try_emplace(table);
    if (!fresh) return known->second;
    std::vector<Oid> columns;
    for (const ObjectNumber number : module_.tables[static_cast<std::size_t>(table)].columns)
        columns.push_back(module_.objects[number].oid);
    known->second = answers_.rows(columns);
    return known->second;
}

const SnmpValue* TableRows::cell(ObjectNumber object, std::span<const Oid::Part> row) {
    auto& column = columns_[object];
    if (!column) column = answers_.column(module_.objects[object].oid);
    return column->cell(row);
}

bool TableRows::spend(std::size_t rows) {
    if (rows > left_) return false;
    left_ -= rows;
    return true;
}

const SnmpValue* raw(const Place& place, ObjectNumber number) {
    const MibObject& object = place.module.objects[number];
    if (object.table < 0) return place.answers.scalar(object.oid);
    if (place.table < 0) return nullptr;
    if (object.table == place.table) return place.rows.cell(number, place.row);
    if (place.outer != nullptr && object.table == place.outer->table)
        return raw(*place.outer, number);
    const Join* join = place.joins == nullptr ? nullptr : join_to(*place.joins, object.table);
    if (join == nullptr) return place.rows.cell(number, place.row);
    const auto row = joined_row(place, *join);
    return row ? place.rows.cell(number, *row) : nullptr;
}

namespace {

Datum evaluate(const Choice& choice, const Place& place) {
    return choice.in ? in_rows(choice, place) : at(choice, place);
}

}  // namespace

Datum evaluate(const Expression& expression, const Place& place) {
    for (const Choice& choice : expression) {
        Datum datum = evaluate(choice, place);
        if (present(datum)) return datum;
    }
    return {};
}

std::size_t choices_tried(const Expression& expression, const Place& place) {
    for (std::size_t i = 0; i < expression.size(); ++i)
        if (present(evaluate(expression[i], place))) return i + 1;
    return expression.size();
}

bool holds(const std::vector<Requirement>& requirements, const Place& place) {
    return std::ranges::all_of(requirements, [&](const auto& one) { return holds(one, place); });
}

}  // namespace rounds::core
