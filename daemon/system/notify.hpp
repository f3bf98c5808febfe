// What systemd is told (sd_notify); nothing happens when Rounds does not run under it.
#pragma once

#include <optional>
#include <string>

#include "core/time.hpp"

namespace rounds::daemon::notify {

void ready();
void reloading();  ///< RELOADING=1 with MONOTONIC_USEC; ready() ends it.
void stopping();
void status(const std::string& line);  ///< Shown by `systemctl status`.
void alive();                          ///< WATCHDOG=1.

/// How often alive() is expected; empty when no watchdog is set.
[[nodiscard]] std::optional<core::Duration> watchdog_interval();

}  // namespace rounds::daemon::notify
