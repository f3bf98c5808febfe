#include "daemon/hooks/webhook.hpp"

#include <utility>

#include "daemon/hooks/signature.hpp"

namespace rounds::hooks {

core::Result<ports::HookRequest> webhook_request(const core::Hook& hook, const core::EventId& id,
                                                 std::string body, core::WallTime at) {
    const auto key = signing_key(hook.secret);
    if (!key) return key.error();
    ports::HookRequest request;
    request.url = hook.url;
    request.headers = webhook_headers(*key, id, at, body);
    request.headers.emplace_back("Content-Type", "application/json");
    request.body = std::move(body);
    request.timeout = hook.timeout;
    request.ca_file = hook.ca_file;
    return request;
}

}  // namespace rounds::hooks
