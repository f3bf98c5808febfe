#include "probes/gateway.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string_view>

#include <arpa/inet.h>
#include <boost/asio/ip/address.hpp>

#include "ports/asio.hpp"

namespace rounds::probes {

namespace {

// linux/route.h: RTF_UP, RTF_GATEWAY, RTF_REJECT
constexpr std::uint32_t up = 0x1, gateway = 0x2, reject = 0x200;

std::vector<std::string> words_of(const std::string& line) {
    std::istringstream stream{line};
    return {std::istream_iterator<std::string>{stream}, {}};
}

/// A whole word of hexadecimal digits as a number.
template <class Number>
std::optional<Number> hex(std::string_view word) {
    Number value{};
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value, 16);
    if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
    return value;
}

bool leads_out(std::optional<std::uint32_t> flags) {
    return flags && (*flags & (up | gateway | reject)) == (up | gateway);
}

bool all_zero(std::string_view word) {
    return word.find_first_not_of('0') == std::string_view::npos;
}

/// /proc/net/route: Iface Destination Gateway Flags RefCnt Use Metric Mask …
std::optional<std::string> gateway_of_route(const std::vector<std::string>& words) {
    if (words.size() < 8 || !all_zero(words[1]) || !all_zero(words[7])) return std::nullopt;
    const auto address = hex<std::uint32_t>(words[2]);
    if (!leads_out(hex<std::uint32_t>(words[3])) || !address || words[2].size() != 8)
        return std::nullopt;
    return asio::ip::address_v4{ntohl(*address)}
        .to_string();  // printed as the kernel holds it: network order
}

std::optional<asio::ip::address_v6> v6_of(std::string_view word) {
    asio::ip::address_v6::bytes_type bytes{};
    if (word.size() != 2 * bytes.size()) return std::nullopt;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto byte = hex<std::uint8_t>(word.substr(2 * i, 2));
        if (!byte) return std::nullopt;
        bytes[i] = *byte;
    }
    return asio::ip::address_v6{bytes};
}

/// /proc/net/ipv6_route: destination, its length, source, its length, next hop, metric, references,
/// use, flags, interface.
std::optional<std::string> gateway_of_ipv6_route(const std::vector<std::string>& words) {
    if (words.size() < 10 || !all_zero(words[0]) || !all_zero(words[1])) return std::nullopt;
    const auto address = v6_of(words[4]);
    if (!leads_out(hex<std::uint32_t>(words[8])) || !address || address->is_unspecified())
        return std::nullopt;
    const std::string text = address->to_string();
    return address->is_link_local() ? text + "%" + words[9] : text;
}

template <class GatewayOf>
void collect(const std::string& table, GatewayOf gateway_of, std::vector<std::string>& found) {
    std::istringstream lines{table};
    for (std::string line; std::getline(lines, line);) {
        const auto address = gateway_of(words_of(line));
        if (address && std::ranges::find(found, *address) == found.end()) found.push_back(*address);
    }
}

/// The file's text; empty when it cannot be read (no IPv6 on this machine).
std::string text_of(const char* path) {
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace

std::vector<std::string> default_gateways() {
    return gateways_in(text_of("/proc/net/route"), text_of("/proc/net/ipv6_route"));
}

std::vector<std::string> gateways_in(const std::string& route, const std::string& ipv6_route) {
    std::vector<std::string> found;
    collect(route, gateway_of_route, found);
    collect(ipv6_route, gateway_of_ipv6_route, found);
    return found;
}

}  // namespace rounds::probes
