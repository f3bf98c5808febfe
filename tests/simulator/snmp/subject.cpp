#include "tests/simulator/snmp/subject.hpp"

#include <cmath>
#include <functional>

#include <fmt/format.h>

#include "tests/simulator/dice.hpp"

namespace rounds::simulator {
namespace {

constexpr double tau = 6.283185307179586;

}  // namespace

std::uint64_t Subject::chance(std::uint64_t what) const {
    return Dice(script.seed ^ std::hash<std::string_view>{}(name()) ^ what << 32).next();
}

std::uint64_t gathered(std::uint64_t per_second, core::Microseconds time) {
    if (time.count() <= 0) return 0;
    const auto whole = static_cast<std::uint64_t>(time.count());
    return per_second * (whole / 1'000'000) + per_second * (whole % 1'000'000) / 1'000'000;
}

double swaying(const Subject& subject, double middle, std::uint64_t what) {
    const auto chance = subject.chance(what);
    const double seconds = static_cast<double>(subject.now.count()) / 1e6;
    const double period = 40.0 + static_cast<double>(chance % 50);
    return middle * (1 + 0.2 * std::sin(tau * seconds / period + static_cast<double>(chance % 7)));
}

std::string mac_of(std::size_t device, unsigned port) {
    const auto byte = [](std::size_t value) { return static_cast<char>(value & 0xff); };
    return {'\x02',       byte(device >> 16), byte(device >> 8),
            byte(device), byte(port >> 8),    byte(port)};
}

std::string serial_of(const Subject& subject) {
    return fmt::format("EX26{:06}", subject.chance(1) % 1'000'000);
}

}  // namespace rounds::simulator
