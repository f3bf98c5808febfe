#include "tests/bench/measure.hpp"

#include <sys/resource.h>

namespace rounds::bench {

namespace {

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

rusage used() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage;
}

double cpu_used() {
    const rusage usage = used();
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
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
    return static_cast<double>(used().ru_maxrss) / 1024;
}

}  // namespace rounds::bench
