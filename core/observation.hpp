// What one probe of one device or link returned.
#pragma once

#include <optional>
#include <variant>

#include "core/echo.hpp"
#include "core/message.hpp"
#include "core/time.hpp"

namespace rounds::core {

/// One look by ping: what came back, or why nothing could be asked (name not resolved, no permission,
/// no route). Silence is an answer: EchoStats with received == 0.
struct Observation {
    WallTime at;  ///< When the look ended.
    std::variant<EchoStats, Message> told;
    /// Silent to ping, but its SNMP agent answered after the last packet: it is up, and filters ICMP.
    bool snmp_answered = false;
    /// Seen through so many others, whose packets these are; 0: asked itself.
    int witnesses = 0;

    [[nodiscard]] const EchoStats* echo() const { return std::get_if<EchoStats>(&told); }
    /// Why it could not be asked; null when it could.
    [[nodiscard]] const Message* why_not() const { return std::get_if<Message>(&told); }
    friend bool operator==(const Observation&, const Observation&) = default;
};

/// One look at a link: its targets together, and the name server behind it.
struct LinkObservation {
    Observation ping;  ///< Loss over all targets, round-trip times of the nearest one.
    int targets = 0;
    int asked = 0;           ///< Targets that could be asked: their packets are those of `ping`.
    int answered = 0;        ///< Targets that answered at all.
    bool dns_asked = false;  ///< Is a name to be resolved over this link?
    std::optional<Duration> dns_took;  ///< Empty when the name did not resolve.
    friend bool operator==(const LinkObservation&, const LinkObservation&) = default;
};

}  // namespace rounds::core
