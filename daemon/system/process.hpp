// What the process uses of the machine.
#pragma once

#include <cstdint>

#include "core/time.hpp"

namespace rounds::daemon {

struct ProcessUse {
    std::int64_t resident_bytes = 0;  ///< By /proc/self/statm; 0 where that cannot be read.
    core::Duration cpu{0};            ///< Of all threads since the start, user and system.
};
[[nodiscard]] ProcessUse process_use();

}  // namespace rounds::daemon
