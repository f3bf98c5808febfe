// What a measured stretch of work cost.
#pragma once

#include <chrono>
#include <string>

namespace rounds::bench {

/// Wall and CPU time (user and system, this process) since it was made.
class Stretch {
 public:
    Stretch();
    [[nodiscard]] double wall() const;  ///< Seconds.
    [[nodiscard]] double cpu() const;   ///< Seconds.

 private:
    std::chrono::steady_clock::time_point began_;
    double cpu_began_;
};

/// The most memory that this process ever had, in MB.
[[nodiscard]] double peak_memory();

}  // namespace rounds::bench
