#include "tests/simulator/responder.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include <poll.h>
#include <unistd.h>

#include "tests/simulator/echo_packet.hpp"

namespace rounds::simulator {
namespace {

constexpr std::size_t most_waiting = 200'000;

core::SteadyTime now() {
    return std::chrono::steady_clock::now();
}

bool has_v6(const Script& script) {
    return std::any_of(script.devices.begin(), script.devices.end(), [](const Device& device) {
        return std::any_of(device.addresses.begin(), device.addresses.end(),
                           [](const auto& address) { return address.is_v6(); });
    });
}

/// Waits until a descriptor can be read or `until` has come; forever when that is empty.
void wait(std::span<pollfd> watched, std::optional<core::SteadyTime> until) {
    timespec patience{};
    if (until) {
        const auto left = std::max(*until - now(), core::SteadyTime::duration{0});
        const auto seconds = std::chrono::floor<std::chrono::seconds>(left);
        patience = {seconds.count(), std::chrono::nanoseconds(left - seconds).count()};
    }
    if (::ppoll(watched.data(), watched.size(), until ? &patience : nullptr, nullptr) <= 0) {
        for (auto& one : watched) one.revents = 0;
    }
}

std::optional<core::SteadyTime> earlier(std::optional<core::SteadyTime> one,
                                        std::optional<core::SteadyTime> other) {
    if (!one || !other) return one ? one : other;
    return std::min(*one, *other);
}

}  // namespace

core::Result<Responder> Responder::open(Script script) {
    const bool v6 = has_v6(script);
    const bool agents = std::any_of(script.devices.begin(), script.devices.end(),
                                    [](const Device& device) { return device.snmp != nullptr; });
    const auto port = script.snmp_port;
    Responder responder(std::move(script));
    auto socket = EchoSocket::open(Family::v4);
    if (!socket) return socket.error();
    responder.v4_ = std::move(*socket);
    if (agents) {
        auto udp = AgentSocket::open(Family::v4, port);
        if (!udp) return udp.error();
        responder.agents_v4_ = std::move(*udp);
    }
    if (v6) {
        auto second = EchoSocket::open(Family::v6);
        if (!second) return second.error();
        responder.v6_ = std::move(*second);
    }
    if (v6 && agents) {
        auto udp = AgentSocket::open(Family::v6, port);
        if (!udp) return udp.error();
        responder.agents_v6_ = std::move(*udp);
    }
    return responder;
}

core::Microseconds Responder::time() const {
    return std::chrono::duration_cast<core::Microseconds>(now() - started_);
}

Tally Responder::run(int stop, std::optional<int> steps, const Tell& tell) {
    started_ = now();
    const auto descriptor = [](const auto& socket) { return socket ? socket->descriptor() : -1; };
    for (bool going_on = true; going_on;) {
        std::array<pollfd, 6> watched{{{stop, POLLIN, 0},
                                       {steps.value_or(-1), POLLIN, 0},
                                       {descriptor(v4_), POLLIN, 0},
                                       {descriptor(v6_), POLLIN, 0},
                                       {descriptor(agents_v4_), POLLIN, 0},
                                       {descriptor(agents_v6_), POLLIN, 0}}};
        const auto event = steps ? std::nullopt : office_.next_event();
        const auto answer = earlier(waiting_.next(), waiting_told_.next());
        wait(watched, earlier(answer, event ? std::optional{started_ + *event} : std::nullopt));
        going_on = watched[0].revents == 0;
        if (watched[1].revents != 0) going_on = step(*steps, tell) && going_on;
        if (!steps) events_due(tell);
        if (watched[2].revents != 0) hear(*v4_, Family::v4);
        if (watched[3].revents != 0) hear(*v6_, Family::v6);
        if (watched[4].revents != 0) hear(*agents_v4_, Family::v4);
        if (watched[5].revents != 0) hear(*agents_v6_, Family::v6);
        answer_due();
    }
    return tally_;
}

void Responder::hear(EchoSocket& socket, Family family) {
    const auto requests = socket.receive();
    const auto arrived = now();
    for (const auto& request : requests) {
        auto message = family == Family::v4 ? reply_v4(request.message) : reply_v6(request.message);
        if (message.empty()) continue;
        ++tally_.requests;
        const auto plan = office_.ask(request.asked);
        for (int i = 0; i < plan.answers; ++i) {
            if (waiting_.size() >= most_waiting) {
                ++tally_.crowded_out;
                continue;
            }
            waiting_.push(arrived + plan.after.at(static_cast<std::size_t>(i)),
                          {family, request.asked, request.from, message});
        }
    }
}

void Responder::hear(AgentSocket& socket, Family family) {
    const auto arrived = now();
    for (const auto& request : socket.receive()) {
        ++tally_.inquiries;
        auto told = office_.tell(request.asked, request.message, time());
        if (!told) continue;
        if (waiting_told_.size() >= most_waiting) {
            ++tally_.crowded_out;
            continue;
        }
        waiting_told_.push(arrived + told->after,
                           {family, told->from, request.from, std::move(told->message)});
    }
}

void Responder::answer_due() {
    std::vector<EchoAnswer> v4, v6;
    const auto at = now();
    while (auto answer = waiting_.pop(at)) {
        (answer->family == Family::v4 ? v4 : v6).push_back(std::move(*answer));
    }
    tally_.answers += v4_->send(v4);
    if (v6_) tally_.answers += v6_->send(v6);
    while (const auto told = waiting_told_.pop(at)) {
        auto& socket = told->family == Family::v4 ? agents_v4_ : agents_v6_;
        tally_.told += socket->send(*told) ? 1 : 0;
    }
}

void Responder::events_due(const Tell& tell) {
    for (auto next = office_.next_event(); next && started_ + *next <= now();
         next = office_.next_event()) {
        tell(*next, office_.step());
    }
}

/// One event for each line that has come; false at the end of the lines.
bool Responder::step(int steps, const Tell& tell) {
    std::array<char, 64> bytes{};
    const auto count = ::read(steps, bytes.data(), bytes.size());
    if (count <= 0) return false;
    for (auto lines = std::count(bytes.begin(), bytes.begin() + count, '\n'); lines > 0; --lines) {
        const auto next = office_.next_event();
        if (next) tell(*next, office_.step(time()));
    }
    return true;
}

}  // namespace rounds::simulator
