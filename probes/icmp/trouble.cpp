#include "probes/icmp/trouble.hpp"

#include <cerrno>
#include <cstring>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace rounds::probes {

using Kind = core::Error::Kind;

core::Error no_socket(IpVersion version, int datagram_error, int raw_error) {
    const std::string_view name = version == IpVersion::v4 ? "IPv4" : "IPv6";
    if (datagram_error == EAFNOSUPPORT || raw_error == EAFNOSUPPORT) {
        constexpr auto text = "this machine has no {0}: its {0} devices cannot be pinged from here";
        return {Kind::unavailable, fmt::format(text, name)};
    }
    const std::string why = fmt::format("datagram socket: {}; raw socket: {}",
                                        std::strerror(datagram_error), std::strerror(raw_error));
    if (raw_error != EPERM && raw_error != EACCES) {
        return {Kind::unavailable, fmt::format("no socket to ping over {} ({})", name, why)};
    }
    constexpr auto text =
        "not permitted to ping over {} ({}): let the group of Rounds into "
        "net.ipv4.ping_group_range (sysctl -w net.ipv4.ping_group_range=\"0 2147483647\"), or give "
        "it CAP_NET_RAW (AmbientCapabilities=CAP_NET_RAW in the systemd unit)";
    return {Kind::no_permission, fmt::format(text, name, why)};
}

Hindrance hindrance_of(int error) {
    switch (error) {
        case EAGAIN: return Hindrance::socket_full;
        case ENOBUFS:
        case ENOMEM: return Hindrance::machine_full;
        default: return Hindrance::lasting;
    }
}

core::Error not_sent(const asio::ip::address& address, int error) {
    const std::string to = address.to_string();
    const auto said = [&](Kind kind, auto text) {
        return core::Error{kind, fmt::format(fmt::runtime(text), to)};
    };
    const bool lacks_interface =
        address.is_v6() && address.to_v6().is_link_local() && address.to_v6().scope_id() == 0;
    switch (error) {
        case EPERM:
            return said(Kind::no_permission,
                        "this machine's own firewall refuses ping to {}: allow outgoing ICMP echo "
                        "requests");
        case EACCES:
            return said(Kind::unavailable,
                        "{} cannot be pinged: it is a broadcast address, or this machine's routes "
                        "prohibit it");
        case EINVAL:
        case ENETUNREACH:
        case EHOSTUNREACH:
        case ENETDOWN:
        case EADDRNOTAVAIL:
            if (lacks_interface) {
                return said(Kind::unavailable, "{0} needs its interface: write {0}%eth0");
            }
            return said(Kind::unavailable,
                        "this machine has no route to {0}: see ip route get {0}");
        case ENOBUFS:
        case ENOMEM:
            return said(Kind::busy,
                        "this machine's own queues stayed full, ping to {} could not leave: with "
                        "many devices in one subnet raise net.ipv4.neigh.default.gc_thresh3");
        default:
            return {Kind::unavailable, fmt::format("ping to {} could not leave this machine: {}",
                                                   to, std::strerror(error))};
    }
}

}  // namespace rounds::probes
