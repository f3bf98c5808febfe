// One turn of the engine.
#include <algorithm>
#include <utility>

#include <boost/asio/post.hpp>

#include "probes/snmp/engine_inside.hpp"
#include "probes/snmp/message.hpp"

namespace rounds::probes {

using core::SnmpTrouble;
using core::SnmpVersion;

namespace {

using std::chrono::milliseconds;

/// Batches read in one go; more only when somebody floods us, and the rest of the loop must live then too.
constexpr int most_batches = 64;
/// Its ID, its time, and once more each.
constexpr int most_lessons = 4;
/// How long timeouts wait for a flooded socket to be read empty, since an answer may be in it.
constexpr milliseconds flood_patience{1'000};
/// What is due of exchanges that are over is kept until it is more than this and more than what is under way.
constexpr std::size_t spare_dues = 1'024;

}  // namespace

void SnmpEngine::Inside::turn() {
    if (closed_) return;
    bool read_empty = true;
    for (Line& line : lines_) read_empty = drain(line) && read_empty;
    // Answers first, timeouts then: a busy loop must not turn an answer that waits in the buffer into silence.
    const auto now = clock_.now();
    do_what_is_due(read_empty ? now : now - flood_patience);
    for (Line& line : lines_) pump(line);
    set_alarm();
}

/// What is asked in one turn of the loop leaves in one batch.
void SnmpEngine::Inside::turn_soon() {
    if (std::exchange(turn_posted_, true)) return;
    asio::post(executor_, [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self) return;
        self->turn_posted_ = false;
        self->turn();
    });
}

bool SnmpEngine::Inside::drain(Line& line) {
    if (!line.in_use) return true;
    for (int batch = 0; line.socket && batch < most_batches; ++batch) {
        const auto received = line.socket->receive();
        const std::size_t came = received.size();
        for (const auto& datagram : received) hear(datagram);
        for (const Endpoint& at : line.socket->closed_ports()) hear_closed(at);
        if (came < UdpSocket::receive_batch) return true;  // The kernel had no more.
    }
    return !line.socket;
}

void SnmpEngine::Inside::hear(const UdpSocket::Received& datagram) {
    const auto version = version_of(datagram.bytes);
    if (version == SnmpVersion::v3) return hear_v3(datagram);
    auto answer = read_message(datagram.bytes);
    if (!answer) return suspect(datagram.from, SnmpTrouble::nonsense);
    const ExchangePtr exchange = requests_.find(answer->request_id);
    if (!exchange) return suspect(datagram.from, SnmpTrouble::nonsense, answer->request_id);
    if (!comes_from_the_asked(exchange, datagram.from)) return;
    if (version != exchange->agent.credentials->version)
        return suspect(datagram.from, SnmpTrouble::nonsense);
    hear_answer(exchange, *answer);
}

void SnmpEngine::Inside::hear_v3(const UdpSocket::Received& datagram) {
    const auto message = read_v3(datagram.bytes);
    if (!message) return suspect(datagram.from, SnmpTrouble::nonsense);
    const ExchangePtr exchange = requests_.find(message->id);
    if (!exchange) return suspect(datagram.from, SnmpTrouble::nonsense, message->id);
    if (!comes_from_the_asked(exchange, datagram.from)) return;
    const core::SnmpCredentials& credentials = *exchange->agent.credentials;
    if (credentials.version != SnmpVersion::v3)
        return suspect(datagram.from, SnmpTrouble::nonsense);
    const bool of_latest = message->id == exchange->ids.back();
    auto opened =
        exchange->record->engine.open(passwords_, credentials, datagram.bytes, clock_.now());
    hear_opened(exchange, std::move(opened), of_latest);
}

void SnmpEngine::Inside::hear_opened(const ExchangePtr& exchange, UsmPeer::Opened opened,
                                     bool of_latest) {
    if (const auto* told = std::get_if<UsmPeer::Told>(&opened)) {
        if (told->answer.request_id == exchange->request_id)
            return hear_answer(exchange, told->answer);
    } else if (const auto* trouble = std::get_if<SnmpTrouble>(&opened)) {
        exchange->record->heard = true;
        if (of_latest) return finish(exchange, *trouble);
        ++counters_.late;
        return;
    } else if (std::holds_alternative<UsmPeer::Learned>(opened)) {
        exchange->discovery.reset();
        if (!of_latest) return;  // asked again already
        if (++exchange->lessons > most_lessons)
            return finish(exchange, SnmpTrouble::not_in_time_window);
        exchange->attempt = 0;
        return post(exchange);
    }
    ++counters_.nonsense;
    exchange->suspicion = SnmpTrouble::nonsense;
}

void SnmpEngine::Inside::hear_answer(const ExchangePtr& exchange, const Answer& answer) {
    if (!exchange->inquiry->fits(answer)) {
        ++counters_.nonsense;
        exchange->suspicion = SnmpTrouble::nonsense;
        return;
    }
    ++counters_.received;
    exchange->record->heard = true;
    const std::string& context = exchange->agent.credentials->context;
    if (!context.empty()) exchange->record->contexts.insert(context);
    exchange->inquiry->hear(answer);
    finish(exchange, Answered{});
}

bool SnmpEngine::Inside::comes_from_the_asked(const ExchangePtr& exchange, const Endpoint& from) {
    if (from == exchange->to || exchange->agent.plan.any_source) return true;
    ++counters_.foreign;
    exchange->suspicion = SnmpTrouble::other_address;
    return false;
}

/// What cannot be an answer says something of whom it came from, unless it is only late.
void SnmpEngine::Inside::suspect(const Endpoint& from, SnmpTrouble what,
                                 std::optional<std::int64_t> id) {
    const auto found = agents_.find(from);
    if (found == agents_.end()) {
        ++counters_.nonsense;
        return;
    }
    if (id && found->second->past.contains(*id)) {
        ++counters_.late;
        return;
    }
    ++counters_.nonsense;
    const auto current = found->second->current.lock();
    if (current && !current->over()) current->suspicion = what;
}

void SnmpEngine::Inside::hear_closed(const Endpoint& at) {
    const auto found = agents_.find(at);
    if (found == agents_.end()) return;
    const auto current = found->second->current.lock();
    if (current && !current->over()) finish(current, SnmpTrouble::port_closed);
}

void SnmpEngine::Inside::do_what_is_due(core::SteadyTime now) {
    while (!agenda_.empty() && agenda_.top().when <= now) {
        const Due due = agenda_.top();
        agenda_.pop();
        const ExchangePtr exchange = requests_.find(due.request_id);
        if (!exchange || exchange->due != due.when) continue;  // out of date
        if (now >= exchange->deadline || exchange->attempt >= exchange->retries) {
            finish(exchange, exchange->suspicion.value_or(SnmpTrouble::timeout));
            continue;
        }
        ++exchange->attempt;
        if (exchange->agent.credentials->version == SnmpVersion::v3)
            exchange->record->engine.try_other_extension(*exchange->agent.credentials);
        ++counters_.resent;
        post(exchange);
    }
}

/// Writes the message of this attempt and puts it into the outbox.
void SnmpEngine::Inside::post(const ExchangePtr& exchange) {
    auto message = message_of(exchange);
    if (!message) return finish(exchange, message.error());
    exchange->message = std::move(*message);
    schedule(exchange, exchange->deadline);  // until it has left
    if (!std::exchange(exchange->in_outbox, true))
        line_of(exchange->to.address()).outbox.push_back(exchange);
}

core::Result<Bytes> SnmpEngine::Inside::message_of(const ExchangePtr& exchange) {
    const core::SnmpCredentials& credentials = *exchange->agent.credentials;
    const Question question = exchange->inquiry->ask(exchange->attempt);
    if (credentials.version != SnmpVersion::v3) {
        return write_message(credentials.version, credentials.community, question,
                             exchange->request_id);
    }
    // A message is sent once; what is sent again is another (RFC 3412 §6.2).
    if (!exchange->message.empty()) exchange->ids.push_back(requests_.add(exchange));
    return exchange->record->engine.seal(passwords_, credentials, question, exchange->ids.back(),
                                         exchange->request_id, clock_.now());
}

void SnmpEngine::Inside::pump(Line& line) {
    while (line.socket && !line.blocked && !line.outbox.empty()) {
        std::vector<ExchangePtr> leaving;
        std::vector<UdpSocket::Outgoing> datagrams;
        while (!line.outbox.empty() && leaving.size() < UdpSocket::send_batch) {
            const ExchangePtr exchange = line.outbox.front();
            line.outbox.pop_front();
            exchange->in_outbox = false;
            if (!exchange->under_way) continue;  // over meanwhile
            leaving.push_back(exchange);
            datagrams.push_back({exchange->to, exchange->message});
        }
        const auto departure = line.socket->send(datagrams);
        for (std::size_t i = 0; i < departure.sent; ++i) departed(leaving[i]);
        for (std::size_t i = leaving.size(); i > departure.sent + 1; --i) {
            leaving[i - 1]->in_outbox = true;
            line.outbox.push_front(leaving[i - 1]);
        }
        if (departure.error != 0) not_departed(line, leaving[departure.sent], departure.error);
        if (!line.outbox.empty()) drain(line);
    }
}

void SnmpEngine::Inside::departed(const ExchangePtr& exchange) {
    ++counters_.sent;
    const auto patience = std::max(core::Duration{1}, exchange->agent.plan.timeout);
    schedule(exchange, std::min(clock_.now() + patience, exchange->deadline));
}

/// Waits for room, or ends this exchange (and only this one) with the reason.
void SnmpEngine::Inside::not_departed(Line& line, const ExchangePtr& exchange, int error) {
    if (error == EAGAIN) {
        exchange->in_outbox = true;
        line.outbox.push_front(exchange);
        wait_for_room(line);
    } else if (error == ENOBUFS || error == ENOMEM) {
        departed(exchange);  // as if lost on its way: the next attempt may do better
    } else {
        finish(exchange, datagram_not_sent(exchange->to.address(), error));
    }
}

void SnmpEngine::Inside::schedule(const ExchangePtr& exchange, core::SteadyTime when) {
    exchange->due = when;
    if (when == core::SteadyTime::max()) return;  // nothing is due until it has left
    if (agenda_.size() > 2 * under_way_ + spare_dues) forget_what_is_over();
    agenda_.push({when, exchange->request_id});
}

/// Answers come long before the time they are given: most of what is due is of exchanges that are over.
void SnmpEngine::Inside::forget_what_is_over() {
    std::vector<Due> still;
    still.reserve(under_way_);
    requests_.visit([&](std::int32_t id, const ExchangePtr& exchange) {
        const bool own = id == exchange->request_id;  // v3: others lead to it, too
        if (own && exchange->due != core::SteadyTime::max()) still.push_back({exchange->due, id});
    });
    agenda_ = Agenda({}, std::move(still));
}

void SnmpEngine::Inside::listen(Line& line) {
    line.in_use = true;
    if (!line.socket || line.reading) return;
    line.reading = true;
    line.socket->descriptor().async_wait(
        asio::posix::descriptor_base::wait_read,
        [&line, weak = weak_from_this()](boost::system::error_code) {
            const auto self = weak.lock();
            if (!self) return;
            line.reading = false;
            if (self->under_way_ == 0) return;
            self->turn();
            if (self->under_way_ > 0) self->listen(line);
        });
}

void SnmpEngine::Inside::wait_for_room(Line& line) {
    line.blocked = true;
    line.socket->descriptor().async_wait(
        asio::posix::descriptor_base::wait_write,
        [&line, weak = weak_from_this()](boost::system::error_code) {
            const auto self = weak.lock();
            if (!self) return;
            line.blocked = false;
            if (self->under_way_ > 0) self->turn();
        });
}

void SnmpEngine::Inside::set_alarm() {
    if (agenda_.empty()) return;
    const auto next = agenda_.top().when;
    if (alarm_at_ && *alarm_at_ <= next) return;  // an early alarm sets itself anew
    alarm_at_ = next;
    alarm_.expires_after(std::max(core::SteadyTime::duration{0}, next - clock_.now()));
    alarm_.async_wait([weak = weak_from_this()](boost::system::error_code error) {
        const auto self = weak.lock();
        if (!self || error) return;
        self->alarm_at_.reset();
        self->turn();
    });
}

}  // namespace rounds::probes
