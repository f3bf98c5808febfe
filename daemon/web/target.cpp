#include "daemon/web/target.hpp"

#include <algorithm>

namespace rounds::web {

namespace {

int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string decoded(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape = text[i] == '%' && i + 2 < text.size() && digit_of(text[i + 1]) >= 0 &&
                            digit_of(text[i + 2]) >= 0;
        plain += escape ? static_cast<char>(digit_of(text[i + 1]) * 16 + digit_of(text[i + 2]))
                        : text[i];
        if (escape) i += 2;
    }
    return plain;
}

/// Calls `take` with each part between separators, but for empty ones.
template <class Take>
void split(std::string_view text, char separator, Take take) {
    while (!text.empty()) {
        const auto part = text.substr(0, text.find(separator));
        if (!part.empty()) take(part);
        text.remove_prefix(std::min(text.size(), part.size() + 1));
    }
}

}  // namespace

std::string Target::value(std::string_view name) const {
    const auto found = std::ranges::find(
        query, name, [](const auto& entry) { return std::string_view(entry.first); });
    return found == query.end() ? std::string() : found->second;
}

Target target_of(std::string_view text) {
    Target target;
    const auto mark = text.find('?');
    split(text.substr(0, mark), '/', [&](auto part) { target.path.push_back(decoded(part)); });
    if (mark == std::string_view::npos) return target;
    split(text.substr(mark + 1), '&', [&](std::string_view part) {
        const auto equals = std::min(part.find('='), part.size());
        target.query.emplace_back(decoded(part.substr(0, equals)),
                                  decoded(part.substr(std::min(equals + 1, part.size()))));
    });
    return target;
}

}  // namespace rounds::web
