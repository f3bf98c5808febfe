// Asks every device that has credentials by SNMP when it is due, and keeps what is believed of its check items.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "config/setup.hpp"
#include "core/item_belief.hpp"
#include "core/packed_standing.hpp"
#include "daemon/item_changes.hpp"
#include "daemon/port_watch.hpp"
#include "daemon/store/sample_store.hpp"
#include "daemon/system/log.hpp"
#include "daemon/system/task_group.hpp"
#include "ports/resolver_port.hpp"
#include "probes/gate.hpp"
#include "probes/snmp_probe.hpp"

namespace rounds::daemon {

/// What SNMP needs. The ports outlive the SnmpPoller.
struct SnmpTools {
    probes::SnmpLook look;
    ports::ResolverPort& resolver;
};

/// One device that is asked by SNMP. Its address stays as long as the SnmpPoller.
struct SnmpSubject {
    core::SubjectId id;
    const core::Device* device = nullptr;
    core::ItemBeliefs items;                      ///< What is believed.
    std::optional<probes::SnmpObservation> last;  ///< Empty until the first look.
    std::vector<core::ItemFinding> findings;      ///< Of the last look, also those that are ok.
    std::vector<std::string> ports;               ///< That had a neighbour: monitored from then on.
    core::ItemLimits limits;                      ///< By which they were judged.
    PortWatch traffic;
    std::vector<const core::Link*> links;          ///< That leave from it.
    std::optional<core::SteadyTime> looked;        ///< When the last look began.
    std::optional<core::SteadyTime> looked_whole;  ///< … and the last whole one.
    /// Until then it is looked at whole: it did not answer when it was asked for what moves.
    std::optional<core::SteadyTime> whole_until;
    /// What the last whole look left; empty: it is due.
    std::optional<core::PackedStanding> standing;
    std::shared_ptr<probes::Gate> turn;  ///< One look at a time.
};

/// What SNMP tells of a link: the port that it leaves through counts for it.
struct LinkTraffic {
    core::ItemBeliefs items;
    std::vector<core::ItemFinding> findings;  ///< Of the last look; none when it told nothing.
};

/// Loop thread only.
class SnmpPoller {
 public:
    /// Where changes and samples go; belief advances after the changes are recorded (or kept for later).
    struct RecordTo {
        std::function<asio::awaitable<core::Result<void>>(store::Changes)> changes;
        std::function<void(std::vector<store::Sample>)> samples;
        /// As daemon::RecordTo has it.
        std::function<void(core::Duration lateness, bool too_long)> punctuality = {};
    };
    /// Is a device worth asking: does it answer at all, as far as is known?
    using Answers = std::function<bool(const core::SubjectId&)>;

    SnmpPoller(std::shared_ptr<const config::Setup> setup, const ItemMemory& remembered,
               SnmpTools tools, Answers answers, RecordTo record, asio::any_io_executor loop,
               Log log);

    /// Polls everything, spread evenly over the intervals, at most `most_at_once` devices at a time and as many more for a
    /// round, until cancelled.
    /// What rests (SnmpRule::rests) is not looked at outside working hours, and after five minutes while it is restless.
    asio::awaitable<void> run();
    static constexpr int most_at_once = 100;

    /// From here on nothing new is asked. Cancel run() after it.
    void stop_asking() { stopping_ = true; }

    /// Looks at a device now, unless a look that began at or after `since` has been made. Nothing for a device that
    /// has no credentials. A round wants it whole: else a device that is known is asked for what moves alone. What is
    /// due does not stand in line behind a round.
    enum class Depth { what_moves, whole };
    asio::awaitable<void> look(core::SubjectId id, core::SteadyTime since,
                               Depth depth = Depth::whole);
    static constexpr core::Duration whole_every = std::chrono::hours(1);  ///< About.

    /// Does the agent answer at all? One GET of sysUpTime: for devices that filter ping.
    asio::awaitable<bool> answers(const core::Device& device);

    /// Null for a device that has no credentials.
    [[nodiscard]] const SnmpSubject* find(const core::SubjectId& id) const;
    /// Null for a link whose device is not asked.
    [[nodiscard]] const LinkTraffic* find_link(const core::SubjectId& id) const;
    [[nodiscard]] ItemMemory items() const;

 private:
    asio::awaitable<void> watch(SnmpSubject& subject);
    asio::awaitable<void> look_now(SnmpSubject& subject, Depth depth);
    asio::awaitable<std::optional<ports::SnmpAgent>> agent_of(const core::Device& device);
    asio::awaitable<void> judge(SnmpSubject& subject, const probes::SnmpObservation& observation);
    asio::awaitable<void> settle(core::SubjectId id, std::string name, core::ItemBeliefs& items,
                                 std::span<const core::ItemFinding> findings, bool complete,
                                 core::WallTime at);
    void sample(SnmpSubject& subject, const core::Facts& facts, core::WallTime at);
    [[nodiscard]] core::Duration pause(const SnmpSubject& subject) const;

    std::shared_ptr<const config::Setup> setup_;
    SnmpTools tools_;
    Answers answers_;
    RecordTo record_;
    Log log_;
    std::shared_ptr<probes::Gate> places_;        ///< Of looks under way.
    std::shared_ptr<probes::Gate> round_places_;  ///< Of a round's.
    TaskGroup watches_;
    std::map<core::SubjectId, SnmpSubject> subjects_;
    std::map<core::SubjectId, LinkTraffic> links_;
    bool stopping_ = false;
};

}  // namespace rounds::daemon
