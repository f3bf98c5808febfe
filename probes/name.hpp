// Names and addresses without asking anybody. Pure, but for the names of this machine's interfaces.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "core/result.hpp"
#include "core/time.hpp"
#include "ports/asio.hpp"

namespace rounds::probes {

/// The address that a text is; empty when it is a name. ::ffff:10.0.0.1 is 10.0.0.1.
/// Error not_found: the interface behind a "%" does not exist here.
[[nodiscard]] std::optional<core::Result<asio::ip::address>> literal(const std::string& text);

/// What keeps a text from being a host name at all (RFC 1035: too long, empty, a byte that is none
/// of a name's); empty when nothing does.
[[nodiscard]] std::optional<core::Error> impossible(const std::string& name);

/// Why getaddrinfo failed, from its return value and errno.
[[nodiscard]] core::Error lookup_error(const std::string& name, int code, int system_error);

/// Addresses that were found lately.
class NameCache {
 public:
    static constexpr std::chrono::minutes kept_for{1};
    static constexpr std::size_t most = 20'000;

    [[nodiscard]] std::optional<asio::ip::address> find(const std::string& name,
                                                        core::SteadyTime now) const;
    void keep(const std::string& name, const asio::ip::address& address, core::SteadyTime now);

 private:
    struct Kept {
        asio::ip::address address;
        core::SteadyTime until;
    };
    std::unordered_map<std::string, Kept> kept_;
};

}  // namespace rounds::probes
