#include "probes/icmp/trouble.hpp"

#include <cerrno>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
    Trouble, NoSocketTest,
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
    Error::Kind kind;
    std::string says;
    friend void PrintTo(const NotSent& c, std::ostream* out) { *out << c.name; }
};

class NotSentTest : public testing::TestWithParam<NotSent> {};

TEST_P(NotSentTest, SaysWhy) {
    const auto error = not_sent(asio::ip::make_address("192.0.2.1"), GetParam().error);
    EXPECT_EQ(error.kind, GetParam().kind);
    EXPECT_THAT(error.message, AllOf(HasSubstr(GetParam().says), HasSubstr("192.0.2.1")));
}

INSTANTIATE_TEST_SUITE_P(
    Trouble, NotSentTest,
    testing::Values(NotSent{"Firewall", EPERM, Error::Kind::no_permission, "own firewall refuses"},
                    NotSent{"Broadcast", EACCES, Error::Kind::unavailable, "broadcast"},
                    NotSent{"NoRoute", ENETUNREACH, Error::Kind::unavailable, "no route"},
                    NotSent{"UnreachableRoute", EHOSTUNREACH, Error::Kind::unavailable, "no route"},
                    NotSent{"Blackhole", EINVAL, Error::Kind::unavailable, "no route"},
                    NotSent{"Full", ENOBUFS, Error::Kind::busy, "gc_thresh3"},
                    NotSent{"Other", EMSGSIZE, Error::Kind::unavailable, "Message too long"}),
    [](const auto& test) { return test.param.name; });

TEST(Trouble, KnowsWhatWaitingMends) {
    EXPECT_EQ(hindrance_of(EAGAIN), Hindrance::socket_full);
    EXPECT_EQ(hindrance_of(ENOBUFS), Hindrance::machine_full);
    EXPECT_EQ(hindrance_of(ENOMEM), Hindrance::machine_full);
    for (const int error : {EPERM, EACCES, ENETUNREACH, EHOSTUNREACH, EINVAL, EMSGSIZE}) {
        EXPECT_EQ(hindrance_of(error), Hindrance::lasting);
    }
}

TEST(NotSentTest, ALinkLocalAddressNeedsItsInterface) {
    for (const int error : {EINVAL, ENETUNREACH}) {
        EXPECT_THAT(not_sent(asio::ip::make_address("fe80::1"), error).message,
                    HasSubstr("fe80::1%eth0"));
    }
    EXPECT_THAT(not_sent(asio::ip::make_address("fe80::1%1"), ENETUNREACH).message,
                HasSubstr("no route"));
}

}  // namespace
}  // namespace rounds::probes
