// Looking at a device by SNMP.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/answers.hpp"
#include "core/facts.hpp"
#include "core/message.hpp"
#include "core/readable.hpp"
#include "core/standing.hpp"
#include "core/time.hpp"
#include "ports/asio.hpp"
#include "ports/clock.hpp"
#include "ports/snmp_port.hpp"

namespace rounds::core {
struct Profiles;
}  // namespace rounds::core

namespace rounds::probes {

/// What one look by SNMP returned, with its time.
struct SnmpObservation {
    core::WallTime at;  ///< When the look ended.
    /// What the device says of itself, or why it says nothing usable.
    std::variant<core::Facts, core::Message> told;
    std::string profile;                 ///< By which it was read; empty when nothing was told.
    std::vector<core::Message> missing;  ///< What of the facts is missing or cut, and why.
    /// Everything that was answered (of a look at what moves: that, and what it needed); null unless
    /// SnmpLook::keep_answers.
    std::shared_ptr<const core::Answers> answers;
    /// What a whole look leaves for the next one; null when this one was of what moves, or not whole.
    std::shared_ptr<const core::Standing> standing;
    bool still_known = false;  ///< What moves was read, and it is the device that was known.

    [[nodiscard]] const core::Facts* facts() const { return std::get_if<core::Facts>(&told); }
    [[nodiscard]] const core::Message* why_not() const { return std::get_if<core::Message>(&told); }
};

/// What a look needs besides the agent. The ports outlive the coroutine.
struct SnmpLook {
    ports::SnmpPort& port;
    ports::Clock& clock;
    std::shared_ptr<const core::Profiles> profiles;  ///< Never null.
    core::FromGb18030 decode;                        ///< May be empty.
    bool keep_answers = false;                       ///< For who wants to explain the facts.
};

/// One look: recognises the device, asks what its profile needs, one request after the other, and reads the answers.
/// One broken table costs only itself; an agent that falls silent on the way is not asked to the end. Ends at the
/// deadline at the latest, give or take one answer's timeout. With what a whole look left (`known`) only what moves is
/// asked, unless it does not answer that, or turns out to be another device, or one that has begun anew.
asio::awaitable<SnmpObservation> look_by_snmp(ports::SnmpAgent agent, SnmpLook look,
                                              core::SteadyTime deadline,
                                              std::optional<core::Standing> known = std::nullopt);

}  // namespace rounds::probes
