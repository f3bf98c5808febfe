#include "core/standing.hpp"

#include <algorithm>
#include <map>
#include <ranges>
#include <set>
#include <utility>

#include "core/moving.hpp"
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

class Maker {
 public:
    Maker(Standing& standing, const Answers& answers, const std::vector<Moving>& all)
        : standing_(standing), answers_(answers) {
        for (const Moving& moving : all)
            for (const auto& [number, rows] : moving.objects)
                add_rows_of(moving.module->objects[number].oid, rows);
        for (const SnmpVariable& mark : standing.marks) add_scalar(mark.name);
        add_scalar(sys_uptime_name());
    }

    /// First what is walked, of all modules: a column is walked or asked by name, not both.
    void add(const Moving& moving, bool passing) {
        std::vector<Standing::Table> tables(moving.module->tables.size());
        for (const ObjectNumber number : moving.objects | std::views::keys) {
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

    /// Scalars and columns that are asked again.
    [[nodiscard]] const std::set<Oid>& taken() const { return taken_; }

 private:
    /// Modules may ask for the same column.
    void add_rows_of(const Oid& column, const Moving::Rows& rows) {
        auto& wanted = rows_[column];
        wanted.all = wanted.all || rows.all;
        wanted.some.insert(rows.some.begin(), rows.some.end());
    }

    /// Rows of which the same columns are asked, and have values, together.
    void add_rows(const Standing::Table& whole) {
        std::map<std::vector<bool>, Standing::Table> parts;
        std::vector<Answers::Column> columns;
        for (const Oid& column : whole.columns) columns.push_back(answers_.column(column));
        for (RowIndex& row : answers_.rows(whole.columns)) {
            std::vector<bool> there;
            for (std::size_t i = 0; i < columns.size(); ++i) {
                const auto& wanted = rows_.at(whole.columns[i]);
                const bool asked = wanted.all || wanted.some.contains(row);
                there.push_back(asked && columns[i].cell(row) != nullptr);
            }
            if (std::ranges::count(there, true) > 0) parts[there].rows.push_back(std::move(row));
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
    std::map<Oid, Moving::Rows> rows_;
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
    const std::vector<Moving> all = what_moves(recognised, answers, decode);
    Standing standing{.recognised = recognised,
                      .remembered = {},
                      .fixed = {},
                      .scalars = {},
                      .tables = {},
                      .marks = marks_in(answers, all),
                      .uptime = uptime_in(answers),
                      .taken = taken};
    Maker maker(standing, answers, all);
    for (const bool passing : {true, false})
        for (const Moving& moving : all) maker.add(moving, passing);
    std::set<Oid> may_change = maker.taken();  // A mark that changed means a whole look.
    for (const SnmpVariable& mark : standing.marks) may_change.erase(mark.name);
    Remembering remembering(answers, decode, may_change);
    for (const Moving& moving : all) remembering.add(moving);
    answers.keep(remembering.needed(), maker.taken());
    standing.fixed = std::move(answers);
    standing.remembered = std::move(remembering).remembered();
    return standing;
}

bool is_handy(const Standing& standing) {
    constexpr std::size_t most = 20'000;
    return names_to_ask(standing).size() <= most && places_in(standing.remembered) <= most;
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

/// The values of one GET, taken apart by the tables that were asked for.
class Coming {
 public:
    Coming(const Standing& standing, std::vector<SnmpVariable> values, std::size_t next)
        : values_(std::move(values)), next_(next) {
        for (const auto& table : standing.tables)
            if (!table.passing) take(table);
    }

    /// Rows without any value (in order), by the table's entry. A table may have been asked for in parts.
    [[nodiscard]] std::map<Oid, std::vector<RowIndex>> gone() {
        for (auto& [entry, rows] : empty_) {
            const auto there = rows_with_values(entry);
            std::ranges::sort(rows);
            std::erase_if(
                rows, [&](const RowIndex& row) { return std::ranges::binary_search(there, row); });
        }
        return std::move(empty_);
    }

    std::vector<std::pair<const Oid*, std::vector<Answers::Cell>>> columns;

 private:
    void take(const Standing::Table& table) {
        const std::size_t first = columns.size();
        for (const Oid& column : table.columns) {
            columns.push_back({&column, {}});
            columns.back().second.reserve(table.rows.size());
        }
        const std::size_t width = table.columns.size();
        for (const RowIndex& row : table.rows) {
            bool there = false;
            for (std::size_t i = 0; i < width && next_ < values_.size(); ++i, ++next_) {
                there = there || values_[next_].value.present();
                columns[first + i].second.push_back({row, std::move(values_[next_].value)});
            }
            if (!there) empty_[entry_of(table.columns.front())].push_back(row);
        }
    }

    [[nodiscard]] std::vector<RowIndex> rows_with_values(const Oid& entry) const {
        std::vector<RowIndex> rows;
        for (const auto& [name, cells] : columns) {
            if (!name->within(entry)) continue;
            for (const Answers::Cell& cell : cells)
                if (cell.value.present()) rows.push_back(cell.row);
        }
        std::ranges::sort(rows);
        return rows;
    }

    std::vector<SnmpVariable> values_;
    std::size_t next_;
    std::map<Oid, std::vector<RowIndex>> empty_;
};

}  // namespace

Answers renewed(Standing& standing, std::vector<SnmpVariable> values) {
    Answers answers = std::move(standing.fixed);
    std::size_t next = 0;
    for (; next < standing.scalars.size() && next < values.size(); ++next)
        answers.add_scalar(values[next].name, std::move(values[next].value));
    Coming coming(standing, std::move(values), next);
    for (const auto& [entry, rows] : coming.gone()) {
        if (rows.empty()) continue;
        answers.forget_rows(entry, rows);
        forget_rows(standing.remembered, *standing.recognised.profile, entry, rows);
    }
    for (auto& [column, cells] : coming.columns) answers.add_column(*column, std::move(cells));
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
