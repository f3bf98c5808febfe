// The engine's machinery: one agenda for all timeouts, one queue per socket.
#pragma once

#include <array>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <queue>
#include <unordered_map>
#include <vector>

#include "probes/snmp/engine.hpp"
#include "probes/snmp/exchange.hpp"
#include "probes/snmp/request_table.hpp"
#include "probes/snmp/udp_socket.hpp"

namespace rounds::probes {

/// Everything happens in turn(): read what came, do what is due, send what may leave, set the alarm.
class SnmpEngine::Inside : public std::enable_shared_from_this<Inside> {
 public:
    Inside(asio::any_io_executor executor, ports::Clock& clock);

    static asio::awaitable<core::Result<ports::SnmpAnswer>> get(std::shared_ptr<Inside> self,
                                                                ports::SnmpAgent agent,
                                                                std::vector<core::Oid> names,
                                                                core::SteadyTime deadline);
    static asio::awaitable<core::Result<ports::SnmpTable>> walk(std::shared_ptr<Inside> self,
                                                                ports::SnmpAgent agent,
                                                                std::vector<core::Oid> columns,
                                                                ports::SnmpBounds bounds);
    /// Ends every exchange and closes the sockets.
    void close();
    [[nodiscard]] const Counters& counters() const { return counters_; }

 private:
    /// One IP version: its socket, and the exchanges whose message is to leave.
    struct Line {
        std::optional<UdpSocket> socket;
        core::Error trouble;  ///< Why there is none.
        std::deque<ExchangePtr> outbox;
        bool in_use = false;   ///< Something was asked over it since nothing was under way.
        bool reading = false;  ///< Waits until readable.
        bool blocked = false;  ///< Waits until writable.
    };
    struct Due {
        core::SteadyTime when;
        std::int32_t request_id;
        friend bool operator>(const Due& a, const Due& b) { return a.when > b.when; }
    };

    using Agenda = std::priority_queue<Due, std::vector<Due>, std::greater<>>;

    [[nodiscard]] Line& line_of(const asio::ip::address& address) {
        return lines_[address.is_v4() ? 0 : 1];
    }
    [[nodiscard]] std::optional<core::Error> refusal(const ports::SnmpAgent& agent);
    std::shared_ptr<AgentRecord> record_of(const ports::SnmpAgent& agent);
    void forget_if_silent(const Endpoint& at);

    static asio::awaitable<Outcome> exchange(std::shared_ptr<Inside> self, ports::SnmpAgent agent,
                                             std::shared_ptr<AgentRecord> record, Inquiry& inquiry,
                                             int retries, core::SteadyTime deadline);
    static asio::awaitable<core::SnmpTrouble> why_silent(std::shared_ptr<Inside> self,
                                                         ports::SnmpAgent agent,
                                                         std::shared_ptr<AgentRecord> record,
                                                         core::SteadyTime deadline);
    static asio::awaitable<bool> is_alive(std::shared_ptr<Inside> self, ports::SnmpAgent agent,
                                          std::shared_ptr<AgentRecord> record, int retries,
                                          core::SteadyTime deadline);
    ExchangePtr make_exchange(const ports::SnmpAgent& agent, std::shared_ptr<AgentRecord> record,
                              Inquiry& inquiry, int retries, core::SteadyTime deadline);
    static asio::awaitable<Outcome> outcome_of(std::shared_ptr<Inside> self, ExchangePtr exchange);
    void begin(const ExchangePtr& exchange);
    void finish(const ExchangePtr& exchange, Outcome outcome);
    void end(const ExchangePtr& exchange);
    void rest();

    // engine_turn.cpp
    void turn();
    void turn_soon();
    bool drain(Line& line);
    void hear(const UdpSocket::Received& datagram);
    void hear_v3(const UdpSocket::Received& datagram);
    void hear_opened(const ExchangePtr& exchange, UsmPeer::Opened opened, bool of_latest);
    void hear_answer(const ExchangePtr& exchange, const Answer& answer);
    bool comes_from_the_asked(const ExchangePtr& exchange, const Endpoint& from);
    void suspect(const Endpoint& from, core::SnmpTrouble what, std::optional<std::int64_t> id = {});
    void hear_closed(const Endpoint& at);
    void do_what_is_due(core::SteadyTime now);
    void post(const ExchangePtr& exchange);
    [[nodiscard]] core::Result<Bytes> message_of(const ExchangePtr& exchange);
    void pump(Line& line);
    void departed(const ExchangePtr& exchange);
    void not_departed(Line& line, const ExchangePtr& exchange, int error);
    void schedule(const ExchangePtr& exchange, core::SteadyTime when);
    void forget_what_is_over();
    void listen(Line& line);
    void wait_for_room(Line& line);
    void set_alarm();

    asio::any_io_executor executor_;
    ports::Clock& clock_;
    std::array<Line, 2> lines_;  ///< IPv4, IPv6.
    Counters counters_;
    std::unordered_map<Endpoint, std::shared_ptr<AgentRecord>> agents_;
    RequestTable<ExchangePtr> requests_;
    PasswordKeys passwords_;
    std::shared_ptr<Gate> discoveries_;  ///< Many at once would be many keys and answers at once.
    std::size_t under_way_ = 0;          ///< Exchanges.
    Agenda agenda_;
    asio::steady_timer alarm_;
    std::optional<core::SteadyTime> alarm_at_;  ///< Empty: not set.
    bool turn_posted_ = false;
    bool closed_ = false;
};

}  // namespace rounds::probes
