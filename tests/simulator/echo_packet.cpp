#include "tests/simulator/echo_packet.hpp"

namespace rounds::simulator {
namespace {

constexpr std::size_t header = 8;  // type, code, checksum, identifier, sequence
constexpr std::uint8_t v4_request = 8, v4_reply = 0, v6_request = 128, v6_reply = 129;

bool is(std::span<const std::uint8_t> message, std::uint8_t type) {
    return message.size() >= header && message[0] == type && message[1] == 0;
}

}  // namespace

std::uint16_t internet_checksum(std::span<const std::uint8_t> bytes) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        sum += static_cast<std::uint64_t>(bytes[i] << 8 | bytes[i + 1]);
    }
    if (bytes.size() % 2 != 0) sum += static_cast<std::uint64_t>(bytes.back() << 8);
    while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
    return static_cast<std::uint16_t>(~sum & 0xffff);
}

std::vector<std::uint8_t> reply_v4(std::span<const std::uint8_t> request) {
    if (!is(request, v4_request) || internet_checksum(request) != 0) return {};
    std::vector<std::uint8_t> reply(request.begin(), request.end());
    reply[0] = v4_reply;
    reply[2] = reply[3] = 0;
    const auto sum = internet_checksum(reply);
    reply[2] = static_cast<std::uint8_t>(sum >> 8);
    reply[3] = static_cast<std::uint8_t>(sum & 0xff);
    return reply;
}

std::vector<std::uint8_t> reply_v6(std::span<const std::uint8_t> request) {
    if (!is(request, v6_request)) return {};
    std::vector<std::uint8_t> reply(request.begin(), request.end());
    reply[0] = v6_reply;
    reply[2] = reply[3] = 0;
    return reply;
}

}  // namespace rounds::simulator
