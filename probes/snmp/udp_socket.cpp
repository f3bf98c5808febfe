#include "probes/snmp/udp_socket.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fmt/format.h>
#include <linux/errqueue.h>
#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace rounds::probes {

namespace {

using Kind = core::Error::Kind;

/// What a busy loop may keep us from reading must fit: a thousand answers of 1,500 bytes.
constexpr int wanted_receive_buffer = 4 * 1024 * 1024;
constexpr std::size_t longest_datagram = 65'535;

bool set_option(int descriptor, int level, int name, int value) {
    return ::setsockopt(descriptor, level, name, &value, sizeof value) == 0;
}

core::Error no_udp_socket(bool v6, int error) {
    const Kind kind = error == EPERM || error == EACCES ? Kind::no_permission : Kind::unavailable;
    const auto* const version = v6 ? "IPv6" : "IPv4";
    if (error == EAFNOSUPPORT) {
        constexpr auto text = "this machine has no {0}: its {0} devices cannot be asked by SNMP";
        return {kind, fmt::format(text, version)};
    }
    return {kind, fmt::format("no UDP socket to ask over {}: {}", version, std::strerror(error))};
}

bool is_port_unreachable(const sock_extended_err& error) {
    if (error.ee_origin == SO_EE_ORIGIN_ICMP)
        return error.ee_type == ICMP_DEST_UNREACH && error.ee_code == ICMP_PORT_UNREACH;
    return error.ee_origin == SO_EE_ORIGIN_ICMP6 && error.ee_type == ICMPV6_DEST_UNREACH &&
           error.ee_code == ICMPV6_PORT_UNREACH;
}

bool is_port_unreachable(msghdr& header) {
    for (cmsghdr* part = CMSG_FIRSTHDR(&header); part != nullptr;
         part = CMSG_NXTHDR(&header, part)) {
        const bool v4 = part->cmsg_level == IPPROTO_IP && part->cmsg_type == IP_RECVERR;
        const bool v6 = part->cmsg_level == IPPROTO_IPV6 && part->cmsg_type == IPV6_RECVERR;
        if (!v4 && !v6) continue;
        sock_extended_err error{};
        std::memcpy(&error, CMSG_DATA(part), sizeof error);
        return is_port_unreachable(error);
    }
    return false;
}

}  // namespace

/// Where recvmmsg puts what it reads.
struct UdpSocket::Slots {
    struct Slot {
        std::vector<std::uint8_t> bytes = std::vector<std::uint8_t>(longest_datagram);
        Endpoint from;
        iovec vector{};
    };
    std::array<Slot, receive_batch> slots;
    std::array<mmsghdr, receive_batch> headers{};
    std::vector<Received> received;
};

void UdpSocket::SlotsDeleter::operator()(Slots* slots) const {
    delete slots;
}

UdpSocket::UdpSocket(asio::posix::stream_descriptor descriptor)
    : descriptor_(std::move(descriptor)), slots_(new Slots) {}

core::Result<UdpSocket> UdpSocket::open(asio::any_io_executor executor, bool v6) {
    const int family = v6 ? AF_INET6 : AF_INET;
    const int descriptor = ::socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return no_udp_socket(v6, errno);
    UdpSocket socket{asio::posix::stream_descriptor{executor, descriptor}};
    if (!set_option(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, wanted_receive_buffer))
        set_option(descriptor, SOL_SOCKET, SO_RCVBUF, wanted_receive_buffer);
    if (v6) {
        set_option(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, 1);
        set_option(descriptor, IPPROTO_IPV6, IPV6_RECVERR, 1);
    } else {
        set_option(descriptor, IPPROTO_IP, IP_RECVERR, 1);
    }
    return socket;
}

Departure UdpSocket::send(std::span<const Outgoing> datagrams) {
    std::array<Leaving, send_batch> leaving;
    const std::size_t count = std::min(datagrams.size(), send_batch);
    for (std::size_t i = 0; i < count; ++i) {
        const auto& [to, bytes] = datagrams[i];
        leaving[i] = {bytes.data(), bytes.size(), to.data(), to.size()};
    }
    return depart(
        descriptor_.native_handle(), std::span(leaving).first(count),
        [](int error) { return error != EAGAIN && error != ENOBUFS; }, [this] { read_errors(); });
}

