// One turn of the engine.
#include <algorithm>
#include <utility>

#include "probes/icmp/engine_inside.hpp"

namespace rounds::probes {

namespace {

using std::chrono::milliseconds;

/// Batches read in one go; more only when somebody floods us, and the rest of the loop must live
/// then too.
constexpr int most_batches = 256;
/// How long timeouts wait for a flooded socket to be read empty, since an answer may be in it.
constexpr milliseconds flood_patience{1'000};
/// While the pace holds packets back: wait for several batches' worth, since each wake-up costs too.
constexpr std::size_t packets_per_wake = 4 * send_batch;
constexpr milliseconds no_room_pause{100};
constexpr milliseconds no_room_patience{1'000};

}  // namespace

void IcmpEngine::Inside::turn() {
    bool read_empty = true;
    for (Line& line : lines_) read_empty = drain(line) && read_empty;
    // Replies first, timeouts then: a busy loop must not turn an answer that waits in the buffer
    // into silence.
    const auto now = std::chrono::steady_clock::now();
    do_what_is_due(read_empty ? now : now - flood_patience);
    for (Line& line : lines_) pump(line);
    set_alarm();
}

void IcmpEngine::Inside::do_what_is_due(core::SteadyTime now) {
    while (!agenda_.empty() && agenda_.top().when <= now) {
        const auto found = asks_.find(agenda_.top().ask);
        agenda_.pop();
        if (found == asks_.end()) continue;  // answered or cancelled meanwhile
        const AskPtr ask = found->second;
        if (ask->burst->all_sent()) {
            finish(ask);
        } else {
            line_of(ask->burst->asked()).outbox.push_back(ask->number);
        }
    }
}

bool IcmpEngine::Inside::drain(Line& line) {
    if (!line.in_use) return true;
    for (int batch = 0; line.socket && batch < most_batches; ++batch) {
        const auto received = line.socket->receive();
        const std::size_t came = received.size();
        const Moment read = moment_now();
        for (const auto& packet : received) hear(line, packet, read);
        if (came < IcmpSocket::receive_batch) return true;  // The kernel had no more.
    }
    return !line.socket;
}

void IcmpEngine::Inside::hear(const Line& line, const IcmpSocket::Received& received, Moment read) {
    const IcmpSocket& socket = *line.socket;
    const Reading reading = read_reply(received.bytes, socket.version(), socket.framing(), cookie_,
                                       socket.identifier());
    if (reading.kind == Reading::Kind::nonsense) ++counters_.nonsense;
    if (reading.kind != Reading::Kind::ours) return;

    const std::uint64_t number = BurstTable::burst_of(reading.number);
    const int packet = BurstTable::packet_of(reading.number);
    Burst* burst = table_.find(number);
    if (burst == nullptr) return count(table_.existed(number) ? Heard::late : Heard::never_sent);
    const auto rtt = packet < burst->sent()
                         ? round_trip(burst->sent_at(packet), received.arrived, read)
                         : core::Microseconds{0};
    count(burst->hear(packet, received.from, rtt));
    const auto ask = asks_.find(number);
    if (burst->all_answered() && ask != asks_.end()) finish(AskPtr{ask->second});
}

void IcmpEngine::Inside::count(Heard heard) {
    switch (heard) {
        case Heard::in_time: ++counters_.received; break;
        case Heard::duplicate: ++counters_.duplicates; break;
        case Heard::late: ++counters_.late; break;
        case Heard::foreign: ++counters_.foreign; break;
        case Heard::never_sent: ++counters_.nonsense; break;
    }
}

void IcmpEngine::Inside::pump(Line& line) {
    while (line.socket && !line.blocked && !line.outbox.empty()) {
        const auto now = std::chrono::steady_clock::now();
        const auto [asks, packets] = next_batch(line, std::min(send_batch, pace_.allowed(now)));
        if (packets.empty()) break;
        const auto begun = std::chrono::steady_clock::now();
        const auto departure = line.socket->send(packets);
        pace_.spend(departure.sent, now);
        const auto took = std::chrono::steady_clock::now() - begun;
        for (std::size_t i = 0; i < departure.sent; ++i)
            departed(asks[i], left_at(begun, took, i, departure.sent));
        for (std::size_t i = asks.size(); i > departure.sent + 1; --i)
            line.outbox.push_front(asks[i - 1]->number);
        if (departure.error != 0) not_departed(line, asks[departure.sent], departure.error, now);
        if (!line.outbox.empty()) drain(line);
    }
}

/// Takes up to `most` asks off the outbox and writes their packets.
IcmpEngine::Inside::Leaving IcmpEngine::Inside::next_batch(Line& line, std::size_t most) {
    Leaving leaving;
    while (leaving.packets.size() < most && !line.outbox.empty()) {
        const auto found = asks_.find(line.outbox.front());
        line.outbox.pop_front();
        if (found == asks_.end()) continue;  // cancelled meanwhile
        const AskPtr& ask = found->second;
        const int n = ask->burst->sent();
        const EchoRequest request{.version = line.socket->version(),
                                  .identifier = line.socket->identifier(),
                                  .sequence = static_cast<std::uint16_t>(n + 1),
                                  .tag = {cookie_, BurstTable::number_of(ask->number, n)}};
        leaving.asks.push_back(ask);
        leaving.packets.push_back({.to = ask->to, .bytes = build(request)});
    }
    return leaving;
}

void IcmpEngine::Inside::departed(const AskPtr& ask, core::SteadyTime now) {
    ++counters_.sent;
    ask->stuck_since.reset();
    ask->burst->depart(now);
    agenda_.push({ask->burst->next_due(), ask->number});
}

/// The packet has not left: wait for room, or end this ask (and only this one) with the reason.
void IcmpEngine::Inside::not_departed(Line& line, const AskPtr& ask, int error,
                                      core::SteadyTime now) {
    const Hindrance hindrance = hindrance_of(error);
    if (hindrance == Hindrance::socket_full) {
        line.outbox.push_front(ask->number);
        wait_for_room(line);
        return;
    }
    if (!ask->stuck_since) ask->stuck_since = now;
    if (hindrance == Hindrance::machine_full && now - *ask->stuck_since < no_room_patience) {
        agenda_.push({now + no_room_pause, ask->number});
        return;
    }
    ask->refusal = not_sent(ask->burst->asked(), error);
    finish(ask);
}

void IcmpEngine::Inside::listen(Line& line) {
    line.in_use = true;
    if (!line.socket || line.reading) return;
    line.reading = true;
    line.socket->descriptor().async_wait(
        asio::posix::descriptor_base::wait_read,
        [&line, weak = weak_from_this()](boost::system::error_code) {
            const auto self = weak.lock();
            if (!self) return;
            line.reading = false;
            if (self->asks_.empty()) return;
            self->turn();
            if (!self->asks_.empty()) self->listen(line);
        });
}

void IcmpEngine::Inside::wait_for_room(Line& line) {
    line.blocked = true;
    line.socket->descriptor().async_wait(
        asio::posix::descriptor_base::wait_write,
        [&line, weak = weak_from_this()](boost::system::error_code) {
            const auto self = weak.lock();
            if (!self) return;
            line.blocked = false;
            if (!self->asks_.empty()) self->turn();
        });
}

void IcmpEngine::Inside::set_alarm() {
    std::optional<core::SteadyTime> next;
    if (!agenda_.empty()) next = agenda_.top().when;
    for (const Line& line : lines_) {
        if (line.outbox.empty() || line.blocked) continue;
        const auto pace = pace_.when(std::min(packets_per_wake, line.outbox.size()));
        next = next ? std::min(*next, pace) : pace;
    }
    if (!next || (alarm_at_ && *alarm_at_ <= *next)) return;  // an early alarm sets itself anew
    alarm_at_ = next;
    alarm_.expires_at(*next);
    alarm_.async_wait([weak = weak_from_this()](boost::system::error_code error) {
        const auto self = weak.lock();
        if (!self || error) return;
        self->alarm_at_.reset();
        self->turn();
    });
}

}  // namespace rounds::probes
