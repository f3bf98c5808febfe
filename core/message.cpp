#include "core/message.hpp"

#include <algorithm>

namespace rounds::core {

namespace {

bool same_tag(std::string_view a, std::string_view b) {
    // BCP 47 tags know no case.
    const auto lower = [](char c) {
        return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    };
    return std::ranges::equal(a, b, [&](char x, char y) { return lower(x) == lower(y); });
}

const Value* find(const Message& message, std::string_view name) {
    const auto found =
        std::ranges::find(message.with, name, [](const auto& pair) { return pair.first; });
    return found == message.with.end() ? nullptr : &found->second;
}

bool is_one(const Value& value) {
    const auto* whole = std::get_if<std::int64_t>(&value);
    const auto* real = std::get_if<double>(&value);
    return (whole != nullptr && *whole == 1) || (real != nullptr && *real == 1.0);
}

/// What stands for "name" or "name|one|other".
std::string filled(std::string_view placeholder, const Message& message, const Locale& locale) {
    const std::size_t bar = placeholder.find('|');
    const Value* value = find(message, placeholder.substr(0, bar));
    if (bar == std::string_view::npos) return value == nullptr ? "?" : show(*value, locale);

    const std::string_view forms = placeholder.substr(bar + 1);
    const std::size_t middle = forms.find('|');
    const bool one = value != nullptr && is_one(*value);
    return std::string(one ? forms.substr(0, middle) : forms.substr(middle + 1));
}

}  // namespace

std::string_view tag(Language language) {
    return language == Language::chinese ? "zh-CN" : "en";
}

std::optional<Language> language_of(std::string_view text) {
    for (const Language language : {Language::english, Language::chinese}) {
        if (same_tag(text, tag(language))) return language;
    }
    return std::nullopt;
}

// The text is walked once, from left to right: what a device calls itself is never read as a
// placeholder.
std::string render(const Message& message, const Locale& locale) {
    const auto texts = message_texts(locale.language);
    const auto number = static_cast<std::size_t>(message.id);
    if (number >= texts.size()) return "?";

    std::string sentence;
    std::string_view rest = texts[number];
    while (true) {
        const std::size_t open = rest.find('{');
        sentence += rest.substr(0, open);
        if (open == std::string_view::npos) return sentence;
        const std::size_t close =
            rest.find('}', open);  // there is one: cmake/messages.py has looked
        sentence += filled(rest.substr(open + 1, close - open - 1), message, locale);
        rest.remove_prefix(close + 1);
    }
}

std::string_view key(MessageId id) {
    const auto keys = message_keys();
    const auto number = static_cast<std::size_t>(id);
    return number < keys.size() ? keys[number] : std::string_view{};
}

std::optional<MessageId> message_id(std::string_view key) {
    const auto keys = message_keys();
    const auto found = std::ranges::lower_bound(keys, key);  // cmake/messages.py sorts them
    if (found == keys.end() || *found != key) return std::nullopt;
    return static_cast<MessageId>(found - keys.begin());
}

}  // namespace rounds::core
