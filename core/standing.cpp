#include "core/standing.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "core/reading.hpp"

namespace rounds::core {

namespace {

/// Clocks of agents are not ours.
constexpr Duration drift = std::chrono::minutes(2);

const Oid& sys_uptime_name() {
    static const Oid name({1, 3, 6, 1, 2, 1, 1, 3, 0});
    return name;
}

std::optional<Duration> uptime_in(const Answers& answers) {
    constexpr std::int64_t most_ticks = 0xffff'ffff;
    const SnmpValue* value = answers.scalar(sys_uptime_name());
    const auto ticks = value == nullptr ? std::nullopt : value->integer();
    const bool told = ticks && *ticks >= 0 && *ticks <= most_ticks;
    return told ? std::optional(Duration(*ticks * 10)) : std::nullopt;
}

/// What of one module moves.
struct Moving {
    const Module* module = nullptr;
    std::set<ObjectNumber> objects;  ///< To be asked again.
    std::set<ObjectNumber> stale;    ///< Not asked again, and not to be believed either.
    std::set<int> passing;           ///< Tables that are walked.
};

/// Notes which rules told a fact, module by module.
class Telling final : public ReadingWitness {
 public:
    std::vector<Moving> all;
    std::set<const Rule*> rules;

    void module_begins(const Module& module) override { all.push_back({&module, {}, {}, {}}); }
    void rule_not_needed(const Module&, const Rule&) override {}
    void rule_applied(const Rule& rule, const Place& place, const std::vector<Datum>&,
                      Outcome outcome) override {
        if (outcome != Outcome::fact && outcome != Outcome::implausible) return;
        rules.insert(&rule);
        for (const Requirement& requirement : rule.where) {
            const SnmpValue* value = requirement.index ? nullptr : raw(place, requirement.of);
            // Text and OIDs say what a row is, numbers how it is.
            if (value != nullptr && value->type == SnmpValue::Type::integer)
                all.back().objects.insert(requirement.of);
        }
    }
};

/// What one rule makes move.
void add(const Rule& rule, bool told, Moving& moving) {
    const auto fields = fields_of(rule.kind);
    // Rules without a table cost a name or two: they may tell something next time. Others wait for a whole look.
    auto& objects = told || !rule.each ? moving.objects : moving.stale;
    for (const auto& [number, expression] : rule.fields) {
        if (!fields[number].moving && !rule.passing) continue;
        for (const Choice& choice : expression) {
            for (const ObjectNumber object : objects_of(choice)) objects.insert(object);
            // How many rows there are is what is asked.
            const bool counted = choice.in && choice.fold != Fold::first;
            if (counted && &objects == &moving.objects) moving.passing.insert(*choice.in);
        }
    }
    if (rule.each && !rule.passing) return;
    for (const ObjectNumber object : objects_choosing_rows(rule)) {
        const int table = moving.module->objects[object].table;
        if (table < 0 || table == rule.each) moving.objects.insert(object);
    }
    if (rule.passing) moving.passing.insert(*rule.each);
}

void add_rules(const Telling& telling, const Answers& answers, Moving& moving) {
    const auto has_value = [&](ObjectNumber number) {
        const MibObject& object = moving.module->objects[number];
        return object.table < 0 ? answers.scalar(object.oid) != nullptr
                                : answers.any_cell(object.oid);
    };
    const auto& only_if = moving.module->only_if;
    if (!only_if.empty() && std::ranges::none_of(only_if, has_value)) return;
    for (const Rule& rule : moving.module->rules)
        add(rule, telling.rules.contains(&rule) || rule.passing, moving);
}

class Maker {
 public:
    Maker(Standing& standing, const Answers& answers) : standing_(standing), answers_(answers) {
        for (const SnmpVariable& mark : standing.marks) add_scalar(mark.name);
        add_scalar(sys_uptime_name());
    }

    /// First what is walked, of all modules: a column is walked or asked by name, not both.
    void add(const Moving& moving, bool passing) {
        std::vector<Standing::Table> tables(moving.module->tables.size());
        for (const ObjectNumber number : moving.objects) {
            const MibObject& object = moving.module->objects[number];
            if (object.table < 0) {
                if (!passing && answers_.scalar(object.oid) != nullptr) add_scalar(object.oid);
                continue;
            }
            if (moving.passing.contains(object.table) != passing) continue;
            if (!passing && !answers_.any_cell(object.oid)) continue;
            if (taken_.insert(object.oid).second)
                tables[static_cast<std::size_t>(object.table)].columns.push_back(object.oid);
        }
        for (std::size_t i = 0; i < tables.size(); ++i) {
            Standing::Table& table = tables[i];
            if (table.columns.empty()) continue;
            table.name = moving.module->tables[i].name;
            table.passing = passing;
            if (passing) {
                standing_.tables.push_back(std::move(table));
            } else {
                add_rows(table);
            }
        }
    }

