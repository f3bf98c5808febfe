// Identities that sort by time.
#pragma once

#include <cstdint>
#include <string>

#include "core/time.hpp"

namespace rounds::daemon {

/// Makes UUIDs of version 7 (RFC 9562, section 5.7), lower case, from the system's randomness. Each is greater
/// than the one before, also within a millisecond and when the clock is set back (section 6.2, method 2: what
/// is random is counted on from). Loop thread.
class Uuids {
 public:
    /// Throws std::system_error when the system has no randomness to give.
    [[nodiscard]] std::string next(core::WallTime now);

 private:
    std::int64_t ms_ = -1;    ///< Of the last one, 48 bits.
    std::uint32_t high_ = 0;  ///< rand_a, 12 bits.
    std::uint64_t low_ = 0;   ///< rand_b, 62 bits.
};

}  // namespace rounds::daemon
