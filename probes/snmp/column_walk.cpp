#include "probes/snmp/column_walk.hpp"

#include <algorithm>
#include <utility>

#include "probes/snmp/value.hpp"

namespace rounds::probes {

using core::SnmpTrouble;

namespace {

/// Most tables of an office's devices are no longer; longer ones grow.
constexpr std::size_t usual_rows = 32;

/// Is it greater, when both are within the root?
bool follows(const core::Oid& name, const core::Oid& before, const core::Oid& root) {
    return std::ranges::lexicographical_compare(before.below(root), name.below(root));
}

}  // namespace

ColumnWalk::ColumnWalk(std::vector<core::Oid> columns, Limits limits, WalkHabits habits)
    : limits_(limits), habits_(habits), use_bulk_(habits.bulk) {
    table_.columns.resize(columns.size());
    columns_.reserve(columns.size());
    for (core::Oid& root : columns) columns_.push_back({.root = std::move(root)});
    limits_.repetitions = std::clamp(limits_.repetitions, 1, 100);
}

bool ColumnWalk::over() const {
    return stopped_ ||
           std::all_of(columns_.begin(), columns_.end(), [](const Column& c) { return c.done; });
}

int ColumnWalk::repetitions(int attempt) const {
    const int room = static_cast<int>(most_variables / std::max<std::size_t>(1, asked_.size()));
    const int wanted =
        std::min({habits_.repetitions, habits_.most_repetitions, limits_.repetitions, room});
    // What was lost may have been too long for the way: the next attempt asks for less.
    return std::max(1, wanted >> std::min(2 * attempt, 8));
}

Question ColumnWalk::ask(int attempt) {
    if (attempt == 0) {
        asked_.clear();
        const std::size_t width = last_way_ ? 1 : width_;
        for (std::size_t i = 0; i < columns_.size() && asked_.size() < width; ++i) {
            if (!columns_[i].done) asked_.push_back(i);
        }
        asked_repetitions_ = bulk() ? repetitions(0) : 1;
    }
    attempt_ = attempt;
    Question question;
    question.kind = bulk() ? Question::Kind::get_bulk : Question::Kind::get_next;
    question.repetitions = bulk() ? repetitions(attempt) : 0;
    question.names.reserve(asked_.size());
    for (const std::size_t column : asked_) question.names.push_back(last(column));
    return question;
}

bool ColumnWalk::fits(const Answer& answer) const {
    return answer.kind == Answer::Kind::response &&
           answer.count <= asked_.size() * static_cast<std::size_t>(asked_repetitions_);
}

void ColumnWalk::hear(const Answer& answer) {
    if (answer.status != ErrorStatus::none) {
        refuse(answer);
    } else if (answer.count > 0) {
        learn_from(answer);
        take_rows(answer);
    } else if (bulk()) {
        use_bulk_ = false;  // an empty answer leads nowhere
    } else {
        stop(End::trouble, SnmpTrouble::nonsense);
    }
}

void ColumnWalk::learn_from(const Answer& answer) {
    if (!bulk()) {
        if (last_way_ && habits_.proven) {  // it knows GETBULK, but its answer to so much gets lost
            habits_.repetitions = 1;
            width_ = std::max<std::size_t>(1, width_ / 2);
        }
        if (!habits_.proven) use_bulk_ = habits_.bulk = false;
        last_way_ = false;
        return;
    }
    habits_.proven = true;
    const bool full = answer.count >= asked_.size() * static_cast<std::size_t>(asked_repetitions_);
    if (attempt_ > 0) {
        habits_.repetitions = repetitions(attempt_);
    } else if (full && asked_repetitions_ >= habits_.repetitions) {
        habits_.repetitions = std::min(habits_.repetitions * 2, habits_.most_repetitions);
    }
}

const core::Oid& ColumnWalk::last(std::size_t column) const {
    const auto& told = table_.columns[column];
    return told.empty() ? columns_[column].root : told.back().name;
}

void ColumnWalk::take_rows(const Answer& answer) {
    VariableReader reader(answer);
    std::size_t nth = 0;
    for (VariableView variable; !stopped_ && reader.next(variable);) {
        take_variable(asked_[nth], variable);
        if (++nth == asked_.size()) nth = 0;
    }
}

void ColumnWalk::take_variable(std::size_t nth, const VariableView& variable) {
    Column& column = columns_[nth];
    if (column.done) return;
    auto name = read_oid(variable.name);
    const bool exception = is_exception(variable.value);
    if (exception || !name || !name->within(column.root)) {
        // Beyond its column a walk is over, also at an agent that begins again with its first object. A name
        // before the column is no answer to the first question at all.
        if (!exception && table_.columns[nth].empty() && name < column.root)
            note(End::not_increasing);
        column.done = true;
        return;
    }
    if (!follows(*name, last(nth), column.root)) {
        note(End::not_increasing);
        column.done = true;
        return;
    }
    if (count_ >= limits_.variables) return stop(End::bound);
    ++count_;
    auto& told = table_.columns[nth];
    if (told.capacity() == 0) told.reserve(usual_rows);
    read_value(variable.value, told.emplace_back(*std::move(name)).value);
}

void ColumnWalk::refuse(const Answer& answer) {
    const bool named =
        answer.index >= 1 && answer.index <= static_cast<std::int64_t>(asked_.size());
    const std::size_t nth = named ? static_cast<std::size_t>(answer.index - 1) : 0;
    if (answer.status == ErrorStatus::too_big) return too_big();
    const bool forbidden =
        answer.status == ErrorStatus::no_access || answer.status == ErrorStatus::authorization;
    if (bulk() && !forbidden) {
        use_bulk_ = false;
    } else if (!named && asked_.size() > 1) {
        if (forbidden) return stop(End::trouble, SnmpTrouble::no_access);
        width_ = 1;  // it does not say which
    } else if (answer.status == ErrorStatus::no_such_name) {
        columns_[asked_[nth]].done = true;  // v1's end of the MIB
    } else {
        fail(asked_[nth], forbidden ? SnmpTrouble::no_access : SnmpTrouble::refused);
    }
}

void ColumnWalk::too_big() {
    if (bulk() && asked_repetitions_ > 1) {
        habits_.most_repetitions = std::max(1, asked_repetitions_ / 2);
    } else if (asked_.size() > 1) {
        width_ = asked_.size() / 2;
    } else {
        fail(asked_.front(), SnmpTrouble::refused);
    }
}

void ColumnWalk::fail(std::size_t column, SnmpTrouble trouble) {
    columns_[column].done = true;
    note(End::trouble);
    if (!table_.trouble) table_.trouble = trouble;
}

bool ColumnWalk::silent() {
    const bool nothing_else = last_way_ || (!use_bulk_ && asked_.size() <= 1);
    if (nothing_else) {
        last_way_ = false;
        return false;
    }
    last_way_ = true;
    return true;
}

/// The graver reason stays.
void ColumnWalk::note(End end) {
    if (table_.end == End::whole || end == End::trouble) table_.end = end;
}

void ColumnWalk::stop(End end, std::optional<SnmpTrouble> trouble) {
    stopped_ = true;
    table_.end = end;
    table_.trouble = trouble;
}

}  // namespace rounds::probes
