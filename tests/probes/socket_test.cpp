#include "probes/icmp/socket.hpp"

#include <cerrno>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/probes/own_network.hpp"

namespace rounds::probes {
namespace {

using core::Error;
using testing::AllOf;
using testing::HasSubstr;

struct NoSocket {
    std::string name;
    IpVersion version;
    int datagram, raw;
    Error::Kind kind;
    std::string says;
    friend void PrintTo(const NoSocket& c, std::ostream* out) { *out << c.name; }
};

class NoSocketTest : public testing::TestWithParam<NoSocket> {};

TEST_P(NoSocketTest, SaysWhy) {
    const auto error = no_socket(GetParam().version, GetParam().datagram, GetParam().raw);
    EXPECT_EQ(error.kind, GetParam().kind);
    EXPECT_THAT(error.message, HasSubstr(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(
    Socket, NoSocketTest,
    testing::Values(
        NoSocket{"NotPermitted", IpVersion::v4, EACCES, EPERM, Error::Kind::no_permission,
                 "datagram socket: Permission denied; raw socket: Operation not permitted"},
        NoSocket{"NotPermittedIpv6", IpVersion::v6, EACCES, EPERM, Error::Kind::no_permission,
                 "IPv6"},
        NoSocket{"OutOfFiles", IpVersion::v4, EMFILE, EMFILE, Error::Kind::unavailable,
                 "Too many open files"},
        NoSocket{"NoIpv6", IpVersion::v6, EAFNOSUPPORT, EAFNOSUPPORT, Error::Kind::unavailable,
                 "this machine has no IPv6"}),
    [](const auto& test) { return test.param.name; });

TEST(NoSocketTest, OnlyWhatIsNotPermittedIsMendedByPermission) {
    const auto mend = AllOf(HasSubstr("net.ipv4.ping_group_range"), HasSubstr("CAP_NET_RAW"));
    EXPECT_THAT(no_socket(IpVersion::v4, EACCES, EPERM).message, mend);
    EXPECT_THAT(no_socket(IpVersion::v4, EMFILE, EMFILE).message,
                testing::Not(HasSubstr("CAP_NET_RAW")));
}

struct NotSent {
    std::string name;
    int error;
    std::string says;
    friend void PrintTo(const NotSent& c, std::ostream* out) { *out << c.name; }
};

class NotSentTest : public testing::TestWithParam<NotSent> {};

TEST_P(NotSentTest, SaysWhy) {
    const auto error = not_sent(asio::ip::make_address("192.0.2.1"), GetParam().error);
    EXPECT_EQ(error.kind, Error::Kind::unavailable);
    EXPECT_THAT(error.message, AllOf(HasSubstr(GetParam().says), HasSubstr("192.0.2.1")));
}

INSTANTIATE_TEST_SUITE_P(Socket, NotSentTest,
                         testing::Values(NotSent{"Firewall", EPERM, "own firewall refuses"},
                                         NotSent{"Broadcast", EACCES, "broadcast"},
                                         NotSent{"NoRoute", ENETUNREACH, "no route"},
                                         NotSent{"UnreachableRoute", EHOSTUNREACH, "no route"},
                                         NotSent{"Blackhole", EINVAL, "no route"},
                                         NotSent{"Full", ENOBUFS, "gc_thresh3"},
                                         NotSent{"Other", EMSGSIZE, "Message too long"}),
                         [](const auto& test) { return test.param.name; });

TEST(SocketTest, ABatchStopsAtThePacketThatCannotLeave) {
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

TEST(SocketTest, StampsWhatItReceives) {
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

}  // namespace
}  // namespace rounds::probes
