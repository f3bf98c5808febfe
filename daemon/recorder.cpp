#include "daemon/recorder.hpp"

#include <utility>

namespace rounds::daemon {

Recorder::Recorder(store::StateStore store, ports::Clock& clock, asio::any_io_executor loop,
                   asio::any_io_executor store_thread, Log log)
    : store_(std::make_shared<store::StateStore>(std::move(store))),
      clock_(clock),
      store_thread_(std::move(store_thread)),
      log_(std::move(log)),
      committed_(std::move(loop)) {}

asio::awaitable<bool> Recorder::record(store::Changes changes) {
    pending_.merge(std::move(changes));
    take_finished_quarters(clock_.wall());
    const std::uint64_t mine = ++asked_;
    while (done_ < mine) {
        if (committing_) {
            co_await committed_.wait();
        } else {
            co_await commit_pending();
        }
    }
    co_return trouble_.empty();
}

asio::awaitable<void> Recorder::commit_pending() {
    committing_ = true;
    const std::uint64_t covers = asked_;
    const auto group = std::make_shared<const store::Changes>(std::exchange(pending_, {}));
    auto commit = [group](store::StateStore& store) { return store.commit(*group); };
    const auto committed = co_await ask(std::move(commit));
    using Kind = core::Error::Kind;
    if (committed) {
        if (!trouble_.empty())
            log_->warn("state is recorded again: everything kept in memory is committed");
        trouble_.clear();
    } else if (committed.error().kind == Kind::internal ||
               committed.error().kind == Kind::invalid_input) {
        // The store will never take this: kept, it would keep everything after it from being recorded.
        log_->critical("changes are not recorded and not kept, please report this: {}",
                       committed.error().message);
    } else {
        // Older changes first, what came meanwhile on top of them.
        store::Changes kept = *group;
        kept.merge(std::exchange(pending_, {}));
        pending_ = std::move(kept);
        if (trouble_ != committed.error().message)
            log_->error("state is not recorded: {}", committed.error().message);
        trouble_ = committed.error().message;
    }
    done_ = covers;
    committing_ = false;
    committed_.notify();
}

void Recorder::note(const core::SubjectId& subject, core::WallTime at,
                    const core::EchoStats& stats) {
    const auto quarter = core::quarter_of(at);
    auto& summary = quarters_[{quarter, subject}];
    summary.subject = subject;
    summary.from = quarter;
    summary.add(stats);
}

void Recorder::take_finished_quarters(core::WallTime now) {
    const auto open = core::quarter_of(now);
    while (!quarters_.empty() && quarters_.begin()->first.first != open) {
        pending_.echoes.push_back(std::move(quarters_.begin()->second));
        quarters_.erase(quarters_.begin());
    }
}

asio::awaitable<bool> Recorder::flush() {
    store::Changes changes;
    for (auto& [key, summary] : std::exchange(quarters_, {}))
        changes.echoes.push_back(std::move(summary));
    co_return co_await record(std::move(changes));
}

}  // namespace rounds::daemon
