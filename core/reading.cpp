#include "core/reading.hpp"

#include <algorithm>
#include <bitset>
#include <cmath>
#include <set>
#include <span>
#include <unordered_map>

#include "core/fact_build.hpp"

namespace rounds::core {

namespace {

Oid name_of(std::initializer_list<Oid::Part> parts) {
    return Oid(parts);
}

Oid as_oid(const SnmpValue* value) {
    if (value == nullptr) return {};
    if (const Oid* oid = value->oid()) return *oid;
    if (const std::string* text = value->bytes()) {
        if (auto parsed = Oid::parse(*text)) return *std::move(parsed);
    }
    return {};
}

/// Adds what is not asked yet, each once over all modules.
class Planner {
 public:
    explicit Planner(const Answers& answers) : answers_(answers) {}

    void add(const Module& module) {
        const auto fresh_one = [&](ObjectNumber number) {
            return fresh(module.objects[number].oid);
        };
        if (std::ranges::any_of(module.only_if, fresh_one)) {
            add_objects(module, "", module.only_if);
            return;
        }
        if (!is_answered(module, answers_)) return;
        std::vector<ObjectNumber> scalars;
        for (ObjectNumber number = 0; number < module.objects.size(); ++number) {
            if (module.objects[number].table < 0) scalars.push_back(number);
        }
        add_objects(module, "", scalars);
        for (const auto& table : module.tables) add_objects(module, table.name, table.columns);
    }

    Plan plan() && { return std::move(plan_); }

 private:
    [[nodiscard]] bool fresh(const Oid& oid) const {
        return !answers_.asked(oid) && !taken_.contains(oid);
    }

    /// Scalars into the one GET, columns (of one table, or the first ones of several) into one walk.
    void add_objects(const Module& module, const std::string& name,
                     const std::vector<ObjectNumber>& numbers) {
        Plan::Table asked{.name = name, .columns = {}};
        for (const ObjectNumber number : numbers) {
            const MibObject& object = module.objects[number];
            if (!fresh(object.oid)) continue;
            taken_.insert(object.oid);
            (object.table < 0 ? plan_.scalars : asked.columns).push_back(object.oid);
            if (asked.name.empty() && object.table >= 0)
                asked.name = module.tables[static_cast<std::size_t>(object.table)].name;
        }
        if (!asked.columns.empty()) plan_.tables.push_back(std::move(asked));
    }

    const Answers& answers_;
    std::set<Oid> taken_;
    Plan plan_;
};

/// Evaluates rules one after the other into Facts.
class Reader {
    /// Of which kinds was something told before the rules of this module?
    class KindsTold {
     public:
        KindsTold(const Module& module, const Facts& facts) {
            for (const Rule& rule : module.rules)
                if (rule.fallback) told_.set(at(rule), how_many(facts, rule.kind) > 0);
        }
        [[nodiscard]] bool make_needless(const Rule& rule) const {
            return rule.fallback && told_.test(at(rule));
        }

     private:
        static std::size_t at(const Rule& rule) { return static_cast<std::size_t>(rule.kind); }
        std::bitset<32> told_;
    };

 public:
    Reader(const Answers& answers, const FromGb18030& decode, ReadingWitness* witness)
        : answers_(answers), decode_(decode), witness_(witness) {}

    /// The rules of one module; those that stand in for others where no module before told of the same.
    void read(const Module& module) {
        if (witness_ != nullptr) witness_->module_begins(module);
        if (!is_answered(module, answers_)) return;
        const KindsTold told(module, facts_);
        TableRows rows(module, answers_);
        for (const Rule& rule : module.rules) {
            if (told.make_needless(rule)) {
                if (witness_ != nullptr) witness_->rule_not_needed(module, rule);
            } else {
                read(module, rule, rows);
            }
        }
    }

    /// The same, with what is remembered of its rules; uses it up.
    void read_again(const Module& module, std::span<RememberedRule> remembered) {
        const KindsTold told(module, facts_);
        TableRows rows(module, answers_);
        for (std::size_t i = 0; i < remembered.size(); ++i) {
            const Rule& rule = module.rules[i];
            if (told.make_needless(rule)) continue;
            if (remembered[i].anew) {
                read(module, rule, rows);
            } else if (!remembered[i].places.empty()) {
                read_again(module, rule, rows, remembered[i]);
            }
        }
    }

    Facts facts() && { return std::move(facts_); }

 private:
    using Outcome = ReadingWitness::Outcome;

    void read(const Module& module, const Rule& rule, TableRows& rows) {
        Place place{.module = module,
                    .answers = answers_,
                    .decode = decode_,
                    .rows = rows,
                    .joins = &rule.joins};
        if (!rule.each) {
            read_at(rule, place);
            return;
        }
        place.table = *rule.each;
        if (!rule.per.empty()) return read_groups(rule, place, rows.of(*rule.each));
        for (const auto& row : rows.of(*rule.each)) {
            place.row = row;
            read_at(rule, place);
        }
    }

