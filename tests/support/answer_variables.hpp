// What is in an answer, for tests that want all of it.
#pragma once

#include <vector>

#include "probes/snmp/pdu.hpp"
#include "probes/snmp/value.hpp"

namespace rounds::tests {

[[nodiscard]] inline std::vector<core::SnmpVariable> variables_of(const probes::Answer& answer) {
    std::vector<core::SnmpVariable> all;
    probes::VariableReader reader(answer);
    for (probes::VariableView variable; reader.next(variable);)
        all.push_back(
            {probes::read_oid(variable.name).value(), probes::read_value(variable.value)});
    return all;
}

}  // namespace rounds::tests
