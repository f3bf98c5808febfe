#include "tests/office/asker.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

namespace rounds::simulator {
namespace {

struct Peer {
    sockaddr_storage storage{};
    socklen_t size = 0;
};

Peer peer_of(const asio::ip::address& address) {
    Peer peer;
    if (address.is_v4()) {
        sockaddr_in v4{};
        v4.sin_family = AF_INET;
        v4.sin_addr.s_addr = htonl(address.to_v4().to_uint());
        std::memcpy(&peer.storage, &v4, peer.size = sizeof v4);
    } else {
        sockaddr_in6 v6{};
        v6.sin6_family = AF_INET6;
        const auto bytes = address.to_v6().to_bytes();
        std::memcpy(&v6.sin6_addr, bytes.data(), bytes.size());
        std::memcpy(&peer.storage, &v6, peer.size = sizeof v6);
    }
    return peer;
}

asio::ip::address address_of(const sockaddr_storage& storage) {
    if (storage.ss_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &storage, sizeof v4);
        return asio::ip::address_v4{ntohl(v4.sin_addr.s_addr)};
    }
    sockaddr_in6 v6{};
    std::memcpy(&v6, &storage, sizeof v6);
    asio::ip::address_v6::bytes_type bytes{};
    std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
    return asio::ip::address_v6{bytes};
}

}  // namespace

Asker::Asker(bool v6)
    : v6_(v6),
      socket_(::socket(v6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_CLOEXEC,
                       v6 ? static_cast<int>(IPPROTO_ICMPV6) : IPPROTO_ICMP)) {
    if (!socket_) throw std::runtime_error(std::string("no ICMP socket: ") + std::strerror(errno));
    const int room = 1 << 20;
    ::setsockopt(socket_.number(), SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
}

std::uint16_t Asker::ask(const std::string& address, std::size_t data) {
    std::vector<std::uint8_t> message(8 + data, 'x');
    ++sequence_;
    message[0] = v6_ ? 128 : 8;
    message[1] = message[2] = message[3] = message[4] = message[5] = 0;
    message[6] = static_cast<std::uint8_t>(sequence_ >> 8);
    message[7] = static_cast<std::uint8_t>(sequence_ & 0xff);
    const auto peer = peer_of(asio::ip::make_address(address));
    const auto sent = ::sendto(socket_.number(), message.data(), message.size(), 0,
                               reinterpret_cast<const sockaddr*>(&peer.storage), peer.size);
    if (sent < 0) throw std::runtime_error(address + ": " + std::strerror(errno));
    return sequence_;
}

std::optional<Heard> Asker::hear() {
    pollfd watched{socket_.number(), POLLIN, 0};
    if (::poll(&watched, 1, 10'000) <= 0) return std::nullopt;
    std::vector<std::uint8_t> message(65'536);
    Peer from;
    from.size = sizeof from.storage;
    const auto size = ::recvfrom(socket_.number(), message.data(), message.size(), 0,
                                 reinterpret_cast<sockaddr*>(&from.storage), &from.size);
    if (size < 8) return std::nullopt;
    return Heard{.from = address_of(from.storage),
                 .sequence = static_cast<std::uint16_t>(message[6] << 8 | message[7]),
                 .bytes = static_cast<std::size_t>(size),
                 .at = std::chrono::steady_clock::now()};
}

int Asker::answers_before(const std::string& address, const std::string& witness) {
    const auto asked = ask(address);
    const auto last = ask(witness);
    int answers = 0;
    while (const auto heard = hear()) {
        if (heard->sequence == last) return answers;
        if (heard->sequence == asked) ++answers;
    }
    return -1;
}

}  // namespace rounds::simulator
