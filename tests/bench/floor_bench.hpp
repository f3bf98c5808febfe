// The floor: the same packets by nothing but sendmmsg and recvmmsg, without reading what comes back.
#pragma once

#include <string>

namespace rounds::bench {

struct FloorWork {
    enum class What {
        ping,    ///< Echo requests to 127.1.0.1 and on, eight in a call.
        values,  ///< A GET of ten values to the agents of rounds-office, sixteen in a call.
    } what = What::ping;
    int targets = 1000;  ///< Addresses, one after the other and again.
    int packets = 20'000;
};

/// What it cost, as an object of JSON. Ends two seconds after the last packet at the latest.
[[nodiscard]] std::string floor(const FloorWork& work);

}  // namespace rounds::bench
