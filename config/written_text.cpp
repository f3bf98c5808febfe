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
    // Asked mostly in the order of writing: a file of one long line would else be counted again
    // from its beginning for each of its values.
    if (number != counted_.line || byte < counted_.byte) counted_ = {number, 0, 1};
    const std::string_view text = line(number);
    const std::size_t from = std::min(counted_.byte, text.size());
    const std::string_view between = text.substr(from, byte - from);
    const auto starts =
        std::ranges::count_if(between, [](char c) { return !continues_character(c); });
    counted_ = {number, byte, counted_.column + static_cast<int>(starts)};
    return counted_.column;
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

bool WrittenText::quote_closes(std::size_t line, std::size_t byte) const {
    if (line >= starts_.size() || starts_[line] + byte >= text_.size()) return true;
    std::string_view rest = text_.substr(starts_[line] + byte);
    const char quote = rest.front();
    if (quote != '"' && quote != '\'') return true;
    rest.remove_prefix(1);
    while (!rest.empty()) {
        const char next = rest.front();
        rest.remove_prefix(1);
        if (next == quote) {
            // '' within single quotes is one quote.
            if (quote == '"' || !rest.starts_with('\'')) return true;
            rest.remove_prefix(1);
        } else if (next == '\\' && quote == '"' && !rest.empty()) {
            rest.remove_prefix(1);
        }
    }
    return false;
}

}  // namespace rounds::config
