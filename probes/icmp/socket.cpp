#include "probes/icmp/socket.hpp"

#include <cerrno>
#include <cstring>
#include <random>
#include <utility>
#include <vector>

#include <linux/icmp.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>

namespace rounds::probes {

namespace {

constexpr int wanted_receive_buffer = 4 * 1024 * 1024;
// Small on purpose: our own packets must fill this socket's share (EAGAIN: we wait) before they
// fill the interface's queue, which drops.
constexpr int wanted_send_buffer = 106'496;
// A reply costs the kernel 832 bytes on loopback and up to a 2 KiB fragment with its descriptor
// from a driver.
constexpr int bytes_per_packet = 2'304;

template <class Option>
bool set_option(int descriptor, int level, int name, const Option& value) {
    return ::setsockopt(descriptor, level, name, &value, sizeof value) == 0;
}

/// Opened, or -1 with errno.
int open_socket(IpVersion version, bool raw) {
    const int type = (raw ? SOCK_RAW : SOCK_DGRAM) | SOCK_NONBLOCK | SOCK_CLOEXEC;
    return version == IpVersion::v4 ? ::socket(AF_INET, type, IPPROTO_ICMP)
                                    : ::socket(AF_INET6, type, IPPROTO_ICMPV6);
}

/// Raw sockets hear every ICMP packet of the machine; only echo replies concern us.
void filter(int descriptor, IpVersion version) {
    if (version == IpVersion::v4) {
        icmp_filter only_replies{};
        only_replies.data = ~(1U << ICMP_ECHOREPLY);
        set_option(descriptor, SOL_RAW, ICMP_FILTER, only_replies);
    } else {
        icmp6_filter only_replies{};
        ICMP6_FILTER_SETBLOCKALL(&only_replies);
        ICMP6_FILTER_SETPASS(ICMP6_ECHO_REPLY, &only_replies);
        set_option(descriptor, IPPROTO_ICMPV6, ICMP6_FILTER, only_replies);
    }
}

/// A datagram socket's identifier is its "port", which binding chooses.
std::uint16_t bound_identifier(int descriptor, IpVersion version) {
    const asio::ip::address any = version == IpVersion::v4
                                      ? asio::ip::address{asio::ip::address_v4::any()}
                                      : asio::ip::address{asio::ip::address_v6::any()};
    asio::ip::icmp::endpoint here{any, 0};
    if (::bind(descriptor, here.data(), static_cast<socklen_t>(here.size())) != 0) return 0;
    auto size = static_cast<socklen_t>(here.capacity());
    ::getsockname(descriptor, here.data(), &size);
    return here.port();
}

std::optional<StampTime> stamp_of(msghdr& header) {
    for (cmsghdr* part = CMSG_FIRSTHDR(&header); part != nullptr;
         part = CMSG_NXTHDR(&header, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_TIMESTAMPNS) continue;
        timespec stamp{};
        std::memcpy(&stamp, CMSG_DATA(part), sizeof stamp);
        return StampTime{std::chrono::seconds{stamp.tv_sec} +
                         std::chrono::nanoseconds{stamp.tv_nsec}};
    }
    return std::nullopt;
}

}  // namespace

/// Where recvmmsg puts what it reads. A packet longer than a slot is somebody else's.
struct IcmpSocket::Slots {
    struct Slot {
        std::array<std::byte, 2048> bytes;
        alignas(cmsghdr) std::array<char, 128> control;
        asio::ip::icmp::endpoint from;
        iovec vector{};
    };
    std::array<Slot, receive_batch> slots;
    std::array<mmsghdr, receive_batch> headers{};
    std::vector<Received> received;
};

void IcmpSocket::SlotsDeleter::operator()(Slots* slots) const {
    delete slots;
}

IcmpSocket::IcmpSocket(asio::posix::stream_descriptor descriptor, IpVersion version, bool raw)
    : descriptor_(std::move(descriptor)), version_(version), raw_(raw), slots_(new Slots) {
    prepare();
}

core::Result<IcmpSocket> IcmpSocket::open(asio::any_io_executor executor, IpVersion version) {
    int descriptor = open_socket(version, false);
    const int datagram_error = descriptor < 0 ? errno : 0;
    if (descriptor < 0) descriptor = open_socket(version, true);
    if (descriptor < 0) return no_socket(version, datagram_error, errno);
    return IcmpSocket{asio::posix::stream_descriptor{executor, descriptor}, version,
                      datagram_error != 0};
}

void IcmpSocket::prepare() {
    const int descriptor = descriptor_.native_handle();
    const bool v4 = version_ == IpVersion::v4;
    const int yes = 1;
    if (raw_) {
        filter(descriptor, version_);
        identifier_ = static_cast<std::uint16_t>(std::random_device{}());
    } else {
        identifier_ = bound_identifier(descriptor, version_);
    }
    set_option(descriptor, SOL_SOCKET, SO_TIMESTAMPNS, yes);
    set_option(descriptor, v4 ? IPPROTO_IP : IPPROTO_IPV6, v4 ? IP_RECVERR : IPV6_RECVERR, yes);
    set_option(descriptor, SOL_SOCKET, SO_SNDBUF, wanted_send_buffer);
    if (!set_option(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, wanted_receive_buffer)) {
        set_option(descriptor, SOL_SOCKET, SO_RCVBUF,
                   wanted_receive_buffer);  // as far as net.core.rmem_max goes
    }
    socklen_t size = sizeof receive_buffer_;
    ::getsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receive_buffer_, &size);
}

