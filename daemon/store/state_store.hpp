// state.db: what Rounds believes, the rounds it made, and the states devices were in.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/day_record.hpp"
#include "core/incident_rules.hpp"
#include "core/item_belief.hpp"
#include "core/reachability.hpp"
#include "core/result.hpp"
#include "daemon/store/incidents.hpp"
#include "daemon/store/outbox.hpp"

namespace rounds::store {

/// One stretch of the daemon running. Its last sign of life bounds what a crash leaves unmeasured.
struct Run {
    core::WallTime started;
    core::WallTime seen;  ///< Last sign of life.
    bool ended = false;   ///< Ended by itself (SIGTERM), not by a crash.
    friend bool operator==(const Run&, const Run&) = default;
};

/// What a daemon starts from.
struct Memory {
    std::map<core::SubjectId, core::Reachability> beliefs;
    std::map<core::SubjectId, core::ItemBeliefs> items;  ///< Those believed to be wrong.
    std::optional<Run> last_run;                         ///< Empty on a new database.
    std::optional<core::WallTime> first_started;         ///< When the first run ever began.
    std::optional<core::WallTime> blind_since;           ///< Blindness that had not ended.
    /// The last incident of each condition, unless it is long over.
    std::vector<core::IncidentMemory> incidents;
    /// The last number given on each day that has one: "GZ-20261124", 7.
    std::map<std::string, int> incident_numbers;
};

/// One step of an incident.
struct IncidentChange {
    core::IncidentMemory after;
    std::vector<core::IncidentEvent>
        events;                      ///< New ones; their numbers go on from those recorded.
    std::vector<std::string> hooks;  ///< Each of the events is to be told to each of these.
    friend bool operator==(const IncidentChange&, const IncidentChange&) = default;
};

/// What belongs together: recorded whole or not at all. Order within it does not matter.
struct Changes {
    std::map<core::SubjectId, core::Reachability> beliefs;  ///< The latest of each.
    std::vector<core::Transition> transitions;              ///< In the order they were decided.
    std::vector<core::EchoSummary> echoes;      ///< Added to what is stored of their quarter.
    std::optional<core::WallTime> alive;        ///< Sign of life of the current run.
    std::optional<core::WallTime> blind_from;   ///< Blindness begins; nothing new while it lasts.
    std::optional<core::WallTime> blind_until;  ///< Blindness ends (after it began, with both).
    std::vector<IncidentChange> incidents;      ///< In the order they were decided.
    /// Check items whose verdict changed, in the order they were decided.
    std::vector<std::pair<core::SubjectId, core::ItemChange>> item_changes;
    std::vector<core::RoundRecord> rounds;

    [[nodiscard]] bool empty() const;
};

/// The open database. Not thread-safe: belongs to the store thread, but for hurry(). Times that would run backwards
/// after a clock step (a transition before the open interval began) are set to the interval's
/// beginning.
class StateStore {
 public:
    /// Opens, or creates, `folder`/state.db for the daemon: takes the folder's lock for as long as
    /// it lives (flock on `folder`/lock), applies migrations, checks integrity (PRAGMA
    /// quick_check). Errors: busy (another daemon has the folder; the message names its pid), newer
    /// (schema of a later version), damaged (or somebody else's file; it is left as it is),
    /// no_permission, not_found (no folder to make it in), invalid_input (not a folder),
    /// unavailable (disk full). The folder is made when its parent exists.
    static core::Result<StateStore> open(const std::filesystem::path& folder);

    /// Opens for reading beside a running daemon, or on a read-only medium; creates and changes
    /// nothing. Errors: not_found (no state.db yet), unavailable (of an earlier version, or just
    /// being made), and as above.
    static core::Result<StateStore> open_read_only(const std::filesystem::path& folder);

    StateStore(StateStore&&) noexcept;
    StateStore& operator=(StateStore&&) noexcept;
    ~StateStore();

    [[nodiscard]] core::Result<Memory> recall();

    /// Begins a run (the row whose `seen` the changes' `alive` moves).
    core::Result<void> begin_run(core::WallTime now);
    core::Result<void> end_run(core::WallTime now);

    /// Several in one transaction, each whole, in their order. One that the schema refuses (a round
    /// recorded already; `alive` without a run begun) leaves the others alone: its error (internal)
    /// stands in its place, empty for those committed. As a whole an error when nothing was
    /// committed: unavailable (disk full, read-only; worth trying again), busy, damaged.
    core::Result<std::vector<std::optional<core::Error>>> commit(std::span<const Changes> groups);
    /// One alone.
    core::Result<void> commit(const Changes& changes);

    struct RoundHead {
        core::RoundId id;
        std::string name;
        core::WallTime scheduled, began, finished;
        bool by_hand = false;
        friend bool operator==(const RoundHead&, const RoundHead&) = default;
    };
    /// Rounds that began in the period, oldest first.
    [[nodiscard]] core::Result<std::vector<RoundHead>> rounds_begun(core::Period period);
    /// The round of this name recorded last, by hand or not; empty when there is none.
    [[nodiscard]] core::Result<std::optional<RoundHead>> last_round(const std::string& name);
    /// The same of those that the calendar asked for: where the next data period begins.
    [[nodiscard]] core::Result<std::optional<RoundHead>> last_scheduled_round(
        const std::string& name);
    /// Was the round of this name that was due at `scheduled` made?
    [[nodiscard]] core::Result<bool> was_made(const std::string& name, core::WallTime scheduled);

    /// A round with everything a report needs; the same whenever it is asked for, whatever was
    /// committed since. What was committed together with the round belongs to it. Quarters and gaps
    /// that only touch the data period are given whole, like intervals. Error not_found when there
    /// is no such round.
    [[nodiscard]] core::Result<core::DayRecord> record(const core::RoundId& id);

    /// The gaps of a second and more that touch a period, oldest first (between runs, and
    /// blindness). They may overlap: blind before a crash and still blind after it.
    [[nodiscard]] core::Result<std::vector<core::Gap>> gaps(core::Period period);

    /// Incidents and what is to be told of them: used like the store itself, no longer than it.
    [[nodiscard]] Incidents incidents();
    [[nodiscard]] Outbox outbox();

    /// Removes intervals, summaries, gaps, incidents and rounds that ended before `before` (what lasts
    /// or is still to be told stays, and so does what the record of a round that stays needs).
    core::Result<void> forget(core::WallTime before);

    /// The daemon ends: from now on another program that holds state.db is waited for one second more, for all
    /// that is still asked of this store together; then the error is busy at once. Any thread.
    void hurry() noexcept;

 private:
    struct Inside;
    explicit StateStore(std::unique_ptr<Inside> inside);
    void write(const Changes& changes);
    std::unique_ptr<Inside> inside_;
};

}  // namespace rounds::store
