// Looks at every device and link when it is due, and keeps what is believed of them.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "config/setup.hpp"
#include "core/ping_items.hpp"
#include "core/reachability.hpp"
#include "daemon/item_changes.hpp"
#include "daemon/sight.hpp"
#include "daemon/system/log.hpp"
#include "daemon/system/task_group.hpp"
#include "probes/echo_probe.hpp"
#include "probes/gate.hpp"

namespace rounds::daemon {

/// Where changes go: returns when they are recorded (or kept for later). See Recorder.
struct RecordTo {
    std::function<asio::awaitable<core::Result<void>>(store::Changes)> changes;
    std::function<void(const core::SubjectId&, core::WallTime, const core::EchoStats&)> look;
    /// How late a look began that was due, and whether it was not over when the next one was although it was answered
    /// (waiting for who is silent takes its time). Empty: nobody counts.
    std::function<void(core::Duration lateness, bool too_long)> punctuality = {};
};

using Beliefs = std::map<core::SubjectId, core::Reachability>;

/// What a Poller goes on with.
struct PollerMemory {
    const Beliefs& beliefs;
    const ItemMemory& items;  ///< Those of ping are taken out of it.
};

/// One device or link that is watched: what is believed, and the last look. Its address stays as long as the
/// Poller.
struct Subject {
    core::SubjectId id;
    const core::Device* device = nullptr;  ///< Exactly one of the two.
    const core::Link* link = nullptr;
    core::Reachability belief;
    core::ItemBeliefs items;                  ///< What is believed of loss, round-trip time …
    core::RecentLooks recent;                 ///< Since it is up.
    std::optional<core::SteadyTime> counted;  ///< When the last look among them began.
    std::optional<core::Observation> last;    ///< Empty until the first look.
    std::optional<core::LinkObservation> last_link;  ///< For links.
    std::optional<core::SteadyTime> looked;          ///< When the last look began.
    bool blind = false;                  ///< The last look was not judged: Rounds was blind.
    bool in_doubt = false;               ///< To be asked again after the retry interval.
    std::shared_ptr<probes::Gate> turn;  ///< One look at a time.

    [[nodiscard]] const core::PingRule& rule() const {
        return device != nullptr ? device->ping : link->ping;
    }
    [[nodiscard]] const std::string& name() const {
        return device != nullptr ? device->name : link->name;
    }
    /// By what it is judged: its last looks together, or the last alone where that is not to be added to others.
    /// Empty when it could not be asked.
    [[nodiscard]] std::optional<core::EchoStats> evidence() const;
    /// What its ping items say now, also those that are ok; none while it is silent.
    [[nodiscard]] std::vector<core::ItemFinding> findings() const;
    /// Adds the last look to the recent ones. False: it follows the one before too soon, for others asked for it (all
    /// that hangs on a dead switch asks for looks at what is above), and ten looks are to be minutes.
    bool add_look();
    /// What follows is judged without what was before, doubts included.
    void forget_looks();
};

/// Loop thread only. Belief advances after the commit of what changed.
class Poller {
 public:
    Poller(std::shared_ptr<const config::Setup> setup, const PollerMemory& remembered,
           probes::Ports ports, Sight::Gateways gateways, RecordTo record,
           asio::any_io_executor loop, Log log);

    /// Does a device that is silent to ping answer SNMP? Without it nothing does.
    using AnswersSnmp = std::function<asio::awaitable<bool>(const core::Device&)>;
    void ask_by_snmp_too(AnswersSnmp answers) { answers_snmp_ = std::move(answers); }

    /// Polls everything, spread evenly over the intervals, until it is cancelled.
    asio::awaitable<void> run();

    /// From here on nothing new is asked; what is being judged is judged to its end. Cancel run() after it.
    void stop_asking() { stopping_ = true; }

    /// Looks at a subject now, unless a look that began at or after `since` has been made. Judges and records it.
    asio::awaitable<void> look(Subject& subject, core::SteadyTime since);

    /// Looks now, and again after each retry interval while the answer is in doubt.
    asio::awaitable<void> look_until_settled(Subject& subject);

    [[nodiscard]] std::map<core::SubjectId, Subject>& subjects() { return subjects_; }
    [[nodiscard]] Subject& subject(const core::SubjectId& id) { return subjects_.at(id); }
    /// Did it answer when it was last looked at? Until it is, after a start or a reload: was it believed to be up?
    [[nodiscard]] bool answers(const core::SubjectId& id) const;
    [[nodiscard]] bool watches(const core::SubjectId& id) const { return subjects_.contains(id); }
    [[nodiscard]] Beliefs beliefs() const;
    [[nodiscard]] ItemMemory items() const;
    /// Is blindness recorded that has not ended? A Poller that follows another goes on with it.
    /// Empty: the last run ended blind, and nobody has looked since; what is seen first is recorded.
    [[nodiscard]] std::optional<bool> blindness_recorded() const { return blindness_recorded_; }
    void go_on_blind(std::optional<bool> blind) { blindness_recorded_ = blind; }
    [[nodiscard]] const config::Setup& setup() const { return *setup_; }
    [[nodiscard]] std::shared_ptr<const config::Setup> shared_setup() const { return setup_; }
    /// How far the poll that is most overdue is behind its time; 0 when none is.
    [[nodiscard]] core::Duration lag() const;

 private:
    asio::awaitable<void> watch(Subject& subject);
    asio::awaitable<void> look_now(Subject& subject);
    asio::awaitable<core::Observation> observe(Subject& subject);
    asio::awaitable<core::Observation> observe_through_others(const core::Device& device);
    [[nodiscard]] bool can_testify(const Subject& witness, const core::SubjectId& of) const;
    asio::awaitable<void> look_upstream(const Subject& subject, core::SteadyTime since);
    [[nodiscard]] core::Silence silence_of(const Subject& subject, core::WallTime at) const;
    [[nodiscard]] core::Upstream upstream_of(const Subject& subject) const;
    asio::awaitable<bool> seen_to_be_blind(const Subject& subject, core::SteadyTime since);
    asio::awaitable<void> judge(Subject& subject, core::Observation observation,
                                core::Silence silence, core::Upstream upstream);
    static core::ItemsSettled judge_items(Subject& subject, core::State state);
    asio::awaitable<void> keep_blindness(bool blind, core::WallTime at);
    void tell(const Subject& subject, const core::Transition& transition) const;

    std::shared_ptr<const config::Setup> setup_;
    probes::Ports ports_;
    RecordTo record_;
    Log log_;
    Sight sight_;
    TaskGroup watches_;
    std::map<core::SubjectId, Subject> subjects_;
    std::map<core::SubjectId, core::SteadyTime> due_;
    AnswersSnmp answers_snmp_;
    std::string witness_;  ///< Address of the device that answered last.
    std::optional<bool> blindness_recorded_ = false;
    bool stopping_ = false;
};

}  // namespace rounds::daemon
