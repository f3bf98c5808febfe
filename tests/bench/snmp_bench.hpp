// SnmpEngine, measured.
#pragma once

#include <string>

namespace rounds::bench {

struct SnmpWork {
    enum class What { values, table };  ///< One GET of ten, or ten columns of ifTable.
    What what = What::values;
    int agents = 1000;  ///< From `first` on.
    std::string first = "10.1.1.1";
    int times = 1;  ///< Each agent is asked.
    int at_once = 64;
    bool v3 = false;  ///< As user "rounds", SHA-1 and AES-128; else v2c.
};

/// What it cost as an object of JSON.
[[nodiscard]] std::string snmp(const SnmpWork& work);

}  // namespace rounds::bench
