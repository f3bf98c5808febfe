// The engine's machinery: one agenda for every departure and timeout, one queue per socket.
#pragma once

#include <array>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <queue>
#include <unordered_map>
#include <vector>

#include "probes/icmp/burst_table.hpp"
#include "probes/icmp/engine.hpp"
#include "probes/icmp/pace.hpp"
#include "probes/icmp/round_trip.hpp"
#include "probes/icmp/socket.hpp"

namespace rounds::probes {

/// Everything happens in turn(): read what came, do what is due, send what may leave, set the
/// alarm.
class IcmpEngine::Inside : public std::enable_shared_from_this<Inside> {
 public:
    Inside(asio::any_io_executor executor, int packets_per_second);

    static asio::awaitable<core::Result<core::EchoStats>> ask(std::shared_ptr<Inside> self,
                                                              asio::ip::address address,
                                                              core::EchoPlan plan);
    /// Ends every ask and closes the sockets.
    void close();

    [[nodiscard]] const Family& family(IpVersion version) const { return line(version).family; }
    [[nodiscard]] const Counters& counters() const { return counters_; }

 private:
    /// One ask under way; its coroutine waits for `done` to be cancelled.
    struct Ask {
        std::uint64_t number = 0;
        std::shared_ptr<Burst> burst;
        asio::ip::icmp::endpoint to;
        asio::steady_timer done;
        std::optional<core::Error> refusal;
        std::optional<core::SteadyTime> stuck_since;  ///< The kernel has had no room since.
        bool over = false;
    };
    using AskPtr = std::shared_ptr<Ask>;

    /// One IP version: its socket, and the asks whose next packet is due to leave.
    struct Line {
        Family family;
        core::Error::Kind trouble_kind = core::Error::Kind::no_permission;
        std::optional<IcmpSocket> socket;
        std::deque<std::uint64_t> outbox;
        bool in_use = false;   ///< Something was asked over it since nothing was under way.
        bool reading = false;  ///< Waits until readable.
        bool blocked = false;  ///< Waits until writable.
    };

    struct Due {
        core::SteadyTime when;
        std::uint64_t ask;
        friend bool operator>(const Due& a, const Due& b) { return a.when > b.when; }
    };

    struct Leaving {
        std::vector<AskPtr> asks;
        std::vector<IcmpSocket::Outgoing> packets;
    };

    [[nodiscard]] const Line& line(IpVersion version) const {
        return lines_[version == IpVersion::v4 ? 0 : 1];
    }
    [[nodiscard]] Line& line_of(const asio::ip::address& address) {
        return lines_[address.is_v4() ? 0 : 1];
    }
    void open(Line& line, IpVersion version);
    [[nodiscard]] static std::optional<core::Error> refusal(const Line& line,
                                                            const core::EchoPlan& plan);

    AskPtr begin(asio::ip::address address, core::EchoPlan plan);
    void finish(const AskPtr& ask);
    void rest();
    void turn();
    void do_what_is_due(core::SteadyTime now);
    bool drain(Line& line);
    void hear(const Line& line, const IcmpSocket::Received& received, Moment read);
    void count(Heard heard);
    void pump(Line& line);
    Leaving next_batch(Line& line, std::size_t most);
    void departed(const AskPtr& ask, core::SteadyTime now);
    void not_departed(Line& line, const AskPtr& ask, int error, core::SteadyTime now);
    void listen(Line& line);
    void wait_for_room(Line& line);
    void set_alarm();

    asio::any_io_executor executor_;
    std::uint64_t cookie_;
    std::array<Line, 2> lines_;  ///< IPv4, IPv6.
    Counters counters_;
    BurstTable table_;
    std::unordered_map<std::uint64_t, AskPtr> asks_;  ///< Those under way.
    std::priority_queue<Due, std::vector<Due>, std::greater<>> agenda_;
    Pace pace_;
    asio::steady_timer alarm_;
    std::optional<core::SteadyTime> alarm_at_;  ///< Empty: not set.
};

}  // namespace rounds::probes
