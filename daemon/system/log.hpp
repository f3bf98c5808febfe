// The log: an event, then facts. Warning: somebody may have to get up. Info: a day's reading. Debug: one
// look at one device. Secrets never; device text only after core::printable().
#pragma once

#include <memory>
#include <string>

#include <spdlog/logger.h>

namespace rounds::daemon {

using Log = std::shared_ptr<spdlog::logger>;

/// To stdout. Under systemd (JOURNAL_STREAM) lines carry the journal's priority instead of a time of their own.
/// `level`: "debug", "info", "warning", "error". `over_a_bar`: each line first wipes the terminal's line, on which a
/// progress bar may stand.
[[nodiscard]] Log make_log(const std::string& level, bool over_a_bar = false);

/// Swallows everything: for tests and commands that only judge.
[[nodiscard]] Log silent_log();

}  // namespace rounds::daemon
