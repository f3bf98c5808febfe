#include "tests/probes/neighbour.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>

#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <sys/socket.h>
#include <unistd.h>

namespace rounds::probes {

namespace {

using Bytes = Neighbour::Bytes;

template <class Header>
void append(Bytes& bytes, const Header& header) {
    const auto view = std::as_bytes(std::span{&header, 1});
    bytes.insert(bytes.end(), view.begin(), view.end());
}

void set_checksum(Bytes& icmp, std::uint16_t sum) {
    icmp[2] = static_cast<std::byte>(sum >> 8);
    icmp[3] = static_cast<std::byte>(sum & 0xff);
}

/// ICMPv6's checksum covers the addresses (RFC 8200 §8.1).
Bytes with_ipv6_checksum(const asio::ip::address& from, const asio::ip::address& to, Bytes icmp) {
    if (icmp.size() < 4) return icmp;
    set_checksum(icmp, 0);
    Bytes pseudo;
    append(pseudo, from.to_v6().to_bytes());
    append(pseudo, to.to_v6().to_bytes());
    append(pseudo, htonl(static_cast<std::uint32_t>(icmp.size())));
    append(pseudo, htonl(IPPROTO_ICMPV6));
    pseudo.insert(pseudo.end(), icmp.begin(), icmp.end());
    set_checksum(icmp, internet_checksum(pseudo));
    return icmp;
}

int opened(int family, int protocol) {
    const int descriptor = ::socket(family, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
    if (descriptor < 0)
        throw std::runtime_error{std::string{"the neighbour has no socket: "} +
                                 std::strerror(errno)};
    return descriptor;
}

}  // namespace

struct Neighbour::Inside : std::enable_shared_from_this<Inside> {
    Inside(asio::any_io_executor loop, IpVersion version, Answers how)
        : v4(version == IpVersion::v4),
          listener(loop,
                   opened(v4 ? AF_INET : AF_INET6, v4 ? int{IPPROTO_ICMP} : int{IPPROTO_ICMPV6})),
          answers(std::move(how)) {
        const int yes = 1;
        if (!v4) {
            ::setsockopt(listener.native_handle(), IPPROTO_IPV6, IPV6_RECVPKTINFO, &yes,
                         sizeof yes);
        }
    }

    void listen() {
        listener.async_wait(asio::posix::descriptor_base::wait_read,
                            [self = shared_from_this()](boost::system::error_code error) {
                                if (error) return;
                                while (const auto request = self->next()) self->answer(*request);
                                self->listen();
                            });
    }

    std::optional<Request> next() {
        while (true) {
            std::array<std::byte, 2048> bytes;
            alignas(cmsghdr) std::array<char, 256> control;
            asio::ip::icmp::endpoint from;
            iovec vector{bytes.data(), bytes.size()};
            msghdr header{};
            header.msg_name = from.data();
            header.msg_namelen = static_cast<socklen_t>(from.capacity());
            header.msg_iov = &vector;
            header.msg_iovlen = 1;
            header.msg_control = control.data();
            header.msg_controllen = control.size();
            const auto size = ::recvmsg(listener.native_handle(), &header, 0);
            if (size < 0) return std::nullopt;
            from.resize(header.msg_namelen);
            Request request{.asker = from.address(),
                            .asked = {},
                            .icmp = {bytes.begin(), bytes.begin() + size}};
            if (v4) {
                request.asked = asio::ip::address_v4{
                    ntohl(reinterpret_cast<const iphdr*>(bytes.data())->daddr)};
                request.icmp.erase(request.icmp.begin(), request.icmp.begin() + 20);
            } else {
                request.asked = destination_of(header);
            }
            if (request.icmp.at(0) != std::byte{v4 ? std::uint8_t{8} : std::uint8_t{128}}) continue;
            request.nth = heard++;
            return request;
        }
    }

