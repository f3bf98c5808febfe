// Hooks: where incidents are told.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/time.hpp"
#include "core/verdict.hpp"

namespace rounds::core {

/// One line of `hooks`, with every default filled in. Holds secrets: never log it whole.
struct Hook {
    enum class Type { webhook };
    std::string name;  ///< Unique; the deliveries in the outbox are kept under it.
    Type type = Type::webhook;
    std::string url;     ///< http or https. May carry a token: show `origin(url)` only.
    std::string secret;  ///< "whsec_" and base64, or plain; empty: deliveries are not signed.
    std::filesystem::path ca_file;  ///< PEM, believed instead of the system's; empty: the system's.
    Severity min_severity = Severity::fourth;  ///< This and graver are told.
    Duration timeout{10'000};                  ///< From connecting to the end of the answer.

    [[nodiscard]] bool wants(Severity severity) const { return severity <= min_severity; }
    friend bool operator==(const Hook&, const Hook&) = default;
};

/// "webhook"
[[nodiscard]] std::string_view word(Hook::Type type);

/// What may be shown of a URL: "https://host:8443/…", without user, path and query, which may be
/// secrets. "a URL" for a text that is none.
[[nodiscard]] std::string origin(std::string_view url);

}  // namespace rounds::core
