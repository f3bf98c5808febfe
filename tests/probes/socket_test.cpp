#include "probes/icmp/socket.hpp"

#include <cerrno>
#include <functional>
#include <vector>

#include <gtest/gtest.h>
#include <poll.h>

#include "tests/probes/neighbour.hpp"
#include "tests/probes/own_network.hpp"

namespace rounds::probes {
namespace {

TEST(Socket, ABatchStopsAtThePacketThatCannotLeave) {
    in_own_network(Allowed::raw, [] {
        asio::io_context loop;
        auto socket = IcmpSocket::open(loop.get_executor(), IpVersion::v4).value();
        const auto to = [](const char* address) {
            IcmpSocket::Outgoing packet;
            packet.to = {asio::ip::make_address(address), 0};
            packet.bytes = build({});
            return packet;
        };
        const std::vector good_bad_good{to("127.0.0.1"), to("127.0.0.2"), to("192.0.2.1"),
                                        to("127.0.0.3")};
        const auto departure = socket.send(good_bad_good);
        EXPECT_EQ(departure.sent, 2U);
        EXPECT_EQ(departure.error, ENETUNREACH);
        EXPECT_EQ(socket.send({}).sent, 0U);
    });
}

TEST(Socket, StampsWhatItReceives) {
    in_own_network(Allowed::raw, [] {
        asio::io_context loop;
        auto socket = IcmpSocket::open(loop.get_executor(), IpVersion::v4).value();
        EXPECT_EQ(socket.framing(), Framing::ipv4_header);
        EXPECT_TRUE(socket.receive().empty());
        IcmpSocket::Outgoing packet;
        packet.to = {asio::ip::make_address("127.0.0.1"), 0};
        packet.bytes =
            build({.version = IpVersion::v4, .identifier = 7, .sequence = 1, .tag = {5, 9}});
        ASSERT_EQ(socket.send(std::vector{packet}).sent, 1U);
        const auto received = socket.receive();  // loopback answers within the send
        ASSERT_EQ(received.size(), 1U);
        EXPECT_EQ(received[0].from, asio::ip::make_address("127.0.0.1"));
        EXPECT_TRUE(received[0].arrived);
        EXPECT_EQ(read_reply(received[0].bytes, IpVersion::v4, Framing::ipv4_header, 5, 7),
                  (Reading{Reading::Kind::ours, 9}));
    });
}

/// A raw socket that a router's "unreachable" about an earlier packet has reached.
class RoutersWord : public testing::Test {
 protected:
    static void tell(const std::function<void(IcmpSocket&)>& story) {
        in_own_network(Allowed::raw, [&] {
            asio::io_context loop;
            auto socket = IcmpSocket::open(loop.get_executor(), IpVersion::v4).value();
            const auto here = asio::ip::make_address("127.0.0.1");
            const auto silent = asio::ip::make_address("127.1.2.3");
            const EchoBytes request = build({});
            // Destination unreachable (3), host (1), four bytes unused, the packet it is about.
            Neighbour::Bytes word(8);
            word[0] = std::byte{3};
            word[1] = std::byte{1};
            const auto quoted = ip_packet(here, silent, {request.begin(), request.end()});
            word.insert(word.end(), quoted.begin(), quoted.end());
            send_from(asio::ip::make_address("127.9.9.9"), here, with_checksum(word));
            ASSERT_TRUE(
                troubled(socket));  // without this the kernel would hide its own full queues too
            story(socket);
        });
    }
    static bool troubled(IcmpSocket& socket) {
        pollfd waiting{socket.descriptor().native_handle(), 0, 0};
        return ::poll(&waiting, 1, 0) == 1 && (waiting.revents & POLLERR) != 0;
    }
};

TEST_F(RoutersWord, StopsNoOtherPacket) {
    tell([](IcmpSocket& socket) {
        IcmpSocket::Outgoing packet;
        packet.to = {asio::ip::make_address("127.0.0.2"), 0};
        packet.bytes = build({});
        const auto departure = socket.send(std::vector{packet, packet});
        EXPECT_EQ(departure.sent, 2U);
        EXPECT_EQ(departure.error, 0);
    });
}

TEST_F(RoutersWord, IsReadAwayWithTheReplies) {
    tell([](IcmpSocket& socket) {
        EXPECT_TRUE(socket.receive().empty());
        EXPECT_FALSE(troubled(socket));
    });
}

}  // namespace
}  // namespace rounds::probes
