// The request of a webhook.
#pragma once

#include <string>

#include "core/hook.hpp"
#include "core/incident.hpp"
#include "core/result.hpp"
#include "ports/hook_port.hpp"

namespace rounds::hooks {

/// One attempt at `at` to tell the hook what `body` says. Error invalid_input for a secret that cannot be
/// used (config::load refuses it before).
[[nodiscard]] core::Result<ports::HookRequest> webhook_request(const core::Hook& hook,
                                                               const core::EventId& id,
                                                               std::string body, core::WallTime at);

}  // namespace rounds::hooks
