// A network of a test's own: real sockets, a kernel that can be told to keep silent, nobody else.
#pragma once

#include <functional>

namespace rounds::probes {

/// What the system lets the test do.
enum class Allowed { datagram, raw, nothing };

/// Runs `story` in a process and a network namespace of its own, where only loopback exists; works
/// as root and as an ordinary user where user namespaces are allowed, and skips the test where
/// neither is. The story's failures are the test's.
void in_own_network(Allowed allowed, const std::function<void()>& story);

/// The kernel of this namespace answers no ping any more, over either IP version.
void kernel_keeps_silent();

}  // namespace rounds::probes
