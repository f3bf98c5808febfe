// Bytes that nobody finds in freed memory.
#pragma once

#include <cstring>
#include <utility>

#include "probes/snmp/ber.hpp"

namespace rounds::probes {

/// A key. Wiped when it ends; moves leave nothing behind.
class Secret {
 public:
    Secret() = default;
    explicit Secret(ByteView bytes) : bytes_(bytes.begin(), bytes.end()) {}
    Secret(Secret&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}
    Secret& operator=(Secret&& other) noexcept {
        std::swap(bytes_, other.bytes_);
        return *this;
    }
    ~Secret() {
        if (!bytes_.empty()) ::explicit_bzero(bytes_.data(), bytes_.size());
    }

    [[nodiscard]] ByteView bytes() const { return bytes_; }
    [[nodiscard]] bool empty() const { return bytes_.empty(); }

 private:
    Bytes bytes_;
};

}  // namespace rounds::probes
