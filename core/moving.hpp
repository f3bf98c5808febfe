// What of a device moves, as the reading of a whole look shows.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "core/answers.hpp"
#include "core/profile.hpp"
#include "core/readable.hpp"

namespace rounds::core {

/// Of one module.
struct Moving {
    /// Where a column is asked again; of scalars it says nothing.
    struct Rows {
        bool all = false;
        std::set<RowIndex> some = {};  ///< Unless all are.
    };
    const Module* module = nullptr;
    bool answered = false;            ///< Does it concern the device?
    std::set<const Rule*> told = {};  ///< Those of its rules that told something.
    std::map<ObjectNumber, Rows> objects =
        {};                      ///< To be asked again; in no row: not to be believed.
    std::set<int> passing = {};  ///< Tables that are walked: rows come and go, or are counted.
};

/// Of all modules, in their order. A Counter32 that stands in for another column (the 64-bit one) and is needed for nothing
/// else is asked only in the rows in which it does.
[[nodiscard]] std::vector<Moving> what_moves(const Recognised& recognised, const Answers& answers,
                                             const FromGb18030& decode);

}  // namespace rounds::core
