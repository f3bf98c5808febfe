#include "tests/simulator/echo_packet.hpp"

#include <random>

#include <gtest/gtest.h>

namespace rounds::simulator {
namespace {

using Bytes = std::vector<std::uint8_t>;

// As iputils ping sends it: identifier 0x1234, sequence 1, data "abc" (an odd length).
const Bytes request_v4{8, 0, 0x21, 0x68, 0x12, 0x34, 0, 1, 'a', 'b', 'c'};

TEST(EchoPacket, TheExampleOfRfc1071) {
    const Bytes words{0x00, 0x01, 0xf2, 0x03, 0xf4, 0xf5, 0xf6, 0xf7};
    EXPECT_EQ(internet_checksum(words), static_cast<std::uint16_t>(~0xddf2));
    EXPECT_EQ(internet_checksum(Bytes{}), 0xffff);
}

TEST(EchoPacket, TheAnswerCarriesWhatWasAsked) {
    const auto reply = reply_v4(request_v4);
    ASSERT_EQ(reply.size(), request_v4.size());
    EXPECT_EQ(reply[0], 0);
    EXPECT_EQ(reply[1], 0);
    EXPECT_EQ(internet_checksum(reply), 0);
    EXPECT_TRUE(std::equal(reply.begin() + 4, reply.end(), request_v4.begin() + 4));
}

TEST(EchoPacket, OnlyAWholeRequestIsAnswered) {
    auto reply = request_v4;
    reply[0] = 0;
    EXPECT_TRUE(reply_v4(reply).empty()) << "a reply";
    auto code = request_v4;
    code[1] = 1;
    EXPECT_TRUE(reply_v4(code).empty()) << "a code that does not exist";
    auto damaged = request_v4;
    damaged[9] ^= 1;
    EXPECT_TRUE(reply_v4(damaged).empty()) << "a wrong checksum";
    EXPECT_TRUE(reply_v4(Bytes(request_v4.begin(), request_v4.begin() + 7)).empty()) << "cut off";
    EXPECT_TRUE(reply_v4({}).empty());
    EXPECT_TRUE(reply_v6({}).empty());
    EXPECT_TRUE(reply_v6(request_v4).empty()) << "the other family";
}

TEST(EchoPacket, V6LeavesTheChecksumToTheKernel) {
    const auto reply = reply_v6(Bytes{128, 0, 0xaa, 0xbb, 1, 2, 3, 4, 5});
    EXPECT_EQ(reply, (Bytes{129, 0, 0, 0, 1, 2, 3, 4, 5}));
}

TEST(EchoPacket, DrawnRequestsGetRightAnswers) {
    std::mt19937 draw(7);
    for (int run = 0; run < 500; ++run) {
        Bytes request(8 + draw() % 1500);
        for (auto& byte : request) byte = static_cast<std::uint8_t>(draw());
        request[0] = 8;
        request[1] = request[2] = request[3] = 0;
        const auto sum = internet_checksum(request);
        request[2] = static_cast<std::uint8_t>(sum >> 8);
        request[3] = static_cast<std::uint8_t>(sum);
        const auto reply = reply_v4(request);
        ASSERT_EQ(reply.size(), request.size());
        EXPECT_EQ(internet_checksum(reply), 0);
    }
}

}  // namespace
}  // namespace rounds::simulator
