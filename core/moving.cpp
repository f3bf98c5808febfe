#include "core/moving.hpp"

#include <algorithm>

#include "core/expression.hpp"
#include "core/reading.hpp"

namespace rounds::core {

namespace {

/// Notes which rules told a fact, module by module.
class Telling final : public ReadingWitness {
 public:
    std::vector<Moving> all;

    void module_begins(const Module& module) override { all.push_back({.module = &module}); }
    void rule_not_needed(const Module&, const Rule&) override {}
    void rule_applied(const Rule& rule, const Place& place, const std::vector<Datum>&,
                      Outcome outcome) override {
        if (outcome != Outcome::fact && outcome != Outcome::implausible) return;
        all.back().told.insert(&rule);
        for (const Requirement& requirement : rule.where) {
            const SnmpValue* value = requirement.index ? nullptr : raw(place, requirement.of);
            // Text and OIDs say what a row is, numbers how it is.
            if (value != nullptr && value->type == SnmpValue::Type::integer)
                all.back().objects[requirement.of].all = true;
        }
    }
};

class Rules {
 public:
    Rules(const Answers& answers, const FromGb18030& decode, Moving& moving)
        : answers_(answers), decode_(decode), moving_(moving), rows_(*moving.module, answers) {}

    void add(const Rule& rule) {
        const bool each_row_alike =
            !rule.each || rule.passing || !rule.per.empty() || !rule.where.empty();
        for (const auto& [number, expression] : rule.fields) {
            if (!fields_of(rule.kind)[number].moving && !rule.passing) continue;
            each_row_alike ? add_everywhere(expression) : add_where_looked_at(rule, expression);
            for (const Choice& choice : expression) {
                // How many rows there are is what is asked.
                if (choice.in && choice.fold != Fold::first) moving_.passing.insert(*choice.in);
            }
        }
        if (rule.each && !rule.passing) return;
        for (const ObjectNumber object : objects_choosing_rows(rule)) {
            const int table = moving_.module->objects[object].table;
            if (table < 0 || table == rule.each) moving_.objects[object].all = true;
        }
        if (rule.passing) moving_.passing.insert(*rule.each);
    }

 private:
    void add_everywhere(const Expression& expression) {
        for (const Choice& choice : expression)
            for (const ObjectNumber object : objects_of(choice)) moving_.objects[object].all = true;
    }

    /// A choice that stands in for others is looked at only where those have no value.
    void add_where_looked_at(const Rule& rule, const Expression& expression) {
        Place place{.module = *moving_.module,
                    .answers = answers_,
                    .decode = decode_,
                    .rows = rows_,
                    .table = *rule.each,
                    .joins = &rule.joins};
        const auto has_own_row = [&](ObjectNumber object) {
            const int table = moving_.module->objects[object].table;
            return table != rule.each &&
                   std::ranges::find(rule.joins, table, &Join::table) != rule.joins.end();
        };
        for (const Choice& choice : expression)
            for (const ObjectNumber object : objects_of(choice)) moving_.objects[object];
        for (const RowIndex& row : rows_.of(*rule.each)) {
            place.row = row;
            const auto tried = choices_tried(expression, place);
            for (const Choice& choice : std::span(expression).first(tried)) {
                for (const ObjectNumber object : objects_of(choice)) {
                    auto& rows = moving_.objects[object];
                    if (choice.in || has_own_row(object)) rows.all = true;
                    if (!rows.all) rows.some.insert(row);
                }
            }
        }
    }

    const Answers& answers_;
    const FromGb18030& decode_;
    Moving& moving_;
    TableRows rows_;
};

void add_rules(const Answers& answers, const FromGb18030& decode, Moving& moving) {
    const auto has_value = [&](ObjectNumber number) {
        const MibObject& object = moving.module->objects[number];
        return object.table < 0 ? answers.scalar(object.oid) != nullptr
                                : answers.any_cell(object.oid);
    };
    const auto& only_if = moving.module->only_if;
    moving.answered = only_if.empty() || std::ranges::any_of(only_if, has_value);
    if (!moving.answered) return;
    Rules rules(answers, decode, moving);
    for (const Rule& rule : moving.module->rules) {
        // Rules without a table cost a name or two: they may tell something next time. Others wait for a whole look.
        if (!rule.each || rule.passing || moving.told.contains(&rule)) rules.add(rule);
    }
}

}  // namespace

std::vector<Moving> what_moves(const Recognised& recognised, const Answers& answers,
                               const FromGb18030& decode) {
    Telling telling;
    static_cast<void>(read(recognised, answers, decode, &telling));
    for (Moving& moving : telling.all) add_rules(answers, decode, moving);
    return std::move(telling.all);
}

}  // namespace rounds::core
