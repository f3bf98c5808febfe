// What commands ask: the daemon, or the database where none runs.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "config/setup.hpp"
#include "core/message.hpp"
#include "core/result.hpp"

namespace rounds::daemon {

using Json = nlohmann::ordered_json;

/// What came back: one JSON object. (A json is also what it converts to: it does not fit into a Result by
/// itself.)
struct Answer {
    Json object;
};

/// The answer to GET `target`: from the daemon, else from its database, read-only. Errors: what the daemon
/// objected to; where neither can be asked, why.
[[nodiscard]] core::Result<Answer> look_up(const config::Setup& setup, const std::string& target);

/// The same of the running daemon alone: what its database does not know.
[[nodiscard]] core::Result<Answer> ask_running(const config::Setup& setup,
                                               const std::string& target);

/// The answer to POST `target`: nobody but the running daemon can do it.
[[nodiscard]] core::Result<Answer> order(
    const config::Setup& setup, const std::string& target, const Json& body,
    std::chrono::milliseconds patience = std::chrono::seconds(15));

/// "?locale=zh-CN": the words of the answer are for this reader.
[[nodiscard]] std::string in_language(const core::Locale& locale);

/// For people who pipe it on: indented, ends with a line break.
[[nodiscard]] std::string written(const Json& object);

// What is absent, or something else than a later or an earlier version has there, is empty.

/// A text at object[key], or below: text_in(incident, "subject", "name").
[[nodiscard]] std::string text_in(const Json& object, std::string_view key);
[[nodiscard]] std::string text_in(const Json& object, std::string_view key, std::string_view below);
[[nodiscard]] double real_in(const Json& object, std::string_view key);
[[nodiscard]] std::int64_t number_in(const Json& object, std::string_view key);
[[nodiscard]] bool is_true(const Json& object, std::string_view key);
/// Null when it is absent.
[[nodiscard]] const Json& part_of(const Json& object, std::string_view key);
/// A time as core::rfc3339() writes it.
[[nodiscard]] std::optional<core::WallTime> time_in(const Json& object, std::string_view key);

}  // namespace rounds::daemon
