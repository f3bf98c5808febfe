#include "probes/resolver.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <list>
#include <optional>
#include <unordered_map>
#include <utility>

#include <boost/asio/ip/basic_endpoint.hpp>
#include <boost/asio/ip/icmp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/system/system_error.hpp>
#include <netdb.h>
#include <sys/socket.h>

#include "probes/name.hpp"
#include "probes/name_threads.hpp"

namespace rounds::probes {

using Address = asio::ip::address;
using core::Error;
using core::Result;

Result<Address> system_lookup(const std::string& name) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_RAW;  // one entry per address
    hints.ai_flags = AI_ADDRCONFIG;
    addrinfo* list = nullptr;
    const int code = ::getaddrinfo(name.c_str(), nullptr, &hints, &list);
    if (code != 0) return lookup_error(name, code, errno);
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner{list, &::freeaddrinfo};
    for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
        asio::ip::icmp::endpoint endpoint;
        if (entry->ai_addr == nullptr || entry->ai_addrlen > endpoint.capacity()) continue;
        std::memcpy(endpoint.data(), entry->ai_addr, entry->ai_addrlen);
        return endpoint.address();
    }
    return lookup_error(name, EAI_NODATA, 0);
}

/// The loop's side: who waits for which name.
class SystemResolver::Inside : public std::enable_shared_from_this<Inside> {
 public:
    Inside(asio::any_io_executor loop, Lookup lookup)
        : loop_(std::move(loop)), threads_(loop_, std::move(lookup)) {}

    static asio::awaitable<Result<Address>> resolve(std::shared_ptr<Inside> self, std::string name,
                                                    bool afresh);
    void close();

 private:
    struct Question {
        std::optional<Result<Address>> answer;
        std::list<asio::steady_timer> waiting;
    };
    static constexpr std::size_t most_questions = 20'000;

    Result<std::shared_ptr<Question>> question(const std::string& name);
    void answered(const std::string& name, Result<Address> answer);

    asio::any_io_executor loop_;
    NameCache cache_;
    std::unordered_map<std::string, std::shared_ptr<Question>> questions_;  ///< Being looked up.
    NameThreads threads_;
    bool stopped_ = false;
};

asio::awaitable<Result<Address>> SystemResolver::Inside::resolve(std::shared_ptr<Inside> self,
                                                                 std::string name, bool afresh) {
    if (const auto address = literal(name)) co_return *address;
    if (const auto error = impossible(name)) co_return *error;
    if (!afresh) {
        const auto kept = self->cache_.find(name, std::chrono::steady_clock::now());
        if (kept) co_return *kept;
    }
    const auto asked = self->question(name);
    if (!asked) co_return asked.error();
    const std::shared_ptr<Question>& question = *asked;

    const auto mine = question->waiting.emplace(question->waiting.end(), self->loop_,
                                                asio::steady_timer::time_point::max());
    boost::system::error_code why;
    while (!question->answer) {
        co_await mine->async_wait(asio::redirect_error(asio::use_awaitable, why));
        if (!question->answer) throw boost::system::system_error(asio::error::operation_aborted);
    }
    co_return *question->answer;
}

Result<std::shared_ptr<SystemResolver::Inside::Question>> SystemResolver::Inside::question(
    const std::string& name) {
    if (const auto found = questions_.find(name); found != questions_.end()) return found->second;
    if (stopped_) return Error{Error::Kind::unavailable, "looking up names was stopped"};
    if (questions_.size() >= most_questions) {
        return Error{Error::Kind::unavailable, "too many names wait for the name server"};
    }
    auto asked = std::make_shared<Question>();
    questions_.emplace(name, asked);
    threads_.ask(name, [weak = weak_from_this(), name](Result<Address> answer) {
        if (const auto self = weak.lock()) self->answered(name, std::move(answer));
    });
    return asked;
}

void SystemResolver::Inside::answered(const std::string& name, Result<Address> answer) {
    if (answer) cache_.keep(name, *answer, std::chrono::steady_clock::now());
    const auto found = questions_.find(name);
    if (found == questions_.end()) return;
    const auto question = found->second;
    questions_.erase(found);
    question->answer = std::move(answer);
    for (auto& waiting : question->waiting) waiting.cancel();
}

void SystemResolver::Inside::close() {
    stopped_ = true;
    threads_.stop();
    while (!questions_.empty()) {
        const std::string name = questions_.begin()->first;
        answered(name, Error{Error::Kind::unavailable, "looking up names was stopped"});
    }
}

SystemResolver::SystemResolver(asio::any_io_executor loop, Lookup lookup)
    : inside_(std::make_shared<Inside>(std::move(loop), std::move(lookup))) {}
SystemResolver::~SystemResolver() {
    inside_->close();
}

asio::awaitable<Result<Address>> SystemResolver::resolve(std::string name) {
    return Inside::resolve(inside_, std::move(name), false);
}

asio::awaitable<Result<Address>> SystemResolver::resolve_afresh(std::string name) {
    return Inside::resolve(inside_, std::move(name), true);
}

}  // namespace rounds::probes
