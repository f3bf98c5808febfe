#include "probes/snmp/get_run.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "probes/snmp/value.hpp"

namespace rounds::probes {

using core::SnmpTrouble;
using Type = core::SnmpValue::Type;

GetRun::GetRun(std::vector<core::Oid> names, std::size_t at_once)
    : pending_(names.size()), usual_(std::max<std::size_t>(1, at_once)), at_once_(usual_) {
    std::iota(pending_.begin(), pending_.end(), std::size_t{0});
    variables_.reserve(names.size());
    for (core::Oid& name : names) variables_.emplace_back(std::move(name));
}

std::size_t GetRun::asked() const {
    return std::min(at_once_, pending_.size());
}

Question GetRun::ask(int) {
    Question question;
    question.names.reserve(asked());
    for (std::size_t i = 0; i < asked(); ++i)
        question.names.push_back(variables_[pending_[i]].name);
    return question;
}

bool GetRun::fits(const Answer& answer) const {
    if (answer.kind != Answer::Kind::response) return false;
    if (answer.status != ErrorStatus::none) return true;
    if (answer.count != asked()) return false;
    VariableReader reader(answer);
    VariableView variable;
    for (std::size_t i = 0; reader.next(variable); ++i) {
        if (!is_oid(variable.name, variables_[pending_[i]].name)) return false;
    }
    return true;
}

void GetRun::hear(const Answer& answer) {
    if (answer.status == ErrorStatus::none) {
        take_values(answer);
    } else {
        refuse(answer);
    }
}

void GetRun::take_values(const Answer& answer) {
    answered_ = true;
    VariableReader reader(answer);
    std::size_t count = 0;
    for (VariableView variable; reader.next(variable); ++count)
        read_value(variable.value, variables_[pending_[count]].value);
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(count));
    at_once_ = std::min(usual_, at_once_ * 2);
}

void GetRun::refuse(const Answer& answer) {
    if (answer.status == ErrorStatus::no_access || answer.status == ErrorStatus::authorization) {
        refusal_ = SnmpTrouble::no_access;
        stopped_ = true;
        return;
    }
    const bool missing = answer.status == ErrorStatus::no_such_name;
    const bool too_big = answer.status == ErrorStatus::too_big;
    const bool named =
        !too_big && answer.index >= 1 && answer.index <= static_cast<std::int64_t>(asked());
    if (!named && asked() > 1) {  // too much at once, or it does not say which
        at_once_ = asked() / 2;
        if (too_big) usual_ = at_once_;
        return;
    }
    if (missing) {
        answered_ = true;
    } else {
        refusal_ = SnmpTrouble::refused;
    }
    settle(named ? static_cast<std::size_t>(answer.index - 1) : 0,
           missing ? Type::no_such_object : Type::null);
}

void GetRun::settle(std::size_t nth, Type type) {
    variables_[pending_[nth]].value = {type, {}};
    pending_.erase(pending_.begin() + static_cast<std::ptrdiff_t>(nth));
}

std::optional<SnmpTrouble> GetRun::trouble() const {
    if (answered_ && !stopped_) return std::nullopt;
    return refusal_;
}

}  // namespace rounds::probes
