// The loop's way to the store: changes are committed in groups on the store thread.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "core/day_record.hpp"
#include "daemon/store/state_store.hpp"
#include "daemon/system/event.hpp"
#include "daemon/system/hand_over.hpp"
#include "daemon/system/log.hpp"
#include "ports/asio.hpp"
#include "ports/clock.hpp"

namespace rounds::daemon {

/// Used on the loop thread; owns the store, which is used on `store_thread` alone.
class Recorder {
 public:
    /// What is handed in and not committed.
    struct Kept {
        std::size_t state_changes = 0;   ///< Of devices and links.
        std::size_t item_changes = 0;    ///< Of check items.
        std::size_t incident_steps = 0;  ///< Each with its events, and what is to be told of them.
        std::size_t rounds = 0;
        std::size_t quarters = 0;  ///< Of an hour, with the round-trip times of one subject.
        friend bool operator==(const Kept&, const Kept&) = default;
    };

    Recorder(store::StateStore store, ports::Clock& clock, asio::any_io_executor loop,
             asio::any_io_executor store_thread, Log log);

    /// Returns once the changes are committed, or could not be. Errors: unavailable, busy, damaged (they are
    /// kept in memory and tried again with the next ones, and the log has said so); internal (the store refuses
    /// them: they are lost, and the log has said so). What comes while a commit is under way goes into the next
    /// one together. Not to be cancelled half-way by the caller: see Poller.
    asio::awaitable<core::Result<void>> record(store::Changes changes);

    /// Adds a look to its quarter of an hour; recorded with the first change after the quarter is over, and by
    /// flush().
    void note(const core::SubjectId& subject, core::WallTime at, const core::EchoStats& stats);

    /// Records everything noted so far.
    asio::awaitable<core::Result<void>> flush();

    /// Runs `read` with the store on the store thread.
    template <class Read>
    asio::awaitable<std::invoke_result_t<Read, store::StateStore&>> ask(Read read) {
        auto work = [store = store_, read = std::move(read)] { return read(*store); };
        co_return co_await hand_over(store_thread_, std::move(work));
    }

    /// Did the last commit fail (disk full, read-only)? Empty when all is committed.
    [[nodiscard]] const std::string& trouble() const { return trouble_.message; }
    [[nodiscard]] Kept kept() const;
    /// Groups of changes that are handed in and not committed.
    [[nodiscard]] std::size_t waiting() const { return waiting_.size() + under_way_; }

    /// Told after each write, of how long it took from being handed to the store's thread.
    void tell_writes(std::function<void(core::Duration took)> told) { told_ = std::move(told); }

    /// The daemon ends: see StateStore::hurry.
    void hurry() noexcept { store_->hurry(); }

 private:
    asio::awaitable<void> commit_waiting();
    void wait_for_commit(store::Changes changes);
    void keep(std::vector<store::Changes> groups);
    void drop_oldest_looks();
    void take_finished_quarters(core::WallTime now);

    std::shared_ptr<store::StateStore> store_;
    ports::Clock& clock_;
    asio::any_io_executor store_thread_;
    Log log_;
    Event committed_;
    std::vector<store::Changes> waiting_;           ///< The one numbered `asked_` is the last.
    std::uint64_t asked_ = 0;                       ///< Groups of changes handed in.
    std::uint64_t done_ = 0;                        ///< Groups that a commit has answered.
    std::map<std::uint64_t, core::Error> refused_;  ///< By number, until its caller has heard.
    bool committing_ = false;
    std::size_t under_way_ = 0;  ///< Groups of the commit that is made now.
    bool dropping_ = false;      ///< Has the log said that looks are dropped?
    std::map<std::pair<core::WallTime, core::SubjectId>, core::EchoSummary> quarters_;
    core::Error trouble_;  ///< Empty message: none.
    std::function<void(core::Duration)> told_;
};

}  // namespace rounds::daemon
