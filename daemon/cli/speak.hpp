// What all commands say the same way.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "config/load.hpp"
#include "core/message.hpp"
#include "core/result.hpp"

namespace rounds::daemon {

/// "rounds: message" on stderr; returns `code`.
int complain(const core::Error& error, int code = 1);

/// Every problem on stderr, one line each; returns 1.
int complain(const std::vector<config::Problem>& problems);

/// Writes `text` to standard output, whole; returns `code`. A full disk behind it is complained of, and then the
/// code is at least 1. A reader that has gone (`| head`) wanted no more: no complaint.
int say(std::string_view text, int code = 0);

/// Where a person's own profiles lie when nothing else is said: /etc/rounds/profiles. Empty when there is no such
/// folder, or it may not be looked into: the shipped profiles are there for all.
[[nodiscard]] std::optional<std::filesystem::path> usual_profiles();

/// The setup's locale, with another language when one was asked for ("en", "zh-CN").
[[nodiscard]] core::Locale locale_of(const config::Setup& setup,
                                     const std::optional<std::string>& asked);

}  // namespace rounds::daemon
