// The edge of hooks: one HTTP request to where alerts go.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/time.hpp"
#include "ports/asio.hpp"

namespace rounds::ports {

/// One POST. `url`, `headers` and `body` may hold secrets and are never shown.
struct HookRequest {
    std::string url;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    core::Duration timeout{10'000};  ///< From the hand-over to the end of the answer.
    std::filesystem::path ca_file;  ///< PEM, believed instead of the system's; empty: the system's.
};

/// How it ended.
struct HookReply {
    enum class Outcome {
        answered,             ///< With an HTTP answer to its end, or to the size of what is read.
        bad_url,              ///< Not an http or https URL.
        name_not_found,       ///< The host's name does not resolve, or no name server answers.
        no_connection,        ///< Refused, unreachable, or nobody there.
        certificate_refused,  ///< Its TLS certificate is not to be believed.
        tls_failed,           ///< TLS failed otherwise.
        timed_out,
        broken,    ///< The connection ended before the answer did.
        nonsense,  ///< What came back is not HTTP, or its headers do not end.
    };
    Outcome outcome = Outcome::answered;
    /// Of the final answer; 0 when its headers were not complete. With timed_out and broken it tells
    /// that only the answer's body is lacking.
    int status = 0;
    std::string retry_after;  ///< The header as sent, at most 100 bytes; empty when absent.
    std::string body;         ///< At most 64 KiB.
    bool cut = false;         ///< There was more of the body.
    std::string
        detail;  ///< What the library says, printable, without path or secret; may be empty.
};

/// Used on the loop thread only; outlives every coroutine that uses it. Redirects are not followed,
/// proxies of the environment not used. Cancellation as Clock::sleep_until; the receiver may have got
/// the request all the same.
class HookPort {
 public:
    virtual ~HookPort() = default;
    virtual asio::awaitable<HookReply> post(HookRequest request) = 0;
};

}  // namespace rounds::ports
