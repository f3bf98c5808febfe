// Signatures of Standard Webhooks (https://www.standardwebhooks.com): who told it, and that nobody
// changed it.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/incident.hpp"
#include "core/result.hpp"
#include "core/time.hpp"

namespace rounds::hooks {

/// HMAC-SHA256 (RFC 2104, FIPS 180-4), 32 bytes.
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view text);

/// RFC 4648 section 4, with padding.
[[nodiscard]] std::string base64(std::string_view bytes);

/// The bytes that a hook's secret stands for: those behind "whsec_" in base64, else the text itself.
/// Error invalid_input, without the secret in it, for "whsec_" followed by something else or nothing.
[[nodiscard]] core::Result<std::string> signing_key(std::string_view secret);

/// "v1," and the base64 of HMAC-SHA256(id.timestamp.body); `at` in whole seconds since 1970.
[[nodiscard]] std::string signature(std::string_view key, std::string_view id, core::WallTime at,
                                    std::string_view body);

/// webhook-id, webhook-timestamp and, unless `key` is empty, webhook-signature. `at` is the moment of
/// the attempt; `id` is the same at each.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> webhook_headers(
    std::string_view key, const core::EventId& id, core::WallTime at, std::string_view body);

}  // namespace rounds::hooks
