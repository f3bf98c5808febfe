#include "tests/simulator/agent_socket.hpp"

#include <array>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <sys/socket.h>

#include "tests/simulator/packet_info.hpp"

namespace rounds::simulator {
namespace {

template <class T>
bool set(int descriptor, int level, int option, const T& value) {
    return ::setsockopt(descriptor, level, option, &value, sizeof value) == 0;
}

core::Error no_socket(std::uint16_t port) {
    const bool forbidden = errno == EACCES || errno == EPERM;
    return {forbidden ? core::Error::Kind::no_permission : core::Error::Kind::unavailable,
            fmt::format("no agents at UDP port {}: {}{}", port, std::strerror(errno),
                        forbidden ? "; the office needs the right CAP_NET_BIND_SERVICE, or a "
                                    "snmp_port above 1023"
                                  : "")};
}

bool bound(int descriptor, bool v4, std::uint16_t port) {
    if (v4) {
        sockaddr_in any{};
        any.sin_family = AF_INET;
        any.sin_port = htons(port);
        return ::bind(descriptor, reinterpret_cast<const sockaddr*>(&any), sizeof any) == 0;
    }
    sockaddr_in6 any{};
    any.sin6_family = AF_INET6;
    any.sin6_port = htons(port);
    return ::bind(descriptor, reinterpret_cast<const sockaddr*>(&any), sizeof any) == 0;
}

}  // namespace

AgentSocket::AgentSocket(Family family, Descriptor descriptor)
    : family_(family), descriptor_(std::move(descriptor)), inbox_(largest) {}

core::Result<AgentSocket> AgentSocket::open(Family family, std::uint16_t port) {
    const bool v4 = family == Family::v4;
    Descriptor socket(
        ::socket(v4 ? AF_INET : AF_INET6, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    const int number = socket.number();
    const bool tells = v4 ? set(number, IPPROTO_IP, IP_PKTINFO, 1)
                          : set(number, IPPROTO_IPV6, IPV6_V6ONLY, 1) &&
                                set(number, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1) &&
                                set(number, IPPROTO_IPV6, IPV6_FREEBIND, 1);
    if (!socket || !tells || !bound(number, v4, port)) return no_socket(port);
    // A thousand agents asked at the same moment; FORCE works only outside user namespaces.
    for (const int option : {SO_RCVBUF, SO_RCVBUFFORCE, SO_SNDBUF, SO_SNDBUFFORCE})
        set(number, SOL_SOCKET, option, 8 << 20);
    return AgentSocket(family, std::move(socket));
}

std::span<const AgentRequest> AgentSocket::receive() {
    received_.clear();
    for (const auto& packet : inbox_.receive(descriptor_.number())) {
        const auto asked = asked_address(*packet.header);
        if (asked) received_.push_back({*asked, packet.from, packet.bytes});
    }
    return received_;
}

bool AgentSocket::send(const EchoAnswer& answer) {
    iovec part{const_cast<std::uint8_t*>(answer.message.data()), answer.message.size()};
    PacketControl control{};
    msghdr header{};
    header.msg_name = const_cast<sockaddr_in6*>(&answer.to);
    header.msg_namelen = family_ == Family::v4 ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    leave_from(answer.from, control, header);
    return ::sendmsg(descriptor_.number(), &header, MSG_DONTWAIT) >= 0;
}

}  // namespace rounds::simulator
