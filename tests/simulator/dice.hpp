// Chance that repeats itself.
#pragma once

#include <cstdint>

namespace rounds::simulator {

/// A small generator (splitmix64, Steele et al. 2014): one per device, so that one device's answers
/// do not depend on how busy the others are.
class Dice {
 public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    /// Evenly spread over [0, 1).
    double roll() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

    std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15U;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9U;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
        return mixed ^ (mixed >> 31);
    }

 private:
    std::uint64_t state_;
};

}  // namespace rounds::simulator
