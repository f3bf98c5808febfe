// One request through libcurl, from its options to its reply.
#pragma once

#include <memory>

#include "ports/hook_port.hpp"

namespace rounds::hooks {

/// Belongs to the thread that drives it. Made with an URL that is none, it has its reply at once.
class Transfer {
 public:
    static constexpr std::size_t most_body = 65'536;
    static constexpr std::size_t most_headers = 65'536;  ///< Of all answers, interim ones included.

    explicit Transfer(ports::HookRequest request);
    ~Transfer();
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    /// The easy handle (CURL*), its CURLOPT_PRIVATE this Transfer; null when there is nothing to drive.
    [[nodiscard]] void* handle() const;

    /// The reply, once libcurl has ended with this code (a CURLcode); taken once.
    [[nodiscard]] ports::HookReply reply(int code);

 private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace rounds::hooks
