#include "config/written_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/text.hpp"

namespace rounds::config {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

bool continues_character(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

bool is_control(char byte) {
    const auto value = static_cast<unsigned char>(byte);
    return (value < 0x20 && byte != '\t' && byte != '\r' && byte != '\n') || value == 0x7F;
}

}  // namespace

WrittenText::WrittenText(std::string_view text) : text_(text), starts_{0} {
    if (text.starts_with(byte_order_mark)) starts_.front() = byte_order_mark.size();
    for (std::size_t at = text.find('\n'); at != std::string_view::npos;
         at = text.find('\n', at + 1)) {
        starts_.push_back(at + 1);
    }
}

std::string_view WrittenText::line(std::size_t number) const {
    if (number >= starts_.size()) return {};
    const std::size_t end = number + 1 < starts_.size() ? starts_[number + 1] - 1 : text_.size();
    std::string_view line = text_.substr(starts_[number], end - starts_[number]);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

int WrittenText::column(std::size_t number, std::size_t byte) const {
    const auto starts = std::ranges::count_if(line(number).substr(0, byte),
                                              [](char c) { return !continues_character(c); });
    return static_cast<int>(starts) + 1;
}

std::optional<WrittenText::Unreadable> WrittenText::first_unreadable() const {
    for (std::size_t number = 0; number < lines(); ++number) {
        const std::string_view text = line(number);
        const int shown = static_cast<int>(number) + 1;
        if (!core::is_utf8(text)) return Unreadable{shown, 0, "not UTF-8; save the file as UTF-8"};
        if (const auto bad = std::ranges::find_if(text, is_control); bad != text.end()) {
            const auto at = static_cast<std::size_t>(bad - text.begin());
            return Unreadable{
                shown, column(number, at),
                fmt::format("a control character ({}); take it out", core::printable({&*bad, 1}))};
        }
    }
    return std::nullopt;
}

bool WrittenText::tab_indents(std::size_t number) const {
    const std::string_view text = line(number);
    return text.substr(0, text.find_first_not_of(" \t")).find('\t') != std::string_view::npos;
}

}  // namespace rounds::config
