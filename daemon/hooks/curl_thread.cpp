#include "daemon/hooks/curl_thread.hpp"

#include <csignal>
#include <map>
#include <mutex>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include <boost/asio/post.hpp>
#include <curl/curl.h>

#include "daemon/hooks/transfer.hpp"

namespace rounds::hooks {

namespace {

using Number = CurlThread::Number;

struct Job {
    Number number = 0;
    ports::HookRequest request;
};

struct FreeMulti {
    void operator()(CURLM* multi) const { ::curl_multi_cleanup(multi); }
};

void begin_curl() {
    // Once per process, before the first use; it is never ended: OpenSSL is not ours alone.
    static const CURLcode begun = ::curl_global_init(CURL_GLOBAL_DEFAULT);
    std::ignore = begun;
}

/// No signal is this thread's: not those of the daemon, and not the SIGPIPE that OpenSSL raises when a
/// receiver is gone (libcurl only keeps it off where it may touch signal handlers).
void block_signals() {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, nullptr);
}

}  // namespace

/// What both threads have, only under the mutex; `multi` is driven by the thread without it.
struct CurlThread::Shared {
    std::mutex mutex;
    std::vector<Job> jobs;
    std::vector<Number> forgotten;
    bool open = true;
    asio::any_io_executor loop;
    Answer answer;
    /// Ends on the thread, where signals are blocked: ending says good-bye to receivers.
    std::unique_ptr<CURLM, FreeMulti> multi;
};

namespace {

/// The transfers under way; the thread's alone.
class Transfers {
 public:
    explicit Transfers(CURLM* multi) : multi_(multi) {}
    Transfers(const Transfers&) = delete;
    Transfers& operator=(const Transfers&) = delete;
    ~Transfers() {
        for (const auto& [number, transfer] : under_way_)
            ::curl_multi_remove_handle(multi_, transfer->handle());
    }

    /// The reply is there at once when nothing can be begun.
    std::optional<ports::HookReply> begin(Job job) {
        auto transfer = std::make_unique<Transfer>(std::move(job.request));
        if (transfer->handle() == nullptr) return transfer->reply(CURLE_URL_MALFORMAT);
        ::curl_multi_add_handle(multi_, transfer->handle());
        under_way_.emplace(job.number, std::move(transfer));
        return std::nullopt;
    }

    void forget(Number number) {
        const auto found = under_way_.find(number);
        if (found == under_way_.end()) return;
        ::curl_multi_remove_handle(multi_, found->second->handle());
        under_way_.erase(found);
    }

    /// Moves all on, and gives those that have ended.
    std::vector<std::pair<Number, ports::HookReply>> turn() {
        int running = 0;
        ::curl_multi_perform(multi_, &running);
        std::vector<std::pair<Number, ports::HookReply>> ended;
        int left = 0;
        while (const CURLMsg* message = ::curl_multi_info_read(multi_, &left)) {
            if (message->msg != CURLMSG_DONE) continue;
            const CURLcode code = message->data.result;  // gone with the removal
            const auto found = find(message->easy_handle);
            if (found == under_way_.end()) continue;
            ended.emplace_back(found->first, found->second->reply(code));
            forget(Number{found->first});
        }
        return ended;
    }

 private:
    using Map = std::map<Number, std::unique_ptr<Transfer>>;

    Map::iterator find(CURL* handle) {
        auto at = under_way_.begin();
        while (at != under_way_.end() && at->second->handle() != handle) ++at;
        return at;
    }

    CURLM* multi_;
    Map under_way_;
};

}  // namespace

CurlThread::CurlThread(asio::any_io_executor loop, Answer answer)
    : shared_(std::make_shared<Shared>()) {
    begin_curl();
    shared_->loop = std::move(loop);
    shared_->answer = std::move(answer);
    shared_->multi.reset(::curl_multi_init());
}

CurlThread::~CurlThread() {
    stop();
}

void CurlThread::begin(Number number, ports::HookRequest request) {
    const std::scoped_lock lock{shared_->mutex};
    if (!shared_->open) return;
    shared_->jobs.push_back({number, std::move(request)});
    ::curl_multi_wakeup(shared_->multi.get());
    // Only who tells somebody has a thread for it.
    if (!thread_.joinable()) thread_ = std::thread{[shared = shared_] { run(shared); }};
}

void CurlThread::forget(Number number) {
    const std::scoped_lock lock{shared_->mutex};
    if (!shared_->open) return;
    shared_->forgotten.push_back(number);
    ::curl_multi_wakeup(shared_->multi.get());
}

void CurlThread::stop() {
    {
        const std::scoped_lock lock{shared_->mutex};
        if (!std::exchange(shared_->open, false)) return;
        shared_->loop = {};
        ::curl_multi_wakeup(shared_->multi.get());
    }
    if (thread_.joinable()) thread_.join();
}

void CurlThread::run(const std::shared_ptr<Shared>& shared) {
    block_signals();
    drive(*shared);
    const std::scoped_lock lock{shared->mutex};
    shared->multi.reset();
}

void CurlThread::drive(Shared& shared) {
    CURLM* const multi = shared.multi.get();
    Transfers transfers(multi);
    const auto hand_back = [&](Number number, ports::HookReply reply) {
        const std::scoped_lock lock{shared.mutex};
        if (!shared.open) return;
        asio::post(shared.loop, [answer = shared.answer, number, reply = std::move(reply)] {
            answer(number, reply);
        });
    };
    while (true) {
        std::unique_lock lock{shared.mutex};
        if (!shared.open) return;
        auto jobs = std::exchange(shared.jobs, {});
        const auto forgotten = std::exchange(shared.forgotten, {});
        lock.unlock();

        for (Job& job : jobs) {
            const Number number = job.number;
            if (auto reply = transfers.begin(std::move(job))) hand_back(number, *std::move(reply));
        }
        for (const Number number : forgotten) transfers.forget(number);
        for (auto& [number, reply] : transfers.turn()) hand_back(number, std::move(reply));
        // Sooner when libcurl has a timeout of its own, or at a wake-up.
        ::curl_multi_poll(multi, nullptr, 0, 60'000, nullptr);
    }
}

}  // namespace rounds::hooks
