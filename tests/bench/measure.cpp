#include "tests/bench/measure.hpp"

#include <fstream>
#include <string>

#include <time.h>

namespace rounds::bench {

namespace {

/// Of this process, to the nanosecond: getrusage() counts in ticks on some kernels.
double cpu_used() {
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

}  // namespace

Stretch::Stretch() : began_(std::chrono::steady_clock::now()), cpu_began_(cpu_used()) {}

double Stretch::wall() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
}

double Stretch::cpu() const {
    return cpu_used() - cpu_began_;
}

double peak_memory() {
    // Not getrusage(): what began this program counts there, too.
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1024;
    return 0;
}

}  // namespace rounds::bench
