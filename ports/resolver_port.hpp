// The edge of names.
#pragma once

#include <string>
#include <utility>

#include "core/result.hpp"
#include "ports/asio.hpp"

namespace rounds::ports {

/// Host names to addresses. Used on the loop thread only.
class ResolverPort {
 public:
    virtual ~ResolverPort() = default;

    /// The name's first address as the system prefers them (RFC 6724); a literal address is itself, at once.
    /// Errors: not_found (no such name), unavailable (name server silent or refusing), each with the reason.
    virtual asio::awaitable<core::Result<asio::ip::address>> resolve(std::string name) = 0;

    /// The same, never answered from what was kept from before: for judging the name server itself.
    virtual asio::awaitable<core::Result<asio::ip::address>> resolve_afresh(std::string name) {
        return resolve(std::move(name));
    }
};

}  // namespace rounds::ports
