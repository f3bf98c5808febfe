// What the office says when it may not open its socket.
#include "tests/simulator/echo_socket.hpp"

#include <thread>

#include <gmock/gmock.h>
#include <linux/capability.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace rounds::simulator {
namespace {

/// Gives up every capability of this thread alone.
bool become_powerless() {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct none[2]{};
    return ::syscall(SYS_capset, &header, none) == 0;
}

class SocketRefusal : public testing::TestWithParam<Family> {};

TEST_P(SocketRefusal, SaysWhatWouldAllowIt) {
    std::thread([] {
        ASSERT_TRUE(become_powerless());
        const auto socket = EchoSocket::open(GetParam());
        ASSERT_FALSE(socket);
        EXPECT_EQ(socket.error().kind, core::Error::Kind::no_permission);
        EXPECT_THAT(socket.error().message,
                    testing::AllOf(testing::StartsWith("no raw ICMP"),
                                   testing::HasSubstr("the right CAP_NET_RAW"),
                                   testing::HasSubstr("`unshare -Urn`")));
    }).join();
}

INSTANTIATE_TEST_SUITE_P(Families, SocketRefusal, testing::Values(Family::v4, Family::v6),
                         [](const auto& test) { return test.param == Family::v4 ? "v4" : "v6"; });

}  // namespace
}  // namespace rounds::simulator
