// The agents of an office on this machine's own 127.0.0.0/8, for the engine that asks over real sockets.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <span>
#include <string>
#include <vector>

#include <boost/asio/posix/stream_descriptor.hpp>

#include "probes/snmp/v3_message.hpp"
#include "tests/simulator/agent_socket.hpp"
#include "tests/simulator/office.hpp"

namespace rounds::simulator {

/// Answers on the loop it is given, on a UDP port of the kernel's choice. Ends before that loop.
class LoopbackOffice {
 public:
    LoopbackOffice(asio::any_io_executor executor, const std::string& script);
    LoopbackOffice(const LoopbackOffice&) = delete;
    LoopbackOffice& operator=(const LoopbackOffice&) = delete;
    ~LoopbackOffice();

    [[nodiscard]] std::uint16_t port() const { return port_; }
    Office& office() { return office_; }
    /// Datagrams that have come: for all agents, for one, and those that sought an engine (RFC 3414 §4).
    [[nodiscard]] std::size_t heard() const { return heard_; }
    [[nodiscard]] std::size_t heard(const std::string& address) const;
    [[nodiscard]] std::size_t discoveries() const { return discoveries_; }

    core::Microseconds now{0};  ///< Of the time line.
    /// Discoveries are answered late: the oldest one when so many wait, or as many as are still to come until
    /// `held_in_all` have been answered. 0: at once.
    std::size_t holds = 0, held_in_all = 0;
    /// The most that waited at once.
    [[nodiscard]] std::size_t most_held() const { return most_held_; }

 private:
    struct Held {
        asio::ip::address asked;
        sockaddr_in6 from{};
        std::vector<std::uint8_t> message;
    };
    void listen();
    void hear(const AgentRequest& request);
    void release();
    void answer(const asio::ip::address& asked, const sockaddr_in6& from,
                std::span<const std::uint8_t> message);

    Office office_;
    AgentSocket socket_;
    asio::posix::stream_descriptor readable_;
    std::uint16_t port_ = 0;
    std::size_t heard_ = 0, discoveries_ = 0, most_held_ = 0, released_ = 0;
    std::map<asio::ip::address, std::size_t> heard_by_;
    std::deque<Held> held_;
};

}  // namespace rounds::simulator
