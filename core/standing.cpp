#include "core/standing.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "core/reading.hpp"

namespace rounds::core {

namespace {

/// Clocks of agents are not ours.
constexpr Duration drift = std::chrono::minutes(2);

const Oid& sys_uptime_name() {
    static const Oid name(std::vector<Oid::Part>{1, 3, 6, 1, 2, 1, 1, 3, 0});
    return name;
}

std::optional<Duration> uptime_in(const Answers& answers) {
    const SnmpValue* value = answers.scalar(sys_uptime_name());
    const auto ticks = value == nullptr ? std::nullopt : value->integer();
    return ticks && *ticks >= 0 ? std::optional(Duration(*ticks * 10)) : std::nullopt;
}

/// Notes what the facts that move were made of, module by module.
class MovingObjects final : public ReadingWitness {
 public:
    struct Moving {
        const Module* module = nullptr;
        std::set<ObjectNumber> objects;
        std::set<int> passing;  ///< Tables.
    };
    std::vector<Moving> all;

    void module_begins(const Module& module) override { all.push_back({&module, {}, {}}); }
    void rule_not_needed(const Module&, const Rule&) override {}
    void rule_applied(const Rule& rule, const Place& place, const std::vector<Datum>&,
                      Outcome outcome) override {
        if (outcome != Outcome::fact && outcome != Outcome::implausible) return;
        add(rule);
        for (const Requirement& requirement : rule.where) {
            const SnmpValue* value = requirement.index ? nullptr : raw(place, requirement.of);
            // Text and OIDs say what a row is, numbers how it is.
            if (value != nullptr && value->type == SnmpValue::Type::integer)
                all.back().objects.insert(requirement.of);
        }
    }

    /// Of modules that tell anything at all, also the rules that have nothing to tell yet.
    void add_passing() {
        for (Moving& moving : all) {
            if (moving.objects.empty()) continue;
            for (const Rule& rule : moving.module->rules) {
                if (!rule.passing) continue;
                moving.passing.insert(*rule.each);
                add(rule, moving);
            }
        }
    }

 private:
    void add(const Rule& rule) { add(rule, all.back()); }
    static void add(const Rule& rule, Moving& moving) {
        const auto fields = fields_of(rule.kind);
        for (const auto& [number, expression] : rule.fields) {
            if (!fields[number].moving && !rule.passing) continue;
            for (const Choice& choice : expression)
                for (const ObjectNumber object : objects_of(choice)) moving.objects.insert(object);
        }
    }
};

class Maker {
 public:
    Maker(Standing& standing, const Answers& answers) : standing_(standing), answers_(answers) {
        for (const Oid& name : {sys_descr_name(), sys_object_id_name(), sys_uptime_name()})
            add_scalar(name);
    }

    void add(const MovingObjects::Moving& moving) {
        std::vector<Standing::Table> tables(moving.module->tables.size());
        for (const ObjectNumber number : moving.objects) {
            const MibObject& object = moving.module->objects[number];
            if (object.table < 0) {
                if (answers_.scalar(object.oid) != nullptr) add_scalar(object.oid);
                continue;
            }
            const bool passing = moving.passing.contains(object.table);
            const bool fresh = !taken_.contains(object.oid);
            if (!fresh || (!passing && !answers_.any_cell(object.oid))) continue;
            taken_.insert(object.oid);
            tables[static_cast<std::size_t>(object.table)].columns.push_back(object.oid);
        }
        for (std::size_t i = 0; i < tables.size(); ++i) {
            Standing::Table& table = tables[i];
            if (table.columns.empty()) continue;
            table.name = moving.module->tables[i].name;
            table.passing = moving.passing.contains(static_cast<int>(i));
            if (!table.passing) table.rows = answers_.rows(table.columns);
            standing_.tables.push_back(std::move(table));
        }
    }

    [[nodiscard]] const std::set<Oid>& taken() const { return taken_; }

 private:
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

}  // namespace

Standing standing_of(const Recognised& recognised, Answers answers, const FromGb18030& decode,
                     SteadyTime taken) {
    MovingObjects moving;
    static_cast<void>(read(recognised, answers, decode, &moving));
    moving.add_passing();
    Standing standing{.recognised = recognised,
                      .fixed = {},
                      .scalars = {},
                      .tables = {},
                      .sys_descr = value_or_none(answers.scalar(sys_descr_name())),
                      .sys_object_id = value_or_none(answers.scalar(sys_object_id_name())),
                      .uptime = uptime_in(answers),
                      .taken = taken};
    Maker maker(standing, answers);
    for (const auto& one : moving.all) maker.add(one);
    answers.forget(maker.taken());
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

Answers renewed(const Standing& standing, const std::vector<SnmpVariable>& values) {
    Answers answers = standing.fixed;
    std::size_t next = 0;
    for (; next < standing.scalars.size() && next < values.size(); ++next)
        answers.add_scalar(values[next].name, values[next].value);
    for (const auto& table : standing.tables) {
        if (table.passing) continue;
        std::vector<std::vector<SnmpVariable>> columns(table.columns.size());
        for (std::size_t row = 0; row < table.rows.size(); ++row)
            for (std::size_t i = 0; i < columns.size() && next < values.size(); ++i, ++next)
                columns[i].push_back(values[next]);
        for (std::size_t i = 0; i < columns.size(); ++i)
            answers.add_column(table.columns[i], columns[i]);
    }
    return answers;
}

bool is_still(const Standing& standing, const Answers& now, SteadyTime at) {
    if (value_or_none(now.scalar(sys_descr_name())) != standing.sys_descr ||
        value_or_none(now.scalar(sys_object_id_name())) != standing.sys_object_id)
        return false;
    const auto uptime = uptime_in(now);
    if (!uptime || !standing.uptime) return true;
    const auto since = std::chrono::duration_cast<Duration>(at - standing.taken);
    return *uptime + drift >= *standing.uptime + since;
}

}  // namespace rounds::core
