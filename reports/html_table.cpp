#include <algorithm>

#include <fmt/format.h>

#include "core/text.hpp"
#include "reports/html_parts.hpp"
#include "reports/words.hpp"

namespace rounds::reports {

using core::Locale;

namespace {

constexpr std::size_t long_words = 30;  // columns; longer text may wrap anywhere

bool is_long(const std::string& words) {
    return core::columns(words) > long_words;
}

std::string main_html(const Cell& cell, const Locale& locale) {
    if (const auto* strip = std::get_if<Strip>(&cell.content)) return strip_svg(*strip, locale);
    if (const auto* line = std::get_if<Line>(&cell.content)) return line_svg(*line, locale);
    if (const auto* verdict = std::get_if<core::Verdict>(&cell.content))
        return verdict_html(*verdict, locale);
    if (std::holds_alternative<Absent>(cell.content)) return R"(<span class="soft">—</span>)";
    const std::string words = shown(cell, locale);
    if (cell.strong && !is_long(words))
        return fmt::format("<span class=\"whole\">{}</span>", escaped(words));
    return escaped(words);
}

// How the cell wraps: names and sentences where they may, moments and numbers never.
std::string_view manner(const Cell& cell, const Column& column, const Locale& locale) {
    if (column.number) return " class=\"n\"";
    const auto* value = std::get_if<core::Value>(&cell.content);
    const bool moment = value != nullptr && std::holds_alternative<core::WallTime>(*value);
    if (moment || std::holds_alternative<core::Severity>(cell.content)) return " class=\"whole\"";
    const bool words =
        !std::holds_alternative<Strip>(cell.content) && !std::holds_alternative<Line>(cell.content);
    if (!words) return " class=\"picture\"";
    const std::vector<std::string> small = shown_under(cell, locale);
    if (is_long(shown(cell, locale)) || std::any_of(small.begin(), small.end(), is_long))
        return " class=\"long\"";
    return "";
}

// Each piece stays whole; the line breaks between them. The dots between pieces are the style
// sheet's.
std::string small_html(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& one : words)
        out += fmt::format("{}<span>{}</span>", out.empty() ? "" : " ", escaped(one));
    return "<div class=\"sub\"><div>" + out + "</div></div>";
}

std::string cell_html(const Cell& cell, const Column& column, const Locale& locale) {
    std::string inside = main_html(cell, locale);
    if (const auto small = shown_under(cell, locale); !small.empty()) inside += small_html(small);
    const std::string_view manners = manner(cell, column, locale);
    if (cell.strong) return fmt::format("<th scope=\"row\"{}>{}</th>", manners, inside);
    return fmt::format("<td{}>{}</td>", manners, inside);
}

std::string row_html(const Row& row, const Table& table, const Locale& locale) {
    std::string out = "<tr";
    if (row.verdict) out += fmt::format(" class=\"{}\"", css_class(*row.verdict));
    if (row.total) out += " class=\"total\"";
    out += ">";
    for (std::size_t i = 0; i < row.cells.size(); ++i)
        out += cell_html(row.cells[i], table.columns[i], locale);
    return out + "</tr>\n";
}

}  // namespace

std::string verdict_html(core::Verdict verdict, const Locale& locale) {
    return fmt::format("<span class=\"v {}\"><i aria-hidden=\"true\">{}</i> {}</span>",
                       css_class(verdict), mark(verdict), escaped(word_of(verdict, locale)));
}

std::string table_html(const Table& table, const core::Message& section_title,
                       const Locale& locale) {
    const std::string title = escaped(render(table.title.value_or(section_title), locale));
    if (table.rows.empty()) {
        const std::string empty = escaped(render(table.empty, locale));
        if (table.title)
            return fmt::format("<h3>{}</h3>\n<p class=\"empty\">{}</p>\n", title, empty);
        return fmt::format("<p class=\"empty\">{}</p>\n", empty);
    }
    std::string out;
    if (table.title) out += fmt::format("<h3>{}</h3>\n", title);
    out += fmt::format(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table "
        "class=\"{}\">\n"
        "<caption>{}</caption>\n<thead><tr>",
        escaped(render({core::MessageId::report_table_scrolls,
                        {{"title", render(table.title.value_or(section_title), locale)}}},
                       locale)),
        table.key, title);
    for (const Column& column : table.columns)
        out += fmt::format("<th scope=\"col\"{}>{}</th>", column.number ? " class=\"n\"" : "",
                           escaped(render(column.title, locale)));
    out += "</tr></thead>\n<tbody>\n";
    for (const Row& row : table.rows) out += row_html(row, table, locale);
    return out + "</tbody></table></div>\n";
}

}  // namespace rounds::reports