    static asio::ip::address destination_of(msghdr& header) {
        const cmsghdr* part = CMSG_FIRSTHDR(&header);
        if (part == nullptr || part->cmsg_type != IPV6_PKTINFO)
            throw std::runtime_error{"no destination told"};
        in6_pktinfo info{};
        std::memcpy(&info, CMSG_DATA(part), sizeof info);
        asio::ip::address_v6::bytes_type bytes{};
        std::memcpy(bytes.data(), &info.ipi6_addr, bytes.size());
        return asio::ip::address_v6{bytes};
    }

    void answer(const Request& request) {
        for (const Answer& answer : answers(request)) {
            if (answer.after.count() == 0) {
                send(answer, request.asker);
                continue;
            }
            const auto later =
                std::make_shared<asio::steady_timer>(listener.get_executor(), answer.after);
            later->async_wait(
                [self = shared_from_this(), later, answer, to = request.asker](auto error) {
                    if (!error) self->send(answer, to);
                });
        }
    }

    void send(const Answer& answer, const asio::ip::address& to) {
        send_from(answer.from, to, answer.icmp);
        ++answered;
    }

    bool v4;
    asio::posix::stream_descriptor listener;
    Answers answers;
    int heard = 0, answered = 0;
};

Neighbour::Neighbour(asio::any_io_executor loop, IpVersion version, Answers answers)
    : inside_(std::make_shared<Inside>(std::move(loop), version, std::move(answers))) {
    inside_->listen();
}
Neighbour::~Neighbour() {
    inside_->listener.cancel();
}

int Neighbour::answered() const {
    return inside_->answered;
}

Bytes ip_packet(const asio::ip::address& from, const asio::ip::address& to, const Bytes& icmp) {
    Bytes packet;
    if (from.is_v4()) {
        iphdr header{};
        header.version = 4;
        header.ihl = 5;
        header.tot_len = htons(static_cast<std::uint16_t>(sizeof header + icmp.size()));
        header.ttl = 64;
        header.protocol = IPPROTO_ICMP;
        header.saddr = htonl(from.to_v4().to_uint());
        header.daddr = htonl(to.to_v4().to_uint());
        append(packet, header);
    } else {
        ip6_hdr header{};
        header.ip6_vfc = 6 << 4;
        header.ip6_plen = htons(static_cast<std::uint16_t>(icmp.size()));
        header.ip6_nxt = IPPROTO_ICMPV6;
        header.ip6_hlim = 64;
        std::memcpy(&header.ip6_src, from.to_v6().to_bytes().data(), 16);
        std::memcpy(&header.ip6_dst, to.to_v6().to_bytes().data(), 16);
        append(packet, header);
    }
    packet.insert(packet.end(), icmp.begin(), icmp.end());
    return packet;
}

void send_from(const asio::ip::address& from, const asio::ip::address& to, const Bytes& icmp) {
    const int yes = 1;
    const bool v4 = from.is_v4();
    const int sender = opened(v4 ? AF_INET : AF_INET6, IPPROTO_RAW);
    if (!v4) ::setsockopt(sender, IPPROTO_IPV6, IPV6_HDRINCL, &yes, sizeof yes);
    const Bytes packet = ip_packet(from, to, v4 ? icmp : with_ipv6_checksum(from, to, icmp));
    const asio::ip::icmp::endpoint endpoint{to, 0};
    const auto sent = ::sendto(sender, packet.data(), packet.size(), 0, endpoint.data(),
                               static_cast<socklen_t>(endpoint.size()));
    const std::string why = std::strerror(errno);
    ::close(sender);
    if (sent < 0) throw std::runtime_error{"the neighbour cannot answer: " + why};
}

Bytes reply(const Neighbour::Request& request) {
    Bytes icmp = request.icmp;
    const bool v4 = request.asked.is_v4();
    icmp.at(0) = v4 ? std::byte{0} : std::byte{129};
    return v4 ? with_checksum(std::move(icmp)) : icmp;
}

Bytes with_checksum(Bytes icmp) {
    set_checksum(icmp, 0);
    set_checksum(icmp, internet_checksum(icmp));
    return icmp;
}

}  // namespace rounds::probes
