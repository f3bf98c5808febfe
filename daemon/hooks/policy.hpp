// What becomes of a delivery after an attempt: pure.
#pragma once

#include <optional>
#include <variant>

#include "core/message.hpp"
#include "core/time.hpp"
#include "ports/hook_port.hpp"

namespace rounds::hooks {

/// The shortest and the longest pause between two attempts, whoever asks for it.
inline constexpr core::Duration shortest_pause{5'000};
inline constexpr core::Duration longest_pause{3'600'000};
/// How long a delivery is tried, from its first attempt on.
inline constexpr core::Duration patience = std::chrono::days{3};

/// The receiver has it.
struct Delivered {
    friend bool operator==(const Delivered&, const Delivered&) = default;
};
/// It is tried again.
struct Again {
    core::WallTime at;
    core::Message why;
    friend bool operator==(const Again&, const Again&) = default;
};
/// It is not tried any more until a person says so: trying would not help, or was tried for three days.
struct Parked {
    core::Message why;
    friend bool operator==(const Parked&, const Parked&) = default;
};
using Next = std::variant<Delivered, Again, Parked>;

/// Which attempt it was.
struct Attempt {
    int number = 1;        ///< 1, 2, …
    core::WallTime first;  ///< When the first was made; after a replay, the first since.
    core::WallTime at;     ///< When this one ended.
};

/// Why the receiver did not take it; empty when it did, which any 2xx says, whatever became of the body.
[[nodiscard]] std::optional<core::Message> why_not(const ports::HookReply& reply);

/// The rule of webhooks: 2xx is delivered, whatever the body. `random` in [0, 1) spreads the attempts:
/// the pause is between 5 s and 10 s · 2^(number-1), at most an hour; Retry-After (seconds or an
/// HTTP-date) takes its place, within the same bounds.
[[nodiscard]] Next next(const ports::HookReply& reply, Attempt attempt, double random);

}  // namespace rounds::hooks
