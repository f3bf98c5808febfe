#include "core/octets.hpp"

namespace rounds::core {

std::string with_colons(std::string_view octets) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(3 * octets.size());
    for (const char c : octets) {
        const auto byte = static_cast<unsigned char>(c);
        if (!text.empty()) text += ':';
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

}  // namespace rounds::core
