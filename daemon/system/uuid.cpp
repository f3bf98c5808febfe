#include "daemon/system/uuid.hpp"

#include <cerrno>
#include <system_error>

#include <fmt/format.h>
#include <sys/random.h>

namespace rounds::daemon {

namespace {

std::uint64_t random_bits() {
    std::uint64_t bits = 0;
    while (::getrandom(&bits, sizeof bits, 0) != static_cast<ssize_t>(sizeof bits)) {
        if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "getrandom");
    }
    return bits;
}

constexpr std::uint64_t low_mask = (1ULL << 62U) - 1;
constexpr std::uint32_t high_mask = (1U << 12U) - 1;

}  // namespace

std::string Uuids::next(core::WallTime now) {
    if (const auto ms = core::to_ms(now); ms > ms_) {
        ms_ = ms;
        high_ = static_cast<std::uint32_t>(random_bits()) & high_mask;
        low_ = random_bits() & low_mask;
    } else {
        low_ += 1 + (random_bits() >> 32U);
        if (low_ > low_mask) {
            low_ &= low_mask;
            if (++high_ > high_mask) {
                high_ = 0;
                ++ms_;
            }
        }
    }
    const auto stamp = static_cast<std::uint64_t>(ms_) & ((1ULL << 48U) - 1);
    return fmt::format("{:08x}-{:04x}-7{:03x}-{:04x}-{:012x}", stamp >> 16U, stamp & 0xffffU, high_,
                       0x8000U | (low_ >> 48U), low_ & ((1ULL << 48U) - 1));
}

}  // namespace rounds::daemon
