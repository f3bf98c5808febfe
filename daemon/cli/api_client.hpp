// Asking the daemon, from a command.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace rounds::daemon {

struct ApiRequest {
    std::string method = "GET";
    std::string target;  ///< Path and query, with percent_encoded() parts.
    std::string body;    ///< JSON, or empty.
};

struct ApiAnswer {
    int status = 0;  ///< 200 …
    std::string body;
    [[nodiscard]] bool good() const { return status >= 200 && status < 300; }
};

/// One request on a connection of its own; blocks. Errors: unavailable (no daemon there, none that answers in
/// time, or an answer that is none), no_permission.
[[nodiscard]] core::Result<ApiAnswer> ask_daemon(
    const std::filesystem::path& socket, const ApiRequest& request,
    std::chrono::milliseconds patience = std::chrono::seconds(15));

/// All bytes but letters, digits, '-', '.', '_' and '~' as %XX (RFC 3986 §2.1).
[[nodiscard]] std::string percent_encoded(std::string_view text);

}  // namespace rounds::daemon
