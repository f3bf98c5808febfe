#include "tests/simulator/local_route.hpp"

#include <array>
#include <cerrno>
#include <cstring>

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/socket.h>

#include "tests/simulator/descriptor.hpp"

namespace rounds::simulator {
namespace {

/// The network's first address: the kernel refuses bits behind the prefix.
std::vector<std::uint8_t> masked(const Network& network) {
    auto bytes = bytes_of(network.address);
    for (std::size_t bit = network.prefix; bit < bytes.size() * 8; ++bit) {
        bytes[bit / 8] = static_cast<std::uint8_t>(bytes[bit / 8] & ~(0x80 >> bit % 8));
    }
    return bytes;
}

/// A netlink request as rtnetlink(7) lays it out; all of it fits by construction.
struct RouteRequest {
    nlmsghdr header{};
    rtmsg route{};
    std::array<char, 64> attributes{};

    void add(unsigned short type, const void* data, std::size_t size) {
        const std::size_t start =
            NLMSG_ALIGN(header.nlmsg_len) - offsetof(RouteRequest, attributes);
        rtattr attribute{};
        attribute.rta_type = type;
        attribute.rta_len = static_cast<unsigned short>(RTA_LENGTH(size));
        std::memcpy(attributes.data() + start, &attribute, sizeof attribute);
        std::memcpy(attributes.data() + start + RTA_LENGTH(0), data, size);
        header.nlmsg_len = static_cast<unsigned>(NLMSG_ALIGN(header.nlmsg_len) + RTA_LENGTH(size));
    }
};

RouteRequest request_for(const Network& network) {
    RouteRequest request;
    request.header.nlmsg_len = NLMSG_LENGTH(sizeof(rtmsg));
    request.header.nlmsg_type = RTM_NEWROUTE;
    request.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL;
    request.route.rtm_family = network.address.is_v4() ? AF_INET : AF_INET6;
    request.route.rtm_dst_len = static_cast<unsigned char>(network.prefix);
    request.route.rtm_table = RT_TABLE_LOCAL;
    request.route.rtm_protocol = RTPROT_STATIC;
    request.route.rtm_scope = RT_SCOPE_HOST;
    request.route.rtm_type = RTN_LOCAL;
    const auto destination = masked(network);
    request.add(RTA_DST, destination.data(), destination.size());
    const unsigned loopback = ::if_nametoindex("lo");
    request.add(RTA_OIF, &loopback, sizeof loopback);
    return request;
}

}  // namespace

std::vector<std::uint8_t> bytes_of(const asio::ip::address& address) {
    if (address.is_v4()) {
        const auto bytes = address.to_v4().to_bytes();
        return {bytes.begin(), bytes.end()};
    }
    const auto bytes = address.to_v6().to_bytes();
    return {bytes.begin(), bytes.end()};
}

bool add_local_route(const Network& network) {
    const Descriptor socket(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));
    const auto request = request_for(network);
    if (::send(socket.number(), &request, request.header.nlmsg_len, 0) < 0) return false;
    struct {
        nlmsghdr header;
        nlmsgerr error;
        std::array<char, 512> rest;
    } answer{};
    if (::recv(socket.number(), &answer, sizeof answer, 0) < 0) return false;
    errno = -answer.error.error;
    return errno == 0 || errno == EEXIST;
}

}  // namespace rounds::simulator
