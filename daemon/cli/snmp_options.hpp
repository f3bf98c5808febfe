// SNMP credentials from the command line.
#pragma once

#include <memory>

#include "config/setup.hpp"
#include "core/result.hpp"
#include "core/snmp.hpp"
#include "daemon/cli/commands.hpp"

namespace rounds::daemon {

/// What the options say; null when they say nothing. Errors: invalid_input, and those of reading a password's file.
[[nodiscard]] core::Result<std::shared_ptr<const core::SnmpCredentials>> credentials_of(
    const SnmpOptions& options, const config::Setup& setup);

}  // namespace rounds::daemon
