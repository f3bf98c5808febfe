// What is known of a device, in the few kilobytes in which it waits for the next look.
#pragma once

#include <string>

#include "core/standing.hpp"

namespace rounds::core {

/// A Standing, packed: numbers as short as they are, of every name only what differs from the one before it. A switch
/// of 24 ports takes a sixth of the memory, and unpacking it less than a copy. Values of any kind come back as they
/// were. Only for this process: the form may change with every build.
class PackedStanding {
 public:
    explicit PackedStanding(const Standing& standing);

    [[nodiscard]] Standing unpacked() const;
    [[nodiscard]] SteadyTime taken() const { return taken_; }
    /// Of what is packed, in bytes.
    [[nodiscard]] std::size_t size() const { return bytes_.size(); }

 private:
    Recognised recognised_;
    SteadyTime taken_;
    std::string bytes_;
};

}  // namespace rounds::core
