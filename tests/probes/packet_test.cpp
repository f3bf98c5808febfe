#include "probes/icmp/packet.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace rounds::probes {
namespace {

using Bytes = std::vector<std::byte>;
constexpr std::uint64_t cookie = 0x0123456789abcdef;
constexpr std::uint16_t identifier = 0xbeef;
constexpr Reading ours_7{Reading::Kind::ours, 7}, others{Reading::Kind::others, 0}, nonsense{};

void fix_checksum(Bytes& icmp) {
    icmp[2] = icmp[3] = std::byte{0};
    const std::uint16_t sum = internet_checksum(icmp);
    icmp[2] = static_cast<std::byte>(sum >> 8);
    icmp[3] = static_cast<std::byte>(sum & 0xff);
}

/// The reply that an honest host sends to a request: another type, and the checksum to it.
Bytes reply_to(const EchoRequest& request) {
    const EchoBytes bytes = build(request);
    Bytes reply(bytes.begin(), bytes.end());
    reply[0] = request.version == IpVersion::v4 ? std::byte{0} : std::byte{129};
    if (request.version == IpVersion::v4) fix_checksum(reply);
    return reply;
}

Bytes reply_7(IpVersion version = IpVersion::v4) {
    return reply_to(
        {.version = version, .identifier = identifier, .sequence = 3, .tag = {cookie, 7}});
}

/// With an IPv4 header of `words` 32-bit words in front.
Bytes behind_header(Bytes icmp, int words = 5, int version = 4, int protocol = 1) {
    Bytes packet(static_cast<std::size_t>(std::max(words, 5)) * 4);
    packet[0] = static_cast<std::byte>(version << 4 | words);
    packet[9] = static_cast<std::byte>(protocol);
    packet.insert(packet.end(), icmp.begin(), icmp.end());
    return packet;
}

Bytes with(Bytes bytes, std::size_t at, int value, bool mend = true) {
    bytes[at] = static_cast<std::byte>(value);
    if (mend) fix_checksum(bytes);
    return bytes;
}

Bytes cut(Bytes bytes, std::size_t size) {
    bytes.resize(size);
    if (size >= 4) fix_checksum(bytes);
    return bytes;
}

TEST(Packet, RequestLooksAsRfc792Says) {
    const EchoBytes bytes = build(
        {.version = IpVersion::v4, .identifier = 0x1234, .sequence = 0x5678, .tag = {cookie, 7}});
    EXPECT_EQ(bytes[0], std::byte{8});
    EXPECT_EQ(bytes[1], std::byte{0});
    EXPECT_EQ(bytes[4], std::byte{0x12});
    EXPECT_EQ(bytes[7], std::byte{0x78});
    EXPECT_EQ(internet_checksum(bytes), 0);
}

TEST(Packet, RequestLooksAsRfc4443SaysAndLeavesTheChecksumToTheKernel) {
    const EchoBytes bytes =
        build({.version = IpVersion::v6, .identifier = 1, .sequence = 2, .tag = {cookie, 7}});
    EXPECT_EQ(bytes[0], std::byte{128});
    EXPECT_EQ(bytes[2], std::byte{0});
    EXPECT_EQ(bytes[3], std::byte{0});
}

TEST(Packet, ChecksumOfRfc1071sExample) {
    const Bytes example{std::byte{0x00}, std::byte{0x01}, std::byte{0xf2}, std::byte{0x03},
                        std::byte{0xf4}, std::byte{0xf5}, std::byte{0xf6}, std::byte{0xf7}};
    EXPECT_EQ(internet_checksum(example), static_cast<std::uint16_t>(~0xddf2));
    EXPECT_EQ(internet_checksum({}), 0xffff);
    EXPECT_EQ(internet_checksum(Bytes{std::byte{0xab}}), static_cast<std::uint16_t>(~0xab00));
}

struct Case {
    std::string name;
    Bytes bytes;
    Reading expected;
    Framing framing = Framing::bare;
    IpVersion version = IpVersion::v4;
};

class ReadReply : public testing::TestWithParam<Case> {};

TEST_P(ReadReply, Tells) {
    const auto& [name, bytes, expected, framing, version] = GetParam();
    EXPECT_EQ(read_reply(bytes, version, framing, cookie, identifier), expected);
}

constexpr auto header = Framing::ipv4_header;
INSTANTIATE_TEST_SUITE_P(
    Packet, ReadReply,
    testing::Values(
        Case{"OurReply", reply_7(), ours_7},
        Case{"OurReplyOverIpv6", reply_7(IpVersion::v6), ours_7, Framing::bare, IpVersion::v6},
        Case{"BehindAHeader", behind_header(reply_7()), ours_7, header},
        Case{"BehindAHeaderWithOptions", behind_header(reply_7(), 15), ours_7, header},
        Case{"ChangedIdentifierIsStillOurs", with(reply_7(), 4, 0x00), ours_7},
        Case{"ChangedSequenceIsStillOurs", with(reply_7(), 7, 0x99), ours_7},
        Case{"PaddingCutAway", cut(reply_7(), 32), ours_7},
        Case{"PaddingChanged", with(reply_7(), 40, 0xff), ours_7},
        Case{"OwnRequestHeardOnLoopback", with(reply_7(), 0, 8), others},
        Case{"Unreachable", with(reply_7(), 0, 3), others},
        Case{"Ipv6RequestIsNoReply", with(reply_7(IpVersion::v6), 0, 128, false), others,
             Framing::bare, IpVersion::v6},
        Case{"AnotherProgramsPing", reply_to({.identifier = 1, .tag = {99, 7}}), others},
        Case{"AnotherProgramsShortPing", cut(reply_to({.identifier = 1, .tag = {99, 7}}), 12),
             others},
        Case{"AnotherEngineWithOurIdentifier", reply_to({.identifier = identifier, .tag = {99, 7}}),
             nonsense},
        Case{"WrongChecksum", with(reply_7(), 40, 0xff, false), nonsense},
        Case{"NumberChangedUnderARightChecksum", with(reply_7(), 23, 8), nonsense},
        Case{"SealChanged", with(reply_7(), 31, 0x00), nonsense},
        Case{"CodeThatNoReplyHas", with(reply_7(), 1, 1), nonsense}, Case{"Empty", {}, nonsense},
        Case{"CutWithinTheHeader", cut(reply_7(), 7), nonsense},
        Case{"CutWithinTheTag", cut(reply_7(), 31), nonsense},
        Case{"HeaderOnly", cut(reply_7(), 8), nonsense},
        Case{"EmptyWhereAHeaderBelongs", {}, nonsense, header},
        Case{"IpHeaderOnly", behind_header({}), nonsense, header},
        Case{"IpHeaderCut", cut(behind_header(reply_7()), 19), nonsense, header},
        Case{"IpHeaderTooShortToBeTrue", behind_header(reply_7(), 4), nonsense, header},
        Case{"IpHeaderLongerThanThePacket", behind_header(Bytes(8), 15, 4), nonsense, header},
        Case{"Ipv6WhereIpv4Belongs", behind_header(reply_7(), 5, 6), nonsense, header},
        Case{"UdpWhereIcmpBelongs", behind_header(reply_7(), 5, 4, 17), nonsense, header}),
    [](const auto& test) { return test.param.name; });

TEST(PacketProperty, WhateverIsBuiltIsReadAgain) {
    std::mt19937_64 random{20261124};
    for (int i = 0; i < 5'000; ++i) {
        const auto version = i % 2 == 0 ? IpVersion::v4 : IpVersion::v6;
        const EchoTag tag{random(), random()};
        const auto id = static_cast<std::uint16_t>(random());
        const Bytes reply = reply_to({version, id, static_cast<std::uint16_t>(random()), tag});
        const Reading expected{Reading::Kind::ours, tag.number};
        ASSERT_EQ(read_reply(reply, version, Framing::bare, tag.cookie, id), expected);
        if (version == IpVersion::v4) {
            ASSERT_EQ(read_reply(behind_header(reply, 5 + i % 11), version, header, tag.cookie, id),
                      expected);
        }
    }
}

TEST(PacketProperty, DamageIsNeverTakenForAnotherRequest) {
    std::mt19937_64 random{7};
    for (int i = 0; i < 20'000; ++i) {
        const auto version = i % 2 == 0 ? IpVersion::v4 : IpVersion::v6;
        Bytes reply = reply_7(version);
        for (auto damages = 1 + random() % 4; damages > 0; --damages) {
            reply[random() % reply.size()] ^= static_cast<std::byte>(1 + random() % 255);
        }
        if (random() % 2 == 0) fix_checksum(reply);  // damage that the checksum does not see
        if (random() % 4 == 0) reply.resize(random() % (reply.size() + 1));
        const Reading reading = read_reply(reply, version, Framing::bare, cookie, identifier);
        ASSERT_EQ(reading.number, reading.kind == Reading::Kind::ours ? 7U : 0U);
    }
}

TEST(PacketProperty, ChanceMakesNoReply) {
    std::mt19937_64 random{11};
    for (int i = 0; i < 20'000; ++i) {
        Bytes bytes(random() % 130);
        for (auto& byte : bytes) byte = static_cast<std::byte>(random());
        if (!bytes.empty())
            bytes[0] = static_cast<std::byte>(i % 3 == 0 ? 0x45 : i % 3 == 1 ? 0 : 129);
        for (const auto version : {IpVersion::v4, IpVersion::v6}) {
            for (const auto framing : {Framing::bare, header}) {
                ASSERT_NE(read_reply(bytes, version, framing, cookie, identifier).kind,
                          Reading::Kind::ours);
            }
        }
    }
}

}  // namespace
}  // namespace rounds::probes
