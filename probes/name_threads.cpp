#include "probes/name_threads.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <utility>

#include <boost/asio/post.hpp>

namespace rounds::probes {

namespace {
constexpr std::chrono::milliseconds patience{100};
constexpr std::size_t most_threads = 8;
}  // namespace

/// Outlives the NameThreads while a lookup is stuck. Once `open` is false the loop is not touched
/// any more: it may be gone.
struct NameThreads::Shared {
    struct Job {
        std::string name;
        Answer answer;
    };
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<Job> jobs;
    bool open = true;
    std::size_t idle = 0;     ///< Threads that wait for a job.
    std::size_t running = 0;  ///< Threads that have not ended.
    asio::any_io_executor loop;
    Lookup lookup;
};

NameThreads::NameThreads(asio::any_io_executor loop, Lookup lookup)
    : shared_(std::make_shared<Shared>()) {
    shared_->loop = std::move(loop);
    shared_->lookup = std::move(lookup);
}

NameThreads::~NameThreads() {
    stop();
}

void NameThreads::ask(std::string name, Answer answer) {
    const std::scoped_lock lock{shared_->mutex};
    if (!shared_->open) return;
    shared_->jobs.push_back({std::move(name), std::move(answer)});
    shared_->changed.notify_all();
    // Only who has names to look up has threads for it.
    if (shared_->idle >= shared_->jobs.size() || threads_.size() >= most_threads) return;
    threads_.emplace_back([shared = shared_] { run(shared); });
    ++shared_->running;
}

void NameThreads::stop() {
    std::unique_lock lock{shared_->mutex};
    if (!std::exchange(shared_->open, false)) return;
    shared_->jobs.clear();
    shared_->loop = {};
    shared_->changed.notify_all();
    const bool ended =
        shared_->changed.wait_for(lock, patience, [this] { return shared_->running == 0; });
    lock.unlock();
    for (auto& thread : threads_) ended ? thread.join() : thread.detach();
}

void NameThreads::run(const std::shared_ptr<Shared>& shared) {
    std::unique_lock lock{shared->mutex};
    while (true) {
        ++shared->idle;
        shared->changed.wait(lock, [&] { return !shared->open || !shared->jobs.empty(); });
        --shared->idle;
        if (!shared->open) break;
        const Shared::Job job = std::move(shared->jobs.front());
        shared->jobs.pop_front();
        lock.unlock();
        auto found = shared->lookup(job.name);
        lock.lock();
        if (!shared->open) break;
        asio::post(shared->loop,
                   [answer = job.answer, found = std::move(found)] { answer(found); });
    }
    --shared->running;
    shared->changed.notify_all();
}

}  // namespace rounds::probes
