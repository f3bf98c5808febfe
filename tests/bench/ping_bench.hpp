// IcmpEngine, measured.
#pragma once

#include <string>

namespace rounds::bench {

struct PingWork {
    int targets = 100'000;
    int packets = 3;    ///< For each.
    int spacing = 200;  ///< Milliseconds between them.
    int at_once = 100'000;
    int rate = 1'000'000;  ///< Packets a second, at most.
};

/// Pings each target once; what it cost as an object of JSON.
[[nodiscard]] std::string ping(const PingWork& work);

}  // namespace rounds::bench
