// From a profile to what is asked, and from what was answered to facts.
#pragma once

#include <string>
#include <vector>

#include "core/answers.hpp"
#include "core/facts.hpp"
#include "core/profile.hpp"

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

/// What is left to ask. A module with `only_if` first asks that alone; nothing is asked twice. Empty when all is
/// answered: so a probe asks, adds the answers and calls again.
[[nodiscard]] Plan what_to_ask(const Profile& profile, const Answers& answers);

/// What the answers mean. Pure; the same answers give the same facts.
[[nodiscard]] Facts read(const Recognised& recognised, const Answers& answers,
                         const FromGb18030& decode);

}  // namespace rounds::core
