// A socket in the file system, made so that nobody is cut off and nobody gets in too early.
#pragma once

#include <filesystem>

#include <sys/types.h>

#include "core/result.hpp"

namespace rounds::web {

/// A listening stream socket, and what stands at its path.
struct Listener {
    int descriptor = -1;  ///< Non-blocking, closed on exec; the taker's.
    std::filesystem::path path;
    ::dev_t device{};
    ::ino_t inode{};
};

/// Binds and listens; see Server::open().
[[nodiscard]] core::Result<Listener> listen_at(const std::filesystem::path& path);

/// Takes the socket off its path, unless another stands there by now.
void remove(const Listener& listener);

}  // namespace rounds::web
