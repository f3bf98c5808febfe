// From files to a Setup, or to every mistake in them at once.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "config/setup.hpp"
#include "core/result.hpp"

namespace rounds::config {

/// One mistake and where it is.
struct Problem {
    std::string file;
    int line = 0;      ///< From 1; 0 when it is about the whole file.
    int column = 0;    ///< From 1, in characters; 0 when it is about the whole line or file.
    std::string what;  ///< What is wrong and how to mend it.

    /// "rounds.yaml:14:3: …"; without the numbers that are 0.
    [[nodiscard]] std::string sentence() const;
    friend bool operator==(const Problem&, const Problem&) = default;
};

/// What loading gave: a Setup, or at least one problem.
struct Loaded {
    std::shared_ptr<const Setup> setup;  ///< Null exactly when `problems` is not empty.
    std::vector<Problem> problems;       ///< By file in order of reading, then line.
};

/// Reads an environment variable; empty when it is not set. For tests; std::getenv otherwise.
using Environment = std::function<std::optional<std::string>(const std::string&)>;
[[nodiscard]] Environment process_environment();

/// Loads `file`, then conf.d/*.yaml beside it in name order, then the archives they name. Touches nothing
/// else but the system's zone files and *_file secrets.
[[nodiscard]] Loaded load(const std::filesystem::path& file,
                          const Environment& environment = process_environment());

/// The same, and the profiles: the shipped ones, over them `profiles`/*.yaml beside the file.
[[nodiscard]] Loaded load_all(const std::filesystem::path& file,
                              const Environment& environment = process_environment());

/// What there is when there is no file: everything built in, and the profiles as load_profiles() has them.
/// Without a Setup when one of `profiles` has a mistake.
[[nodiscard]] Loaded without_file(const std::optional<std::filesystem::path>& profiles = {});

/// A Setup for addresses given by hand, without any file: what `rounds inspect ADDRESS…` uses.
/// Asked by SNMP when there are credentials. Without profiles.
[[nodiscard]] std::shared_ptr<const Setup> for_addresses(
    const std::vector<std::string>& addresses,
    const std::shared_ptr<const core::SnmpCredentials>& credentials = nullptr);

/// The system's time zone of an IANA name ("Asia/Shanghai"), from its zone files; right from 1970 to 2037.
/// Error invalid_input with the nearest known name when there is none, not_found when the machine has no
/// zone files, damaged when this one cannot be read.
[[nodiscard]] core::Result<core::TimeZone> system_time_zone(const std::string& name);
/// The machine's own zone: the one that TZ names, else that of /etc/localtime; UTC when it cannot be told
/// (so also for a TZ that is a rule, "CST-8").
[[nodiscard]] core::TimeZone local_time_zone();

}  // namespace rounds::config
