#include "core/readable.hpp"

#include "core/text.hpp"
#include "core/utf8.hpp"

namespace rounds::core {

namespace {

constexpr std::size_t longest = 4096;

unsigned char byte_at(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

/// Without what is left of a character that was cut at the end.
std::string_view without_cut_end(std::string_view bytes) {
    for (std::size_t back = 1; back <= 3 && back <= bytes.size(); ++back) {
        const unsigned char byte = byte_at(bytes, bytes.size() - back);
        if (byte >= 0xc2 && byte < 0xf5) {
            const std::size_t wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
            return back < wanted ? bytes.substr(0, bytes.size() - back) : bytes;
        }
        if (byte < 0x80 || byte >= 0xc0) break;
    }
    return bytes;
}

/// Does every byte above 127 belong to a pair of GB2312 (rows 1 to 9: signs, 16 to 87: characters).
bool looks_like_gb(std::string_view bytes) {
    std::size_t characters = 0;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        const unsigned char lead = byte_at(bytes, at);
        if (lead < 0x80) continue;
        const bool row = (lead >= 0xa1 && lead <= 0xa9) || (lead >= 0xb0 && lead <= 0xf7);
        if (!row) return false;
        if (at + 1 == bytes.size()) break;  // Cut within the last character.
        if (byte_at(bytes, at + 1) < 0xa1 || byte_at(bytes, at + 1) == 0xff) return false;
        if (lead >= 0xb0) ++characters;
        ++at;
    }
    return characters > 0;
}

/// Without the half of a pair at the end.
std::string whole_pairs(std::string_view bytes) {
    std::size_t at = 0;
    while (at < bytes.size()) {
        const std::size_t wanted = byte_at(bytes, at) < 0x80 ? 1 : 2;
        if (at + wanted > bytes.size()) break;
        at += wanted;
    }
    return std::string(bytes.substr(0, at));
}

std::string from_latin_1(std::string_view bytes) {
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80) {
            text += c;
        } else if (byte >= 0xa0) {  // 80 to 9f are control characters.
            text += static_cast<char>(0xc0 | (byte >> 6));
            text += static_cast<char>(0x80 | (byte & 0x3f));
        }
    }
    return text;
}

/// The script of the two-byte characters of UTF-8 that begin with this byte.
int script_of(unsigned char lead) {
    if (lead <= 0xc5) return 1;  // Latin
    if (lead <= 0xcd) return 0;  // Phonetic letters and accents by themselves: no text
    if (lead <= 0xcf) return 2;  // Greek
    if (lead <= 0xd3) return 3;  // Cyrillic
    if (lead <= 0xd7) return 4;  // Armenian, Hebrew
    return 5;                    // Arabic and others
}

/// Short Chinese text in GB2312 can be well-formed UTF-8 by chance: "缺纸" would be a phonetic and a Hebrew letter.
bool mixes_scripts(std::string_view utf8) {
    int script = -1;
    for (std::size_t at = 0; at < utf8.size(); ++at) {
        const unsigned char lead = byte_at(utf8, at);
        if (lead < 0x80) continue;
        if (lead >= 0xe0) return false;  // Three bytes do not happen by chance.
        const int found = script_of(lead);
        if (found == 0 || (script >= 0 && found != script)) return true;
        script = found;
        ++at;
    }
    return false;
}

std::string to_utf8(std::string_view bytes, const FromGb18030& decode) {
    if (is_utf8(bytes) && !(decode && mixes_scripts(bytes) && looks_like_gb(bytes)))
        return std::string(bytes);
    if (const auto whole = without_cut_end(bytes); whole.size() < bytes.size() && is_utf8(whole))
        return std::string(whole);
    if (decode && looks_like_gb(bytes)) {
        if (auto text = decode(whole_pairs(bytes)); text && is_utf8(*text)) return *std::move(text);
    }
    return from_latin_1(bytes);
}

/// Is it a control character that is not shown (C0 without the line break, DEL, C1)?
bool hidden(char32_t c) {
    return (c < 0x20 && c != '\n') || (c >= 0x7f && c < 0xa0) || c == 0xfeff;
}

}  // namespace

std::string readable(std::string_view bytes, const FromGb18030& decode) {
    const std::string whole = to_utf8(bytes.substr(0, longest), decode);
    std::string text;
    std::string_view rest = whole;
    while (!rest.empty()) {
        const CodePoint point = first_code_point(rest);
        if (point.value == '\t') {
            text += ' ';
        } else if (point.value == '\r') {
            if (!rest.substr(1).starts_with('\n')) text += '\n';
        } else if (!hidden(point.value)) {
            text += rest.substr(0, point.bytes);
        }
        rest.remove_prefix(point.bytes);
    }
    const auto first = text.find_first_not_of(" \n");
    if (first == std::string::npos) return {};
    return text.substr(first, text.find_last_not_of(" \n") - first + 1);
}

std::string one_line(std::string_view text) {
    std::string line;
    for (const char c : text) {
        const bool space = c == ' ' || c == '\n';
        if (!space) {
            line += c;
        } else if (!line.empty() && line.back() != ' ') {
            line += ' ';
        }
    }
    while (line.ends_with(' ')) line.pop_back();
    return line;
}

}  // namespace rounds::core
