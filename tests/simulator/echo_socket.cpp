#include "tests/simulator/echo_socket.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>

#include <fmt/format.h>
#include <linux/icmp.h>
#include <netinet/icmp6.h>
#include <sys/socket.h>

#include "tests/simulator/packet_info.hpp"

namespace rounds::simulator {
namespace {

template <class T>
void set(int descriptor, int level, int option, const T& value) {
    ::setsockopt(descriptor, level, option, &value, sizeof value);
}

void want_requests_only(Family family, int descriptor) {
    if (family == Family::v4) {
        icmp_filter filter{};
        filter.data = ~(1U << ICMP_ECHO);
        set(descriptor, SOL_RAW, ICMP_FILTER, filter);
    } else {
        icmp6_filter filter{};
        ICMP6_FILTER_SETBLOCKALL(&filter);
        ICMP6_FILTER_SETPASS(ICMP6_ECHO_REQUEST, &filter);
        set(descriptor, IPPROTO_ICMPV6, ICMP6_FILTER, filter);
        set(descriptor, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
        set(descriptor, IPPROTO_IPV6, IPV6_FREEBIND, 1);
    }
}

core::Error no_socket(std::string_view protocol) {
    const auto reason = std::strerror(errno);
    if (errno != EPERM) {
        return {core::Error::Kind::unavailable,
                fmt::format("no raw {} socket: {}", protocol, reason)};
    }
    return {core::Error::Kind::no_permission,
            fmt::format(
                "no raw {} socket: {}; the office needs the right CAP_NET_RAW: start it as root, "
                "or under `unshare -Urn`",
                protocol, reason)};
}

/// An IPv4 packet taken apart; empty when it is too short to be one.
std::optional<EchoRequest> take_v4(std::span<const std::uint8_t> packet) {
    if (packet.size() < 20) return std::nullopt;
    const std::size_t header = static_cast<std::size_t>(packet[0] & 0x0f) * 4;
    if (header < 20 || packet.size() < header) return std::nullopt;
    asio::ip::address_v4::bytes_type asked{};
    std::copy_n(packet.begin() + 16, 4, asked.begin());
    EchoRequest request;
    request.asked = asio::ip::address_v4{asked};
    sockaddr_in from{};
    from.sin_family = AF_INET;
    std::memcpy(&from.sin_addr, packet.data() + 12, 4);
    std::memcpy(&request.from, &from, sizeof from);
    request.message = packet.subspan(header);
    return request;
}

/// An ICMPv6 message with the address it was sent to; empty when the kernel did not say.
std::optional<EchoRequest> take_v6(const Inbox::Packet& packet) {
    const auto asked = asked_address(*packet.header);
    if (!asked) return std::nullopt;
    return EchoRequest{.asked = *asked, .from = packet.from, .message = packet.bytes};
}

}  // namespace

EchoSocket::EchoSocket(Family family, Descriptor descriptor)
    : family_(family), descriptor_(std::move(descriptor)), inbox_(largest) {}

core::Result<EchoSocket> EchoSocket::open(Family family) {
    const bool v4 = family == Family::v4;
    Descriptor socket(::socket(v4 ? AF_INET : AF_INET6, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC,
                               v4 ? static_cast<int>(IPPROTO_ICMP) : IPPROTO_ICMPV6));
    if (!socket) {
        return no_socket(v4 ? "ICMP" : "ICMPv6");
    }
    want_requests_only(family, socket.number());
    // A thousand devices asked at the same moment fit in; FORCE works only outside user namespaces.
    set(socket.number(), SOL_SOCKET, SO_RCVBUF, 8 << 20);
    set(socket.number(), SOL_SOCKET, SO_RCVBUFFORCE, 8 << 20);
    return EchoSocket(family, std::move(socket));
}

std::span<const EchoRequest> EchoSocket::receive() {
    received_.clear();
    for (const auto& packet : inbox_.receive(descriptor_.number())) {
        const auto request = family_ == Family::v4 ? take_v4(packet.bytes) : take_v6(packet);
        if (request) received_.push_back(*request);
    }
    return received_;
}

std::size_t EchoSocket::send(std::span<const EchoAnswer> answers) {
    std::size_t taken = 0;
    while (!answers.empty()) {
        const auto sent = send_batch(answers.first(std::min(batch, answers.size())));
        taken += sent;
        answers = answers.subspan(std::max<std::size_t>(sent, 1));  // past one that is refused
    }
    return taken;
}

std::size_t EchoSocket::send_batch(std::span<const EchoAnswer> answers) {
    std::array<mmsghdr, batch> headers{};
    std::array<iovec, batch> parts{};
    std::array<PacketControl, batch> controls{};
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const auto& answer = answers[i];
        parts[i] = {const_cast<std::uint8_t*>(answer.message.data()), answer.message.size()};
        auto& header = headers[i].msg_hdr;
        header.msg_name = const_cast<sockaddr_in6*>(&answer.to);
        header.msg_namelen = family_ == Family::v4 ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
        header.msg_iov = &parts[i];
        header.msg_iovlen = 1;
        leave_from(answer.from, controls[i], header);
    }
    const int sent = ::sendmmsg(descriptor_.number(), headers.data(),
                                static_cast<unsigned>(answers.size()), MSG_DONTWAIT);
    return sent > 0 ? static_cast<std::size_t>(sent) : 0;
}

}  // namespace rounds::simulator
