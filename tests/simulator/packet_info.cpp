#include "tests/simulator/packet_info.hpp"

#include <cstring>

namespace rounds::simulator {

std::optional<asio::ip::address> asked_address(msghdr& header) {
    for (auto* part = CMSG_FIRSTHDR(&header); part != nullptr; part = CMSG_NXTHDR(&header, part)) {
        if (part->cmsg_level == IPPROTO_IP && part->cmsg_type == IP_PKTINFO) {
            in_pktinfo info{};
            std::memcpy(&info, CMSG_DATA(part), sizeof info);
            return asio::ip::address_v4{ntohl(info.ipi_addr.s_addr)};
        }
        if (part->cmsg_level == IPPROTO_IPV6 && part->cmsg_type == IPV6_PKTINFO) {
            in6_pktinfo info{};
            std::memcpy(&info, CMSG_DATA(part), sizeof info);
            asio::ip::address_v6::bytes_type asked{};
            std::memcpy(asked.data(), &info.ipi6_addr, asked.size());
            return asio::ip::address_v6{asked};
        }
    }
    return std::nullopt;
}

void leave_from(const asio::ip::address& address, PacketControl& control, msghdr& header) {
    header.msg_control = control.data();
    header.msg_controllen = address.is_v4() ? CMSG_SPACE(sizeof(in_pktinfo)) : control.size();
    auto* part = CMSG_FIRSTHDR(&header);
    if (address.is_v4()) {
        in_pktinfo info{};
        info.ipi_spec_dst.s_addr = htonl(address.to_v4().to_uint());
        part->cmsg_level = IPPROTO_IP;
        part->cmsg_type = IP_PKTINFO;
        part->cmsg_len = CMSG_LEN(sizeof info);
        std::memcpy(CMSG_DATA(part), &info, sizeof info);
    } else {
        in6_pktinfo info{};
        const auto bytes = address.to_v6().to_bytes();
        std::memcpy(&info.ipi6_addr, bytes.data(), bytes.size());
        part->cmsg_level = IPPROTO_IPV6;
        part->cmsg_type = IPV6_PKTINFO;
        part->cmsg_len = CMSG_LEN(sizeof info);
        std::memcpy(CMSG_DATA(part), &info, sizeof info);
    }
}

}  // namespace rounds::simulator
