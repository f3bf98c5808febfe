#include "probes/icmp/engine.hpp"

#include <random>
#include <utility>

#include <boost/asio/redirect_error.hpp>
#include <boost/system/system_error.hpp>

#include "core/at_end.hpp"
#include "probes/icmp/engine_inside.hpp"
#include "probes/plain_address.hpp"

namespace rounds::probes {

namespace {

/// What a busy loop may keep us from reading must fit the receive buffer.
constexpr std::chrono::milliseconds longest_absence{20};
constexpr int packets_at_once = 64;

int rate_for(const std::array<const std::optional<IcmpSocket>*, 2>& sockets, int wanted) {
    int rate = std::max(1, wanted);
    for (const auto* socket : sockets) {
        if (!*socket) continue;
        const int safe = (*socket)->receive_capacity() *
                         static_cast<int>(std::chrono::seconds{1} / longest_absence);
        rate = std::min(rate, std::max(1'000, safe));
    }
    return rate;
}

std::uint64_t random_cookie() {
    std::random_device device;
    return std::uint64_t{device()} << 32 | device();
}

}  // namespace

IcmpEngine::Inside::Inside(asio::any_io_executor executor, int packets_per_second)
    : executor_(executor), cookie_(random_cookie()), pace_(1, 1, {}), alarm_(executor) {
    open(lines_[0], IpVersion::v4);
    open(lines_[1], IpVersion::v6);
    const int rate = rate_for({&lines_[0].socket, &lines_[1].socket}, packets_per_second);
    pace_ = Pace{rate, packets_at_once, std::chrono::steady_clock::now()};
}

void IcmpEngine::Inside::open(Line& line, IpVersion version) {
    auto opened = IcmpSocket::open(executor_, version);
    if (!opened) {
        line.family.trouble = opened.error().message;
        line.trouble_kind = opened.error().kind;
        return;
    }
    line.socket.emplace(std::move(*opened));
    line.family.socket = line.socket->raw() ? Family::Socket::raw : Family::Socket::datagram;
    line.family.receive_buffer = line.socket->receive_buffer();
}

std::optional<core::Error> IcmpEngine::Inside::refusal(const Line& line,
                                                       const core::EchoPlan& plan) {
    if (plan.packets < 1 || plan.packets > 100) {
        return core::Error{core::Error::Kind::invalid_input, "a ping check sends 1 to 100 packets"};
    }
    if (!line.socket) return core::Error{line.trouble_kind, line.family.trouble};
    return std::nullopt;
}

asio::awaitable<core::Result<core::EchoStats>> IcmpEngine::Inside::ask(std::shared_ptr<Inside> self,
                                                                       asio::ip::address address,
                                                                       core::EchoPlan plan) {
    address = plain(address);
    const auto refused = refusal(self->line_of(address), plan);
    if (refused) co_return *refused;

    const AskPtr ask = self->begin(address, plan);
    const core::AtEnd end{[&] { self->finish(ask); }};
    boost::system::error_code why;
    while (!ask->over) {
        co_await ask->done.async_wait(asio::redirect_error(asio::use_awaitable, why));
        if (!ask->over) throw boost::system::system_error(asio::error::operation_aborted);
    }
    if (ask->refusal) co_return *ask->refusal;
    co_return ask->burst->stats();
}

IcmpEngine::Inside::AskPtr IcmpEngine::Inside::begin(asio::ip::address address,
                                                     core::EchoPlan plan) {
    const auto burst = std::make_shared<Burst>(address, plan);
    const auto never = asio::steady_timer::time_point::max();
    const auto ask = std::make_shared<Ask>(Ask{.number = table_.add(burst),
                                               .burst = burst,
                                               .to = {address, 0},
                                               .done = asio::steady_timer{executor_, never},
                                               .refusal = {},
                                               .stuck_since = {}});
    asks_.emplace(ask->number, ask);
    agenda_.push({std::chrono::steady_clock::now(), ask->number});
    listen(line_of(address));
    set_alarm();
    return ask;
}

void IcmpEngine::Inside::finish(const AskPtr& ask) {
    if (std::exchange(ask->over, true)) return;
    table_.retire(ask->number, std::chrono::steady_clock::now());
    asks_.erase(ask->number);
    ask->done.cancel();
    if (asks_.empty()) rest();
}

/// With nothing under way nothing is waited for, so that a loop without other work may end.
void IcmpEngine::Inside::rest() {
    agenda_ = {};
    alarm_.cancel();
    alarm_at_.reset();
    for (Line& line : lines_) {
        line.in_use = false;
        line.outbox.clear();
        if (line.socket) line.socket->descriptor().cancel();
    }
}

void IcmpEngine::Inside::close() {
    const core::Error stopped{core::Error::Kind::unavailable, "pinging was stopped"};
    const auto under_way = asks_;
    for (const auto& [number, ask] : under_way) {
        ask->refusal = stopped;
        finish(ask);
    }
    for (Line& line : lines_) {
        line.socket.reset();
        line.family.trouble = stopped.message;
        line.trouble_kind = stopped.kind;
    }
}

IcmpEngine::IcmpEngine(asio::any_io_executor executor, int packets_per_second)
    : inside_(std::make_shared<Inside>(std::move(executor), packets_per_second)) {}
IcmpEngine::~IcmpEngine() {
    inside_->close();
}

const IcmpEngine::Family& IcmpEngine::ipv4() const {
    return inside_->family(IpVersion::v4);
}
const IcmpEngine::Family& IcmpEngine::ipv6() const {
    return inside_->family(IpVersion::v6);
}
const IcmpEngine::Counters& IcmpEngine::counters() const {
    return inside_->counters();
}

asio::awaitable<core::Result<core::EchoStats>> IcmpEngine::ask(asio::ip::address address,
                                                               core::EchoPlan plan) {
    return Inside::ask(inside_, std::move(address), plan);
}

}  // namespace rounds::probes
