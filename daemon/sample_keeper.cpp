#include "daemon/sample_keeper.hpp"

#include <iterator>
#include <utility>

#include "daemon/system/hand_over.hpp"

namespace rounds::daemon {

namespace {

constexpr core::Duration write_every = std::chrono::seconds(10);
constexpr core::Duration forget_every = std::chrono::hours(1);
constexpr std::size_t most_kept = 1'000'000;

}  // namespace

SampleKeeper::SampleKeeper(std::optional<store::SampleStore> store, ports::Clock& clock,
                           asio::any_io_executor store_thread, Log log)
    : store_(store ? std::make_shared<store::SampleStore>(std::move(*store)) : nullptr),
      clock_(clock),
      store_thread_(std::move(store_thread)),
      log_(std::move(log)) {}

void SampleKeeper::add(std::vector<store::Sample> samples) {
    if (!store_) return;
    waiting_.insert(waiting_.end(), std::make_move_iterator(samples.begin()),
                    std::make_move_iterator(samples.end()));
    if (waiting_.size() > most_kept)
        waiting_.erase(waiting_.begin(), waiting_.end() - static_cast<std::ptrdiff_t>(most_kept));
}

asio::awaitable<void> SampleKeeper::run(SampleRetention keep) {
    auto forget_at = clock_.now() + forget_every;
    for (;;) {
        co_await clock_.sleep_until(clock_.now() + write_every);
        co_await flush();
        if (clock_.now() < forget_at) continue;
        forget_at = clock_.now() + forget_every;
        co_await forget(keep);
    }
}

asio::awaitable<void> SampleKeeper::flush() {
    if (!store_ || waiting_.empty()) co_return;
    const auto batch =
        std::make_shared<const std::vector<store::Sample>>(std::exchange(waiting_, {}));
    auto write = [store = store_, batch] { return store->append(*batch); };
    const auto written = co_await hand_over(store_thread_, std::move(write));
    if (written) {
        if (!std::exchange(trouble_, {}).empty()) log_->warn("samples are recorded again");
        co_return;
    }
    if (trouble_ != written.error().message)
        log_->error("samples are not recorded: {}", written.error().message);
    trouble_ = written.error().message;
    auto later = std::exchange(waiting_, *batch);
    add(std::move(later));
}

void SampleKeeper::hurry() noexcept {
    if (store_) store_->hurry();
}

asio::awaitable<void> SampleKeeper::forget(SampleRetention keep) {
    if (!store_) co_return;
    const auto now = clock_.wall();
    const store::Horizons horizons{.samples = now - keep.samples,
                                   .five_minutes = now - keep.five_minutes,
                                   .hours = now - keep.hours};
    auto work = [store = store_, horizons] { return store->forget(horizons); };
    const auto forgotten = co_await hand_over(store_thread_, std::move(work));
    if (!forgotten) log_->error("old samples are not forgotten: {}", forgotten.error().message);
}

}  // namespace rounds::daemon