    /// What is asked again, and what would be believed too long.
    [[nodiscard]] std::set<Oid> to_forget(const std::vector<Moving>& all) const {
        std::set<Oid> names = taken_;
        for (const Moving& moving : all)
            for (const ObjectNumber number : moving.stale)
                names.insert(moving.module->objects[number].oid);
        return names;
    }

 private:
    /// Rows that have values in the same columns together.
    void add_rows(const Standing::Table& whole) {
        std::map<std::vector<bool>, Standing::Table> parts;
        std::vector<Answers::Column> columns;
        for (const Oid& column : whole.columns) columns.push_back(answers_.column(column));
        for (RowIndex& row : answers_.rows(whole.columns)) {
            std::vector<bool> there;
            for (Answers::Column& column : columns) there.push_back(column.cell(row) != nullptr);
            parts[there].rows.push_back(std::move(row));
        }
        for (auto& [there, part] : parts) {
            part.name = whole.name;
            for (std::size_t i = 0; i < there.size(); ++i)
                if (there[i]) part.columns.push_back(whole.columns[i]);
            standing_.tables.push_back(std::move(part));
        }
    }

    void add_scalar(const Oid& name) {
        if (taken_.insert(name).second) standing_.scalars.push_back(name);
    }

    Standing& standing_;
    const Answers& answers_;
    std::set<Oid> taken_;
};

SnmpValue value_or_none(const SnmpValue* value) {
    return value == nullptr ? SnmpValue{} : *value;
}

/// Modules name what most devices do not have: it is not worth asking for again and again.
std::vector<SnmpVariable> marks_in(const Answers& answers, const std::vector<Moving>& all) {
    std::vector<SnmpVariable> marks;
    for (const Oid& name : {sys_descr_name(), sys_object_id_name()})
        marks.push_back({name, value_or_none(answers.scalar(name))});
    for (const Moving& moving : all) {
        for (const ObjectNumber number : moving.module->changed_by) {
            const Oid& name = moving.module->objects[number].oid;
            if (const SnmpValue* value = answers.scalar(name)) marks.push_back({name, *value});
        }
    }
    return marks;
}

}  // namespace

Standing standing_of(const Recognised& recognised, Answers answers, const FromGb18030& decode,
                     SteadyTime taken) {
    Telling telling;
    static_cast<void>(read(recognised, answers, decode, &telling));
    for (Moving& moving : telling.all) add_rules(telling, answers, moving);
    Standing standing{.recognised = recognised,
                      .fixed = {},
                      .scalars = {},
                      .tables = {},
                      .marks = marks_in(answers, telling.all),
                      .uptime = uptime_in(answers),
                      .taken = taken};
    Maker maker(standing, answers);
    for (const bool passing : {true, false})
        for (const Moving& moving : telling.all) maker.add(moving, passing);
    answers.forget(maker.to_forget(telling.all));
    standing.fixed = std::move(answers);
    return standing;
}

std::vector<Oid> names_to_ask(const Standing& standing) {
    std::vector<Oid> names = standing.scalars;
    for (const auto& table : standing.tables) {
        if (table.passing) continue;
        for (const RowIndex& row : table.rows)
            for (const Oid& column : table.columns) names.push_back(column.with(row));
    }
    return names;
}

namespace {

/// The row of a table: what the columns have in common.
Oid entry_of(const Oid& column) {
    return Oid(column.parts().first(column.size() - 1));
}

}  // namespace

Answers renewed(Answers fixed, const Standing& standing, std::vector<SnmpVariable> values) {
    Answers answers = std::move(fixed);
    std::size_t next = 0;
    for (; next < standing.scalars.size() && next < values.size(); ++next)
        answers.add_scalar(values[next].name, std::move(values[next].value));
    std::map<Oid, std::vector<SnmpVariable>> columns;  // of all tables that have parts of them
    for (const auto& table : standing.tables) {
        if (table.passing) continue;
        std::vector<std::vector<SnmpVariable>*> cells;
        for (const Oid& column : table.columns) {
            auto& kept = columns[column];
            kept.reserve(kept.size() + table.rows.size());
            cells.push_back(&kept);
        }
        for (const RowIndex& row : table.rows) {
            bool there = false;
            for (std::size_t i = 0; i < cells.size() && next < values.size(); ++i, ++next) {
                there = there || values[next].value.present();
                cells[i]->push_back(std::move(values[next]));
            }
            if (!there) answers.forget_row(entry_of(table.columns.front()), row);
        }
    }
    for (auto& [column, cells] : columns) answers.add_column(column, std::move(cells));
    return answers;
}

bool is_still(const Standing& standing, const Answers& now, SteadyTime at) {
    const auto same = [&now](const SnmpVariable& mark) {
        return value_or_none(now.scalar(mark.name)) == mark.value;
    };
    if (!std::ranges::all_of(standing.marks, same)) return false;
    const auto uptime = uptime_in(now);
    if (!uptime || !standing.uptime) return true;
    const auto since = std::chrono::duration_cast<Duration>(at - standing.taken);
    return *uptime + drift >= *standing.uptime + since;
}

}  // namespace rounds::core
