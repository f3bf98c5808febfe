// Words to values: what one scalar of the configuration (or one cell of an archive) may say. Each function
// gives the value, or an Error (invalid_input) that says what to write instead.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "core/time.hpp"

namespace rounds::config {

/// Reads one scalar.
template <class T>
using Parser = std::function<core::Result<T>(std::string_view)>;

/// One line for people to read: not empty, at most 200 characters, no control characters.
[[nodiscard]] core::Result<std::string> line_of_text(std::string_view text);

/// `true` or `false`.
[[nodiscard]] core::Result<bool> truth(std::string_view text);

/// A whole number within [least, most].
[[nodiscard]] Parser<int> number(int least, int most);

/// 30s, 5m, 1h30m, 500ms, 2d: units from large to small, each once; "45s", never bare "45".
[[nodiscard]] core::Result<core::Microseconds> span_of_time(std::string_view text);

/// A span of whole milliseconds within [least, most].
[[nodiscard]] Parser<core::Duration> duration(core::Duration least, core::Duration most);

/// A span of whole days ("400d") within [least, most], as their number.
[[nodiscard]] Parser<int> days(int least, int most);

/// A time that an answer may take, 1us to 60s; "never" gives an empty optional.
[[nodiscard]] core::Result<std::optional<core::Microseconds>> round_trip_limit(
    std::string_view text);

/// "5%" as 0.05; above 0% and up to 100%; "never" gives an empty optional.
[[nodiscard]] core::Result<std::optional<double>> share_limit(std::string_view text);

/// A limit of a check item in the item's unit: 85%, 85 or 40.5; "never" gives an empty optional.
[[nodiscard]] core::Result<std::optional<double>> item_limit(std::string_view text);

/// 200M, 1G, 1.5G, 512k as bits per second.
[[nodiscard]] core::Result<std::int64_t> bandwidth(std::string_view text);

/// A path that is not empty. Relative paths are the caller's to complete.
[[nodiscard]] core::Result<std::filesystem::path> path(std::string_view text);

/// A span as it would be written: "30s", "1h30m", "500ms".
[[nodiscard]] std::string show(core::Duration span);

/// An Error: `"text" is not WHAT; ADVICE`.
[[nodiscard]] core::Error refusal(std::string_view text, std::string_view what,
                                  std::string_view advice);

/// ` did you mean "…"?` or ` it is one of a, b, c`, for an Error about a word that is not among `words`.
[[nodiscard]] std::string suggestion(std::string_view word,
                                     std::span<const std::string_view> words);

/// One of the words of an enum, by its own `of` function ("switch" → DeviceClass::switch_). `words` are for the
/// advice; `what` names it: "a class".
template <class Value>
[[nodiscard]] Parser<Value> one_of(std::string_view what,
                                   std::optional<Value> (*of)(std::string_view),
                                   std::span<const std::string_view> words) {
    return [=](std::string_view text) -> core::Result<Value> {
        if (const auto value = of(text)) return *value;
        return refusal(text, what, suggestion(text, words));
    };
}

}  // namespace rounds::config