    /// In the order of their first rows; rows without a value of `per` are in none.
    void read_groups(const Rule& rule, Place place, const std::vector<RowIndex>& rows) {
        std::vector<std::vector<RowIndex>> groups;
        std::unordered_map<std::string, std::size_t> known;
        for (const auto& row : rows) {
            place.row = row;
            if (!holds(rule.where, place)) continue;
            const Datum datum = evaluate(rule.per, place);
            if (!present(datum)) continue;
            const auto [group, fresh] = known.try_emplace(text_of(datum), groups.size());
            if (fresh) groups.emplace_back();
            groups[group->second].push_back(place.row);
        }
        for (const auto& members : groups) {
            place.row = members.front();
            place.group = &members;
            read_at(rule, place);
        }
    }

    void read_again(const Module& module, const Rule& rule, TableRows& rows,
                    RememberedRule& remembered) {
        Place place{.module = module,
                    .answers = answers_,
                    .decode = decode_,
                    .rows = rows,
                    .table = rule.each.value_or(-1),
                    .joins = &rule.joins};
        for (auto& [row, data] : remembered.places) {
            place.row = row;
            if (remembered.where_moves && !holds(rule.where, place)) continue;
            for (const std::size_t i : remembered.moving) {
                const auto& [number, expression] = rule.fields[i];
                data[number] = evaluate(expression, place);
            }
            add(rule, place, data);
        }
    }

    void read_at(const Rule& rule, const Place& place) {
        if (!holds(rule.where, place)) return tell(rule, place, {}, Outcome::elsewhere);
        std::vector<Datum> data(fields_of(rule.kind).size());
        for (const auto& [number, expression] : rule.fields)
            data[number] = evaluate(expression, place);
        add(rule, place, data);
    }

    void tell(const Rule& rule, const Place& place, const std::vector<Datum>& data,
              Outcome outcome) const {
        if (witness_ != nullptr) witness_->rule_applied(rule, place, data, outcome);
    }

    void add(const Rule& rule, const Place& place, const std::vector<Datum>& data) {
        const auto fields = fields_of(rule.kind);
        for (std::size_t i = 0; i < fields.size(); ++i) {
            if (fields[i].required && !present(data[i]))
                return tell(rule, place, data, Outcome::incomplete);
        }
        const std::size_t before = how_many(facts_, rule.kind);
        add_fact(rule, data, facts_);
        const bool many = rule.kind != FactKind::device && rule.kind != FactKind::page_count;
        const bool lost = many && how_many(facts_, rule.kind) == before;
        tell(rule, place, data, lost ? Outcome::implausible : Outcome::fact);
    }

    const Answers& answers_;
    const FromGb18030& decode_;
    ReadingWitness* witness_;  ///< Null: nobody asks.
    Facts facts_;
};

}  // namespace

const Oid& sys_descr_name() {
    static const Oid name = name_of({1, 3, 6, 1, 2, 1, 1, 1, 0});
    return name;
}
const Oid& sys_object_id_name() {
    static const Oid name = name_of({1, 3, 6, 1, 2, 1, 1, 2, 0});
    return name;
}

bool is_answered(const Module& module, const Answers& answers) {
    const auto has_value = [&](ObjectNumber number) {
        const MibObject& object = module.objects[number];
        return object.table < 0 ? answers.scalar(object.oid) != nullptr
                                : answers.any_cell(object.oid);
    };
    return module.only_if.empty() || std::ranges::any_of(module.only_if, has_value);
}

Recognised recognise(const Profiles& profiles, const Answers& answers, const FromGb18030& decode) {
    const SnmpValue* descr = answers.scalar(sys_descr_name());
    return recognise(profiles, as_oid(answers.scalar(sys_object_id_name())),
                     descr == nullptr ? std::string() : text_of(plain(*descr, decode)));
}

Plan what_to_ask(const Profile& profile, const Answers& answers) {
    Planner planner(answers);
    for (const auto& module : profile.modules) planner.add(*module);
    return std::move(planner).plan();
}

namespace {

/// What the recogniser says goes before what the device does.
Facts finished(Facts facts, const Recognised& recognised, const Answers& answers) {
    facts.device.sys_object_id = as_oid(answers.scalar(sys_object_id_name()));
    if (const Recogniser* by = recognised.by) {
        if (by->device_class) facts.device.device_class = by->device_class;
        if (!by->vendor.empty()) facts.device.vendor = by->vendor;
    }
    settle(facts);
    return facts;
}

}  // namespace

Facts read(const Recognised& recognised, const Answers& answers, const FromGb18030& decode,
           ReadingWitness* witness) {
    Reader reader(answers, decode, witness);
    for (const auto& module : recognised.profile->modules) reader.read(*module);
    return finished(std::move(reader).facts(), recognised, answers);
}

Facts read_again(const Recognised& recognised, Remembered remembered, const Answers& answers,
                 const FromGb18030& decode) {
    Reader reader(answers, decode, nullptr);
    auto rules = std::span(remembered);
    for (const auto& module : recognised.profile->modules) {
        reader.read_again(*module, rules.first(module->rules.size()));
        rules = rules.subspan(module->rules.size());
    }
    return finished(std::move(reader).facts(), recognised, answers);
}

}  // namespace rounds::core