Framing IcmpSocket::framing() const {
    return raw_ && version_ == IpVersion::v4 ? Framing::ipv4_header : Framing::bare;
}

int IcmpSocket::receive_capacity() const {
    return receive_buffer_ / bytes_per_packet;
}

Departure IcmpSocket::send(std::span<const Outgoing> packets) {
    std::array<Leaving, send_batch> leaving;
    const std::size_t count = std::min(packets.size(), send_batch);
    for (std::size_t i = 0; i < count; ++i) {
        const auto& [to, bytes] = packets[i];
        leaving[i] = {bytes.data(), bytes.size(), to.data(), to.size()};
    }
    return depart(
        descriptor_.native_handle(), std::span(leaving).first(count),
        [](int error) { return hindrance_of(error) == Hindrance::lasting; },
        [this] { forget_errors(); });
}

/// Empties the error queue: "unreachable" from a router is no reply, and silence says as much.
/// False when there was nothing.
bool IcmpSocket::forget_errors() {
    bool any = false;
    for (int i = 0; i < 1024; ++i) {
        std::array<std::byte, 64> bytes;
        iovec vector{bytes.data(), bytes.size()};
        msghdr header{};
        header.msg_iov = &vector;
        header.msg_iovlen = 1;
        if (::recvmsg(descriptor_.native_handle(), &header, MSG_ERRQUEUE | MSG_DONTWAIT) < 0) break;
        any = true;
    }
    return any;
}

std::span<const IcmpSocket::Received> IcmpSocket::receive() {
    for (std::size_t i = 0; i < receive_batch; ++i) {
        auto& slot = slots_->slots[i];
        msghdr& header = slots_->headers[i].msg_hdr;
        slot.vector = {slot.bytes.data(), slot.bytes.size()};
        header.msg_name = slot.from.data();
        header.msg_namelen = static_cast<socklen_t>(slot.from.capacity());
        header.msg_iov = &slot.vector;
        header.msg_iovlen = 1;
        header.msg_control = slot.control.data();
        header.msg_controllen = slot.control.size();
    }
    for (int tries = 0; tries < 16; ++tries) {
        const int count = ::recvmmsg(descriptor_.native_handle(), slots_->headers.data(),
                                     receive_batch, MSG_DONTWAIT, nullptr);
        if (count > 0) return take(static_cast<std::size_t>(count));
        if (errno == EAGAIN || errno == EWOULDBLOCK) break;
        if (errno != EINTR) forget_errors();
    }
    return {};
}

std::span<const IcmpSocket::Received> IcmpSocket::take(std::size_t count) {
    slots_->received.clear();
    for (std::size_t i = 0; i < count; ++i) {
        auto& slot = slots_->slots[i];
        mmsghdr& header = slots_->headers[i];
        const bool whole = (header.msg_hdr.msg_flags & MSG_TRUNC) == 0;
        slot.from.resize(header.msg_hdr.msg_namelen);
        const std::span<const std::byte> bytes = slot.bytes;
        slots_->received.push_back({.from = slot.from.address(),
                                    .arrived = stamp_of(header.msg_hdr),
                                    .bytes = bytes.first(whole ? header.msg_len : 0)});
    }
    return slots_->received;
}

}  // namespace rounds::probes
