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

/// Is a column of it asked in all rows or in none?
bool has_rows_alike(const Rule& rule) {
    return !rule.each || rule.passing || !rule.per.empty() || !rule.where.empty();
}

class Rules {
 public:
    Rules(const Answers& answers, const FromGb18030& decode, Moving& moving)
        : answers_(answers), decode_(decode), moving_(moving), rows_(*moving.module, answers) {}

    void add(const Rule& rule) {
        for (const auto& [number, expression] : rule.fields) {
            if (!fields_of(rule.kind)[number].moving && !rule.passing) continue;
            if (has_rows_alike(rule)) {
                add_everywhere(expression);
            } else {
                add_where_looked_at(rule, expression);
            }
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

    /// All but what is counted for nobody: a 32-bit counter beside the 64-bit one that has a value in this row.
    void add_where_looked_at(const Rule& rule, const Expression& expression) {
        constexpr auto counter32 = SnmpValue::Type::counter32;
        Place place{.module = *moving_.module,
                    .answers = answers_,
                    .decode = decode_,
                    .rows = rows_,
                    .table = *rule.each,
                    .joins = &rule.joins};
        for (const RowIndex& row : rows_.of(*rule.each)) {
            place.row = row;
            const auto tried = choices_tried(expression, place);
            for (std::size_t i = 0; i < expression.size(); ++i) {
                for (const ObjectNumber object : objects_of(expression[i])) {
                    auto& rows = moving_.objects[object];
                    const bool of_this_row = moving_.module->objects[object].table == rule.each;
                    const SnmpValue* value = of_this_row ? rows_.cell(object, row) : nullptr;
                    const bool counts = value != nullptr && value->type == counter32;
                    const bool elsewhere = !of_this_row || expression[i].in;
                    if (elsewhere || (value != nullptr && !counts)) rows.all = true;
                    if (counts && i < tried) rows.some.insert(row);
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
    moving.answered = is_answered(*moving.module, answers);
    if (!moving.answered) return;
    Rules rules(answers, decode, moving);
    for (const Rule& rule : moving.module->rules) {
        // Rules without a table cost a name or two: they may tell something next time. Others wait for a whole look.
        if (!rule.each || rule.passing || moving.told.contains(&rule)) rules.add(rule);
    }
}

/// What any rule that told something looks at in other ways than as a field that moves: that needs every row of it.
std::set<Oid> looked_at_everywhere(const std::vector<Moving>& all) {
    std::set<Oid> names;
    for (const Moving& moving : all) {
        const auto add = [&](ObjectNumber object) {
            names.insert(moving.module->objects[object].oid);
        };
        for (const Rule* rule : moving.told) {
            std::ranges::for_each(objects_choosing_rows(*rule), add);
            for (const auto& [number, expression] : rule->fields) {
                if (fields_of(rule->kind)[number].moving && !has_rows_alike(*rule)) continue;
                for (const Choice& choice : expression)
                    std::ranges::for_each(objects_of(choice), add);
            }
        }
    }
    return names;
}

/// Modules may have columns in common: what one needs of them holds for all.
void agree(std::vector<Moving>& all) {
    const std::set<Oid> everywhere = looked_at_everywhere(all);
    for (Moving& moving : all)
        for (auto& [object, rows] : moving.objects)
            rows.all = rows.all || everywhere.contains(moving.module->objects[object].oid);
}

}  // namespace

std::vector<Moving> what_moves(const Recognised& recognised, const Answers& answers,
                               const FromGb18030& decode) {
    Telling telling;
    static_cast<void>(read(recognised, answers, decode, &telling));
    for (Moving& moving : telling.all) add_rules(answers, decode, moving);
    agree(telling.all);
    return std::move(telling.all);
}

}  // namespace rounds::core
