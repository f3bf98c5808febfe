// The outbox in state.db: what is still to be told, and what could not be.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/incident.hpp"
#include "core/message.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

namespace rounds::store {

class Database;

/// One event, to be told to one hook. What is told is made of these two, which never change.
struct Delivery {
    std::int64_t number = 0;  ///< Of the delivery, in the order in which things happened.
    std::string hook;         ///< The hook's name.
    core::Incident incident;  ///< As it was after the event.
    core::IncidentEvent event;
    int attempts = 0;                     ///< Made so far, since the last replay.
    std::optional<core::WallTime> first;  ///< When the first of them was made.
    core::WallTime due;                   ///< Not before; 1970: at once.
    std::optional<core::WallTime> done;   ///< When it was parked.
    std::optional<core::Message> why;     ///< What the last attempt came back with.
    friend bool operator==(const Delivery&, const Delivery&) = default;
};

/// How a hook stands.
struct Backlog {
    std::string hook;
    int pending = 0, parked = 0;
    friend bool operator==(const Backlog&, const Backlog&) = default;
};

/// Belongs to a StateStore, and to its thread. An event of an incident is told to a hook after those before it
/// are delivered or parked.
class Outbox {
 public:
    /// What can be told to this hook now, in order, at most `most`. What is due later than an hour from now is
    /// due: the clock was set back.
    [[nodiscard]] core::Result<std::vector<Delivery>> due(const std::string& hook,
                                                          core::WallTime now, std::size_t most);
    /// When something will be that is not due now; empty when nothing will.
    [[nodiscard]] core::Result<std::optional<core::WallTime>> next_due(const std::string& hook,
                                                                       core::WallTime now);

    /// The receiver has it. These three are about a pending delivery, and say nothing about another.
    core::Result<void> delivered(std::int64_t number, core::WallTime at);
    /// An attempt made at `at` failed; the next is due.
    core::Result<void> again(std::int64_t number, core::WallTime at, core::WallTime due,
                             const core::Message& why);
    /// It is not tried any more, until it is replayed.
    core::Result<void> parked(std::int64_t number, core::WallTime at, const core::Message& why);

    /// All that is pending for other hooks than these is parked: nobody carries it. What of which hook.
    core::Result<std::vector<Backlog>> park_others(const std::vector<std::string>& hooks,
                                                   core::WallTime at, const core::Message& why);

    /// What waits for its time is due now: the receiver is back.
    core::Result<void> hasten(const std::string& hook, core::WallTime now);

    /// Parked ones, of this hook or (empty) of all, by hook, in order.
    [[nodiscard]] core::Result<std::vector<Delivery>> parked(const std::string& hook);
    /// Of a parked one; empty when this one is not parked.
    [[nodiscard]] core::Result<std::optional<std::string>> hook_of_parked(std::int64_t number);
    /// Makes parked ones pending again: one, or all of a hook. How many.
    core::Result<int> replay(std::int64_t number);
    core::Result<int> replay_all(const std::string& hook);

    /// How each hook stands that has something pending or parked, by name.
    [[nodiscard]] core::Result<std::vector<Backlog>> backlog();

 private:
    friend class StateStore;
    explicit Outbox(Database& database) : database_(&database) {}
    Database* database_;
};

}  // namespace rounds::store
