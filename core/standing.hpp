// What is known of a device between looks, so that the next one asks for what moves alone.
#pragma once

#include <string>
#include <vector>

#include "core/answers.hpp"
#include "core/profile.hpp"
#include "core/remembered.hpp"
#include "core/time.hpp"

namespace rounds::core {

/// Made by a whole look, used by those after it. Names, models and descriptions stay; counters, levels and states are
/// asked anew. Outlives the profiles it came from only as far as they are kept by others.
struct Standing {
    struct Table {
        std::string name;          ///< As in the MIB, for people.
        std::vector<Oid> columns;  ///< Those that move.
        /// Those that are asked for each of these columns, and have a value in it: the rows of a table that lack others
        /// are a Table of their own. An agent of v1 answers with an error for every name without a value. A cell that gets a value later is
        /// seen by the next whole look.
        std::vector<RowIndex> rows;
        bool passing =
            false;  ///< Its rows come and go, or are counted: it is walked, not asked by name.
    };
    Recognised recognised;
    Remembered remembered;     ///< What its rules said that does not move.
    Answers fixed;             ///< What does not move, and is needed to read what does.
    std::vector<Oid> scalars;  ///< That move; sysDescr, sysObjectID and sysUpTime first.
    std::vector<Table> tables;

    /// What told, when all was read, that the device is this one and its rows stand for what they stood for:
    /// sysDescr, sysObjectID and what the modules name in Module::changed_by.
    std::vector<SnmpVariable> marks;
    std::optional<Duration> uptime;  ///< Empty when the agent does not tell.
    SteadyTime taken;
};

/// What a whole look leaves. Pure.
[[nodiscard]] Standing standing_of(const Recognised& recognised, Answers answers,
                                   const FromGb18030& decode, SteadyTime taken);

/// Is it worth keeping? Who has more names and rows than any office's device is looked at whole each time.
[[nodiscard]] bool is_handy(const Standing& standing);

/// The names of one GET: the scalars, then every cell of the tables that are not walked.
[[nodiscard]] std::vector<Oid> names_to_ask(const Standing& standing);

/// What a reading of what moves needs: what was kept (`fixed`, used up) and the values that came for names_to_ask(); the
/// walked tables' are still to be added. A row that has none any more is gone from `remembered`, too.
[[nodiscard]] Answers renewed(Standing& standing, std::vector<SnmpVariable> values);

/// Has it the same marks, and has it not begun anew since? An agent that says nothing of its uptime is believed.
[[nodiscard]] bool is_still(const Standing& standing, const Answers& now, SteadyTime at);

}  // namespace rounds::core
