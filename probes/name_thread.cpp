#include "probes/name_thread.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <utility>

#include <boost/asio/post.hpp>

namespace rounds::probes {

namespace {
constexpr std::chrono::milliseconds patience{100};
}

/// Outlives the NameThread while a lookup is stuck. Once `open` is false the loop is not touched
/// any more: it may be gone.
struct NameThread::Shared {
    struct Job {
        std::string name;
        Answer answer;
    };
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<Job> jobs;
    bool open = true;
    bool ended = false;
    asio::any_io_executor loop;
    Lookup lookup;
};

NameThread::NameThread(asio::any_io_executor loop, Lookup lookup)
    : shared_(std::make_shared<Shared>()) {
    shared_->loop = std::move(loop);
    shared_->lookup = std::move(lookup);
}

NameThread::~NameThread() {
    stop();
}

void NameThread::ask(std::string name, Answer answer) {
    {
        const std::scoped_lock lock{shared_->mutex};
        if (!shared_->open) return;
        shared_->jobs.push_back({std::move(name), std::move(answer)});
    }
    shared_->changed.notify_all();
    // Only who has names to look up has a thread for it.
    if (!thread_.joinable()) thread_ = std::thread{[shared = shared_] { run(shared); }};
}

void NameThread::stop() {
    std::unique_lock lock{shared_->mutex};
    if (!std::exchange(shared_->open, false)) return;
    shared_->jobs.clear();
    shared_->loop = {};
    shared_->changed.notify_all();
    if (!thread_.joinable()) return;
    const bool ended = shared_->changed.wait_for(lock, patience, [this] { return shared_->ended; });
    lock.unlock();
    if (ended) {
        thread_.join();
    } else {
        thread_.detach();
    }
}

void NameThread::run(const std::shared_ptr<Shared>& shared) {
    std::unique_lock lock{shared->mutex};
    while (true) {
        shared->changed.wait(lock, [&] { return !shared->open || !shared->jobs.empty(); });
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
    shared->ended = true;
    shared->changed.notify_all();
}

}  // namespace rounds::probes
