#include "daemon/recorder.hpp"

#include <iterator>
#include <span>
#include <utility>

namespace rounds::daemon {

namespace {

/// Quarters of an hour kept while nothing can be recorded: some 100 MB, a day of 5,000 devices.
constexpr std::size_t most_looks_kept = 500'000;

}  // namespace

Recorder::Recorder(store::StateStore store, ports::Clock& clock, asio::any_io_executor loop,
                   asio::any_io_executor store_thread, Log log)
    : store_(std::make_shared<store::StateStore>(std::move(store))),
      clock_(clock),
      store_thread_(std::move(store_thread)),
      log_(std::move(log)),
      committed_(std::move(loop)) {}

asio::awaitable<core::Result<void>> Recorder::record(store::Changes changes) {
    wait_for_commit(std::move(changes));
    const std::uint64_t mine = asked_;
    take_finished_quarters(clock_.wall());
    while (done_ < mine) {
        if (committing_) {
            co_await committed_.wait();
        } else {
            co_await commit_waiting();
        }
    }
    if (auto refused = refused_.extract(mine)) co_return std::move(refused.mapped());
    if (!trouble().empty()) co_return trouble_;
    co_return core::Result<void>{};
}

void Recorder::wait_for_commit(store::Changes changes) {
    waiting_.push_back(std::move(changes));
    ++asked_;
}

asio::awaitable<void> Recorder::commit_waiting() {
    committing_ = true;
    const std::uint64_t covers = asked_;
    const std::uint64_t first = asked_ + 1 - waiting_.size();
    const auto groups = std::make_shared<std::vector<store::Changes>>(std::exchange(waiting_, {}));
    auto commit = [groups](store::StateStore& store) {
        return store.commit(std::span<const store::Changes>(*groups));
    };
    const auto begun = clock_.now();
    under_way_ = groups->size();
    const auto committed = co_await ask(std::move(commit));
    under_way_ = 0;
    if (told_) told_(std::chrono::duration_cast<core::Duration>(clock_.now() - begun));
    if (committed) {
        for (std::size_t place = 0; place < committed->size(); ++place) {
            const auto& refusal = (*committed)[place];
            if (!refusal) continue;
            log_->critical("changes are not recorded and not kept, please report this: {}",
                           refusal->message);
            // Of those kept from before nobody waits for an answer any more.
            if (first + place > done_) refused_.emplace(first + place, *refusal);
        }
        if (!trouble().empty())
            log_->warn("state is recorded again: everything kept in memory is committed");
        trouble_ = {};
        dropping_ = false;
    } else {
        if (trouble() != committed.error().message)
            log_->error("state is not recorded: {}", committed.error().message);
        trouble_ = committed.error();
        keep(std::move(*groups));
    }
    done_ = covers;
    committing_ = false;
    committed_.notify();
}

void Recorder::keep(std::vector<store::Changes> groups) {
    groups.insert(groups.end(), std::make_move_iterator(waiting_.begin()),
                  std::make_move_iterator(waiting_.end()));
    waiting_ = std::move(groups);
    drop_oldest_looks();
}

Recorder::Kept Recorder::kept() const {
    Kept kept{.quarters = quarters_.size()};
    for (const auto& changes : waiting_) {
        kept.state_changes += changes.transitions.size();
        kept.item_changes += changes.item_changes.size();
        kept.incident_steps += changes.incidents.size();
        kept.rounds += changes.rounds.size();
        kept.quarters += changes.echoes.size();
    }
    return kept;
}

void Recorder::drop_oldest_looks() {
    std::size_t looks = 0;
    for (auto group = waiting_.rbegin(); group != waiting_.rend(); ++group) {
        looks += group->echoes.size();
        if (looks <= most_looks_kept || group->echoes.empty()) continue;
        group->echoes = {};
        if (!std::exchange(dropping_, true))
            log_->error("the oldest round-trip times kept in memory are dropped: too many");
    }
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
    store::Changes finished;
    while (!quarters_.empty() && quarters_.begin()->first.first != open) {
        finished.echoes.push_back(std::move(quarters_.begin()->second));
        quarters_.erase(quarters_.begin());
    }
    if (!finished.empty()) wait_for_commit(std::move(finished));
}

asio::awaitable<core::Result<void>> Recorder::flush() {
    store::Changes changes;
    for (auto& [key, summary] : std::exchange(quarters_, {}))
        changes.echoes.push_back(std::move(summary));
    co_return co_await record(std::move(changes));
}

}  // namespace rounds::daemon
