// Keeps the incidents: what is decided of a device becomes what is recorded, and told.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "config/setup.hpp"
#include "core/incident_rules.hpp"
#include "daemon/poller.hpp"
#include "daemon/store/state_store.hpp"
#include "daemon/system/log.hpp"
#include "daemon/system/uuid.hpp"

namespace rounds::daemon {

/// A hook that is told of incidents of this severity and graver.
struct ToldTo {
    std::string hook;
    core::Severity min_severity = core::Severity::fourth;
};

/// Holds the last incident of every condition, and adds what becomes of them to the changes from which it
/// comes, so that both are committed together. What it decides counts at once, in the order in which changes
/// are handed to the Recorder. Loop thread.
class IncidentKeeper {
 public:
    IncidentKeeper(const store::Memory& memory, core::WallTime started, Log log);

    /// From here on, this configuration; the beliefs are what the Poller begins with. Makes incidents agree with
    /// them: what is not watched any more is resolved, what is down without one opens one.
    [[nodiscard]] store::Changes use(std::shared_ptr<const config::Setup> setup,
                                     std::vector<ToldTo> hooks, const Beliefs& beliefs,
                                     core::WallTime now);

    /// Adds what the transitions, the check items and the blindness in these changes mean.
    void add_to(store::Changes& changes, core::WallTime now);

    /// Resolves what was well for long enough, and notes what is hidden behind what. Not in the first
    /// `resolve_after` of a run, and not while Rounds is blind: that something is well must be seen.
    void pass_time(store::Changes& changes, core::WallTime now);
    /// When pass_time() is to be called again: in one to ten seconds.
    [[nodiscard]] core::Duration pause(core::WallTime now) const;

    /// What is remembered of an incident; null when it is none of those that may still move by themselves.
    [[nodiscard]] const core::IncidentMemory* find(const core::IncidentId& id) const;
    /// A person's doing, to an incident as it is: one that find() has, or one that the store remembers.
    core::Result<void> act(const core::IncidentMemory& before, const core::IncidentAction& action,
                           core::WallTime now, store::Changes& changes);

    /// A new incident that a person reports, of a device or link of the archive, watched or not: its name and severity
    /// (unless said) are the subject's. Error not_found: there is none.
    core::Result<void> report(core::Complaint complaint, std::optional<core::Severity> severity,
                              core::WallTime now, store::Changes& changes);

    /// Says in the log what was recorded.
    void tell(const std::vector<store::IncidentChange>& changes) const;

    [[nodiscard]] bool blind() const;

 private:
    struct Subject {
        std::string name;
        core::Severity severity = core::Severity::third;
        /// How long after one look by SNMP the next one is over; 0: it is not asked.
        core::Duration seen_again{0};
    };
    [[nodiscard]] std::optional<Subject> in_archive(const core::SubjectId& subject) const;
    void take(const core::Transition& transition, store::Changes& changes, core::WallTime now);
    void take(const core::SubjectId& subject, const core::ItemChange& change,
              store::Changes& changes, core::WallTime now);
    void go_bad(const core::Fault& fault, store::Changes& changes, core::WallTime now);
    void go_good(const core::Condition& condition, core::WallTime since, store::Changes& changes,
                 core::WallTime now);
    void agree_with(const core::SubjectId& subject, const core::Reachability& belief,
                    store::Changes& changes, core::WallTime now);
    void hide(const core::SubjectId& subject, const std::optional<core::SubjectId>& through);
    void note_hidden(store::Changes& changes);
    void keep(core::IncidentStep step, store::Changes& changes);
    [[nodiscard]] core::Fault fault_of(const core::SubjectId& subject, core::Message reason,
                                       core::WallTime since) const;
    [[nodiscard]] std::optional<core::IncidentMemory> remembered(
        const core::Condition& condition) const;
    [[nodiscard]] core::IncidentId next_id(core::WallTime opened);
    /// The rules of the office; what is told by SNMP is well once it was seen well twice, however seldom that is asked.
    [[nodiscard]] core::IncidentRules rules_for(const core::Condition& condition) const;
    template <class Step>
    auto at_desk(core::WallTime now, const core::Condition& condition, Step step);

    std::shared_ptr<const config::Setup> setup_;
    std::vector<ToldTo> hooks_;
    std::map<core::SubjectId, Subject> subjects_;  ///< Those watched.
    std::map<core::Condition, core::IncidentMemory> memories_;
    std::map<core::SubjectId, core::SubjectId> through_;  ///< Suppressed, and by what.
    std::map<core::SubjectId, std::set<core::SubjectId>> hidden_;
    std::set<core::SubjectId> hidden_changed_;  ///< Whose incident does not list it yet.
    std::map<std::string, int> numbers_;        ///< Given on each day.
    core::WallTime started_;
    Uuids uuids_;
    Log log_;
};

}  // namespace rounds::daemon
