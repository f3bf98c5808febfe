// The office at work: hears requests, answers in time, lets events happen.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "tests/simulator/agent_socket.hpp"
#include "tests/simulator/delay_queue.hpp"
#include "tests/simulator/echo_socket.hpp"
#include "tests/simulator/office.hpp"

namespace rounds::simulator {

/// What the office has done.
struct Tally {
    std::size_t requests = 0;
    std::size_t answers = 0;
    std::size_t inquiries = 0, told = 0;  ///< By SNMP.
    std::size_t crowded_out = 0;          ///< Answers dropped because too many waited already.
};

class Responder {
 public:
    /// Opens the sockets that the script's addresses need. Errors as EchoSocket::open.
    [[nodiscard]] static core::Result<Responder> open(Script script);

    /// Called once for each event that happened: its time and its words.
    using Tell = std::function<void(core::Microseconds, const std::string&)>;

    /// Serves until `stop` is readable or ends. Events happen by the clock, counted from the call;
    /// or, when `steps` is given, one for each line that can be read from that descriptor, and its
    /// end is the end.
    Tally run(int stop, std::optional<int> steps, const Tell& tell);

 private:
    explicit Responder(Script script) : office_(std::move(script)) {}
    void hear(EchoSocket& socket, Family family);
    void hear(AgentSocket& socket, Family family);
    void answer_due();
    void events_due(const Tell& tell);
    [[nodiscard]] core::Microseconds time() const;
    [[nodiscard]] bool step(int steps, const Tell& tell);

    Office office_;
    std::optional<EchoSocket> v4_, v6_;
    std::optional<AgentSocket> agents_v4_, agents_v6_;
    DelayQueue<EchoAnswer> waiting_, waiting_told_;
    core::SteadyTime started_;
    Tally tally_;
};

}  // namespace rounds::simulator
