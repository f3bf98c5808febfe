#include "core/utf8.hpp"

#include "core/text.hpp"

namespace rounds::core {

namespace {

unsigned byte_at(std::string_view text, std::size_t index) {
    return static_cast<unsigned char>(text[index]);
}

/// The length that a first byte announces; 0 for bytes that begin nothing.
std::size_t announced_length(unsigned first) {
    if (first < 0x80) return 1;
    if (first < 0xc2) return 0;  // continuation bytes, overlong forms
    if (first < 0xe0) return 2;
    if (first < 0xf0) return 3;
    return first < 0xf5 ? 4 : 0;
}

bool is_scalar(char32_t value, std::size_t bytes) {
    constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = 0xd800 <= value && value <= 0xdfff;
    return value >= smallest[bytes] && value <= 0x10ffff && !surrogate;
}

}  // namespace

CodePoint first_code_point(std::string_view text) {
    constexpr CodePoint broken{.value = 0xfffd, .bytes = 1, .valid = false};
    const unsigned first = byte_at(text, 0);
    const std::size_t bytes = announced_length(first);
    if (bytes == 0 || bytes > text.size()) return broken;
    if (bytes == 1) return {.value = first, .bytes = 1, .valid = true};

    char32_t value = first & (0x7fU >> bytes);
    for (std::size_t i = 1; i < bytes; ++i) {
        const unsigned next = byte_at(text, i);
        if ((next & 0xc0U) != 0x80U) return broken;
        value = (value << 6U) | (next & 0x3fU);
    }
    return is_scalar(value, bytes) ? CodePoint{.value = value, .bytes = bytes, .valid = true}
                                   : broken;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const CodePoint point = first_code_point(text);
        if (!point.valid) return false;
        text.remove_prefix(point.bytes);
    }
    return true;
}

}  // namespace rounds::core
