// Messages: what Rounds says to people, as an id with parameters; the sentence is made when it is
// shown, in the reader's language. State and history hold messages, never sentences.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/message_id.hpp"
#include "core/time.hpp"

namespace rounds::core {

class TimeZone;

enum class Language { english, chinese };

/// "en" / "zh-CN" (BCP 47).
[[nodiscard]] std::string_view tag(Language language);
/// The language of exactly such a tag, in upper or lower case; empty for any other.
[[nodiscard]] std::optional<Language> language_of(std::string_view tag);

/// A share of 1, shown as percent.
struct Ratio {
    double value = 0;
    friend bool operator==(const Ratio&, const Ratio&) = default;
};

/// What a message's parameter can be. Text is device or user text: inert, escaped by each sink.
using Value =
    std::variant<std::string, std::int64_t, double, Ratio, Microseconds, Duration, WallTime>;

/// One message: an id and its parameters by name.
struct Message {
    MessageId id;
    std::vector<std::pair<std::string, Value>> with = {};

    friend bool operator==(const Message&, const Message&) = default;
};

/// How a reader wants it: the language, and the office's time zone for moments.
struct Locale {
    Language language = Language::english;
    /// Not owned; null shows moments in UTC, as "11-23 02:12 UTC".
    const TimeZone* zone = nullptr;
};

/// The message as a sentence (no final full stop). Parameters are put in as `show` has them and never
/// read as placeholders themselves. {count|device|devices} is the first form when count is 1. A
/// parameter the message lacks shows as "?".
[[nodiscard]] std::string render(const Message& message, const Locale& locale);

/// One value as a reader sees it: 0.4 ms, 3.7%, 53 min / 53 分, 11-23 10:12 (office time), text as
/// `printable` has it. A share is 0% or 100% only when it is; a number that is none (NaN) is "?".
[[nodiscard]] std::string show(const Value& value, const Locale& locale);

/// The catalogue's key of an id ("reason.no_answer"), as stored; and back. Empty when no catalogue of
/// this version has the key.
[[nodiscard]] std::string_view key(MessageId id);
[[nodiscard]] std::optional<MessageId> message_id(std::string_view key);

/// All keys, and the texts of one language in the same order (index = the id's number).
[[nodiscard]] std::span<const std::string_view> message_keys();
[[nodiscard]] std::span<const std::string_view> message_texts(Language language);

}  // namespace rounds::core
