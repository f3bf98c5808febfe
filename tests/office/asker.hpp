// A pinger of the tests' own: one unprivileged ICMP socket.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/time.hpp"
#include "ports/asio.hpp"
#include "tests/simulator/descriptor.hpp"

namespace rounds::simulator {

/// An answer as it came in.
struct Heard {
    asio::ip::address from;
    std::uint16_t sequence = 0;
    std::size_t bytes = 0;  ///< With the ICMP header.
    core::SteadyTime at;
};

class Asker {
 public:
    /// Throws std::runtime_error when no datagram ICMP socket may be opened.
    explicit Asker(bool v6 = false);

    /// Sends one echo request with so much data. Returns its sequence.
    std::uint16_t ask(const std::string& address, std::size_t data = 56);

    /// The next answer; waits for it. Empty after ten seconds without one: the test has failed by then.
    std::optional<Heard> hear();

    /// Asks `address`, then `witness`, which answers as fast; returns how many answers to the first came in
    /// before the witness's. So silence is told apart from lateness without a clock. -1 when the witness
    /// does not answer either.
    int answers_before(const std::string& address, const std::string& witness);

 private:
    bool v6_;
    Descriptor socket_;
    std::uint16_t sequence_ = 0;
};

}  // namespace rounds::simulator
