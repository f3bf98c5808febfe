// The office at a moment of its time line.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "tests/simulator/answer_plan.hpp"
#include "tests/simulator/script.hpp"
#include "tests/simulator/snmp/agent.hpp"
#include "tests/simulator/snmp/wiring.hpp"

namespace rounds::simulator {

/// What every device does now. Pure: time is handed in.
class Office {
 public:
    explicit Office(Script script);

    /// When the next event is due, since the start; empty when all have happened and
    /// nothing is repeated.
    [[nodiscard]] std::optional<core::Microseconds> next_event() const;

    /// Lets the next event happen. Returns what it means in words, without the time: "sw-3f goes
    /// silent, and 12 devices behind it with it". Only when next_event() is not empty. `now`: since the
    /// start, where it is not the event's own time.
    std::string step(std::optional<core::Microseconds> now = std::nullopt);

    /// What happens to an echo request to this address; no answers when no device has it.
    AnswerPlan ask(const asio::ip::address& address);

    /// What an agent sends back.
    struct Told {
        probes::Bytes message;
        asio::ip::address from;
        core::Microseconds after{0};  ///< So long after the request.
    };
    /// What happens to a datagram for the agent at this address; empty when it is not answered.
    std::optional<Told> tell(const asio::ip::address& address,
                             std::span<const std::uint8_t> datagram, core::Microseconds now);

    [[nodiscard]] const Script& script() const { return script_; }

 private:
    struct AddressHash {
        std::size_t operator()(const asio::ip::address& address) const;
    };
    struct Agent {
        SnmpState state;
        Dice dice;  ///< Its own: asking by SNMP does not shift the chances of ping.
    };
    void find_cut_off();
    [[nodiscard]] std::size_t behind(const std::vector<std::size_t>& devices) const;

    Script script_;
    std::size_t happened_ = 0;   ///< So many events, counting every repetition.
    std::vector<Dice> dice_;     ///< One per device.
    std::vector<bool> cut_off_;  ///< Is something silent on the way to it?
    std::unordered_map<asio::ip::address, std::size_t, AddressHash> at_;
    std::vector<std::unique_ptr<Agent>> agents_;  ///< One per device; null where it has none.
    Wiring wiring_;
    std::unique_ptr<SnmpAgents> answerers_ = std::make_unique<SnmpAgents>();
};

/// "00:40", "12:05", "1:00:00": a moment of the time line.
[[nodiscard]] std::string clock_face(core::Microseconds since_start);

}  // namespace rounds::simulator
