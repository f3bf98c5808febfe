// How an agent of SNMPv3 is told apart.
#pragma once

#include <string>
#include <string_view>

namespace rounds::simulator {

/// RFC 3411 SnmpEngineID: the enterprise number of examples (RFC 5612), then a text of at most 27 bytes: the
/// device's name.
[[nodiscard]] inline std::string engine_id(std::string_view device) {
    return std::string("\x80\x00\x7e\xd9\x04", 5) + std::string(device.substr(0, 27));
}

}  // namespace rounds::simulator
