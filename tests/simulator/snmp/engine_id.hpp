// How an agent of SNMPv3 is told apart.
#pragma once

#include <string>

#include "tests/simulator/snmp/subject.hpp"

namespace rounds::simulator {

/// RFC 3411 SnmpEngineID: the enterprise number of examples (RFC 5612), then a text of at most 27 bytes: the
/// device's name, or what all of a cloned series have instead.
[[nodiscard]] inline std::string engine_id(const Subject& subject) {
    const auto& cloned = subject.description.engine;
    const std::string& text = cloned.empty() ? subject.name() : cloned;
    return std::string("\x80\x00\x7e\xd9\x04", 5) + text.substr(0, 27);
}

}  // namespace rounds::simulator
