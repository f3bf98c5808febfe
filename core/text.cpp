#include "core/text.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "core/utf8.hpp"

namespace rounds::core {

namespace {

/// Characters that a terminal or a browser obeys or hides instead of showing.
bool is_unshowable(char32_t c) {
    const auto within = [c](char32_t first, char32_t last) { return first <= c && c <= last; };
    return c < 0x20 || within(0x7f, 0x9f)            // C0, DEL, C1
           || c == 0xad || c == 0x61c                // soft hyphen, Arabic letter mark
           || c == 0x180e || c == 0x200b             // spaces without width
           || within(0x200e, 0x200f)                 // left-to-right and right-to-left marks
           || within(0x2028, 0x202e)                 // line separators, bidi embeddings
           || within(0x2060, 0x206f)                 // word joiner, bidi isolates
           || c == 0xfeff || within(0xfff9, 0xfffb)  // byte order mark, annotations
           || within(0xe0000, 0xe007f);              // tags: text within text
}

std::string escaped(char32_t c) {
    switch (c) {
        case '\n': return "\\n";
        case '\r': return "\\r";
        case '\t': return "\\t";
        default: break;
    }
    const auto number = static_cast<std::uint32_t>(c);
    if (number < 0x80) return fmt::format("\\x{:02x}", number);
    return number <= 0xffff ? fmt::format("\\u{:04x}", number) : fmt::format("\\U{:08x}", number);
}

/// One character of the input as it is shown, and how many characters that is.
struct Shown {
    std::string text;
    std::size_t length = 0;
};

Shown shown(std::string_view rest, const CodePoint& point) {
    if (point.valid && !is_unshowable(point.value)) {
        return {std::string(rest.substr(0, point.bytes)), 1};
    }
    std::string text = point.valid ? escaped(point.value)
                                   : fmt::format("\\x{:02x}", static_cast<unsigned char>(rest[0]));
    const std::size_t length = text.size();
    return {std::move(text), length};
}

std::string ascii_lower(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char c) {
        return 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return lower;
}

std::u32string characters(std::string_view text) {
    const std::string lower = ascii_lower(text);
    std::u32string points;
    for (std::string_view rest = lower; !rest.empty();) {
        const CodePoint point = first_code_point(rest);
        points.push_back(point.value);
        rest.remove_prefix(point.bytes);
    }
    return points;
}

/// Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other
/// (optimal string alignment).
std::size_t edit_distance(const std::u32string& a, const std::u32string& b) {
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

}  // namespace

std::string printable(std::string_view text, std::size_t limit) {
    std::string line;
    std::size_t length = 0;
    std::size_t cut_at = 0;  // where "…" still fits
    while (!text.empty()) {
        const CodePoint point = first_code_point(text);
        const Shown next = shown(text, point);
        if (length + next.length > limit) {
            line.resize(cut_at);
            return limit == 0 ? line : line + "…";
        }
        line += next.text;
        length += next.length;
        if (length < limit) cut_at = line.size();
        text.remove_prefix(point.bytes);
    }
    return line;
}

std::string pad_right(std::string_view text, std::size_t width) {
    const std::size_t taken = columns(text);
    return std::string(text) + std::string(width > taken ? width - taken : 0, ' ');
}

std::string pad_left(std::string_view text, std::size_t width) {
    const std::size_t taken = columns(text);
    return std::string(width > taken ? width - taken : 0, ' ') + std::string(text);
}

std::string_view nearest(std::string_view word, const std::string_view* begin,
                         const std::string_view* end) {
    const std::u32string wanted = characters(word);
    const std::size_t allowed = wanted.size() / 3;
    std::string_view best;
    std::size_t best_distance = allowed + 1;
    for (const std::string_view* candidate = begin; candidate != end; ++candidate) {
        const std::u32string offered = characters(*candidate);
        if (offered.size() > wanted.size() + allowed || offered.size() + allowed < wanted.size())
            continue;
        const std::size_t distance = edit_distance(wanted, offered);
        if (distance < best_distance) {
            best = *candidate;
            best_distance = distance;
        }
    }
    return best;
}

}  // namespace rounds::core
