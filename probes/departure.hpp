// Datagrams on their way out, several in one system call.
#pragma once

#include <cstddef>
#include <functional>
#include <span>

struct sockaddr;

namespace rounds::probes {

/// What is to leave, and where to. Both are only read.
struct Leaving {
    const void* bytes = nullptr;
    std::size_t size = 0;
    const sockaddr* to = nullptr;
    std::size_t to_size = 0;
};

/// The first `sent` datagrams left; `error` (errno) is about the one behind them.
struct Departure {
    std::size_t sent = 0;
    int error = 0;  ///< 0: all left.
};

/// Most datagrams that depart() takes at once.
inline constexpr std::size_t most_leaving = 16;

/// sendmmsg, until all have left or one cannot. An error that `may_be_anothers` is perhaps a router's word on an
/// earlier datagram, which the kernel tells at the next call whatever that is for: `forget_errors` empties the
/// socket's error queue, and the datagram is tried again. An error of its own comes again.
[[nodiscard]] Departure depart(int descriptor, std::span<const Leaving> datagrams,
                               const std::function<bool(int error)>& may_be_anothers,
                               const std::function<void()>& forget_errors);

}  // namespace rounds::probes
