#include "daemon/hooks/signature.hpp"

#include <array>
#include <chrono>
#include <optional>

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace rounds::hooks {

namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view prefix = "whsec_";

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::int64_t seconds(core::WallTime at) {
    return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

/// What base64 stands for; the padding may be left out. Empty for anything else.
std::optional<std::string> from_base64(std::string_view text) {
    for (int most = 2; most > 0 && text.ends_with('='); --most) text.remove_suffix(1);
    if (text.size() % 4 == 1) return std::nullopt;
    std::string bytes;
    unsigned bits = 0;
    int count = 0;
    for (const char c : text) {
        const auto value = alphabet.find(c);
        if (value == std::string_view::npos) return std::nullopt;
        bits = bits << 6 | static_cast<unsigned>(value);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        bytes += static_cast<char>(bits >> count & 0xff);
    }
    return bytes;
}

}  // namespace

std::string hmac_sha256(std::string_view key, std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    ::HMAC(::EVP_sha256(), bytes_of(key), static_cast<int>(key.size()), bytes_of(text), text.size(),
           digest.data(), &length);
    return {digest.begin(), digest.begin() + length};
}

std::string base64(std::string_view bytes) {
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const auto byte = [&](std::size_t i) {
            return at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U;
        };
        const unsigned bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        text += alphabet[bits >> 18];
        text += alphabet[bits >> 12 & 63];
        text += at + 1 < bytes.size() ? alphabet[bits >> 6 & 63] : '=';
        text += at + 2 < bytes.size() ? alphabet[bits & 63] : '=';
    }
    return text;
}

core::Result<std::string> signing_key(std::string_view secret) {
    if (!secret.starts_with(prefix)) return std::string(secret);
    auto key = from_base64(secret.substr(prefix.size()));
    if (key && !key->empty()) return *std::move(key);
    return core::Error{core::Error::Kind::invalid_input,
                       "the secret begins with whsec_ but no base64 follows; copy it again, whole"};
}

std::string signature(std::string_view key, std::string_view id, core::WallTime at,
                      std::string_view body) {
    const std::string text = fmt::format("{}.{}.{}", id, seconds(at), body);
    return "v1," + base64(hmac_sha256(key, text));
}

std::vector<std::pair<std::string, std::string>> webhook_headers(std::string_view key,
                                                                 const core::EventId& id,
                                                                 core::WallTime at,
                                                                 std::string_view body) {
    std::vector<std::pair<std::string, std::string>> headers{
        {"webhook-id", id.value}, {"webhook-timestamp", fmt::format("{}", seconds(at))}};
    if (!key.empty()) headers.emplace_back("webhook-signature", signature(key, id.value, at, body));
    return headers;
}

}  // namespace rounds::hooks
