// One question under way to one agent, and what is remembered of the agent.
#pragma once

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "ports/snmp_port.hpp"
#include "probes/gate.hpp"
#include "probes/snmp/column_walk.hpp"
#include "probes/snmp/inquiry.hpp"
#include "probes/snmp/udp_socket.hpp"
#include "probes/snmp/usm_peer.hpp"

namespace rounds::probes {

struct Exchange;

/// The latest few ids, so that a late answer is told from nonsense.
class PastIds {
 public:
    void add(std::int32_t id) { ids_[next_++ % ids_.size()] = id; }
    [[nodiscard]] bool contains(std::int64_t id) const {
        return id > 0 && std::ranges::find(ids_, id) != ids_.end();
    }

 private:
    std::array<std::int32_t, 16> ids_{};  ///< 0: none; no request has it.
    std::size_t next_ = 0;
};

/// One address and port.
struct AgentRecord {
    std::shared_ptr<Gate> turn;  ///< One request in flight.
    WalkHabits habits;
    UsmPeer engine;                   ///< For v3.
    std::set<std::string> contexts;   ///< v3: in which it has answered, beside the default one.
    bool heard = false;               ///< It has answered something, ever.
    std::weak_ptr<Exchange> current;  ///< Its request in flight.
    PastIds past;                     ///< Of its latest requests that are over.
};

/// Its inquiry has heard an answer.
struct Answered {};
/// Unset while it is under way.
using Outcome = std::variant<std::monostate, Answered, core::SnmpTrouble, core::Error>;

/// A question with its attempts; its coroutine waits for `done` to be cancelled.
struct Exchange {
    ports::SnmpAgent agent;
    std::shared_ptr<AgentRecord> record;
    Inquiry* inquiry = nullptr;  ///< Lives in the coroutine that waits.
    Endpoint to;
    core::SteadyTime deadline;
    int retries = 0;
    asio::steady_timer done;

    int attempt = 0;  ///< Of the message below, from 0.
    Bytes message;    ///< What leaves, or has left, last.
    std::int32_t request_id =
        0;  ///< Its own; the same for all attempts: a late answer is an answer.
    std::vector<std::int32_t>
        ids;               ///< By which answers find it; v3: the last one is the message's.
    core::SteadyTime due;  ///< When something must be done about it.
    bool under_way = false;
    bool in_outbox = false;
    int lessons =
        0;  ///< v3: how often the agent has told its engine's ID or time instead of answering.
    std::optional<Gate::Place> discovery;        ///< v3: while the engine is not known.
    std::optional<core::SnmpTrouble> suspicion;  ///< What came instead of an answer.
    Outcome outcome;

    [[nodiscard]] bool over() const { return outcome.index() != 0; }
};
using ExchangePtr = std::shared_ptr<Exchange>;

}  // namespace rounds::probes