std::span<const UdpSocket::Received> UdpSocket::receive() {
    for (std::size_t i = 0; i < receive_batch; ++i) {
        auto& slot = slots_->slots[i];
        msghdr& header = slots_->headers[i].msg_hdr;
        slot.vector = {slot.bytes.data(), slot.bytes.size()};
        header.msg_name = slot.from.data();
        header.msg_namelen = static_cast<socklen_t>(slot.from.capacity());
        header.msg_iov = &slot.vector;
        header.msg_iovlen = 1;
    }
    for (int tries = 0; tries < 16; ++tries) {
        const int count = ::recvmmsg(descriptor_.native_handle(), slots_->headers.data(),
                                     receive_batch, MSG_DONTWAIT, nullptr);
        if (count > 0) return take(static_cast<std::size_t>(count));
        if (errno == EAGAIN || errno == EWOULDBLOCK) break;
        if (errno != EINTR) read_errors();
    }
    return {};
}

std::span<const UdpSocket::Received> UdpSocket::take(std::size_t count) {
    slots_->received.clear();
    for (std::size_t i = 0; i < count; ++i) {
        auto& slot = slots_->slots[i];
        slot.from.resize(slots_->headers[i].msg_hdr.msg_namelen);
        const ByteView bytes = slot.bytes;
        slots_->received.push_back(
            {.from = slot.from, .bytes = bytes.first(slots_->headers[i].msg_len)});
    }
    return slots_->received;
}

/// Empties the error queue. Bounded, because the rest of the loop must live.
void UdpSocket::read_errors() {
    for (int i = 0; i < 1024; ++i) {
        std::array<std::uint8_t, 64> bytes;
        alignas(cmsghdr) std::array<char, 256> control;
        Endpoint asked;
        iovec vector{bytes.data(), bytes.size()};
        msghdr header{};
        header.msg_name = asked.data();
        header.msg_namelen = static_cast<socklen_t>(asked.capacity());
        header.msg_iov = &vector;
        header.msg_iovlen = 1;
        header.msg_control = control.data();
        header.msg_controllen = control.size();
        if (::recvmsg(descriptor_.native_handle(), &header, MSG_ERRQUEUE | MSG_DONTWAIT) < 0) break;
        if (header.msg_namelen == 0 || !is_port_unreachable(header)) continue;
        asked.resize(header.msg_namelen);
        closed_.push_back(asked);
    }
}

std::vector<Endpoint> UdpSocket::closed_ports() {
    return std::exchange(closed_, {});
}

core::Error datagram_not_sent(const asio::ip::address& address, int error) {
    const std::string to = address.to_string();
    const bool lacks_interface =
        address.is_v6() && address.to_v6().is_link_local() && address.to_v6().scope_id() == 0;
    switch (error) {
        case EPERM:
            return {Kind::no_permission,
                    fmt::format("this machine's own firewall refuses SNMP to {}: allow outgoing "
                                "UDP to it",
                                to)};
        case EACCES:
            return {Kind::unavailable,
                    fmt::format("{} cannot be asked by SNMP: it is a broadcast address, or this "
                                "machine's routes prohibit it",
                                to)};
        case EINVAL:
        case ENETUNREACH:
        case EHOSTUNREACH:
        case ENETDOWN:
        case EADDRNOTAVAIL:
            if (lacks_interface) {
                return {Kind::unavailable,
                        fmt::format("{0} needs its interface: write {0}%eth0", to)};
            }
            return {Kind::unavailable,
                    fmt::format("this machine has no route to {0}: see ip route get {0}", to)};
        default:
            return {Kind::unavailable, fmt::format("SNMP to {} could not leave this machine: {}",
                                                   to, std::strerror(error))};
    }
}

}  // namespace rounds::probes
