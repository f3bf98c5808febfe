// The bookkeeping of one burst: what left, what came back, and what that means. Pure.
#pragma once

#include <optional>
#include <vector>

#include "core/echo.hpp"
#include "core/time.hpp"
#include "ports/asio.hpp"

namespace rounds::probes {

/// What one reply with our cookie turned out to be.
enum class Heard {
    in_time,
    duplicate,   ///< Its request was answered before.
    late,        ///< After the request's timeout, or after the burst was closed.
    foreign,     ///< From another address than was asked.
    never_sent,  ///< To a request that has not left.
};

/// Packets are numbered from 0 in order of departure.
class Burst {
 public:
    Burst(asio::ip::address asked, core::EchoPlan plan);

    [[nodiscard]] const asio::ip::address& asked() const { return asked_; }
    [[nodiscard]] const core::EchoPlan& plan() const { return plan_; }
    [[nodiscard]] int sent() const { return static_cast<int>(packets_.size()); }
    [[nodiscard]] bool all_sent() const { return sent() == plan_.packets; }
    [[nodiscard]] bool all_answered() const { return all_sent() && answered_ == plan_.packets; }
    /// When packet n left. n < sent().
    [[nodiscard]] core::SteadyTime sent_at(int n) const {
        return packets_[static_cast<std::size_t>(n)].left;
    }
    /// When something is to be done next: the next departure after this one, or the last timeout.
    /// At least one packet has left.
    [[nodiscard]] core::SteadyTime next_due() const;

    /// The next packet leaves.
    void depart(core::SteadyTime now);
    /// A reply to packet n, from whoever sent it, with its round-trip time.
    Heard hear(int n, const asio::ip::address& from, core::Microseconds round_trip);
    /// From here on replies are late; the figures stand.
    void close() { closed_ = true; }

    [[nodiscard]] core::EchoStats stats() const;

 private:
    struct Packet {
        core::SteadyTime left;
        std::optional<core::Microseconds> rtt;  ///< Of the reply that came in time.
        bool heard = false;                     ///< Any reply, in time or late.
    };
    Heard judge(const Packet& packet, const asio::ip::address& from,
                core::Microseconds round_trip) const;

    asio::ip::address asked_;
    core::EchoPlan plan_;
    std::vector<Packet> packets_;
    int answered_ = 0, duplicates_ = 0, late_ = 0, foreign_ = 0;
    bool closed_ = false;
};

/// Is a reply from `from` the answer of `asked`? Link-local addresses carry their interface where
/// known.
[[nodiscard]] bool same_host(const asio::ip::address& asked, const asio::ip::address& from);

}  // namespace rounds::probes
