#include "tests/bench/measure.hpp"

#include <sys/resource.h>
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
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

}  // namespace rounds::bench
