#include "core/remembered.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/expression.hpp"

namespace rounds::core {

class Remembering::OneModule {
 public:
    OneModule(Remembering& all, const Moving& moving)
        : all_(all),
          module_(*moving.module),
          passing_(moving.passing),
          rows_(*moving.module, all.answers_) {}

    RememberedRule anew(const Rule& rule) {
        for (const ObjectNumber object : objects_choosing_rows(rule)) need(rule, object);
        for (const auto& [field, expression] : rule.fields) need(rule, expression);
        if (rule.each) need_table(*rule.each);
        return {.anew = true, .where_moves = false, .moving = {}, .places = {}};
    }

    RememberedRule in_places(const Rule& rule) {
        RememberedRule known;
        known.where_moves = std::ranges::any_of(
            rule.where, [&](const Requirement& requirement) { return moves(rule, requirement); });
        for (std::size_t i = 0; i < rule.fields.size(); ++i)
            if (moves(rule, rule.fields[i].second)) known.moving.push_back(i);
        add_places(rule, known);
        if (known.places.empty()) return {};
        for (const std::size_t i : known.moving) need(rule, rule.fields[i].second);
        if (known.where_moves)
            for (const Requirement& requirement : rule.where)
                if (!requirement.index) need(rule, requirement.of);
        return known;
    }

 private:
    void add_places(const Rule& rule, RememberedRule& known) {
        Place place{.module = module_,
                    .answers = all_.answers_,
                    .decode = all_.decode_,
                    .rows = rows_,
                    .joins = &rule.joins};
        std::vector<Requirement> stays;
        std::ranges::copy_if(
            rule.where, std::back_inserter(stays),
            [&](const Requirement& requirement) { return !moves(rule, requirement); });
        const auto add = [&](const RowIndex& row) {
            place.row = row;
            if (!holds(stays, place)) return;
            if (auto data = standing_data(rule, known, place))
                known.places.push_back({row, *std::move(data)});
        };
        if (!rule.each) return add({});
        place.table = *rule.each;
        for (const RowIndex& row : rows_.of(*rule.each)) add(row);
    }

    /// Nothing where a field that is required has no value and will not have one.
    static std::optional<std::vector<Datum>> standing_data(const Rule& rule,
                                                           const RememberedRule& known,
                                                           const Place& place) {
        const auto fields = fields_of(rule.kind);
        std::vector<Datum> data(fields.size());
        for (std::size_t i = 0; i < rule.fields.size(); ++i) {
            if (std::ranges::binary_search(known.moving, i)) continue;
            const auto& [number, expression] = rule.fields[i];
            data[number] = evaluate(expression, place);
            if (fields[number].required && !present(data[number])) return std::nullopt;
        }
        return data;
    }

    static const Join* join_of(const Rule& rule, const MibObject& object) {
        const bool joined = object.table >= 0 && object.table != rule.each;
        return joined ? join_to(rule.joins, object.table) : nullptr;
    }

    [[nodiscard]] bool is_asked_again(ObjectNumber number) const {
        return all_.asked_again_.contains(module_.objects[number].oid);
    }
    bool moves(const Rule& rule, ObjectNumber number) const {
        if (is_asked_again(number)) return true;
        const Join* join = join_of(rule, module_.objects[number]);
        if (join == nullptr) return false;
        // A part may be of a table that is joined itself.
        const auto part_moves = [&](const IndexPart& part) {
            return part.position == 0 && moves(rule, part.object);
        };
        return std::ranges::any_of(join->index, part_moves) ||
               (join->column && is_asked_again(*join->column));
    }
    bool moves(const Rule& rule, const Requirement& requirement) const {
        return !requirement.index && moves(rule, requirement.of);
    }
    bool moves(const Rule& rule, const Expression& expression) const {
        return std::ranges::any_of(expression, [&](const Choice& choice) {
            return (choice.in && passing_.contains(*choice.in)) ||
                   std::ranges::any_of(objects_of(choice),
                                       [&](ObjectNumber number) { return moves(rule, number); });
        });
    }

    void need(ObjectNumber number) { all_.needed_.insert(module_.objects[number].oid); }
    void need(const Rule& rule, ObjectNumber number) {
        need(number);
        const Join* join = join_of(rule, module_.objects[number]);
        if (join == nullptr) return;
        for (const IndexPart& part : join->index)
            if (part.position == 0) need(rule, part.object);
        if (join->column) need(*join->column);
    }
    void need(const Rule& rule, const Expression& expression) {
        for (const Choice& choice : expression) {
            for (const ObjectNumber number : objects_of(choice)) need(rule, number);
            if (choice.in) need_table(*choice.in);
        }
    }
    /// Which rows it has, too.
    void need_table(int table) {
        for (const ObjectNumber number : module_.tables[static_cast<std::size_t>(table)].columns)
            need(number);
    }

    Remembering& all_;
    const Module& module_;
    const std::set<int>& passing_;
    TableRows rows_;
};

void Remembering::add(const Moving& moving) {
    OneModule one(*this, moving);
    for (const Rule& rule : moving.module->rules) {
        const bool comes_and_goes = rule.each && moving.passing.contains(*rule.each);
        const bool silent = rule.each && !rule.passing && !moving.told.contains(&rule);
        if (!moving.answered || silent)
            remembered_.emplace_back();
        else
            remembered_.push_back(comes_and_goes || !rule.per.empty() ? one.anew(rule)
                                                                      : one.in_places(rule));
    }
}

std::size_t places_in(const Remembered& remembered) {
    std::size_t count = 0;
    for (const RememberedRule& rule : remembered) count += rule.places.size();
    return count;
}

void forget_rows(Remembered& remembered, const Profile& profile, const Oid& entry,
                 std::span<const RowIndex> rows) {
    auto known = remembered.begin();
    for (const auto& module : profile.modules) {
        for (const Rule& rule : module->rules) {
            RememberedRule& here = *known++;
            if (!rule.each || module->tables[static_cast<std::size_t>(*rule.each)].entry != entry)
                continue;
            std::erase_if(here.places, [&](const RememberedRule::Place& place) {
                return std::ranges::binary_search(rows, place.row);
            });
        }
    }
}

}  // namespace rounds::core
