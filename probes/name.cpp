#include "probes/name.hpp"

#include <algorithm>
#include <cstring>
#include <string_view>

#include <fmt/format.h>
#include <netdb.h>

namespace rounds::probes {

using core::Error;

std::optional<core::Result<asio::ip::address>> literal(const std::string& text) {
    boost::system::error_code error;
    auto address = asio::ip::make_address(text, error);
    if (error || text.find('\0') != std::string::npos) return std::nullopt;
    if (address.is_v4()) return address;
    const auto v6 = address.to_v6();
    if (v6.is_v4_mapped())
        return asio::ip::address{asio::ip::make_address_v4(asio::ip::v4_mapped, v6)};
    const auto percent = text.find('%');
    if (percent != std::string::npos && v6.scope_id() == 0) {
        return Error{Error::Kind::not_found, fmt::format("this machine has no interface {} ({})",
                                                         text.substr(percent + 1), text)};
    }
    return address;
}

std::optional<Error> impossible(const std::string& name) {
    constexpr std::size_t longest = 253;
    // International names go through: getaddrinfo turns them into ASCII or refuses them.
    const auto wrong = [](unsigned char byte) { return byte <= ' ' || byte == 0x7f; };
    if (!name.empty() && name.size() <= longest && std::ranges::none_of(name, wrong))
        return std::nullopt;
    const std::string_view why = name.empty() ? "it is empty"
                                 : name.size() > longest
                                     ? "it is longer than 253 bytes"
                                     : "it contains blanks or control characters";
    return Error{Error::Kind::not_found, fmt::format("this cannot be a host name: {}", why)};
}

Error lookup_error(const std::string& name, int code, int system_error) {
    const auto not_found = Error::Kind::not_found, unavailable = Error::Kind::unavailable;
    switch (code) {
        case EAI_NONAME:
        case EAI_NODATA:
        case EAI_ADDRFAMILY:
            return {not_found,
                    fmt::format("the name {} does not resolve: see getent hosts {}", name, name)};
        case EAI_AGAIN:
            return {unavailable,
                    fmt::format("no name server answers for {}: see /etc/resolv.conf", name)};
        case EAI_FAIL:
            return {unavailable,
                    fmt::format("the name server refuses or fails to look up {}", name)};
        case EAI_SYSTEM:
            return {unavailable, fmt::format("the name {} could not be looked up: {}", name,
                                             std::strerror(system_error))};
        default:
            return {unavailable, fmt::format("the name {} could not be looked up: {}", name,
                                             gai_strerror(code))};
    }
}

std::optional<asio::ip::address> NameCache::find(const std::string& name,
                                                 core::SteadyTime now) const {
    const auto found = kept_.find(name);
    if (found == kept_.end() || found->second.until <= now) return std::nullopt;
    return found->second.address;
}

void NameCache::keep(const std::string& name, const asio::ip::address& address,
                     core::SteadyTime now) {
    if (kept_.size() >= most)
        std::erase_if(kept_, [now](const auto& entry) { return entry.second.until <= now; });
    if (kept_.size() >= most) kept_.clear();
    kept_.insert_or_assign(name, Kept{address, now + kept_for});
}

}  // namespace rounds::probes
