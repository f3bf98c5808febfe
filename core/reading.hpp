// From a profile to what is asked, and from what was answered to facts.
#pragma once

#include <string>
#include <vector>

#include "core/answers.hpp"
#include "core/expression.hpp"
#include "core/facts.hpp"
#include "core/profile.hpp"
#include "core/remembered.hpp"

namespace rounds::core {

/// What is asked of an agent next: one GET of scalars, and the tables one after the other.
struct Plan {
    struct Table {
        std::string name;  ///< As in the MIB, for people.
        std::vector<Oid> columns;
        friend bool operator==(const Table&, const Table&) = default;
    };
    std::vector<Oid> scalars;
    std::vector<Table> tables;

    [[nodiscard]] bool empty() const { return scalars.empty() && tables.empty(); }
    friend bool operator==(const Plan&, const Plan&) = default;
};

/// What recognition needs: sysDescr.0 and sysObjectID.0 (SNMPv2-MIB, RFC 3418).
[[nodiscard]] const Oid& sys_descr_name();
[[nodiscard]] const Oid& sys_object_id_name();

/// The profile of the device that gave these answers to both. A sysObjectID that came as text counts, too.
[[nodiscard]] Recognised recognise(const Profiles& profiles, const Answers& answers,
                                   const FromGb18030& decode);

/// Does the module concern the device: has any of its `only_if` a value, or has it none of these?
[[nodiscard]] bool is_answered(const Module& module, const Answers& answers);

/// What is left to ask. A module with `only_if` first asks that alone; nothing is asked twice. Empty when all is
/// answered: so a probe asks, adds the answers and calls again.
[[nodiscard]] Plan what_to_ask(const Profile& profile, const Answers& answers);

/// Told of every step of a reading, for who wants to explain it.
class ReadingWitness {
 public:
    /// What became of a rule at one place.
    enum class Outcome {
        fact,
        elsewhere,    ///< Its requirements do not hold here.
        incomplete,   ///< A needed field has no value.
        implausible,  ///< All is there, and cannot be true.
    };
    virtual ~ReadingWitness() = default;
    virtual void module_begins(const Module& module) = 0;
    /// A fallback whose kind of fact is told already.
    virtual void rule_not_needed(const Module& module, const Rule& rule) = 0;
    /// `data` by the numbers of fields_of(); empty with `elsewhere`.
    virtual void rule_applied(const Rule& rule, const Place& place, const std::vector<Datum>& data,
                              Outcome outcome) = 0;
};

/// What the answers mean, all of them anew. Pure; the same answers give the same facts.
[[nodiscard]] Facts read(const Recognised& recognised, const Answers& answers,
                         const FromGb18030& decode, ReadingWitness* witness = nullptr);

/// The same of answers that hold what moves and what is needed for that, and of what is remembered.
[[nodiscard]] Facts read_again(const Recognised& recognised, Remembered remembered,
                               const Answers& answers, const FromGb18030& decode);

}  // namespace rounds::core
