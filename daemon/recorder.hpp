// The loop's way to the store: changes are committed in groups on the store thread.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <type_traits>

#include "core/day_record.hpp"
#include "daemon/store/state_store.hpp"
#include "daemon/system/event.hpp"
#include "daemon/system/hand_over.hpp"
#include "daemon/system/log.hpp"
#include "ports/asio.hpp"
#include "ports/clock.hpp"

namespace rounds::daemon {

/// Used on the loop thread; owns the store, which is touched on `store_thread` alone.
class Recorder {
 public:
    Recorder(store::StateStore store, ports::Clock& clock, asio::any_io_executor loop,
             asio::any_io_executor store_thread, Log log);

    /// Returns once the changes are committed (true), or could not be (false): they are then kept in memory and
    /// tried again with the next ones, and the log has said so. What comes while a commit is under way goes
    /// into the next one together. Not to be cancelled half-way by the caller: see Poller.
    asio::awaitable<bool> record(store::Changes changes);

    /// Adds a look to its quarter of an hour; recorded with the first change after the quarter is over, and by
    /// flush().
    void note(const core::SubjectId& subject, core::WallTime at, const core::EchoStats& stats);

    /// Records everything noted so far.
    asio::awaitable<bool> flush();

    /// Runs `read` with the store on the store thread.
    template <class Read>
    asio::awaitable<std::invoke_result_t<Read, store::StateStore&>> ask(Read read) {
        auto work = [store = store_, read = std::move(read)] { return read(*store); };
        co_return co_await hand_over(store_thread_, std::move(work));
    }

    /// Did the last commit fail (disk full, read-only)? Empty when all is committed.
    [[nodiscard]] const std::string& trouble() const { return trouble_; }

 private:
    asio::awaitable<void> commit_pending();
    void take_finished_quarters(core::WallTime now);

    std::shared_ptr<store::StateStore> store_;
    ports::Clock& clock_;
    asio::any_io_executor store_thread_;
    Log log_;
    Event committed_;
    store::Changes pending_;
    std::uint64_t asked_ = 0;  ///< Groups of changes handed in.
    std::uint64_t done_ = 0;   ///< Groups that a commit has answered.
    bool committing_ = false;
    std::map<std::pair<core::WallTime, core::SubjectId>, core::EchoSummary> quarters_;
    std::string trouble_;
};

}  // namespace rounds::daemon
