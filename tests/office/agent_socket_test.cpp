#include "tests/simulator/agent_socket.hpp"

#include <array>
#include <cstring>
#include <string>

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <poll.h>
#include <sys/socket.h>

namespace rounds::simulator {
namespace {

using testing::HasSubstr;

sockaddr_in at(const char* address, std::uint16_t port) {
    sockaddr_in made{};
    made.sin_family = AF_INET;
    made.sin_port = htons(port);
    ::inet_pton(AF_INET, address, &made.sin_addr);
    return made;
}

/// A UDP socket of the test's own, at a free port.
class Peer {
 public:
    Peer() : socket_(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
        const auto any = at("127.0.0.1", 0);
        ::bind(socket_.number(), reinterpret_cast<const sockaddr*>(&any), sizeof any);
    }
    [[nodiscard]] std::uint16_t port() const {
        sockaddr_in own{};
        socklen_t size = sizeof own;
        ::getsockname(socket_.number(), reinterpret_cast<sockaddr*>(&own), &size);
        return ntohs(own.sin_port);
    }
    void send(const sockaddr_in& to, const std::string& text) const {
        ::sendto(socket_.number(), text.data(), text.size(), 0,
                 reinterpret_cast<const sockaddr*>(&to), sizeof to);
    }
    /// What comes next, and from which address.
    std::pair<std::string, std::string> hear() {
        pollfd watched{socket_.number(), POLLIN, 0};
        if (::poll(&watched, 1, 10'000) <= 0) return {};
        std::array<char, 100> bytes{};
        sockaddr_in from{};
        socklen_t size = sizeof from;
        const auto count = ::recvfrom(socket_.number(), bytes.data(), bytes.size(), 0,
                                      reinterpret_cast<sockaddr*>(&from), &size);
        std::array<char, INET_ADDRSTRLEN> text{};
        ::inet_ntop(AF_INET, &from.sin_addr, text.data(), text.size());
        return {std::string(bytes.data(), static_cast<std::size_t>(count)), text.data()};
    }

 private:
    Descriptor socket_;
};

/// A port that was free a moment ago.
std::uint16_t free_port() {
    return Peer().port();
}

TEST(AgentSocket, HearsWhichAddressIsAskedAndAnswersFromAnyOther) {
    const auto port = free_port();
    auto socket = AgentSocket::open(Family::v4, port);
    ASSERT_TRUE(socket) << socket.error().message;
    Peer peer;
    peer.send(at("127.0.0.7", port), "who is there?");
    pollfd watched{socket->descriptor(), POLLIN, 0};
    ASSERT_EQ(::poll(&watched, 1, 10'000), 1);
    const auto received = socket->receive();
    ASSERT_EQ(received.size(), 1U);
    EXPECT_EQ(received[0].asked, asio::ip::make_address("127.0.0.7"));
    EXPECT_EQ(std::string(received[0].message.begin(), received[0].message.end()), "who is there?");

    const std::string answer = "me";
    EXPECT_TRUE(socket->send({.family = Family::v4,
                              .from = asio::ip::make_address("127.0.0.9"),
                              .to = received[0].from,
                              .message = {answer.begin(), answer.end()}}));
    EXPECT_EQ(peer.hear(), std::pair(answer, std::string("127.0.0.9")));
    EXPECT_TRUE(socket->receive().empty());
}

TEST(AgentSocket, APortThatIsTakenIsSaid) {
    const Peer other;
    const auto socket = AgentSocket::open(Family::v4, other.port());
    ASSERT_FALSE(socket);
    EXPECT_EQ(socket.error().kind, core::Error::Kind::unavailable);
    EXPECT_THAT(socket.error().message, HasSubstr(std::to_string(other.port())));
}

}  // namespace
}  // namespace rounds::simulator
