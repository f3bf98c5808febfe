#include "config/address.hpp"

#include <algorithm>
#include <array>

#include <arpa/inet.h>
#include <fmt/format.h>

#include "config/values.hpp"

namespace rounds::config {

namespace {

using core::Result;

constexpr std::string_view advice = "write an IPv4 or IPv6 address or a host name";

bool all_of(std::string_view text, std::string_view allowed) {
    return text.find_first_not_of(allowed) == std::string_view::npos;
}

bool letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// One part of a host name (RFC 1123; the underscore is in use though not in it).
bool is_label(std::string_view label) {
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           std::ranges::all_of(label,
                               [](char c) { return letter_or_digit(c) || c == '-' || c == '_'; });
}

bool is_host_name(std::string_view name) {
    if (name.ends_with('.')) name.remove_suffix(1);
    if (name.empty() || name.size() > 253) return false;
    while (true) {
        const auto dot = name.find('.');
        if (!is_label(name.substr(0, dot))) return false;
        if (dot == std::string_view::npos) return true;
        name.remove_prefix(dot + 1);
    }
}

/// 10.1.0.1, in the network's byte order; false for anything else (octal forms too).
bool parse_ipv4(const std::string& text, std::array<unsigned char, 4>& bytes) {
    return inet_pton(AF_INET, text.c_str(), bytes.data()) == 1;
}

Result<std::string> ipv4(const std::string& text) {
    std::array<unsigned char, 4> bytes{};
    if (!parse_ipv4(text, bytes))
        return refusal(text, "an IPv4 address", "it has four numbers from 0 to 255");
    if (bytes[0] == 0 || bytes[0] >= 224) return refusal(text, "the address of one device", advice);
    return text;
}

Result<std::string> ipv6(const std::string& text) {
    std::array<unsigned char, 16> bytes{};
    const auto percent = text.find('%');  // fe80::1%eth0
    const bool zone_missing = percent != std::string::npos && percent + 1 == text.size();
    if (zone_missing || inet_pton(AF_INET6, text.substr(0, percent).c_str(), bytes.data()) != 1) {
        return refusal(text, "an IPv6 address",
                       "write it like 2001:db8::1, without brackets and port");
    }
    if (bytes[0] == 0xFF ||
        std::ranges::all_of(bytes, [](unsigned char byte) { return byte == 0; })) {
        return refusal(text, "the address of one device", advice);
    }
    return text;
}

/// "10.1.0.1:161", "printer:80": an address with one colon and a number behind it.
bool has_port(std::string_view text) {
    const auto colon = text.find(':');
    return colon != std::string_view::npos && colon > 0 && colon + 1 < text.size() &&
           all_of(text.substr(colon + 1), "0123456789") && (is_host_name(text.substr(0, colon)));
}

}  // namespace

Result<std::string> address(std::string_view text) {
    std::string whole(text);
    if (const auto scheme = text.find("://"); scheme != std::string_view::npos) {
        const auto host = text.substr(scheme + 3);
        return refusal(
            text, "an address but a URL",
            fmt::format("write the host alone: {}", host.substr(0, host.find_first_of("/:?"))));
    }
    if (const auto slash = text.find('/'); slash != std::string_view::npos) {
        return refusal(text, "the address of one device",
                       "it names a whole network; write each device by itself");
    }
    if (has_port(text)) {
        return refusal(text, "an address but has a port",
                       fmt::format("write the address alone: {}", text.substr(0, text.find(':'))));
    }
    if (text.find(':') != std::string_view::npos) return ipv6(whole);
    if (!text.empty() && all_of(text, "0123456789.")) return ipv4(whole);
    if (is_host_name(text)) return whole;
    return refusal(text, "an address", advice);
}

Result<std::string> host_name(std::string_view text) {
    if (is_host_name(text) && !all_of(text, "0123456789.")) return std::string(text);
    return refusal(text, "a host name", "write one like www.example.com");
}

}  // namespace rounds::config
